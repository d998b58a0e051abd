"""Calls a function 20,000 times; with --detail full all of them are recorded."""


def add(a, b=2):
    return a + b


def main():
    total = 0
    for n in range(20_000):
        total += add(n)
    print(total)


main()

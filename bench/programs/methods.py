"""Calls a small method of objects of its own class 300,000 times."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def plus(self, other):
        return self.x + other.x + self.y


def main():
    points = [Point(n, n + 1) for n in range(100)]
    total = 0
    for n in range(300_000):
        total += points[n % 100].plus(points[(n + 1) % 100])
    print(total)


main()

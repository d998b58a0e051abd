"""Writes 5,000 small files, reads them, and removes them."""

import os


def write(n):
    with open("part-%d.txt" % n, "w") as file:
        file.write("%d\n" % n * 20)


def read(n):
    with open("part-%d.txt" % n) as file:
        return len(file.read())


def main():
    for n in range(5_000):
        write(n)
    print(sum(read(n) for n in range(5_000)))


main()

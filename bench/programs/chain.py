"""Reads a file, sends one value through a chain of so many calls, writes what came out."""

import sys


def read(path):
    with open(path) as lines:
        return [float(line) for line in lines]


def step(value, by):
    return value * 0.999 + by


def write(path, value):
    with open(path, "w") as file:
        file.write(f"{value}\n")


def main(calls):
    value = sum(read("in.txt"))
    for n in range(calls):
        value = step(value, n % 10)
    write("out.txt", value)


main(int(sys.argv[1]))

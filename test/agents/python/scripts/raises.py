import sys


class Odd(Exception):
    def __str__(self):
        print("str called", file=sys.stderr)
        return "odd"


def level(n):
    if n == 0:
        try:
            {}["missing"]
        except KeyError as error:
            raise Odd("x", n) from error
    for _ in range(1):
        with open(__file__):
            return level(
                n - 1
            )


def gen():
    yield level(2)


class Holder:
    def method(self):
        return [list(gen()) for _ in range(1)]


Holder().method()

"""Imports 300 modules of 20 classes each: 96,000 lines, of which almost nothing is called."""

import os
import sys

MODULES = 300
CLASSES = 20
CLASS = '''

class Shape{n}:
    """One of many."""

    def __init__(self, width, height={n}):
        self.width = width
        self.height = height

    def area(self):
        return self.width * self.height

    def scale(self, factor, offset=0):
        if factor < 0:
            raise ValueError(factor)
        return Shape{n}(self.width * factor + offset, self.height * factor)
'''


def make():
    os.makedirs("shapes", exist_ok=True)
    for m in range(MODULES):
        path = "shapes/part_%d.py" % m
        if not os.path.exists(path):
            with open(path, "w") as file:
                file.write("".join(CLASS.format(n=m * CLASSES + n) for n in range(CLASSES)))


if sys.argv[1:] == ["make"]:
    make()
else:
    for m in range(MODULES):
        __import__("shapes.part_%d" % m)
    print(sys.modules["shapes.part_7"].Shape140(2, 3).area())

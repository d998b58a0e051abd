"""Notices who holds its objects."""

import mmap
import os
import sys
import tempfile
from collections import namedtuple


class Resource:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("freed", self.name)


class Holder:
    def __init__(self, held):
        self.held = held


class Slotted:
    __slots__ = ("held", "__weakref__")

    def __init__(self, held):
        self.held = held


class Items(list):
    pass


class Log:
    def __init__(self, path):
        self.file = open(path, "w")


Pair = namedtuple("Pair", "one other")


def see(x):
    return len(x)


def give(x):
    return x


def put(items, x):
    items.append(x)


def write(logs):
    for log in logs:
        log.file.write("text")


for name, make in (
    ("element", lambda x: [x]), ("nested", lambda x: [[x]]), ("deep", lambda x: {"a": {"b": (1, [x])}}), ("key", lambda x: {x: 1}),
    ("attribute", lambda x: [Holder(x)]), ("slot", lambda x: [Slotted(x)]), ("deep attribute", lambda x: ([Holder({"a": Holder([x])})],)),
    ("last", lambda x: [1] * 40 + [x]), ("named tuple", lambda x: [Pair(1, x)]), ("made from list", lambda x: [Items([x])]),
):  # fmt: skip
    value = give(make(Resource(name)))
    see(value)
    print("drop", name)
    del value
    print("dropped")

items = []
see(items)
put(items, Resource("put in later"))
print("drop")
del items
print("dropped")

path = os.path.join(tempfile.mkdtemp(), "log")
write(give([Log(path)]))
print(repr(open(path).read()))

thing = give(Holder(1))
print(sys.getrefcount(thing))

grows = bytearray(b"abc")
view = memoryview(grows)
give(grows)
give(view)
view.release()
grows.extend(b"d" * 1000)
print(len(grows))

with open(path, "r+b") as file:
    file.truncate(4096)
    mapped = give(mmap.mmap(file.fileno(), 4096))
    view = give(memoryview(mapped))
    view.release()
    mapped.close()
    print(mapped.closed)
os.remove(path)

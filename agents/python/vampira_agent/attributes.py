"""The attributes of an object, found without running the user's code.

Of an object that holds no settings (see fields.py) only their number is written: the values that went into them are in
the calls that made the object, and repeating them would make a later call look as if it had received them.
"""

import sys

from .raw_type import bases_of, members_of

# What gives objects their dictionary, in C: of classes, and of SimpleNamespace.
_DESCRIPTORS = (type(type.__dict__["__dict__"]), type(type(sys.implementation).__dict__["__dict__"]))


def describe_attributes(x):
    """`,"length":n`, the number of its attributes; empty for an object that has none."""
    attributes = attributes_of(x)
    return ',"length":%d' % len(attributes) if attributes else ""


def attributes_of(x):
    """The object's own dictionary, read by CPython's descriptor: a class may define another `__dict__`. Empty if there is none."""
    read = attribute_reader(type(x))
    attributes = None if read is None else read(x)
    return attributes if type(attributes) is dict else {}


def attribute_reader(kind):
    """The function that gives the own dictionary of an object of this type; None if there is none."""
    for base in bases_of(kind):
        descriptor = members_of(base).get("__dict__")
        if descriptor is not None:
            return descriptor.__get__ if type(descriptor) in _DESCRIPTORS else None
    return None

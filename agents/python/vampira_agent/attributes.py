"""How much an object of one of the user's own classes holds, found without running the user's code.

What its attributes are is not written: a later call would be told to have got what the object held before, and the
values that went into it are in the calls that made it.
"""

from .failures import names

_module_of = type.__dict__["__module__"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_dict_of = type.__dict__["__dict__"].__get__
_Descriptor = type(type.__dict__["__dict__"])


def describe_attributes(x):
    """`,"length":n`, the number of its attributes; nothing for what is not the user's or holds nothing."""
    kind = type(x)
    module = _module_of(kind)
    if type(module) is not str or module not in names:
        return ""
    attributes = _attributes_of(x, kind)
    return ',"length":%d' % len(attributes) if attributes else ""


def _attributes_of(x, kind):
    """The object's own dictionary, by the descriptor that CPython made: a class may have one of its own instead."""
    for base in _mro_of(kind):
        descriptor = _dict_of(base).get("__dict__")
        if descriptor is not None:
            if type(descriptor) is not _Descriptor:
                return None
            attributes = descriptor.__get__(x)
            return attributes if type(attributes) is dict else None
    return None

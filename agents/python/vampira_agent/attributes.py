"""What an object of one of the user's own classes holds, read without running the user's code."""

from .failures import names
from .redaction import is_secret_name
from .text import quote
from .values import REDACTED, plain_text, type_name

ATTRIBUTES_AT_MOST = 16
BYTES_AT_MOST = 512
# Objects of one class of which the attributes are written: a program may make millions.
OBJECTS_AT_MOST = 1000

_module_of = type.__dict__["__module__"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_dict_of = type.__dict__["__dict__"].__get__
_Descriptor = type(type.__dict__["__dict__"])
# Address of a class → how many of its objects were described. An address that is used again only counts on.
_described = {}


def describe_attributes(x):
    """`,"v":{…}`, `,"length":n` where that would be too much, or nothing for what is not the user's or holds nothing."""
    kind = type(x)
    module = _module_of(kind)
    if type(module) is not str or module not in names:
        return ""
    count = _described.get(id(kind), 0)
    if count >= OBJECTS_AT_MOST:
        return ""
    attributes = _attributes_of(x, kind)
    if not attributes:
        return ""
    _described[id(kind)] = count + 1
    if len(attributes) <= ATTRIBUTES_AT_MOST:
        text = _texts(attributes)
        if text is not None:
            return ',"v":' + text
    return ',"length":%d' % len(attributes)


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


def _texts(attributes):
    parts = []
    size = 0
    # Copied in one go: another thread may add to it.
    for name, value in list(attributes.items()):
        if type(name) is not str or not name.isascii():
            return None
        text = REDACTED if is_secret_name(name) else plain_text(value)
        if text is None:
            text = '{"$":"object","type":%s}' % quote(type_name(type(value)))
        part = quote(name) + ":" + text
        size += len(part) + 1
        if size > BYTES_AT_MOST:
            return None
        parts.append(part)
    return "{" + ",".join(parts) + "}"

"""Values as JSON text, found without running the user's code.

Only objects of exact builtin types and of known library types are looked into, and those that hold settings (see
fields.py). Of anything else the journal gets the type's name, an object number, and how many attributes it has.
"""

from . import fields, finalisers, identity
from .attributes import describe_attributes
from .raw_type import root_of, type_name
from .redaction import has_secret, is_secret_name
from .scalars import BYTES_AT_MOST, REDACTED, SCALARS, TEXT_AT_MOST, describe_text
from .settings import is_enum, read_class, reader_of
from .stand_ins import Unseen
from .text import base64, quote

ITEMS_AT_MOST = 32
DEPTH_AT_MOST = 3
_HASHED_AT_MOST = 1 << 20
_KNOWN_LIBRARIES = frozenset(("numpy", "pandas", "astropy", "torch", "pathlib", "datetime", "decimal", "uuid"))
# Addresses of the string constants of rewritten code. Every use of a constant gives the same object, so that the same
# address does not mean that the string was handed on.
constants = set()
_KINDS_KEPT = 1000
# Address of a type → its plan (see _plan). By address: a metaclass may define a hash.
_plans = {}


def describe_returned(x):
    """A returned value. A string gets an object number, so that a later call that receives it can be linked to this one.

    Short strings, constants of the code and names get none: Python shares one object between unrelated uses of those.
    """
    if type(x) is str and len(x) > 3 and not x.isidentifier() and not has_secret(x):
        number = identity.find(x)
        if number is None and id(x) not in constants:
            number = identity.number_strongly(x, len(x) >> 4)
        if number is not None:
            return describe_text(x, number)
    return describe(x)


def _describe_bytes(x):
    return '{"$":"bytes","v":"%s","length":%d%s}' % (base64(x[:BYTES_AT_MOST]), len(x), _strong_id(x, len(x) >> 6))


def _strong_id(x, size):
    number = identity.number_strongly(x, size)
    return "" if number is None else ',"id":%d' % number


def _describe_bytearray(x):
    # Loaded at the first bytearray: most programs have none.
    from zlib import crc32

    digest = ',"digest":"crc32:%08x"' % crc32(x) if len(x) <= _HASHED_AT_MOST else ""
    return '{"$":"object","type":"bytearray","length":%d,"bytes":%d%s%s}' % (
        len(x), len(x), _strong_id(x, len(x) >> 6), digest,
    )  # fmt: skip


def _describe_container(x):
    name = type(x).__name__
    length = len(x)
    text = '{"$":"object","type":"%s","length":%d' % (name, length)
    if length <= ITEMS_AT_MOST:
        content = _describe_content(x, DEPTH_AT_MOST, [ITEMS_AT_MOST * 2])
        if content is not None:
            text += ',"v":' + content
        elif name == "dict":
            text = '{"$":"object","type":"dict"' + (fields.fields_text([*x.items()]) or ',"length":%d' % length)
    if length == 0 and name in ("tuple", "frozenset"):
        # Python has one empty tuple and one empty frozenset for everybody.
        return text + "}"
    if is_inert(x):
        text += _strong_id(x, length)
    else:
        # It may have been held before this was put into it.
        identity.release(x)
    return text + "}"


def is_inert(x):
    """Whether nothing happens when a container is freed: then it may be held a little longer."""
    return finalisers.is_inert(x, describer_of)


def _describe_content(x, depth, budget):
    """JSON of a container of scalars and such containers; None if it is not one or is too large.

    budget: a list of one number, how many elements may still be written in all.
    """
    kind = type(x)
    if type(kind) is not type:
        return None
    if kind in SCALARS:
        if kind is str and len(x) > TEXT_AT_MOST // 2:
            return None
        return SCALARS[kind](x)
    if depth == 0 or kind not in _CONTAINERS:
        return None
    budget[0] -= len(x)
    if budget[0] < 0:
        return None
    parts = []
    if kind is dict:
        for key, element in x.items():
            if type(key) is not str or not key.isascii():
                return None
            part = REDACTED if is_secret_name(key) else _describe_content(element, depth - 1, budget)
            if part is None:
                return None
            parts.append(quote(key) + ":" + part)
        return "{" + ",".join(parts) + "}"
    for element in x:
        part = _describe_content(element, depth - 1, budget)
        if part is None:
            return None
        parts.append(part)
    if kind is set or kind is frozenset:
        parts.sort()
    return "[" + ",".join(parts) + "]"


def _describe_object(x, anew=False):
    kind = type(x)
    _, head, read, describe_known, may_be_member = _plans.get(id(kind)) or _plan(kind)
    if read is not None:
        known = fields.find_flat(id(x))
        if known is not None and not anew:
            text = fields.unchanged(x, kind, known)
            if text is not None:
                return text
        number = identity.number_weakly(x)
        if number is None:
            return head + fields.fields_text(read(x)) + "}"
        text = head + ',"id":%d' % number
        if anew:
            return text + fields.fields_text(read(x)) + "}"
        shown = fields.describe_fields(x, read, number)
        if shown or known is not None:
            fields.remember(x, kind, read, text + "}")
        return text + shown + "}"
    if describe_known is not None:
        return describe_known(x)
    if may_be_member:
        member = fields.describe_member(x, kind)
        if member is not None:
            return member
    # Its length is written with its first description only; later ones refer to that by the object number.
    number = identity.find(x)
    if number is not None:
        text = f'{head},"id":{number}}}'
        identity.keep_text(x, kind, text)
        return text
    more = describe_attributes(x)
    return head + identity.weak_id(x) + more + "}"


def _plan(kind):
    """How objects of a type are described: (type, how the text begins, reader, describer, whether it is an enum)."""
    describe_known = describer_of(kind)
    head = '{"$":"object","type":' + quote(type_name(kind))
    plan = (kind, head, reader_of(kind), describe_known, is_enum(kind))
    # A library that is still being loaded may have a describer later.
    if describe_known is not None or root_of(kind) not in _KNOWN_LIBRARIES:
        if len(_plans) > _KINDS_KEPT:
            _plans.clear()
        _plans[id(kind)] = plan
    return plan


def _describe_class(x):
    items = read_class(x)
    shown = "" if items is None else fields.fields_text(items)
    return '{"$":"object","type":"type","v":%s%s%s}' % (quote(type_name(x)), identity.weak_id(x), shown)


def describe_made(x):
    """An object as its constructor leaves it: its length is written again, because the constructor filled it."""
    kind = type(x)
    _, head, read, describe_known, _ = _plans.get(id(kind)) or _plan(kind)
    if read is not None or describe_known is not None:
        return describe(x)
    return head + identity.weak_id(x) + describe_attributes(x) + "}"


def describe_anew(x):
    """A value with all of its fields, whatever was written before: for text that is written later, or never."""
    kind = type(x)
    return describe(x) if type(kind) is type and kind in _DESCRIBERS else _describe_object(x, True)


def describer_of(kind):
    """The function that describes objects of a type of a known library, or None."""
    root = root_of(kind)
    if root not in _KNOWN_LIBRARIES:
        return None
    # Loaded at the first object of such a library: most programs have none.
    from . import arrays

    return arrays.describer_of(kind, root, type_name(kind))


def _describe_function(x):
    return '{"$":"object","type":"function","v":%s%s}' % (quote(x.__qualname__), identity.weak_id(x))


def _describe_complex(x):
    return '{"$":"object","type":"complex","v":"%s"}' % complex.__repr__(x)


_CONTAINERS = frozenset((list, tuple, dict, set, frozenset))
_DESCRIBERS = dict(SCALARS)
_DESCRIBERS.update({kind: _describe_container for kind in _CONTAINERS})
_DESCRIBERS.update({
    bytes: _describe_bytes, bytearray: _describe_bytearray, complex: _describe_complex,
    type(describe_returned): _describe_function, type: _describe_class, Unseen: Unseen.describe,
})  # fmt: skip
_find_describer = _DESCRIBERS.get


def describe(x):
    """A value as JSON text."""
    kind = type(x)
    if type(kind) is type:
        return _find_describer(kind, _describe_object)(x)
    return _describe_object(x)

"""Objects that hold settings, field by field (see settings.py): read at the moment of the call, as JSON text.

An object that is seen again unchanged is written without its fields; changed, it is written anew. To see that takes a
tenth of the time of writing: what it held is compared by identity, through lists, dictionaries and objects in it.
"""

from _operator import is_

from . import journal
from .attributes import attributes_of
from .raw_type import module_of, type_name
from .redaction import is_secret_name
from .scalars import REDACTED, SCALARS
from .settings import is_enum, is_plain, read_items, reader_of
from .text import quote

FIELDS_AT_MOST = 64
DEPTH_AT_MOST = 3
TEXT_AT_MOST = 100
ITEMS_AT_MOST = 32
_OBJECTS_KEPT = 4096
_Function = type(is_secret_name)
_SEQUENCES = frozenset((list, tuple, set, frozenset))
# Object number → what its fields were when they were written last.
_written = {}


def describe_fields(x, read, number):
    """`,"fields":{…}` of an object; empty if it was written before and has not changed since.

    read: the reader of its type. number: its object number, or None.
    """
    items = read(x)
    if number is None:
        return fields_text(items)
    now = [journal.generation]
    _hold(items, now, DEPTH_AT_MOST)
    before = _written.get(number)
    if before is not None and len(before) == len(now) and all(map(is_, before, now)):
        return ""
    if len(_written) > _OBJECTS_KEPT:
        _written.clear()
    _written[number] = now
    # Without a word an object is one that has not changed.
    return fields_text(items) or ("" if before is None else ',"length":0')


def _hold(items, into, depth):
    """Add names and values to a list, through containers. What may be large, or would be kept alive, is not held."""
    for name, value in items:
        into.append(name)
        kind = type(value)
        if type(kind) is type:
            if kind in SCALARS:
                into.append(value if kind is not str or len(value) <= TEXT_AT_MOST else None)
                continue
            if kind in _SEQUENCES:
                if len(value) <= ITEMS_AT_MOST and depth > 0:
                    _hold([(None, element) for element in value], into, depth - 1)
                into.append(kind)
                continue
            if kind is _Function:
                into.append(value.__qualname__)
                continue
        read = read_items if kind is dict else reader_of(kind)
        if read is not None:
            if depth > 0:
                _hold(read(value), into, depth - 1)
            into.append(None)
        else:
            into.append(value if is_plain(kind) else None)


def fields_text(items):
    """`,"fields":{…}`, with `,"length":n` if some of the n fields are left out; empty where there are none."""
    text = _describe_items(items, DEPTH_AT_MOST, [FIELDS_AT_MOST])
    if text is None:
        return ""
    parts, left_out = text
    if not parts:
        return ',"length":%d' % len(items) if items else ""
    return ',"fields":{%s}%s' % (parts, ',"length":%d' % len(items) if left_out else "")


def _describe_items(items, depth, budget):
    """(fields as JSON text, whether some were left out)."""
    parts = []
    left_out = False
    for name, value in items:
        text = None
        if type(name) is str and name.isascii() and not name.startswith("$"):
            budget[0] -= 1
            if budget[0] >= 0:
                text = REDACTED if is_secret_name(name) else _describe_field(value, depth - 1, budget)
        if text is None:
            left_out = True
        else:
            parts.append(quote(name) + ":" + text)
    return ",".join(parts), left_out


def _describe_field(x, depth, budget):
    """A field's value as JSON text; None if it is neither a scalar nor made of scalars."""
    kind = type(x)
    if type(kind) is type:
        if kind in SCALARS:
            return None if kind is str and len(x) > TEXT_AT_MOST else SCALARS[kind](x)
        if kind in _SEQUENCES:
            return _describe_elements(x, depth, budget)
        if kind is _Function:
            return quote(x.__qualname__)
        if kind is type:
            return quote(type_name(x))
    if kind is not dict:
        text = _describe_plain(x, kind)
        if text is not None:
            return text
    read = read_items if kind is dict else reader_of(kind)
    if read is None or depth <= 0:
        return None
    parts, _ = _describe_items(read(x), depth, budget)
    return "{" + parts + "}" if parts or not len(read(x)) else None


def _describe_elements(x, depth, budget):
    if len(x) > ITEMS_AT_MOST or depth < 0:
        return None
    budget[0] -= len(x) >> 2
    parts = []
    for element in x:
        text = _describe_field(element, depth - 1, budget)
        if text is None:
            return None
        parts.append(text)
    if type(x) is set or type(x) is frozenset:
        parts.sort()
    return "[" + ",".join(parts) + "]"


def _describe_plain(x, kind):
    """A member of an enum by its name; a path, a date or a number of numpy as such; None for anything else."""
    if is_enum(kind):
        return _member_name(x, kind)
    root = (module_of(kind) or "").partition(".")[0]
    if is_plain(kind) or root == "numpy":
        from . import arrays

        describe = arrays.describer_of(kind, root, type_name(kind))
        return describe(x) if describe is not None and not arrays.is_array(kind) else None
    return None


def describe_member(x, kind):
    """A member of an enum as an object with its name; None for anything else."""
    name = _member_name(x, kind) if is_enum(kind) else None
    return None if name is None else '{"$":"object","type":%s,"v":%s}' % (quote(type_name(kind)), name)


def _member_name(x, kind):
    name = (attributes_of(x, kind) or {}).get("_name_")
    return quote(name) if type(name) is str else None

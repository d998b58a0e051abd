"""Objects that hold settings, field by field (see settings.py): read at the moment of the call, as JSON text.

An object that is seen again unchanged is written without its fields; changed, it is written anew. To see that takes a
tenth of the time of writing: what it held is compared by identity, through lists, dictionaries and objects in it. One of
nothing but scalars, as most are, is told in a tenth of that again (see `flat`): its attributes are compared as they stand.
"""

from _operator import is_
from _weakref import ref

from . import journal
from .attributes import attributes_of
from .raw_type import module_of, root_of, type_name
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
# Address of an object that holds only scalars → (weak reference to it, its type, the journal's generation, its glance, the
# names and values that this gave when they were written last, its description without fields).
flat = {}
find_flat = flat.get
# Stands for what is not held and not described, so that it is not taken for None.
_OTHER = object()
_HEAP_TYPE = 1 << 9


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


def unchanged(x, kind, known):
    """The description of an object whose entry in `flat` is `known`, if it is still that object and has not changed."""
    weak, its_kind, generation, glance, before, text = known
    # The address may be another object's by now.
    if weak() is not x or kind is not its_kind or generation != journal.generation:
        return None
    try:
        now = glance(x)
    except AttributeError:
        # A slot that was deleted.
        return None
    if type(now) is dict:
        now = [*now, *now.values()]
    elif type(now) is not list:
        return None
    return text if len(now) == len(before) and all(map(is_, now, before)) else None


def remember(x, kind, read, text):
    """The fields of an object were written: from now on it is compared with what it is now, if it holds only scalars.

    read: the reader of its type. text: its description without fields.
    """
    glance = getattr(read, "glance", None)
    if glance is None:
        return
    try:
        now = glance(x)
    except AttributeError:
        return
    if type(now) is dict:
        now = [*now, *now.values()]
    elif type(now) is not list:
        return
    if not now or len(now) > 2 * FIELDS_AT_MOST:
        return
    for value in now:
        value_kind = type(value)
        if type(value_kind) is type and value_kind in SCALARS:
            if value_kind is str and len(value) > TEXT_AT_MOST:
                return
        elif not is_plain(value_kind):
            return
    if len(flat) > _OBJECTS_KEPT:
        flat.clear()
    flat[id(x)] = (ref(x), kind, journal.generation, glance, now, text)


def _hold(items, into, depth):
    """Add names and values to a list, through containers. What may be large, or would be kept alive, is not held."""
    for name, value in items:
        into.append(name)
        kind = type(value)
        if type(kind) is type:
            if kind in SCALARS:
                into.append(value if kind is not str or len(value) <= TEXT_AT_MOST else _OTHER)
                continue
            if kind in _SEQUENCES:
                if len(value) <= ITEMS_AT_MOST and depth > 0:
                    _hold([(None, element) for element in value], into, depth - 1)
                into.append(kind)
                continue
            if kind is _Function:
                into.append(value.__qualname__)
                continue
            if kind is type:
                # A class of the user's is not kept alive; of one of Python's the name is made anew each time.
                into += (value.__qualname__, module_of(value)) if value.__flags__ & _HEAP_TYPE else (value,)
                continue
        read = read_items if kind is dict else reader_of(kind)
        if read is not None:
            if depth > 0:
                _hold(read(value), into, depth - 1)
            into.append(read)
        else:
            into.append(value if is_plain(kind) else _OTHER)


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
    items = read(x)
    parts, _ = _describe_items(items, depth, budget)
    return "{" + parts + "}" if parts or not items else None


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
        return _member_name(x)
    root = root_of(kind)
    if is_plain(kind) or root == "numpy":
        from . import arrays

        describe = arrays.describer_of(kind, root, type_name(kind))
        return describe(x) if describe is not None and not arrays.is_array(kind) else None
    return None


def describe_member(x, kind):
    """A member of an enum as an object with its name; None for anything else."""
    name = _member_name(x) if is_enum(kind) else None
    return None if name is None else '{"$":"object","type":%s,"v":%s}' % (quote(type_name(kind)), name)


def _member_name(x):
    name = attributes_of(x).get("_name_")
    return quote(name) if type(name) is str else None

"""Changes in place: which arguments of a call may change, and whether they did by its end."""

from .identity import Entry, entry_of
from .scalars import REDACTED
from .values import describe, is_inert

# Containers with more elements are not watched: each element is looked at twice a call.
WATCHED_AT_MOST = 10_000
_KINDS_KEPT = 1000
_CHANGEABLE = frozenset((list, dict, set, bytearray))
# Type → whether its objects can be changed in place, as far as that can be seen: also numpy's arrays.
_known = dict.fromkeys(_CHANGEABLE, True)


def may_change(kind):
    """Whether a call may change objects of this type in place, as far as that can be seen."""
    # Another metaclass may define a hash.
    if type(kind) is not type:
        return False
    known = _known.get(kind)
    if known is None:
        from .arrays import is_array

        if len(_known) > _KINDS_KEPT:
            _known.clear()
        known = _known[kind] = kind in _CHANGEABLE or is_array(kind)
    return known


def watch(position, x, text):
    """What to remember of a changeable argument until the call ends, or None if it cannot be watched.

    text: its description.
    """
    if type(x) not in _CHANGEABLE:
        # The description of an array has its checksum.
        entry = entry_of(x)
        return None if entry is None else (position, entry, text)
    if len(x) > WATCHED_AT_MOST or not is_inert(x):
        return None
    return position, x, fingerprint(x, text)


def find_changes(watched, secret):
    """`[position, value]` as JSON text for each watched argument that has changed.

    secret: positions whose values are not written.
    """
    found = []
    for position, x, before in watched:
        if type(x) is Entry:
            x = x.weak()
            if x is None:
                continue
            text = mark = describe(x)
        else:
            if len(x) > WATCHED_AT_MOST:
                continue
            text = describe(x)
            mark = fingerprint(x, text)
        if mark != before:
            found.append("[%d,%s]" % (position, REDACTED if position in secret else text))
    return found


def fingerprint(x, text):
    """Something that differs once a container was changed in place: its content, or the addresses of its elements."""
    if ',"v":' in text and ',"fields":' not in text or type(x) is bytearray:
        return text
    if type(x) is dict:
        return hash((hash(tuple(map(id, x.keys()))), hash(tuple(map(id, x.values())))))
    return hash(tuple(map(id, x)))

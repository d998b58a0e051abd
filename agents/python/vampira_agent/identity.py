"""Gives objects numbers: one for the lifetime of an object, never the same for two.

Python uses an address again after its object was freed. So each object with a number is watched: by a weak reference,
or, where its type allows none, by holding the object. A held object is released soon after the program drops it: each
new number looks at three older ones. Only strings and containers are held, and only containers whose elements have no
finalisers (see finalisers.py), so that the program frees its objects at the same moments as without us.
"""

from _collections import deque
from _weakref import ref
from itertools import count
from sys import getrefcount

HELD_AT_MOST = 4096
LARGE = 4096

# In place of the weak reference to an object: called, it gives None.
_loosened = type(None)
# Address → entry of an object whose weak reference was let go of for a moment.
_loose = {}
_next = count(1).__next__
_known = {}
_ring = deque()
large = []
_held = 0


class Entry:
    # `weak` gives the object, or is None where it is held; `strong` is the object then.
    # `text`: how an object of this `kind` is written once it has a number, where that never changes; else None.
    __slots__ = ("address", "number", "weak", "strong", "kind", "text")


def _measure_baseline():
    entry = Entry()
    entry.strong = object()
    return getrefcount(entry.strong)


_ALONE = _measure_baseline()


def find(x):
    """The number of an object, or None if it has none."""
    entry = _known.get(id(x))
    if entry is None:
        return None
    weak = entry.weak
    if (entry.strong if weak is None else weak()) is x:
        return entry.number
    return None


def find_text(x, kind):
    """How an object of this type is written, if that was kept; else None."""
    entry = _known.get(id(x))
    if entry is not None and entry.text is not None and entry.kind is kind and entry.weak() is x:
        return entry.text
    return None


def keep_text(x, kind, text):
    """Keep how an object is written from now on, which has a number and is not held."""
    entry = _known.get(id(x))
    if entry is not None and entry.weak is not None:
        entry.kind, entry.text = kind, text


def number_weakly(x):
    """The number of an object, a new one if it has none; None if its type allows no weak references."""
    address = id(x)
    entry = _known.get(address)
    if entry is not None and entry.weak is not None and entry.weak() is x:
        return entry.number
    try:
        weak = ref(x)
    except TypeError:
        return None
    return _add(address, weak, None)


def weak_id(x):
    """The number as a field, `,"id":n`; empty if the type allows no weak references."""
    number = number_weakly(x)
    return "" if number is None else ',"id":%d' % number


def entry_of(x):
    """The entry of an object that has a number and is not held; else None. Its `weak` gives the object while it lives.

    Whoever watches an object keeps this and no weak reference of its own, so that `loosen` drops the only one.
    """
    entry = _known.get(id(x))
    return entry if entry is not None and entry.weak is not None and entry.weak() is x else None


def loosen(x):
    """Drop the weak reference to an object for a moment, because somebody minds that there is one."""
    address = id(x)
    _loose.pop(address, None)
    entry = entry_of(x)
    if entry is not None:
        entry.weak = _loosened
        _loose[address] = entry


def tie(x):
    """Watch an object again that was loosened and has not been freed since: it keeps its number."""
    address = id(x)
    entry = _loose.pop(address, None)
    if entry is not None:
        entry.weak = ref(x)
        if _known.get(address) is not entry:
            _known[address] = entry
            _ring.append(entry)


def release(x):
    """Hold a container no longer."""
    global _held
    entry = _known.get(id(x))
    if entry is not None and entry.strong is x:
        del _known[entry.address]
        entry.strong = None
        _held -= 1


def number_strongly(x, size):
    """The number of an object that is held to watch it, a new one if it has none. size: roughly how many elements it keeps."""
    address = id(x)
    entry = _known.get(address)
    if entry is not None and entry.strong is x:
        return entry.number
    number = _add(address, None, x)
    if size > LARGE:
        large.append(_known[address])
    return number


def _add(address, weak, strong):
    global _held
    entry = Entry()
    entry.address = address
    entry.number = number = _next()
    entry.weak = weak
    entry.strong = strong
    entry.text = None
    _known[address] = entry
    _ring.append(entry)
    if strong is not None:
        _held += 1
    for _ in range(3):
        _look_at(_ring.popleft(), _held > HELD_AT_MOST)
    return number


def _look_at(entry, crowded):
    """Forget an entry whose object was freed, or is only held by us; else look at it again later.

    crowded: forget it although others may hold the object.
    """
    global _held
    if _known.get(entry.address) is not entry:
        entry.strong = None
        return
    if entry.weak is not None:
        if entry.weak() is None:
            del _known[entry.address]
            return
    elif crowded or getrefcount(entry.strong) <= _ALONE:
        del _known[entry.address]
        entry.strong = None
        _held -= 1
        return
    _ring.append(entry)


def release_large():
    """Let go of the large containers that only we still hold. Quick when there are none."""
    if large:
        for entry in large[:]:
            if entry.strong is None:
                large.remove(entry)
            elif getrefcount(entry.strong) <= _ALONE:
                _look_at(entry, True)
                large.remove(entry)

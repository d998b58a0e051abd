"""Whether something happens when an object is freed: a `__del__` runs, a file is closed, a lock is released.

A container may be held a little longer than the program holds it only if nothing would happen: else the program would
see its objects live on.
"""

from itertools import islice

from .attributes import attributes_of
from .raw_type import bases_of, members_of

# How many elements of a container are looked at from its beginning, how many objects of one type are looked into, and how
# many objects and containers in all.
_ELEMENTS = 8
_ALIKE = 2
_LOOKED_INTO = 64
_CONTAINERS = frozenset((list, tuple, dict, set, frozenset))
_SCALARS = frozenset((type(None), bool, int, float, str, bytes, bytearray, complex))
_NATIVE = _CONTAINERS | _SCALARS | {object}
_HEAP_TYPE = 1 << 9
_Slot = type(type(lambda: None).__dict__["__globals__"])
_KINDS_KEPT = 1000
# Address of a type → (it, whether its objects do nothing but free what they hold). By address: a metaclass may define a hash.
_kinds = {}


def is_inert(x, is_known):
    """Whether nothing happens when a container is freed, as far as its first elements, and what is in these, tell.

    is_known: tells by its type whether an object that is not written in Python is known to do nothing then.
    """
    # What is looked into; it grows.
    waiting, alike = [x], {}
    for holder in waiting:
        if len(waiting) > _LOOKED_INTO:
            break
        try:
            elements = _elements(holder)
        except RuntimeError:
            # Another thread changed its size.
            return False
        for element in elements:
            kind = type(element)
            # Only ordinary types are looked up in a set.
            if type(kind) is type:
                if kind in _SCALARS:
                    continue
                if kind in _CONTAINERS:
                    waiting.append(element)
                    continue
            if _only_holds(kind):
                seen = alike[id(kind)] = alike.get(id(kind), 0) + 1
                if seen <= _ALIKE:
                    waiting.append(element)
            elif not is_known(kind):
                return False
    return True


def _only_holds(kind):
    """Whether a type is a class written in Python without a finaliser."""
    entry = _kinds.get(id(kind))
    if entry is None:
        if len(_kinds) > _KINDS_KEPT:
            _kinds.clear()
        bases = [base for base in bases_of(kind) if not (type(base) is type and base in _NATIVE)]
        found = all(_is_python(base) and "__del__" not in members_of(base) for base in bases)
        entry = _kinds[id(kind)] = (kind, found)
    return entry[1]


def _is_python(kind):
    """Whether a type was made by a class statement: then it, or a class below it, says where its attributes are kept."""
    for base in bases_of(kind):
        if not base.__flags__ & _HEAP_TYPE if type(base) is type else False:
            return False
        members = members_of(base)
        if "__slots__" in members or "__weakref__" in members or "__dict__" in members:
            return True
    return False


def _elements(holder):
    kind = type(holder)
    bases = bases_of(kind)
    found = []
    for base in bases[:-1]:
        if type(base) is type and base in _CONTAINERS:
            found += islice((base.values if base is dict else base.__iter__)(holder), _ELEMENTS)
            length = base.__len__(holder)
            if length > _ELEMENTS and (base is list or base is tuple):
                found.append(base.__getitem__(holder, length - 1))
            elif base is dict and length and type(next(dict.__iter__(holder))) is not str:
                found += islice(dict.__iter__(holder), _ELEMENTS)
            if base is kind:
                return found
            break
    found += islice(attributes_of(holder).values(), _LOOKED_INTO)
    for base in bases:
        members = members_of(base)
        if "__slots__" in members:
            for member in members.values():
                if type(member) is _Slot:
                    try:
                        found.append(member.__get__(holder))
                    except AttributeError:
                        # Not set yet.
                        pass
    return found

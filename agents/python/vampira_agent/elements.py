"""The objects in what a call returns: `m, q = fit(d)` gives m to its caller, and not the tuple."""

from itertools import islice

from .redaction import is_secret_name
from .scalars import SCALARS
from .values import describe_returned

_HOLDERS = frozenset((tuple, list, dict))
ELEMENTS_AT_MOST = 16
LOOKED_AT_MOST = 64
DEPTH = 2


def describe_elements(x):
    """The `elements` field of a returned container: its first objects that can be followed; empty if there are none."""
    found = []
    try:
        _collect(x, DEPTH, found)
    except RuntimeError:
        # Another thread changed its size.
        pass
    return ',"elements":[%s]' % ",".join(found) if found else ""


def _collect(x, depth, found):
    for element in islice(x, LOOKED_AT_MOST):
        if type(x) is dict:
            if type(element) is str and is_secret_name(element):
                continue
            element = x[element]
        kind = type(element)
        if len(found) == ELEMENTS_AT_MOST:
            return
        if type(kind) is type and kind in SCALARS and kind is not str:
            continue
        text = describe_returned(element)
        if ',"id":' in text:
            found.append(text)
        if depth > 1 and type(kind) is type and kind in _HOLDERS:
            _collect(element, depth - 1, found)

"""Marks: string constants that stand for hooks in rewritten code.

Rewritten code is kept in a cache on disk, while a hook is an object of one process. So the rewriter writes marks, and
each process puts its own hooks in their place.
"""

from . import values

_Code = type((lambda: None).__code__)
# How the site of a call of a library stands among the rows of a module's components: [SITE, calls] (see call_sites.py).
SITE = "\0site"
# How what resizes an array stands there: (RESIZE, None) (see resize_calls.py).
RESIZE = "\0resize"
_PREFIX = "\0vampira:"


def mark_of(number):
    """The mark of the hook of this number; the first is 1."""
    return _PREFIX + str(number)


def is_mark(value):
    """Whether a constant stands for a hook."""
    return type(value) is str and value.startswith(_PREFIX)


def place_hooks(code, hooks):
    """The code with hooks in place of its marks, in nested code too. Notes the addresses of its string constants."""
    fresh = []
    for constant in code.co_consts:
        if type(constant) is str:
            if constant.startswith(_PREFIX):
                constant = hooks[int(constant[len(_PREFIX) :]) - 1]
            elif len(constant) > 3:
                values.constants.add(id(constant))
        elif type(constant) is _Code:
            constant = place_hooks(constant, hooks)
        fresh.append(constant)
    return code.replace(co_consts=tuple(fresh))

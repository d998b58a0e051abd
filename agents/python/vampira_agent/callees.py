"""What a call in the user's code calls: a function, method or class, written in Python or in C.

Only what CPython itself and a few known kinds of libraries say is read: no `__getattr__` and no property runs.
"""

import sys

from .raw_type import bases_of, is_made_from, members_of, module_of, type_name
from .stand_ins import UNSEEN

_Function = type(lambda: None)
_Method = type(type_name.__get__(0))
_Builtin = type(len)
_Module = type(sys)
_DESCRIPTORS = (type(str.join), type(object.__init__))
_qualified_name_of = type.__dict__["__qualname__"].__get__
_constructs = ("__init__", "__new__")
# Address of a function that does not know where it is from → (it, its module's name).
_homes = {}


class Callee:
    """What is called: `module` and `name` (qualified), the function that says what it accepts, and what kind it is.

    owners: what is passed before the arguments of the call: the object of a method.
    """

    __slots__ = ("module", "name", "function", "owners", "kind")

    def __init__(self, module, name, function, owners=(), kind="function"):
        self.module, self.name, self.function, self.owners, self.kind = module, name, function, owners, kind


def identify(callee):
    """The Callee, or None for what is not known to be of a module."""
    kind = type(callee)
    if kind is _Function:
        return Callee(callee.__module__, callee.__qualname__, callee)
    if kind is _Method:
        found = identify(callee.__func__)
        if found is not None:
            found.owners, found.kind = (callee.__self__,), "method"
        return found
    if kind is _Builtin:
        return _identify_builtin(callee)
    if is_made_from(kind, type):
        return _identify_constructor(callee)
    if kind in _DESCRIPTORS if type(kind) is type else False:
        owner = callee.__objclass__
        return Callee(module_of(owner), _qualified_name_of(owner) + "." + callee.__name__, callee, kind="method")
    name = type_name(kind)
    if name == "numpy.ufunc":
        return Callee(_home_of(callee), callee.__name__, callee)
    if name == "numpy._ArrayFunctionDispatcher":
        # Also that of a function written in Python knows under which name people call it.
        return Callee(callee.__module__, callee.__qualname__, callee._implementation)
    if _qualified_name_of(kind) == "cython_function_or_method":
        return Callee(callee.__module__, callee.__qualname__, callee)
    if name == "functools._lru_cache_wrapper":
        return identify(callee.__wrapped__)
    return _identify_object(callee, kind)


def _identify_builtin(callee):
    owner = callee.__self__
    if owner is None or type(owner) is _Module:
        return Callee(callee.__module__, callee.__qualname__, callee)
    kind = owner if is_made_from(type(owner), type) else type(owner)
    if type(kind) is not type:
        # A metaclass may answer for the name.
        return None
    return Callee(module_of(kind), callee.__qualname__, callee, (owner,), "method")


def _identify_constructor(kind):
    """A class: what makes its objects, where that is written in Python; else the class itself."""
    for base in bases_of(kind)[:-1]:
        members = members_of(base)
        for name in _constructs:
            maker = members.get(name)
            if type(maker) is staticmethod:
                maker = maker.__func__
            if type(maker) is _Function:
                owner = UNSEEN if name == "__init__" else kind
                return Callee(module_of(base), _qualified_name_of(base) + "." + name, maker, (owner,), "method")
            if maker is not None:
                return Callee(module_of(kind), _qualified_name_of(kind), kind, kind="class")
    return Callee(module_of(kind), _qualified_name_of(kind), kind, kind="class")


def _identify_object(callee, kind):
    """An object with a `__call__` that is written in Python."""
    for base in bases_of(kind):
        function = members_of(base).get("__call__")
        if function is not None:
            if type(function) is not _Function:
                return None
            return Callee(module_of(base), _qualified_name_of(base) + ".__call__", function, (callee,), "method")
    return None


def _home_of(function):
    """Name of the module, of those that are loaded, in which people find a function that does not say where it is from."""
    known = _homes.get(id(function))
    if known is None:
        name = function.__name__
        found = [
            each for each, module in list(sys.modules.items())
            if type(module) is _Module and "._" not in each and module.__dict__.get(name) is function
            and type(module.__dict__.get("__file__")) is str and "-packages/" in module.__dict__["__file__"]
        ]  # fmt: skip
        home = "numpy" if "numpy" in found else min(found, key=lambda each: (each.count("."), each), default="numpy")
        known = _homes[id(function)] = (function, home)
    return known[1]


def unwrapped(function):
    """The function that decorators were put around, as functools.wraps says."""
    for _ in range(8):
        inner = function.__dict__.get("__wrapped__") if type(function) is _Function else None
        if type(inner) is not _Function:
            return function
        function = inner
    return function

"""Reads what CPython knows about a type, without running the user's code.

`kind.__mro__` or `kind.__module__` may run a property of the user's metaclass. The descriptors of `type` itself do not.
"""

bases_of = type.__dict__["__mro__"].__get__
members_of = type.__dict__["__dict__"].__get__
_module_of = type.__dict__["__module__"].__get__
_qualified_name_of = type.__dict__["__qualname__"].__get__


def is_made_from(kind, base):
    """Whether a type is `base` or inherits from it. By identity: to compare types may run a metaclass."""
    return any(one is base for one in bases_of(kind))


def module_of(kind):
    """Name of the module of a type, or None where it has no proper one."""
    try:
        module = _module_of(kind)
    except AttributeError:
        # Made by code without a __name__.
        return None
    return module if type(module) is str else None


def root_of(kind):
    """Name of the library that a type is from; empty where it has no proper module."""
    return (module_of(kind) or "").partition(".")[0]


def type_name(kind):
    """Qualified name of a type, builtins without their module; `object` where it has no proper module."""
    module = module_of(kind)
    if module is None:
        return "object"
    name = _qualified_name_of(kind)
    return name if module == "builtins" else module + "." + name

"""Reads what CPython knows about a type, without running the user's code.

`kind.__mro__` or `kind.__module__` may run a property of the user's metaclass. The descriptors of `type` itself do not.
"""

module_of = type.__dict__["__module__"].__get__
bases_of = type.__dict__["__mro__"].__get__
members_of = type.__dict__["__dict__"].__get__
_qualified_name_of = type.__dict__["__qualname__"].__get__


def is_made_from(kind, base):
    """Whether a type is `base` or inherits from it. By identity: to compare types may run a metaclass."""
    return any(one is base for one in bases_of(kind))


def type_name(kind):
    """Qualified name of a type, builtins without their module; `object` where it has no proper name."""
    try:
        module = module_of(kind)
        name = _qualified_name_of(kind)
    except Exception:
        return "object"
    if type(module) is not str or type(name) is not str:
        return "object"
    return name if module == "builtins" else module + "." + name

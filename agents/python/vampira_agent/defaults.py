"""Defaults of a function's parameters, as the objects that its calls get."""


def find_defaults(function, names):
    """(position, default, text where it is the first, text where it is another) for each parameter that has a default.

    The texts follow the arguments, and name those that are the defaults.

    names: the function's parameters, in the order in which a call's arguments are written.
    """
    code = function.__code__
    found = []
    if function.__defaults__:
        named = code.co_varnames[: code.co_argcount][-len(function.__defaults__) :]
        found += zip(named, function.__defaults__)
    if function.__kwdefaults__:
        found += function.__kwdefaults__.items()
    return mark_defaults(found, names)


def mark_defaults(found, names):
    """The same of (name, default) pairs."""
    positions = {name: at for at, name in enumerate(names)}
    return tuple([
        (positions[name], value, '],"defaults":[%d' % positions[name], ",%d" % positions[name])
        for name, value in found if name in positions
    ])  # fmt: skip

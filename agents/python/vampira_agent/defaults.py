"""Defaults of a function's parameters, as the objects that its calls get."""


def find_defaults(function, names):
    """(position, default, text where it is the first, text where it is another) for each parameter that has a default.

    The texts follow the arguments, and name those that are the defaults.

    names: the function's parameters, in the order in which a call's arguments are written.
    """
    code, given = function.__code__, function.__defaults__
    count = code.co_argcount
    if given and not function.__kwdefaults__ and names[:count] == code.co_varnames[:count]:
        return tuple([(at, value, *_texts_at(at)) for at, value in enumerate(given, count - len(given))])
    found = []
    if given:
        found += zip(code.co_varnames[:count][-len(given) :], given)
    if function.__kwdefaults__:
        found += function.__kwdefaults__.items()
    return mark_defaults(found, names)


def mark_defaults(found, names):
    """The same of (name, default) pairs."""
    positions = {name: at for at, name in enumerate(names)}
    return tuple([
        (positions[name], value, *_texts_at(positions[name]))
        for name, value in found if name in positions
    ])  # fmt: skip


_texts = []


def _texts_at(position):
    while len(_texts) <= position:
        _texts.append(('],"defaults":[%d' % len(_texts), ",%d" % len(_texts)))
    return _texts[position]

"""Values as JSON, by what can be known without running the user's code.

Only exact builtin types and known array types are looked into; of anything else the type's name and a number.
"""

from . import identity
from .redaction import has_secret, is_secret_name
from .text import base64, quote

TEXT_AT_MOST = 200
BYTES_AT_MOST = 48
ITEMS_AT_MOST = 32
STRINGS_KEPT = 1024
DEPTH_AT_MOST = 3
INTEGER_LIMIT = 1 << 53
REDACTED = '{"$":"redacted"}'
UNSEEN = '{"$":"unseen"}'

_module_of = type.__dict__["__module__"].__get__
_qualname_of = type.__dict__["__qualname__"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_dict_of = type.__dict__["__dict__"].__get__
# Addresses of the string constants of rewritten code: shared by all who name them, so never linked by identity.
constants = set()


def type_name(kind):
    """Qualified name of a type, builtins without their module."""
    try:
        module = _module_of(kind)
        name = _qualname_of(kind)
        if type(module) is not str or type(name) is not str:
            return "object"
    except Exception:
        return "object"
    return name if module == "builtins" else module + "." + name


def _integer(x):
    if -INTEGER_LIMIT <= x <= INTEGER_LIMIT:
        return f"{x}"
    try:
        return '{"$":"integer","v":"%d"}' % x
    except ValueError:
        return '{"$":"object","type":"int","bytes":%d}' % ((x.bit_length() + 7) // 8)


def describe_float(x):
    """A float as JSON text; tagged where bare JSON would say something else."""
    # The difference is not a number for what is not finite.
    if x.is_integer() or x - x:
        text = _float_text(x)
        return '{"$":"double","v":"%s"}' % _DOUBLES.get(text, text)
    return _float_text(x)


_float_text = float.__repr__
_DOUBLES = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def describe_string(x):
    """A string as JSON text, redacted where it looks like a secret."""
    length = len(x)
    if length > 15:
        number = identity.find(x)
        if number is not None:
            return REDACTED if has_secret(x) else _tagged_text(x, number)
        if length > TEXT_AT_MOST // 2:
            return _quoted(x)
    text = _known_strings.get(x)
    if text is None:
        if len(_known_strings) >= STRINGS_KEPT:
            _known_strings.clear()
        text = _known_strings[x] = _quoted(x)
    return text


# The texts of strings, all exact and short: looking for secrets takes longer than finding them here.
_known_strings = {}


def _quoted(x):
    if len(x) > 11 and has_secret(x):
        return REDACTED
    if len(x) > TEXT_AT_MOST:
        return _tagged_text(x, None)
    if not x.isascii():
        try:
            x.encode("utf-8")
        except UnicodeEncodeError:
            data = x.encode("utf-8", "surrogatepass")
            return '{"$":"bytes","v":"%s","length":%d}' % (base64(data[:BYTES_AT_MOST]), len(data))
    return quote(x)


def _tagged_text(x, number):
    shown = x[:TEXT_AT_MOST].encode("utf-8", "replace").decode("utf-8")
    text = '{"$":"text","v":' + quote(shown)
    if len(x) > TEXT_AT_MOST:
        text += ',"length":%d' % len(x)
    return text + (',"id":%d}' % number if number is not None else "}")


def describe_returned(x):
    """A value that a recorded call returned: a string is followed by identity from here on.

    Not one that may be shared by chance: short ones, constants of the code, and names, which Python interns.
    """
    if type(x) is str and len(x) > 3 and not x.isidentifier() and not has_secret(x):
        number = identity.find(x)
        if number is None and id(x) not in constants:
            number = identity.number_strongly(x, len(x) >> 4)
        if number is not None:
            return _tagged_text(x, number)
    return describe(x)


def _bytes(x):
    return '{"$":"bytes","v":"%s","length":%d%s}' % (base64(x[:BYTES_AT_MOST]), len(x), _held_id(x, len(x) >> 6))


def _held_id(x, size):
    number = identity.number_strongly(x, size)
    return "" if number is None else ',"id":%d' % number


def _bytearray(x):
    from zlib import crc32

    digest = ',"digest":"crc32:%08x"' % crc32(x) if len(x) <= 1 << 20 else ""
    return '{"$":"object","type":"bytearray","length":%d,"bytes":%d%s%s}' % (
        len(x), len(x), _held_id(x, len(x) >> 6), digest,
    )  # fmt: skip


def _container(x):
    name = type(x).__name__
    length = len(x)
    text = '{"$":"object","type":"%s","length":%d' % (name, length)
    if length <= ITEMS_AT_MOST:
        plain = _plain(x, DEPTH_AT_MOST, [ITEMS_AT_MOST * 2])
        if plain is not None:
            text += ',"v":' + plain
    if length == 0 and name in ("tuple", "frozenset"):
        return text + "}"
    if is_inert(x, name):
        text += _held_id(x, length)
    return text + "}"


def is_inert(x, name):
    """Whether nothing happens when the first elements go: then the container may be held a little longer."""
    seen = 0
    try:
        for element in x.values() if name == "dict" else x:
            kind = type(element)
            # Only types of the plain kind are looked up: another metaclass may bring a hash of its own.
            if type(kind) is not type or kind not in _INERT and _has_finaliser(kind):
                return False
            seen += 1
            if seen == 8:
                break
    except RuntimeError:
        return False
    return True


def _has_finaliser(kind):
    if type(kind) is not type or not kind.__flags__ & 1 << 9:
        # Not a class written in Python: it may hold a file or a lock.
        return describer_of(kind) is None
    return any("__del__" in _dict_of(base) for base in _mro_of(kind))


def _plain(x, depth, budget):
    """JSON of a container of plain values, None if it is not one or is too large."""
    kind = type(x)
    if type(kind) is not type:
        return None
    if kind in _SCALARS:
        if kind is str and len(x) > TEXT_AT_MOST // 2:
            return None
        return _SCALARS[kind](x)
    if depth == 0:
        return None
    budget[0] -= len(x) if kind in _CONTAINERS else 1
    if budget[0] < 0:
        return None
    parts = []
    if kind is dict:
        for key, element in x.items():
            if type(key) is not str or not key.isascii():
                return None
            part = REDACTED if is_secret_name(key) else _plain(element, depth - 1, budget)
            if part is None:
                return None
            parts.append(quote(key) + ":" + part)
        return "{" + ",".join(parts) + "}"
    if kind in _CONTAINERS:
        for element in x:
            part = _plain(element, depth - 1, budget)
            if part is None:
                return None
            parts.append(part)
        if kind is set or kind is frozenset:
            parts.sort()
        return "[" + ",".join(parts) + "]"
    return None


def _object(x):
    """Anything else: its type, and a number if it can be watched."""
    kind = type(x)
    describe_known = describer_of(kind)
    if describe_known is not None:
        return describe_known(x)
    # How much it holds is told once: its number stands for it from then on.
    more = describe_attributes(x) if identity.find(x) is None else ""
    return '{"$":"object","type":%s%s%s}' % (quote(type_name(kind)), weak_id(x), more)


def describe_made(x):
    """An object as its constructor leaves it: how much it holds is told again."""
    kind = type(x)
    if describer_of(kind) is not None:
        return describe(x)
    return '{"$":"object","type":%s%s%s}' % (quote(type_name(kind)), weak_id(x), describe_attributes(x))


def describe_attributes(x):
    """How much an object of the user's own holds, as a further field."""
    global describe_attributes
    from .attributes import describe_attributes

    return describe_attributes(x)


def weak_id(x):
    """`,"id":n` for an object that can be watched, else nothing."""
    number = identity.number_weakly(x)
    return "" if number is None else ',"id":%d' % number


def describer_of(kind):
    """What describes objects of a type of a known library, or None."""
    try:
        module = _module_of(kind)
    except Exception:
        return None
    if type(module) is not str:
        return None
    root = module.partition(".")[0]
    if root not in _KNOWN_LIBRARIES:
        return None
    from . import arrays

    return arrays.describer_of(kind, root, type_name(kind))


_KNOWN_LIBRARIES = frozenset(("numpy", "pandas", "astropy", "torch", "pathlib", "datetime", "decimal", "uuid"))


def _function(x):
    return '{"$":"object","type":"function","v":%s%s}' % (quote(x.__qualname__), weak_id(x))


def _complex(x):
    return '{"$":"object","type":"complex","v":"%s"}' % complex.__repr__(x)


def _constant(x):
    return "null" if x is None else "true" if x else "false"


_SCALARS = {
    type(None): _constant,
    bool: _constant,
    int: _integer,
    float: describe_float,
    str: describe_string,
}
_CONTAINERS = frozenset((list, tuple, dict, set, frozenset))
_INERT = frozenset((type(None), bool, int, float, str, bytes, bytearray, complex)) | _CONTAINERS
_DESCRIBERS = dict(_SCALARS)
_DESCRIBERS.update({kind: _container for kind in _CONTAINERS})
_DESCRIBERS.update({bytes: _bytes, bytearray: _bytearray, complex: _complex, type(describe_returned): _function})
_find = _DESCRIBERS.get
# Types whose objects a call may change in place, as far as that can be seen.
CHANGEABLE = frozenset((list, dict, set, bytearray))


def describe(x):
    """A value as JSON text."""
    kind = type(x)
    if type(kind) is type:
        return _find(kind, _object)(x)
    return _object(x)


def fingerprint(x, text):
    """What changes when a container is changed in place: its description, and the addresses of its elements."""
    if ',"v":' in text:
        return text
    length = len(x)
    if length > 10_000:
        return length
    if type(x) is bytearray:
        return text
    if type(x) is dict:
        return hash(tuple([hash(tuple(map(id, x.keys()))), hash(tuple(map(id, x.values())))]))
    return hash(tuple(map(id, x)))

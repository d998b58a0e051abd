"""Numbers and strings as JSON text.

Hot: most arguments are numbers or strings, and each is described at every recorded call. So strings are described once
and kept, and a float is tested with arithmetic instead of a function call.
"""

from . import identity
from .redaction import has_secret
from .text import base64, quote

TEXT_AT_MOST = 200
BYTES_AT_MOST = 48
STRINGS_KEPT = 1024
INTEGER_LIMIT = 1 << 53
REDACTED = '{"$":"redacted"}'
# The shortest text that looks like a secret: a://:p@
_SECRET_AT_LEAST = 7

_float_text = float.__repr__
_NOT_FINITE = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
# Short strings → JSON text. A look-up is faster than the search for secrets.
_known_strings = {}


def describe_constant(x):
    """None, True or False as JSON text."""
    return "null" if x is None else "true" if x else "false"


def describe_integer(x):
    """An integer as JSON text; tagged where JSON readers would round it."""
    if -INTEGER_LIMIT <= x <= INTEGER_LIMIT:
        return f"{x}"
    try:
        return '{"$":"integer","v":"%d"}' % x
    except ValueError:
        # Longer than Python converts to decimal digits.
        return '{"$":"object","type":"int","bytes":%d}' % ((x.bit_length() + 7) // 8)


def describe_float(x):
    """A float as JSON text; tagged where bare JSON would be read as an integer, or cannot express it."""
    # `x - x` is true for NaN and infinity only.
    if x.is_integer() or x - x:
        text = _float_text(x)
        return '{"$":"double","v":"%s"}' % _NOT_FINITE.get(text, text)
    return _float_text(x)


def describe_string(x):
    """A string as JSON text, redacted where it looks like a secret."""
    length = len(x)
    if length > 15:
        number = identity.find(x)
        if number is not None:
            return REDACTED if has_secret(x) else describe_text(x, number)
        if length > TEXT_AT_MOST // 2:
            return _describe_new(x)
    text = _known_strings.get(x)
    if text is None:
        if len(_known_strings) >= STRINGS_KEPT:
            _known_strings.clear()
        text = _known_strings[x] = _describe_new(x)
    return text


def _describe_new(x):
    if len(x) >= _SECRET_AT_LEAST and has_secret(x):
        return REDACTED
    if len(x) > TEXT_AT_MOST:
        return describe_text(x, None)
    if not x.isascii():
        try:
            x.encode("utf-8")
        except UnicodeEncodeError:
            data = x.encode("utf-8", "surrogatepass")
            return '{"$":"bytes","v":"%s","length":%d}' % (base64(data[:BYTES_AT_MOST]), len(data))
    return quote(x)


def describe_text(x, number):
    """A string that is cut, or that has an object number, as JSON text."""
    shown = x[:TEXT_AT_MOST].encode("utf-8", "replace").decode("utf-8")
    text = '{"$":"text","v":' + quote(shown)
    if len(x) > TEXT_AT_MOST:
        text += ',"length":%d' % len(x)
    return text + (',"id":%d}' % number if number is not None else "}")


SCALARS = {
    type(None): describe_constant,
    bool: describe_constant,
    int: describe_integer,
    float: describe_float,
    str: describe_string,
}

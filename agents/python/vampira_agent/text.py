"""JSON text, without importing json."""

import os

try:
    from _json import encode_basestring_ascii as quote
except ImportError:
    from json.encoder import py_encode_basestring_ascii as quote


def base64(data):
    """Bytes as base64 text."""
    from binascii import b2a_base64

    return b2a_base64(data, newline=False).decode("ascii")


def quote_bytes(data):
    """Bytes as a tagged value."""
    return '{"$":"bytes","v":"%s"}' % base64(data)


def quote_text(text):
    """A path or another text of the operating system as JSON text: a string, or tagged bytes where it is not UTF-8."""
    if type(text) is bytes:
        text = os.fsdecode(text)
    if text.isascii():
        return quote(text)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return quote_bytes(text.encode("utf-8", "surrogateescape" if _is_escaped(text) else "surrogatepass"))
    return quote(text)


def _is_escaped(text):
    """Whether all surrogates stand for bytes that are not UTF-8."""
    return all(not "\ud800" <= sign <= "\udfff" or "\udc80" <= sign <= "\udcff" for sign in text)


def quote_texts(texts):
    """Paths or other texts of the operating system as a JSON array."""
    return "[" + ",".join([quote_text(text) for text in texts]) + "]"

"""Objects of known libraries: arrays and tables with their shape, element type and, if there is time, a checksum."""

from sys import modules
from time import monotonic_ns

from .identity import weak_id
from .raw_type import is_made_from, module_of, type_name
from .scalars import SCALARS
from .text import quote

# Checksums may take 30 ms, and this share of the time since the agent was loaded.
CHECKSUM_SHARE = 0.01
CHECKSUM_START = 30_000_000
CHECKSUM_AT_MOST = 1 << 26
COLUMNS_AT_MOST = 64

_spent = 0
_since = monotonic_ns()


def describer_of(kind, root, name):
    """The function that describes objects of this type, or None.

    root: the library; name: the qualified name of the type.
    """
    if name in _BY_NAME:
        return _BY_NAME[name]
    if root == "numpy" or root == "astropy":
        numpy = modules.get("numpy")
        if is_made_from(kind, getattr(numpy, "ndarray", None)):
            return _describe_array
        if is_made_from(kind, getattr(numpy, "generic", None)):
            return _describe_scalar
    return None


def is_array(kind):
    """Whether a type is numpy's array or made from it."""
    return is_made_from(kind, getattr(modules.get("numpy"), "ndarray", None))


def _describe_array(x):
    array = modules["numpy"].ndarray
    element = array.dtype.__get__(x)
    shape = array.shape.__get__(x)
    size = array.nbytes.__get__(x)
    return '{"$":"object","type":%s,"shape":[%s],"elementType":%s,"bytes":%d%s%s}' % (
        quote(type_name(type(x))), ",".join(map(str, shape)), quote(str(element.name)), size, weak_id(x),
        _checksum(x, size, element),
    )  # fmt: skip


def _checksum(x, size, element):
    global _spent
    if size > CHECKSUM_AT_MOST or element.hasobject:
        return ""
    begun = monotonic_ns()
    if _spent > CHECKSUM_START + (begun - _since) * CHECKSUM_SHARE:
        return ""
    from zlib import crc32

    try:
        array = modules["numpy"].ndarray
        if element.kind in "Mm":
            x = array.view(x, "i8")
        digest = ',"digest":"crc32:%08x"' % crc32(array.view(x, array) if type(x) is not array else x)
    except (ValueError, BufferError, TypeError):
        digest = ""
    _spent += monotonic_ns() - begun
    return digest


def _describe_scalar(x):
    plain = x.item()
    describe = SCALARS.get(type(plain))
    return describe(plain) if describe else '{"$":"object","type":%s}' % quote(type_name(type(x)))


def _columns(names):
    names = [name for name in list(names)[:COLUMNS_AT_MOST]]
    if any(type(name) is not str for name in names):
        return ""
    return ',"columns":[' + ",".join(map(quote, names)) + "]"


def _describe_frame(x):
    rows, width = len(x.index), len(x.columns)
    return '{"$":"object","type":"pandas.DataFrame","shape":[%d,%d]%s%s}' % (rows, width, weak_id(x), _columns(x.columns))


def _describe_series(x):
    return '{"$":"object","type":"pandas.Series","shape":[%d],"elementType":%s%s}' % (
        len(x.index), quote(str(x.dtype)), weak_id(x),
    )  # fmt: skip


def _describe_table(x):
    names = x.colnames
    return '{"$":"object","type":%s,"shape":[%d,%d]%s%s}' % (
        quote(type_name(type(x))), len(x), len(names), weak_id(x), _columns(names),
    )  # fmt: skip


def _describe_tensor(x):
    shape = ",".join(map(str, tuple(x.shape)))
    return '{"$":"object","type":"torch.Tensor","shape":[%s],"elementType":%s%s}' % (
        shape, quote(str(x.dtype).replace("torch.", "")), weak_id(x),
    )  # fmt: skip


def _describe_path(x):
    return '{"$":"object","type":%s,"v":%s%s}' % (quote(type_name(type(x))), quote(str(x)), weak_id(x))


def _describe_text(x):
    zone = getattr(x, "tzinfo", None)
    if zone is not None and module_of(type(zone)) not in ("datetime", "zoneinfo"):
        return '{"$":"object","type":%s}' % quote(type_name(type(x)))
    return '{"$":"object","type":%s,"v":%s}' % (quote(type_name(type(x))), quote(str(x)))


_BY_NAME = {
    "pandas.core.frame.DataFrame": _describe_frame,
    "pandas.DataFrame": _describe_frame,
    "pandas.core.series.Series": _describe_series,
    "pandas.Series": _describe_series,
    "astropy.table.table.Table": _describe_table,
    "astropy.table.table.QTable": _describe_table,
    "torch.Tensor": _describe_tensor,
    "pathlib.PosixPath": _describe_path,
    "pathlib.PurePosixPath": _describe_path,
    "pathlib._local.PosixPath": _describe_path,
    "pathlib._local.PurePosixPath": _describe_path,
    "datetime.datetime": _describe_text,
    "datetime.date": _describe_text,
    "datetime.time": _describe_text,
    "datetime.timedelta": _describe_text,
    "decimal.Decimal": _describe_text,
    "uuid.UUID": _describe_text,
}

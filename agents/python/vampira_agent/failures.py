"""Exceptions, by what can be known without running the user's code."""

from .redaction import mask_text
from .text import quote
from .values import type_name

MESSAGE_AT_MOST = 500
_arguments_of = BaseException.__dict__["args"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_dict_of = type.__dict__["__dict__"].__get__
_PLAIN = (type(None), bool, int, float, str, bytes)
# File of the user's code → module number; the same table as the calls'.
places = {}
# Names by which the user's modules know themselves (__name__).
names = {"__main__", "__mp_main__"}


def describe_failure(kind, error, trace):
    """The fields of a `raise` line."""
    text = '"type":%s' % quote(type_name(kind))
    message = safe_message(kind, error)
    if message is not None:
        text += ',"message":%s' % quote(mask_text(message)[:MESSAGE_AT_MOST].encode("utf-8", "replace").decode())
    nearest = None
    while trace is not None:
        module = places.get(trace.tb_frame.f_code.co_filename)
        if module is not None:
            nearest = (module, trace.tb_lineno or 1)
        trace = trace.tb_next
    return text if nearest is None else text + ',"raisedAt":[%d,%d]' % nearest


def safe_message(kind, error):
    """str(error) where that runs builtin code only, else None."""
    try:
        if any(type(argument) not in _PLAIN for argument in _arguments_of(error)):
            return None
        for base in _mro_of(kind):
            if "__str__" in _dict_of(base) or "__repr__" in _dict_of(base):
                if type.__dict__["__module__"].__get__(base) != "builtins":
                    return None
                break
        for attribute in ("filename", "filename2"):
            if isinstance(error, OSError) and type(getattr(OSError, attribute).__get__(error)) not in _PLAIN:
                return None
        return str(error)
    except Exception:
        return None

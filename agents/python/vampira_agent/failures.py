"""Exceptions as fields of a `raise` line, found without running the user's code."""

from .places import module_numbers
from .raw_type import bases_of, is_made_from, members_of, module_of, type_name
from .redaction import mask_text
from .text import quote

MESSAGE_AT_MOST = 500
_arguments_of = BaseException.__dict__["args"].__get__
_PLAIN = frozenset((type(None), bool, int, float, str, bytes))


def describe_failure(kind, error, trace):
    """The fields of a `raise` line: type, message, and the innermost line of the user's code."""
    text = '"type":%s' % quote(type_name(kind))
    message = safe_message(kind, error)
    if message is not None:
        text += ',"message":%s' % quote(mask_text(message)[:MESSAGE_AT_MOST].encode("utf-8", "replace").decode())
    innermost = None
    while trace is not None:
        number = module_numbers.get(trace.tb_frame.f_code.co_filename)
        if number is not None:
            innermost = (number, trace.tb_lineno or 1)
        trace = trace.tb_next
    return text if innermost is None else text + ',"raisedAt":[%d,%d]' % innermost


def safe_message(kind, error):
    """str(error) where that runs builtin code only, else None."""
    try:
        if not all(map(_is_plain, _arguments_of(error))):
            return None
        for base in bases_of(kind):
            if "__str__" in members_of(base) or "__repr__" in members_of(base):
                if module_of(base) != "builtins":
                    return None
                break
        for attribute in ("filename", "filename2"):
            if is_made_from(kind, OSError) and not _is_plain(getattr(OSError, attribute).__get__(error)):
                return None
        return str(error)
    except Exception:
        return None


def _is_plain(x):
    kind = type(x)
    # Only ordinary types are looked up in the set: the user's metaclass may define a hash.
    return type(kind) is type and kind in _PLAIN

"""Notes that the program adds to its record (site/vampira.py)."""

import os

from . import journal
from .text import quote, quote_text
from .threads import current_id
from .values import describe


def _emit(kind, name, value, unit, path):
    try:
        line = '{"kind":"note","at":%d' % journal.at()
        call = current_id()
        if call is not None:
            line += ',"call":%s' % call
        if path is not None:
            line += ',"path":%s' % quote_text(os.path.abspath(os.fspath(path)))
        line += ',"type":"%s","name":%s,"value":%s' % (kind, quote(str(name)), describe(value))
        if unit is not None:
            line += ',"unit":%s' % quote(str(unit))
        journal.emit(line + "}")
    except Exception as fault:
        journal.fault("a note", fault)


def note(name, value, path=None):
    """Add metadata to the current call, or to the file at `path`."""
    if journal.spool is not None:
        _emit("metadata", name, value, None, path)


def quality(metric, value, unit=None, path=None):
    """Add the value of a quality metric to the current call, or to the file at `path`."""
    if journal.spool is not None:
        _emit("quality", metric, value, unit, path)

"""The `file` lines of the journal: each use of a file, and at exit what is left of those that were written."""

from . import journal
from .file_versions import look, note_change, note_read, stat_text
from .text import quote_text
from .threads import current_call, current_id

# Paths that are looked at again at exit; a dictionary, for their order.
_written = {}
# The last use that was emitted.
_last = None


def emit_use(op, path, rest):
    """A line for a use of a file, unless it is the same as the last one.

    op: read | write | update | remove | rename. rest: further fields as JSON text.
    """
    global _last
    if op == "write" or op == "update":
        _written[path] = None
    # open(…, opener=…) raises two events, and to open an unchanged file again adds nothing.
    use = (op, path, rest, current_call(), journal.generation)
    if use == _last:
        return
    _last = use
    if op == "read":
        note_read(path)
    else:
        note_change(path)
    call = current_id()
    caller = "" if call is None else ',"call":%s' % call
    journal.emit('{"kind":"file","at":%d%s,"op":"%s","path":%s%s}' % (journal.at(), caller, op, quote_text(path), rest))


def look_again(path):
    """Look at a path again at exit."""
    _written[path] = None


def look_elsewhere(path, to):
    """Look at a path that was moved where it is now."""
    _written.pop(path, None)
    _written[to] = None


def wrote(path):
    """A child program has written a path: look at it again at exit."""
    _written[path] = None
    note_read(path)


def finish():
    """A line for each path that was written, with what is there at exit."""
    for path in list(_written):
        status = look(path)
        line = '{"kind":"file","at":%d,"op":"final","path":%s' % (journal.at(), quote_text(path))
        journal.emit(line + (',"stat":%s}' % stat_text(status) if status is not None else "}"))


def forget():
    """In a forked child: what the parent wrote is in the parent's journal."""
    _written.clear()

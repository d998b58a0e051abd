"""Files that the standard streams were redirected from and to before the program began.

Which call read or printed is not known, so that these lines name none: they are the entry's. The input counts as read; an
output was written if it has changed by the end.
"""

import os
import stat
import sys

from . import journal
from .data_paths import is_data
from .file_lines import look_again
from .file_versions import look, note_change, note_read, old_text, signature, stat_text
from .text import quote_text

# Path → (status when the process began, the same as JSON text) of outputs.
_outputs = {}


def start():
    """Note where the streams lead to. Those of a process that prints where its parent prints are the parent's."""
    path, status = _redirected(0)
    if path is not None:
        _emit("read", path, ',"stat":' + stat_text(status))
        note_read(path)
    for descriptor in (1, 2):
        path, status = _redirected(descriptor)
        if path is not None and path not in _outputs:
            _outputs[path] = status, old_text(path, status)


def _redirected(descriptor):
    """(path, status) of the file that a stream was redirected to for this process; (None, None) if it was not."""
    path = file_of(descriptor)
    if path is None or not is_data(path):
        return None, None
    status = os.fstat(descriptor)
    there = look(path)
    if there is None or not os.path.samestat(status, there) or _is_inherited(descriptor, status):
        return None, None
    return path, status


def file_of(descriptor):
    """Path of the regular file that a descriptor leads to, or None."""
    if type(descriptor) is not int or descriptor < 0:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        path = os.readlink("/proc/self/fd/%d" % descriptor)
    except OSError:
        return None
    return None if path.endswith(" (deleted)") or not path.startswith("/") else path


def _is_inherited(descriptor, status):
    """Whether the nearest process in the journal has the stream too: a shell in between may have it only for a moment."""
    process, _, rest = os.environ.get("VAMPIRA_PARENT", "").partition("-")
    # The recorder's own streams are those of the program that it started.
    if not process.isdigit() or rest.startswith("recorder:") and int(process) == os.getppid():
        return False
    try:
        return os.path.samestat(status, os.stat("/proc/%s/fd/%d" % (process, descriptor)))
    except OSError:
        return False


def flush():
    """Python is about to write what is left of its own streams, which would come after our last look."""
    if _outputs:
        for stream in (sys.__stdout__, sys.__stderr__):
            try:
                if type(stream).__module__ == "_io":
                    stream.flush()
            except Exception:
                # Python tries it again, and says so.
                pass


def emit_outputs():
    """A line for each output that has changed since the process began."""
    for path, (before, text) in _outputs.items():
        status = look(path)
        if status is None or signature(status) == signature(before):
            continue
        # Not an update, even where it was appended to: the entry would have used a log that is only written to, and all
        # that it makes would come from there.
        _emit("write", path, ',"old":' + text if before.st_size else "")
        note_change(path)
        look_again(path)


def _emit(op, path, rest):
    line = '{"kind":"file","at":%d,"op":"%s","path":%s%s,"seen":"redirection"}'
    journal.emit(line % (journal.at(), op, quote_text(path), rest))


def forget():
    """In a forked child: it prints where its parent prints."""
    _outputs.clear()

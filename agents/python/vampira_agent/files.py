"""Files that the program opens, renames and removes, from Python's audit events.

An event comes before its operation. So a file can be looked at before it is overwritten; but whether the operation will
succeed has to be found out by looking at permissions and at what is there.
"""

import os
import stat
import sys

from . import journal, loading, modules
from .data_paths import absolute, is_data
from .file_versions import known_text, look, note_change, note_move, note_read, old_text, signature, stat_text
from .text import quote_text
from .threads import current_call, current_id

# Paths that are looked at again at exit; a dictionary, for their order.
_written = {}
# What was emitted last.
_last = None
# Path → status of databases when they were opened, or last found changed.
_databases = {}
_WRITES = os.O_WRONLY | os.O_RDWR
_import_suffixes = (".py", ".so", ".pyi")
_READERS_OF_CODE = ("/runpy.py", "/linecache.py", "/inspect.py", "/tokenize.py")


def _emit(op, path, rest):
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


def on_open(arguments):
    """The event open: path, mode, flags."""
    name, _, flags = arguments
    if isinstance(name, int) or name is None:
        return
    path = absolute(name)
    if path is None or not is_data(path):
        return
    if flags & _WRITES:
        _note_write(path, flags)
        return
    if _caller() == "<frozen zipimport>":
        # Python opens a script once more before it runs it, to see whether it is an archive.
        return
    if path.endswith(_import_suffixes):
        loading.patch_runpy()
        if _is_code(path):
            return
    status = look(path)
    if status is None or not os.access(path, os.R_OK):
        if flags & os.O_CREAT and flags & os.O_TRUNC:
            _note_write(path, flags)
        return
    _emit("read", path, ',"stat":' + stat_text(status))


def _caller():
    """File of the code that opens a file; empty where CPython itself does."""
    try:
        return sys._getframe(4).f_code.co_filename
    except ValueError:
        return ""


def _is_code(path):
    """Whether a file is or was imported, or is read for a traceback: then it is code, not data."""
    if path in modules.files or path in modules.code_paths or path.endswith(".so"):
        return True
    frame = sys._getframe(1)
    for _ in range(8):
        if frame is None:
            return False
        file = frame.f_code.co_filename
        if file.startswith(("<frozen importlib", "<frozen runpy>")) or file.endswith(_READERS_OF_CODE):
            return True
        frame = frame.f_back
    return False


def _note_write(path, flags):
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        status = None
    if status is None:
        folder = os.path.dirname(path)
        if not flags & os.O_CREAT or not os.access(folder, os.W_OK | os.X_OK):
            return
        if hasattr(os, "O_TMPFILE") and flags & os.O_TMPFILE == os.O_TMPFILE:
            return
        _emit("write", path, "")
        return
    if not stat.S_ISREG(status.st_mode) or not os.access(path, os.W_OK):
        return
    if flags & os.O_CREAT and flags & os.O_EXCL:
        return
    op = "write" if flags & os.O_TRUNC else "update"
    _emit(op, path, ',"old":' + old_text(path, status))


def on_rename(arguments):
    """The event os.rename: source, target, descriptors of their folders."""
    path, to = absolute(arguments[0], arguments[2]), absolute(arguments[1], arguments[3])
    if path is None or to is None or not (is_data(path) or is_data(to)):
        return
    status = look(path)
    if status is None or not os.access(os.path.dirname(to), os.W_OK):
        return
    replaced = look(to)
    if replaced is not None and signature(replaced) != signature(status):
        _emit("remove", to, ',"old":' + old_text(to, replaced))
    _written.pop(path, None)
    _written[to] = None
    _emit("rename", path, ',"to":%s,"old":%s' % (quote_text(to), old_text(path, status)))
    note_move(path, to)


def on_remove(arguments):
    """The event os.remove: path, descriptor of its folder."""
    path = absolute(arguments[0], arguments[1])
    if path is None or not is_data(path):
        return
    try:
        status = os.lstat(path)
    except OSError:
        return
    if not stat.S_ISREG(status.st_mode) or not os.access(os.path.dirname(path), os.W_OK):
        return
    _emit("remove", path, ',"old":' + old_text(path, status))
    _written[path] = None


def on_truncate(arguments):
    """The event os.truncate: path, length."""
    path = absolute(arguments[0])
    if path is not None and is_data(path):
        _note_write(path, os.O_WRONLY)


def on_link(arguments):
    """The event os.link: source, target, descriptors of their folders. The target has the content of the source."""
    path, to = absolute(arguments[0], arguments[2]), absolute(arguments[1], arguments[3])
    if path is None or to is None or not is_data(to):
        return
    status = look(path)
    if status is not None and not os.path.lexists(to):
        _emit_copy(path, status, to)


def _emit_copy(path, status, to):
    """Lines of a new file that has the content of another."""
    _emit("read", path, ',"stat":' + stat_text(status))
    _emit("write", to, "")


def on_symlink(arguments):
    """The event os.symlink: what it points to, where it is, descriptor of its folder."""
    to = absolute(arguments[1], arguments[2])
    if to is None or not is_data(to) or os.path.lexists(to):
        return
    path = os.path.normpath(os.path.join(os.path.dirname(to), os.fsdecode(arguments[0])))
    status = look(path)
    if status is not None:
        _emit_copy(path, status, to)


def on_database(arguments):
    """The event sqlite3.connect. Whether the program writes to the database is only known when its file has changed."""
    name = arguments[0]
    if type(name) not in (str, bytes) and not hasattr(type(name), "__fspath__"):
        return
    name = os.fsdecode(name)
    if not name or name == ":memory:":
        return
    if name.startswith("file:"):
        from urllib.parse import unquote, urlsplit

        name = unquote(urlsplit(name).path)
        if not name or ":memory:" in name:
            return
    path = absolute(name)
    if path is None or not is_data(path):
        return
    look_at_databases()
    status = look(path)
    if status is None:
        if os.path.lexists(path) or not os.access(os.path.dirname(path), os.W_OK):
            return
        _emit("write", path, "")
        return
    if status.st_size:
        _emit("read", path, ',"stat":' + stat_text(status))
    # Hash it now: what it held is gone once the program writes to it.
    old_text(path, status)
    _databases[path] = status


def look_at_databases():
    """A line for each database that has changed since it was opened."""
    for path, before in list(_databases.items()):
        status = look(path)
        if status is None or signature(status) == signature(before):
            continue
        _emit("update", path, ',"old":' + known_text(path, before))
        _databases[path] = status


def wrote(path):
    """A child program has written a path: look at it again at exit."""
    _written[path] = None
    note_read(path)


def finish():
    """A line for each path that was written, with what is there at exit."""
    look_at_databases()
    for path in list(_written):
        status = look(path)
        line = '{"kind":"file","at":%d,"op":"final","path":%s' % (journal.at(), quote_text(path))
        journal.emit(line + (',"stat":%s}' % stat_text(status) if status is not None else "}"))


def forget():
    """In a forked child: what the parent wrote is in the parent's journal."""
    _written.clear()
    _databases.clear()


HANDLERS = {
    "open": on_open,
    "os.rename": on_rename,
    "os.remove": on_remove,
    "os.truncate": on_truncate,
    "os.link": on_link,
    "os.symlink": on_symlink,
    "sqlite3.connect": on_database,
}

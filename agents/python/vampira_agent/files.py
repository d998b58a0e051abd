"""Files that the program opens, renames and removes, from Python's audit events.

An event comes before its operation. So a file can be looked at before it is overwritten. But it is not known yet whether
the operation will succeed: permissions, and what is at the path, decide whether a line is written.
"""

import os
import stat
import sys

from . import journal, loading, modules, sources
from .data_paths import absolute, is_data
from .file_lines import emit_use, look_again, look_elsewhere
from .file_versions import look, note_move, old_text, signature, stat_text
from .open_folders import NOWHERE, find_folder
from .text import quote_text
from .threads import current_id

# Linux empties a file that is opened with O_TRUNC, even where it is opened for reading.
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_TRUNC
_import_suffixes = (".py", ".so", ".pyi")
_READERS_OF_CODE = ("/runpy.py", "/linecache.py", "/inspect.py", "/tokenize.py")


def on_open(arguments):
    """The event open: path, mode, flags."""
    name, mode, flags = arguments
    if isinstance(name, int) or name is None:
        return
    folder = -1
    if mode is None and name[:1] not in ("/", b"/"):
        # os.open, not open: it may have got a folder that the path starts from.
        folder = find_folder(sys._getframe(2))
        if folder is NOWHERE:
            journal.gap("os.open of %s relative to a descriptor: which file that is was not found out" % os.fsdecode(name), current_id())
            return
    path = absolute(name, folder)
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
        return
    emit_use("read", path, ',"stat":' + stat_text(status))


def _caller():
    """File of the code that opens a file; empty where CPython itself does."""
    try:
        return sys._getframe(4).f_code.co_filename
    except ValueError:
        return ""


def _is_code(path):
    """Whether a file is or was imported, or is read for a traceback: then it is code, not data."""
    if path in modules.files or path in sources.code_paths or path.endswith(".so"):
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
        emit_use("write", path, "")
        return
    if not stat.S_ISREG(status.st_mode) or not os.access(path, os.W_OK):
        return
    if flags & os.O_CREAT and flags & os.O_EXCL:
        return
    op = "write" if flags & os.O_TRUNC else "update"
    emit_use(op, path, ',"old":' + old_text(path, status))


def on_rename(arguments):
    """The event os.rename: source, target, descriptors of their folders."""
    path, to = absolute(arguments[0], arguments[2]), absolute(arguments[1], arguments[3])
    if path is None or to is None or not (is_data(path) or is_data(to)):
        return
    status = look(path)
    if status is None or not os.access(os.path.dirname(to), os.W_OK):
        return
    if not is_data(to):
        emit_use("remove", path, ',"old":' + old_text(path, status))
        look_again(path)
        return
    replaced = look(to)
    if not is_data(path):
        # It comes from where nothing is recorded.
        emit_use("write", to, "" if replaced is None else ',"old":' + old_text(to, replaced))
        return
    if replaced is not None and signature(replaced) != signature(status):
        emit_use("remove", to, ',"old":' + old_text(to, replaced))
    look_elsewhere(path, to)
    emit_use("rename", path, ',"to":%s,"old":%s' % (quote_text(to), old_text(path, status)))
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
    emit_use("remove", path, ',"old":' + old_text(path, status))
    look_again(path)


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
    emit_use("read", path, ',"stat":' + stat_text(status))
    emit_use("write", to, "")


def on_symlink(arguments):
    """The event os.symlink: what it points to, where it is, descriptor of its folder."""
    to = absolute(arguments[1], arguments[2])
    if to is None or not is_data(to) or os.path.lexists(to):
        return
    path = os.path.normpath(os.path.join(os.path.dirname(to), os.fsdecode(arguments[0])))
    status = look(path)
    if status is not None:
        _emit_copy(path, status, to)


HANDLERS = {
    "open": on_open,
    "os.rename": on_rename,
    "os.remove": on_remove,
    "os.truncate": on_truncate,
    "os.link": on_link,
    "os.symlink": on_symlink,
}

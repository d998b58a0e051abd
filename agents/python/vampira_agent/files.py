"""Files that the program opens, renames and removes, from Python's audit events.

An event comes before its operation. So a file can be looked at before it is overwritten; but whether the operation will
succeed has to be found out by looking at permissions and at what is there.
"""

import os
import stat
import sys

from . import journal, loading, modules
from .text import quote_text
from .threads import current_call, current_id

HASHED_AT_MOST = 1 << 26
# How many bytes in all may be hashed of files that are overwritten and that this process had nothing to do with before.
UNTOUCHED_AT_MOST = 1 << 26

_skipped = ()
_skipped_ends = (".pyc", ".pyo")
# Path → when this process last changed it; 0: it only read it.
_touched = {}
_written = {}
_hashes = {}
_last = None
_untouched_bytes = 0
_databases = {}
_import_suffixes = (".py", ".so", ".pyi")
_READERS_OF_CODE = ("/runpy.py", "/linecache.py", "/inspect.py", "/tokenize.py")


def start(home):
    """Note the folders that hold no data: those of the system, of Python, of caches, and ours."""
    global _skipped
    places = {
        "/proc/", "/sys/", "/dev/", "/etc/", "/run/", "/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/share/",
        "/usr/include/", "/usr/bin/", "/bin/", "/var/lib/", "/usr/local/lib/", "/usr/local/share/",
        home + "/vampira_agent/", home + "/site/", journal.folder.rstrip("/") + "/", os.path.dirname(os.__file__) + "/",
    }  # fmt: skip
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix}:
        for part in ("/lib/", "/lib64/", "/include/", "/share/", "/bin/", "/pyvenv.cfg"):
            if (prefix + part).count("/") > 2:
                places.add(prefix + part)
    household = os.path.expanduser("~")
    if household not in ("/", "~"):
        for part in (".cache/", ".config/", ".local/lib/", ".local/share/", ".astropy/", ".matplotlib/", ".fonts/"):
            places.add(household + "/" + part)
    for name in ("XDG_CACHE_HOME", "MPLCONFIGDIR", "PYTHONPYCACHEPREFIX"):
        place = os.environ.get(name)
        if place:
            places.add(os.path.abspath(place) + "/")
    _skipped = tuple(places)


def absolute(path, folder_descriptor=-1):
    """The absolute path of an event's argument, or None for a descriptor.

    folder_descriptor: the open folder that a relative path starts from; negative for the current folder.
    """
    if type(path) is not str:
        if isinstance(path, int):
            return None
        path = os.fsdecode(path)
    if path[:1] != "/":
        if folder_descriptor is not None and folder_descriptor >= 0:
            path = os.path.join(os.readlink("/proc/self/fd/%d" % folder_descriptor), path)
        else:
            path = os.path.join(os.getcwd(), path)
    if "/." in path or "//" in path:
        path = os.path.normpath(path)
    return path


def is_data(path):
    """Whether a path may hold the program's data."""
    return not (path.startswith(_skipped) or path.endswith(_skipped_ends) or "-packages/" in path or "\0" in path)


def look(path):
    """The status of a regular file, or None."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def stat_text(status, digest=None):
    """A file's status as JSON text."""
    text = '{"size":%d,"modified":"%d","inode":%d' % (status.st_size, status.st_mtime_ns, status.st_ino)
    return text + (',"sha256":"%s"}' % digest if digest else "}")


def signature(status):
    """What differs between one version of a file and the next."""
    return status.st_size, status.st_mtime_ns, status.st_ino


def sha256(path):
    """Hex digest of a file's bytes."""
    try:
        from _hashlib import openssl_sha256 as make
    except ImportError:
        from hashlib import sha256 as make
    total = make()
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        while True:
            block = os.read(descriptor, 1 << 20)
            if not block:
                return total.hexdigest()
            total.update(block)
    finally:
        os.close(descriptor)


def old_text(path, status):
    """The status of a file that is about to be overwritten, as JSON text: hashed now, because later it is gone."""
    global _untouched_bytes
    digest = _known_digest(path, status)
    if digest is not None:
        return stat_text(status, digest)
    allowed = status.st_size <= HASHED_AT_MOST
    if allowed and path not in _touched:
        _untouched_bytes += status.st_size
        allowed = _untouched_bytes <= UNTOUCHED_AT_MOST
    if allowed and status.st_size:
        try:
            digest = sha256(path)
            _hashes[path] = (signature(status), digest)
        except OSError:
            pass
    return stat_text(status, digest)


def _known_digest(path, status):
    """The digest of a file if it was hashed when it had this status, else None."""
    known = _hashes.get(path)
    return known[1] if known is not None and known[0] == signature(status) else None


def known_text(path, status):
    """The status that a file had, as JSON text, with its digest where that is known already."""
    return stat_text(status, _known_digest(path, status))


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
        _touched.setdefault(path, 0)
    else:
        _touched[path] = journal.now()
    call = current_id()
    caller = "" if call is None else ',"call":%s' % call
    journal.emit('{"kind":"file","at":%d%s,"op":"%s","path":%s%s}' % (journal.at(), caller, op, quote_text(path), rest))


_WRITES = os.O_WRONLY | os.O_RDWR


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
    _touched[to] = journal.now()
    _emit("rename", path, ',"to":%s,"old":%s' % (quote_text(to), old_text(path, status)))
    known = _hashes.pop(path, None)
    if known is not None:
        _hashes[to] = known


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
    _touched.setdefault(path, 0)


def changed_since(path, moment):
    """Whether this process itself has written, moved or removed a path since then."""
    return _touched.get(path, 0) >= moment


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

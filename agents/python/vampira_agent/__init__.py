"""Records what a Python program does, from inside it, as lines of a journal (contract/journal.schema.json).

`site/sitecustomize.py` starts it when VAMPIRA_JOURNAL names a folder. It needs the standard library only. It may not
change what the program does: where the agent fails, the journal gets a `gap` line, and the program no exception.

A start loads forty small modules. CPython's own search and checks take most of that time, so they are cut short here.
"""

import os
import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import MAGIC_NUMBER, SourceFileLoader, cache_from_source
from _imp import _fix_co_filename
from marshal import dumps, loads

VERSION = "0.1.0"


_folder = None


def cache_folder():
    """The folder of the user's in which code is kept, or an empty string where there is none that is safe."""
    global _folder
    if _folder is None:
        _folder = _find_folder()
    return _folder


def _find_folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if os.path.isabs(base):
        folder = os.path.join(base, "vampira", sys.implementation.cache_tag or "code")
        try:
            os.makedirs(folder, 0o700, exist_ok=True)
            status = os.stat(folder)
            # Python runs what is read from here. So other users must not be able to write it.
            if status.st_uid == os.getuid() and not status.st_mode & 0o022:
                return folder
        except OSError:
            pass
    return ""


def _read(path, head):
    """The code in a file that begins with this, or None."""
    data = b""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            data = os.read(descriptor, os.fstat(descriptor).st_size)
        finally:
            os.close(descriptor)
    except OSError:
        pass
    return loads(memoryview(data)[len(head) :]) if data.startswith(head) else None


class _Loader(SourceFileLoader):
    """Loads a module from the byte code that CPython keeps of it; where that is missing or old, CPython makes it anew.

    Where CPython may not keep it (PYTHONDONTWRITEBYTECODE, a folder that only root can write), it is kept in the user's
    cache folder: to compile all of the agent takes longer than Python's own start.
    """

    def get_code(self, fullname):
        code = _read(self.kept, self.head)
        if code is None:
            code = self._own_code(fullname)
        _fix_co_filename(code, self.path)
        return code

    def _own_code(self, fullname):
        status = os.stat(self.path)
        folder = cache_folder()
        # Packages are unpacked with the dates that are in them. The date of the inode is that of the unpacking.
        head = repr((
            sys.version, sys.flags.optimize, self.path, status.st_size, status.st_mtime_ns, status.st_ctime_ns,
        )).encode() + b"\n"  # fmt: skip
        path = "%s/agent-%x-%x" % (folder, status.st_dev, status.st_ino)
        code = _read(path, head) if folder else None
        if code is None:
            code = super().get_code(fullname)
            if folder and _read(self.kept, self.head) is None:
                write_whole(path, head + dumps(code))
        return code


def write_whole(path, data):
    """Write a file that is there as a whole or not at all. Quiet where that is not possible."""
    part = "%s.%d" % (path, os.getpid())
    try:
        with open(part, "wb") as file:
            file.write(data)
        os.replace(part, path)
    except OSError:
        pass


class _Finder:
    """Finds the modules of this package, which all lie in its folder."""

    def __init__(self):
        self._before, _, self._after = cache_from_source(__file__).rpartition("__init__")

    def find_spec(self, fullname, target=None):
        name = fullname[len(__name__) + 1 :]
        loader = _Loader(fullname, "%s/%s.py" % (__path__[0], name))
        try:
            status = os.stat(loader.path)
        except OSError:
            return None
        loader.kept = self._before + name + self._after
        # How byte code begins that was made of the source as it is now (PEP 552).
        loader.head = b"%b\0\0\0\0%b%b" % (MAGIC_NUMBER, _word(status.st_mtime), _word(status.st_size))
        spec = ModuleSpec(fullname, loader, origin=loader.path)
        spec.has_location = True
        spec.cached = loader.kept
        return spec


def _word(number):
    return (int(number) & 0xFFFFFFFF).to_bytes(4, "little")


if sys.implementation.cache_tag:
    sys.path_importer_cache[__path__[0]] = _Finder()

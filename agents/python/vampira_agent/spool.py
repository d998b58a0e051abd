"""The spool: the file that a process appends its lines to.

A line must survive SIGKILL from the moment it was appended, and appending must be quick. So a part of the file, the
window, is mapped into memory, and a line is copied there. The blocks of a window are allocated before it is mapped:
with a sparse file, a full disk would end the program by SIGBUS. Bytes that are not written yet are NUL; they are cut off
at exit. Where mapping is not safe (network file systems), each line is one system call.
"""

import os
import sys
from _thread import allocate_lock

FIRST_WINDOW = 1 << 18
LARGEST_WINDOW = 1 << 22
PAGE = 1 << 16
# An advice for madvise, since Linux 5.14; older kernels refuse it.
POPULATE_WRITE = 23
# Bytes that are kept free for the last lines, for when the disk is full.
RESERVE = 1 << 13
NETWORK = (
    "nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "gpfs", "beegfs", "glusterfs",
    "fuse", "orangefs", "pvfs2", "vboxsf", "virtiofs",
)  # fmt: skip


# Every window so far, so that none is unmapped: see MappedSpool._map.
_kept = []


class Full(Exception):
    """The spool can grow no more."""


class MappedSpool:
    """Appends lines to a mapped file. `write` is safe in every thread: it is one C function, which holds the GIL."""

    def __init__(self, path):
        import mmap

        self._mmap = mmap
        self.path = path
        self._lock = allocate_lock()
        self._base = 0
        self._window = FIRST_WINDOW
        self._allocated = 0
        self.full = False
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            self._file = _key_of(os.fstat(descriptor))
            self._map_window(descriptor, 0)
        finally:
            os.close(descriptor)

    def _map_window(self, descriptor, end, grow=True):
        """Map a window from the page on in which `end` lies. grow: allocate its blocks first, and keep RESERVE bytes."""
        base = end // PAGE * PAGE
        if grow:
            os.posix_fallocate(descriptor, base, self._window)
            self._allocated = base + self._window
        size = self._allocated - base - (RESERVE if grow else 0)
        self.map = self._map(descriptor, size, base)
        try:
            # All pages at once: a page fault costs as much as a dozen lines.
            self.map.madvise(POPULATE_WRITE)
        except (AttributeError, OSError, ValueError):
            pass
        self.map.seek(end - base)
        self._base = base
        # A window is never unmapped. Its mmap object has the number of a descriptor that is closed already (see _map)
        # and would close it again; by then it may be a file of the program's.
        _kept.append(self.map)
        self.write = self.map.write

    def _map(self, descriptor, size, base):
        if sys.version_info >= (3, 13):
            return self._mmap.mmap(descriptor, size, offset=base, trackfd=False)
        # mmap duplicates the descriptor and would keep it open. That would change the numbers that the program gets for
        # its own, and a program that closes every descriptor would make mmap close another file later.
        probe = os.dup(descriptor)
        os.close(probe)
        mapped = self._mmap.mmap(descriptor, size, offset=base)
        try:
            if _key_of(os.fstat(probe)) == self._file and probe != descriptor:
                os.close(probe)
        except OSError:
            pass
        return mapped

    def append(self, line):
        """Append a line with its newline. Raises Full when the disk has no more room."""
        while True:
            try:
                self.write(line)
                return
            except ValueError:
                self._grow(len(line))

    def _grow(self, needed):
        with self._lock:
            old, old_write = self.map, self.write
            if len(old) - old.tell() >= needed:
                return
            if self.full:
                raise Full("no space is left in the journal")
            # With its position at the end, no thread can write into the old window any more. A thread may have written
            # half a line there, so the new window begins behind the last newline.
            old.seek(0, 2)
            end = self._base + old.rfind(b"\n", 0) + 1
            room = (needed + RESERVE) // PAGE * PAGE + 2 * PAGE
            self._window = max(min(LARGEST_WINDOW, self._window * 2), room)
            try:
                self._replace_window(end, room)
            except (OSError, ValueError, Full) as fault:
                self.full = True
                if self.map is old:
                    old.seek(end - self._base)
                    self.write = old_write
                raise Full(str(fault)) from None
            try:
                old.madvise(self._mmap.MADV_DONTNEED)
            except (AttributeError, OSError, ValueError):
                pass

    def _replace_window(self, end, room):
        descriptor = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        try:
            if _key_of(os.fstat(descriptor)) != self._file:
                raise Full("the journal was replaced")
            try:
                self._map_window(descriptor, end)
            except OSError:
                try:
                    # A small window may fit on the disk where a large one does not.
                    self._window = room
                    self._map_window(descriptor, end)
                except OSError:
                    self._map_window(descriptor, end, grow=False)
                    raise
        finally:
            os.close(descriptor)

    def close(self):
        """Cut off the bytes that were not written. No more lines can be appended."""
        self.full = True
        end = self._base + self.map.tell()
        # With its position at the end, nothing can be written into the window: behind the file's new end that would be a
        # bus error.
        self.map.seek(0, 2)
        try:
            if _key_of(os.stat(self.path)) == self._file:
                os.truncate(self.path, end)
        except (OSError, ValueError):
            pass


class WrittenSpool:
    """Appends each line by a system call, for file systems on which mapping is not safe."""

    def __init__(self, path):
        self.path = path
        self.full = False
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        os.close(descriptor)

    def write(self, line):
        """Refuse, so that `append` is called."""
        raise ValueError("no window")

    def append(self, line):
        # Opened for each line: a descriptor that is kept would change the numbers that the program gets for its own.
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
            try:
                view = memoryview(line)
                while view:
                    view = view[os.write(descriptor, view) :]
            finally:
                os.close(descriptor)
        except OSError as fault:
            self.full = True
            raise Full(str(fault)) from None

    def close(self):
        """Nothing to do: every line is written."""


def _key_of(status):
    """What only one file has."""
    return status.st_dev, status.st_ino


def file_system_of(folder):
    """Type of the file system that a folder is on; empty where it is not known."""
    best, kind = -1, b""
    inside = os.fsencode(folder) + b"/"
    try:
        with open("/proc/self/mounts", "rb") as mounts:
            for line in mounts:
                _, point, found, _ = line.split(b" ", 3)
                point = point.replace(b"\\040", b" ")
                if len(point) >= best and inside.startswith(point.rstrip(b"/") + b"/"):
                    best, kind = len(point), found
    except (OSError, ValueError):
        pass
    return kind.decode("ascii", "replace")


def open_spool(folder, name):
    """A new spool in a folder, mapped where that is safe."""
    path = os.path.join(folder, name + ".jsonl")
    if file_system_of(os.path.realpath(folder)).split(".")[0] not in NETWORK:
        try:
            return MappedSpool(path)
        except (OSError, ValueError, ImportError):
            try:
                os.unlink(path)
            except OSError:
                pass
    return WrittenSpool(path)

"""Versions of files: their status and digest, and which files this process had to do with."""

import os
import stat

from . import journal

HASHED_AT_MOST = 1 << 26
# How many bytes may be hashed in all, of files that are overwritten and that this process has not used before.
UNTOUCHED_AT_MOST = 1 << 26

# Path → when this process last changed it; 0: it only read it.
_touched = {}
# Path → (signature, digest) of files that were hashed.
_hashes = {}
_untouched_bytes = 0


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
    """The status of a file that is about to be overwritten, as JSON text: hashed now, as its content will be lost."""
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


def note_read(path):
    """This process has read a file."""
    _touched.setdefault(path, 0)


def note_change(path):
    """This process has written, moved or removed a file."""
    _touched[path] = journal.now()


def note_move(path, to):
    """This process has moved a file, whose digest goes with it."""
    note_change(to)
    known = _hashes.pop(path, None)
    if known is not None:
        _hashes[to] = known


def changed_since(path, moment):
    """Whether this process itself has written, moved or removed a path since then."""
    return _touched.get(path, 0) >= moment

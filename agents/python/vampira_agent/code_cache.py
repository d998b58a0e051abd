"""Keeps rewritten code on disk, so that large modules are rewritten once."""

import os
import sys

from . import VERSION, cache_folder, selection, write_whole

FORMAT = 9
# Below this size, in bytes, rewriting is faster than the cache.
CACHED_FROM = 400


def find_place(name, path, source):
    """Where the rewritten code of a module is kept, for `read` and `write`; None where it is not."""
    folder = cache_folder() if len(source) >= CACHED_FROM else ""
    if not folder:
        return None
    from zlib import crc32

    key = repr((
        VERSION, FORMAT, sys.version, sys.flags.optimize, name, path, selection.include, selection.exclude,
        selection.known,
    )).encode()  # fmt: skip
    # A file's name may be that of another module by chance: `read` compares the whole key and source.
    return os.path.join(folder, "%08x%08x" % (crc32(key), crc32(source))), key + b"\n" + source


def read(place):
    """(rows, code) as they were written, or None."""
    import marshal

    path, whole = place
    try:
        with open(path, "rb") as file:
            held, rows, code = marshal.loads(file.read())
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return (rows, code) if held == whole else None


def write(place, rows, code):
    """Keep what a module was rewritten to. Quiet where that is not possible."""
    import marshal

    path, whole = place
    try:
        data = marshal.dumps((whole, rows, code))
    except ValueError:
        return
    write_whole(path, data)

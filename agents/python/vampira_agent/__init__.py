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
from marshal import loads

VERSION = "0.1.0"


class _Loader(SourceFileLoader):
    """Loads a module from the byte code that CPython keeps of it; where that is missing or old, CPython makes it anew."""

    def get_code(self, fullname):
        data = b""
        try:
            descriptor = os.open(self.kept, os.O_RDONLY | os.O_CLOEXEC)
            try:
                data = os.read(descriptor, os.fstat(descriptor).st_size)
            finally:
                os.close(descriptor)
        except OSError:
            pass
        if not data.startswith(self.head):
            return super().get_code(fullname)
        code = loads(memoryview(data)[len(self.head) :])
        _fix_co_filename(code, self.path)
        return code


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

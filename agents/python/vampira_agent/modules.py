"""Modules of the user's code, as they were loaded, and their rewritten code.

CPython first loads a module as it always does, so that its errors, warnings and caches are its own. What it would run
is then replaced by the rewritten code. Where that cannot be made, what CPython loaded runs, with a `gap` line.
"""

import gc
import warnings

from . import code_cache, journal, options
from .component import Component
from .marks import RESIZE, SITE, place_hooks
from .seeds import SeedHook
from .selection import choose_in, is_wanted_module
from .sources import Module

# Path as the code carries it → (source, name, rewritten code).
files = {}


def rewritten(name, path, source, whole=None):
    """The rewritten code of a module, or None to run what CPython made of it.

    path: the name that the code carries. whole: the absolute path, where that is another.
    """
    try:
        if not is_wanted_module(name, whole or path):
            return None
        known = files.get(path)
        if known is not None and known[0] == source and known[1] == name:
            # Loaded before (reload, or a worker that imports the main script): the same components.
            return known[2]
        rows, code = _compile(name, path, source)
        module = Module(name, path, whole or path, source)
        code = place_hooks(code, _hooks(module, rows))
        if module.id == 1:
            options.emit_arguments()
        module.emit()
        files[path] = (source, name, code)
        return code
    except Exception as fault:
        journal.gap("the code of %s is not recorded: %s" % (name, type(fault).__name__))
        return None


def _hooks(module, rows):
    hooks = []
    for row in rows:
        if row[0] == SITE:
            # Loaded only where a library may be called whose calls are recorded.
            from .sites import Site

            hooks.append(Site(row[1]))
        elif row[0] == RESIZE:
            from .resizes import ResizeHook

            hooks.append(ResizeHook())
        else:
            hooks.append(SeedHook(row[0]) if row[1] is None else Component(module, *row))
    return hooks


def _compile(name, path, source):
    """Rows of components, and code with marks for hooks; from the cache if they are there."""
    place = code_cache.find_place(name, path, source)
    if place is not None:
        found = code_cache.read(place)
        if found is not None:
            return found
    # Loaded only where something has to be rewritten.
    from .rewrite import rewrite
    from .trees import parse

    with _Quiet():
        tree = parse(source, path)
        rows = rewrite(tree, _decode(source), choose_in(name), True)
        code = compile(tree, path, "exec", dont_inherit=True)
    if place is not None:
        code_cache.write(place, rows, code)
    return rows, code


def _decode(source):
    try:
        text = (source[3:] if source.startswith(b"\xef\xbb\xbf") else source).decode("utf-8")
    except UnicodeDecodeError:
        from importlib.util import decode_source

        return decode_source(source)
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Quiet:
    """No warnings: CPython has compiled the source before us, and warned of what is in it.

    And no search for cycles: a tree has none, but so many nodes that the search would begin hundreds of times.
    """

    def __enter__(self):
        self.searches = gc.isenabled()
        gc.disable()
        self.filters = warnings.filters
        self.set_filters([("ignore", None, Warning, None, 0)])

    def __exit__(self, kind, error, trace):
        self.set_filters(self.filters)
        if self.searches:
            gc.enable()

    def set_filters(self, filters):
        warnings.filters = filters
        warnings._filters_mutated() if hasattr(warnings, "_filters_mutated") else warnings._filters_mutated_lock_held()

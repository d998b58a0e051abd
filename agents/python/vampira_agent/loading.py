"""Gives the rewritten code of modules to the import system, and to runpy."""

import os
import sys

from . import journal, library_hooks, selection
from .modules import rewritten


def patch_loader():
    """Give the rewritten code to the import system."""
    import _frozen_importlib_external as external

    original = external.SourceLoader.get_code

    def get_code(self, fullname):
        code = original(self, fullname)
        try:
            if library_hooks.is_hooked(fullname):
                return _hooked(self, fullname, code)
            path = self.get_filename(fullname)
            if selection.is_wanted_module(fullname, path):
                with journal.busy():
                    source = self.get_data(path)
                if fullname == "__main__":
                    fullname = main_name(path)
                fresh = rewritten(fullname, path, source)
                if fresh is not None:
                    return fresh
        except Exception as fault:
            journal.fault("an import", fault)
        return code

    # Tracebacks leave out the frames of the import system, which they know by its file's name.
    get_code.__code__ = get_code.__code__.replace(co_filename=original.__code__.co_filename)
    external.SourceLoader.get_code = get_code


def _hooked(loader, fullname, code):
    path = loader.get_filename(fullname)
    with journal.busy():
        source = loader.get_data(path)
    return library_hooks.place_in(fullname, path, code, source)


def patch_runpy():
    """Give the rewritten code to runpy.run_path, with which multiprocessing imports the main script again."""
    runpy = sys.modules.get("runpy")
    if runpy is None or "compile" in runpy.__dict__:
        return

    def compile_users(source, filename, mode, *rest, **named):
        code = compile(source, filename, mode, *rest, **named)
        if mode == "exec" and type(source) is bytes and not rest and not named:
            fresh = rewritten(main_name(filename), filename, source, os.path.abspath(filename))
            if fresh is not None:
                return fresh
        return code

    runpy.compile = compile_users


def main_name(path):
    """The name of a script: that of its file without .py; `package.__main__` for the script of a package."""
    stem = os.path.basename(path)
    stem = stem[:-3] if stem.endswith(".py") else stem
    if stem == "__main__":
        folder = os.path.basename(os.path.dirname(os.path.abspath(path)))
        return folder + ".__main__" if folder else stem
    return stem

"""Runs the rewritten main script in the place of the original, with no frame of ours anywhere.

`python script.py` is compiled and run in C without any loader. CPython raises the audit event `exec` with the code
just before it runs it, and calls every audit hook, also one that was added by the hook before. The hook added here is
a chain of C callables (max → methodcaller → function) that runs the rewritten code in __main__, so the script's
module frame has no caller, its exceptions have its own traceback, and debuggers and profilers work in it. When the
script has ended normally, SystemExit keeps the original from being run.
"""

import os
import sys
from _operator import is_, methodcaller
from functools import partial
from types import FunctionType

from . import journal, loading, modules, selection

_script = None


def arm(arguments):
    """The event cpython.run_file: the next code of that file is the main script."""
    global _script
    if not sys.flags.inspect and not sys.flags.interactive:
        _script = arguments[0]
        modules.code_paths.add(os.path.abspath(_script))


def run(arguments):
    """The event exec."""
    global _script
    if _script is None:
        return
    code = arguments[0]
    if getattr(code, "co_filename", None) != _script or code.co_name != "<module>":
        return
    path, _script = _script, None
    try:
        fresh = _rewritten(path)
        if fresh is not None:
            _add_hook(fresh)
    except Exception as fault:
        journal.fault("the main script", fault)


def _rewritten(path):
    whole = os.path.abspath(path)
    if not whole.startswith(selection.roots):
        selection.add_root(os.path.dirname(whole))
    with journal.busy():
        with open(path, "rb") as file:
            source = file.read()
    return modules.rewritten(loading.main_name(whole), path, source, whole)


_parts = []


def _add_hook(code):
    class Disarm:
        def __gt__(self, other):
            # From now on the hook is asked for every event, and should cost next to nothing.
            hook.__setstate__((is_, (), {}, {"__cantrace__": False}))
            return False

    class Run:
        __gt__ = methodcaller("run")

    class Stage:
        def __lt__(self, other):
            raise SystemExit

    stage = Stage()
    stage.run = FunctionType(code, sys.modules["__main__"].__dict__)
    hook = partial(max, stage, Disarm(), Run())
    # Tracers and profilers are to see the script.
    hook.__cantrace__ = True
    # The call under way goes on using what Disarm takes away from the hook.
    _parts.extend(hook.args)
    sys.addaudithook(hook)


def repeat_interrupt():
    """CPython dies of SIGINT after an uncaught KeyboardInterrupt only where it saw the script end by it: show it one."""
    if getattr(sys, "last_type", None) is KeyboardInterrupt:
        try:
            exec("raise KeyboardInterrupt")
        except KeyboardInterrupt:
            pass

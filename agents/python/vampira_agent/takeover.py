"""Runs the rewritten main script instead of the original.

`python script.py` compiles and runs the script in C, without a loader that could be patched. But just before it runs the
code it raises the audit event `exec`, and an audit hook that is added then is called for the same event. The hook that
is added here runs the rewritten code in __main__. It is made of C functions only (max → methodcaller → function), so no
frame of ours is there: the script's frame has no caller, its tracebacks are its own, and debuggers and profilers work.
When the script has ended, the hook raises SystemExit, so that the original is not run as well.
"""

import os
import sys
from _functools import partial
from _operator import is_, methodcaller

from . import journal, loading, modules, selection, sources

_script = None


def arm(arguments):
    """The event cpython.run_file: the next code of that file is the main script."""
    global _script
    if not sys.flags.inspect and not sys.flags.interactive:
        _script = arguments[0]
        sources.code_paths.add(os.path.abspath(_script))


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
            # From now on the hook is called for every event, so make it a cheap one.
            hook.__setstate__((is_, (), {}, {"__cantrace__": False}))
            return False

    class Run:
        __gt__ = methodcaller("run")

    class Stage:
        def __lt__(self, other):
            raise SystemExit

    stage = Stage()
    stage.run = type(run)(code, sys.modules["__main__"].__dict__)
    hook = partial(max, stage, Disarm(), Run())
    # Let tracers and profilers see the script.
    hook.__cantrace__ = True
    # Disarm replaces the hook's arguments while the hook runs with them: keep them.
    _parts.extend(hook.args)
    sys.addaudithook(hook)


def release():
    """Let go of the script's namespace, so that CPython deletes the script's objects at its end as it does without us."""
    _parts.clear()


def repeat_interrupt():
    """After an uncaught KeyboardInterrupt CPython ends itself by SIGINT, but only if the last code it ran raised one.

    That was our SystemExit; so run code that raises a KeyboardInterrupt.
    """
    if getattr(sys, "last_type", None) is KeyboardInterrupt:
        try:
            exec("raise KeyboardInterrupt")
        except KeyboardInterrupt:
            pass

"""Starts the agent, then runs the `sitecustomize` that Python would have found without this file, if there is one.

Every Python runs this file, also one that is too old for the agent: 2.7, too, must be able to read it.
"""

import os
import sys


def _start():
    here = os.path.dirname(os.path.abspath(__file__))
    home = os.path.dirname(here)
    # The program gets the sys.path that it would have without us.
    sys.path[:] = [entry for entry in sys.path if entry != here]
    if os.environ.get("VAMPIRA_JOURNAL"):
        sys.path.insert(0, home)
        try:
            from vampira_agent import boot
        finally:
            sys.path.remove(home)
            sys.path_importer_cache.pop(home, None)
        boot.start(home)
    sys.path_importer_cache.pop(here, None)


def _run_shadowed():
    from _frozen_importlib_external import PathFinder

    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is None or spec.loader is None:
        return
    from _frozen_importlib import module_from_spec

    module = module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


def _decline():
    """This Python is recorded as a command. Said once a run, and left in the journal for the recorder."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != here]
    reason = "Python %d.%d is too old for the agent (it needs 3.8) and is recorded as a command." % sys.version_info[:2]
    try:
        note = os.path.join(os.environ.get("VAMPIRA_JOURNAL", ""), "too-old")
        descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(descriptor, reason.encode("ascii"))
        os.close(descriptor)
        sys.stderr.write("vampira: %s\n" % reason)
    except OSError:
        pass
    if sys.version_info[0] > 2:
        _run_shadowed()
        return
    del sys.modules["sitecustomize"]
    try:
        import sitecustomize  # noqa: F401
    except ImportError:
        pass


if sys.version_info < (3, 8):
    _decline()
else:
    try:
        _start()
    except Exception as fault:
        sys.stderr.write("vampira: this process is not recorded: %s: %s\n" % (type(fault).__name__, fault))
    _run_shadowed()

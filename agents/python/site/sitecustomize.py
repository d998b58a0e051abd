"""Starts the agent, then runs the `sitecustomize` that Python would have found without this file, if there is one."""

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


try:
    _start()
except Exception as fault:
    sys.stderr.write("vampira: this process is not recorded: %s: %s\n" % (type(fault).__name__, fault))
_run_shadowed()

"""Children that are Pythons and record themselves: which these are, and how they learn who started them."""

import os

from . import journal

# Folder of our sitecustomize, which starts the agent in the child. Set at start.
site = ""


def is_python(program):
    """Whether a program is a Python, by its name or by the name of the file it links to."""
    return os.path.basename(os.path.realpath(program)).startswith("python") or os.path.basename(program).startswith("python")


def is_recorded(program, arguments, env):
    """Whether the child is a Python that records itself: then its files are in its own journal."""
    if not is_python(program):
        return False
    for argument in arguments[1:]:
        if not argument.startswith("-") or argument in ("-c", "-m", "-"):
            break
        if not argument.startswith("--") and set(argument) & set("IES"):
            journal.gap("a child Python was started with %s and is not recorded" % argument)
            return False
    if env is not None and not any(part.startswith(b"VAMPIRA_JOURNAL=") for part in env):
        journal.gap("a child Python was started without the environment that records it")
        return False
    return True


def with_parent(env, spawn):
    """The child's environment with VAMPIRA_PARENT, by which its journal names this one.

    None: the child inherits ours, with the variable set by putenv, so that the program's os.environ does not show it.
    """
    if env is None:
        given = os.environ.get("PYTHONPATH", "")
        if "VAMPIRA_JOURNAL" not in os.environ or site in given.split(os.pathsep):
            put_parent(spawn)
            return None
        env = [key + b"=" + value for key, value in os.environb.items()]
    if not any(part.startswith(b"VAMPIRA_JOURNAL=") for part in env):
        return env
    fresh = [b"VAMPIRA_PARENT=" + os.fsencode(_parent_text(spawn))]
    path = os.fsencode(site)
    for part in env:
        if part.startswith(b"VAMPIRA_PARENT="):
            continue
        if part.startswith(b"PYTHONPATH="):
            entries = [entry for entry in part[len(b"PYTHONPATH=") :].split(b":") if entry and entry != path]
            path = b":".join([path] + entries)
            continue
        fresh.append(part)
    return fresh + [b"PYTHONPATH=" + path]


def put_parent(spawn):
    """Set VAMPIRA_PARENT for the next child, so that the program's os.environ does not show it."""
    os.putenv("VAMPIRA_PARENT", _parent_text(spawn))


def _parent_text(spawn):
    """What boot reads in the child."""
    return "%s:%d" % (journal.name, spawn)

"""Which code is recorded: the user's, narrowed and widened by VAMPIRA_INCLUDE and VAMPIRA_EXCLUDE."""

import os
import sys

from . import entry_points

# Folders whose code is the user's, and folders whose code never is. They end in a slash.
roots = ()
_never = ()
_standard = os.path.dirname(os.__file__) + "/"
# Patterns of module names and qualified names.
include = ()
exclude = ()
# Whether calls of well-known entry points of libraries are recorded, too.
known = True


def start(home):
    """Read which folders are the user's. home: the folder that holds this package."""
    global roots, include, exclude, known, _never
    environment = os.environ
    given = [root for root in environment.get("VAMPIRA_ROOTS", "").split(os.pathsep) if root]
    roots = tuple(os.path.abspath(root).rstrip("/") + "/" for root in given or [os.getcwd()])
    include = _patterns(environment.get("VAMPIRA_INCLUDE", ""))
    exclude = _patterns(environment.get("VAMPIRA_EXCLUDE", ""))
    known = environment.get("VAMPIRA_ENTRY_POINTS") != "off"
    if include or exclude:
        # Now, because it cannot be imported while another module is being imported.
        import fnmatch  # noqa: F401
    libraries = {_standard, home + "/vampira_agent/", home + "/site/"}
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix}:
        libraries.add(os.path.join(prefix, "lib", "python%d.%d" % sys.version_info[:2]) + "/")
    _never = tuple(libraries)


def _patterns(text):
    return tuple(part for whole in text.split(os.pathsep) for part in whole.split(",") if part)


def is_users_file(path):
    """Whether a source file is the user's code."""
    return path.startswith(roots) and not path.startswith(_never) and "-packages/" not in path


def add_root(folder):
    """Count one more folder as the user's: that of a script that lies elsewhere."""
    global roots
    roots += (folder.rstrip("/") + "/",)


def is_standard_library(path):
    """Whether a source file is of Python itself, or is none."""
    return path.startswith((_standard, "<frozen ")) and "-packages/" not in path


def is_wanted_module(name, path):
    """Whether to rewrite a module at all."""
    return is_users_file(path) and (not _matches(name, exclude) or _may_include(name))


def choose_in(name):
    """A function that decides, by its qualified name, whether to record a component of this module of the user's."""
    if not exclude or _is_within(name, include):
        return lambda qualified: True

    is_excluded = _matches(name, exclude)

    def is_wanted(qualified):
        full = name + "." + qualified
        return _matches(full, include) or not (is_excluded or _matches(full, exclude))

    return is_wanted


def is_library_call(module, qualified):
    """Whether calls of a function, method or class of a library are recorded, where the user's code makes them."""
    full = module + "." + qualified
    if include and (_matches(full, include) or _is_within(module, include) and _is_public(qualified)):
        return True
    if not known or not _is_public(qualified) or exclude and (_matches(full, exclude) or _is_within(module, exclude)):
        return False
    return module.partition(".")[0] in entry_points.PACKAGES and _matches(full, entry_points.PATTERNS)


def _is_within(name, patterns):
    """Whether a module is one that patterns name, or inside of such a package."""
    words = name.split(".")
    return any(_matches(".".join(words[:end]), patterns) for end in range(1, len(words) + 1))


def _is_public(qualified):
    """Whether a function or method is meant to be called from outside; constructors are."""
    if "<locals>" in qualified:
        return False
    return all(not word.startswith("_") or word in ("__init__", "__call__") for word in qualified.split("."))


def _matches(name, patterns):
    if not patterns:
        return False
    from fnmatch import fnmatchcase

    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _may_include(name):
    """Whether something in a module may be included: a pattern's first words may name the module (module.function)."""
    if include and _is_within(name, include):
        return True
    for pattern in include:
        words = pattern.split(".")
        if any(_matches(name, (".".join(words[:end]),)) for end in range(1, len(words) + 1)):
            return True
    return False

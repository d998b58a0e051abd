"""Which code is recorded: the user's, narrowed and widened by VAMPIRA_INCLUDE and VAMPIRA_EXCLUDE."""

import os
import sys

# Folders whose code is the user's, and folders whose code never is. They end in a slash.
roots = ()
_never = ()
_standard = os.path.dirname(os.__file__) + "/"
# Patterns of module names and qualified names.
include = ()
exclude = ()


def start(home):
    """Read which folders are the user's. home: the folder that holds this package."""
    global roots, include, exclude, _never
    environment = os.environ
    given = [root for root in environment.get("VAMPIRA_ROOTS", "").split(os.pathsep) if root]
    roots = tuple(os.path.abspath(root).rstrip("/") + "/" for root in given or [os.getcwd()])
    include = _patterns(environment.get("VAMPIRA_INCLUDE", ""))
    exclude = _patterns(environment.get("VAMPIRA_EXCLUDE", ""))
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
    if is_users_file(path):
        return not _matches(name, exclude) or _may_include(name)
    return "vampira_agent" not in path and _may_include(name)


def choose_in(name, is_users):
    """A function that decides, by its qualified name, whether to record a component of this module."""
    if not include and not exclude:
        return lambda qualified: True

    is_within = _is_within(name)
    is_excluded = _matches(name, exclude)

    def is_wanted(qualified):
        full = name + "." + qualified
        if _matches(full, include) or is_within and (is_users or _is_public(qualified)):
            return True
        return is_users and not (is_excluded or _matches(full, exclude))

    return is_wanted


def _is_within(name):
    """Whether a module is one that is included, or inside of such a package."""
    words = name.split(".")
    return any(_matches(".".join(words[:end]), include) for end in range(1, len(words) + 1))


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
    if include and _is_within(name):
        return True
    for pattern in include:
        words = pattern.split(".")
        if any(_matches(name, (".".join(words[:end]),)) for end in range(1, len(words) + 1)):
            return True
    return False

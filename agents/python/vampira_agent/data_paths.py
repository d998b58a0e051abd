"""Paths that may hold data of the program."""

import os
import sys

from . import journal
from .open_folders import path_of

_skipped = ()
# Fits paths that the user has told to ignore.
_ignored = None
_temporary = "/tmp/matplotlib-"
_skipped_ends = (".pyc", ".pyo")
# Folders that interpreters and tools keep for themselves, wherever they are, and what a package says of itself.
_CACHES = (
    "/__pycache__/", "/.pytest_cache/", "/.mypy_cache/", "/.ruff_cache/", "/.ipynb_checkpoints/", "/.numba_cache/", "/matplotlib-",
    "/.fontconfig/", "/joblib_memmapping_folder_", ".dist-info/", ".egg-info/",
)  # fmt: skip
# Variables by which people move the caches of tools.
_CACHE_VARIABLES = (
    "XDG_CACHE_HOME", "MPLCONFIGDIR", "PYTHONPYCACHEPREFIX", "NUMBA_CACHE_DIR", "PIP_CACHE_DIR", "UV_CACHE_DIR", "HF_HOME",
    "HF_HUB_CACHE", "HF_DATASETS_CACHE", "TRANSFORMERS_CACHE", "TORCH_HOME", "TRITON_CACHE_DIR", "KERAS_HOME",
)  # fmt: skip


def start(home):
    """Note the folders that hold no data: those of the system, of Python, of caches, and ours."""
    global _skipped, _temporary, _ignored
    given = os.environ.get("VAMPIRA_IGNORED")
    if given:
        # Now, because it cannot be imported while another module is being imported.
        import re

        _ignored = re.compile(given, re.DOTALL).match
    _temporary = os.path.join(os.environ.get("TMPDIR") or "/tmp", "matplotlib-")
    places = {
        "/proc/", "/sys/", "/dev/", "/etc/", "/run/", "/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/share/",
        "/usr/include/", "/usr/bin/", "/bin/", "/var/lib/", "/usr/local/lib/", "/usr/local/share/",
        home + "/vampira_agent/", home + "/site/", journal.folder.rstrip("/") + "/", os.path.dirname(os.__file__) + "/",
    }  # fmt: skip
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix}:
        for part in ("/lib/", "/lib64/", "/include/", "/share/", "/bin/", "/pyvenv.cfg"):
            if (prefix + part).count("/") > 2:
                places.add(prefix + part)
    household = os.path.expanduser("~")
    if household not in ("/", "~"):
        for part in (
            ".cache/", ".config/", ".local/lib/", ".local/share/", ".astropy/", ".matplotlib/", ".fonts/",
            ".fontconfig/", ".numba/", ".keras/", ".ipython/", ".jupyter/", ".triton/",
        ):  # fmt: skip
            places.add(household + "/" + part)
    places.add("/var/cache/")
    for name in _CACHE_VARIABLES:
        place = os.environ.get(name)
        if place:
            places.add(os.path.abspath(place) + "/")
    _skipped = tuple(places)


def absolute(path, folder_descriptor=-1):
    """The absolute path of an event's argument, or None for a descriptor.

    folder_descriptor: the open folder that a relative path starts from; negative for the current folder.
    """
    if type(path) is not str:
        if isinstance(path, int):
            return None
        path = os.fsdecode(path)
    if path[:1] != "/":
        if folder_descriptor is not None and folder_descriptor >= 0:
            path = os.path.join(path_of(folder_descriptor), path)
        else:
            path = os.path.join(os.getcwd(), path)
    if "/." in path or "//" in path:
        path = os.path.normpath(path)
    return path


def is_ignored(path):
    """Whether the user has told to ignore a path (`--ignore`)."""
    return _ignored is not None and _ignored(path) is not None


def is_data(path):
    """Whether a path may hold the program's data."""
    return not (
        path.startswith(_skipped) or path.endswith(_skipped_ends) or "-packages/" in path or "\0" in path or _is_cached(path) or is_ignored(path)
    )


def _is_cached(path):
    for cache in _CACHES:
        if cache in path:
            # matplotlib makes a folder of its own where it may not write into that of the user.
            return cache != "/matplotlib-" or path.startswith(_temporary)
    return False

"""Which libraries the program has loaded."""

import os
import sys

from . import journal
from .selection import is_users_file
from .text import quote, quote_text

_Module = type(sys)
_OURS = ("__main__", "sitecustomize", "usercustomize", "vampira", "vampira_agent")


def emit_libraries():
    """A line for each top-level module that is loaded and is neither the user's nor in the standard library."""
    # Looked at first, because most modules are of it. Before 3.10 there are no names.
    standard = getattr(sys, "stdlib_module_names", ())
    folder = os.path.dirname(os.__file__) + "/"
    for name, module in list(sys.modules.items()):
        if name in standard or "." in name or type(module) is not _Module or name in _OURS:
            continue
        inside = module.__dict__
        spec = inside.get("__spec__")
        if spec is not None and getattr(spec, "_initializing", False):
            # Its import was interrupted: it may have no version.
            continue
        file = inside.get("__file__")
        if type(file) is not str or is_users_file(file):
            continue
        if not standard and file.startswith(folder) and "-packages/" not in file:
            continue
        line = '{"kind":"library","at":%d,"name":%s,"file":%s' % (journal.at(), quote(name), quote_text(file))
        version = inside.get("__version__")
        if type(version) is str:
            line += ',"version":%s' % quote(version)
        journal.emit(line + "}")

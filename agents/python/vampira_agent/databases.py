"""SQLite databases: which the program opens, and whether they have changed since then.

SQLite reads and writes its files without audit events. So the file is looked at when it is opened, when the next
database is opened, and at exit.
"""

import os

from .data_paths import absolute, is_data
from .file_lines import emit_use
from .file_versions import known_text, look, old_text, signature, stat_text

# Path → status of databases when they were opened, or last found changed.
_databases = {}


def on_database(arguments):
    """The event sqlite3.connect. Whether the program writes to the database is only known when its file has changed."""
    name = arguments[0]
    if type(name) not in (str, bytes) and not hasattr(type(name), "__fspath__"):
        return
    name = os.fsdecode(name)
    if not name or name == ":memory:":
        return
    if name.startswith("file:"):
        from urllib.parse import unquote, urlsplit

        name = unquote(urlsplit(name).path)
        if not name or ":memory:" in name:
            return
    path = absolute(name)
    if path is None or not is_data(path):
        return
    emit_changes()
    status = look(path)
    if status is None:
        if os.path.lexists(path) or not os.access(os.path.dirname(path), os.W_OK):
            return
        emit_use("write", path, "")
        return
    if status.st_size:
        emit_use("read", path, ',"stat":' + stat_text(status))
    # Hash it now: its content is lost when the program writes to it.
    old_text(path, status)
    _databases[path] = status


def emit_changes():
    """A line for each database that has changed since it was opened."""
    for path, before in list(_databases.items()):
        status = look(path)
        if status is None or signature(status) == signature(before):
            continue
        emit_use("update", path, ',"old":' + known_text(path, before))
        _databases[path] = status


def forget():
    """In a forked child: what the parent opened is in the parent's journal."""
    _databases.clear()


HANDLERS = {"sqlite3.connect": on_database}

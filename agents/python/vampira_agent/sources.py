"""Files whose code is recorded: the user's, as they were loaded, and those of libraries that the user's code calls."""

from . import journal
from .places import module_names, module_numbers
from .selection import is_users_file
from .text import quote, quote_bytes, quote_text

loaded = []
# Absolute paths of the user's code.
code_paths = set()


class Module:
    """A file of the user's code as it was loaded, or one of a library; of one that was compiled the source is empty."""

    def __init__(self, name, code_file, file, source):
        self.id = len(loaded) + 1
        self.name = name
        # The name that its code carries; it may be relative.
        self.code_file = code_file
        self.file = file
        self.source = source
        self.emitted = False
        self.is_users = is_users_file(file)
        loaded.append(self)
        if self.is_users:
            code_paths.add(file)

    def emit(self):
        """The module's line, once a journal."""
        if self.emitted:
            return
        self.emitted = True
        if self.is_users:
            module_numbers[self.code_file] = self.id
            module_names.add(self.name)
        try:
            text = quote(self.source.decode("utf-8"))
        except UnicodeDecodeError:
            text = quote_bytes(self.source)
        journal.emit('{"kind":"module","id":%d,"at":%d,"name":%s,"file":%s,"source":%s}' % (
            self.id, journal.at(), quote(self.name), quote_text(self.file), text,
        ))  # fmt: skip


def forget():
    """In a forked child: its journal has no line of any module yet."""
    for module in loaded:
        module.emitted = False

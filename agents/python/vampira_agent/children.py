"""Child programs: what was started, how it ended, and which files it read and wrote.

The agent cannot see inside another program. So it compares files before and after: those that the command line names or
that streams are redirected to, and those in the folders that the command line names.
"""

import os
import sys
from itertools import islice

from . import commands, journal, memory
from .child_python import is_python
from .data_paths import is_data, is_ignored
from .file_lines import wrote
from .file_versions import changed_since, known_text, look, signature, stat_text
from .redaction import mask_arguments, mask_command
from .selection import is_standard_library, is_users_file
from .text import quote, quote_text, quote_texts
from .threads import current_id

FOLDERS_AT_MOST = 8
ENTRIES_AT_MOST = 1000
NAMED_AT_MOST = 256
SLACK = 4 << 20
FRAMES_AT_MOST = 100
# Process id → child that the program has not waited for yet.
_running = {}


class Child:
    """A child program from its start to its end."""

    __slots__ = ("id", "named", "folders", "alone", "usage", "begun", "generation", "highest", "redirected")


def new_child(arguments, program, directory, redirected, recorded):
    """A child that is about to be started: its `spawn` line, and a look at its files.

    redirected: {field of the line: (path, read | write)}. recorded: whether the child records itself.
    """
    child = Child()
    child.id = journal.next_id("spawn")
    child.begun = journal.now()
    child.generation = journal.generation
    child.alone = not _running
    for other in _running.values():
        other.alone = False
    child.redirected = redirected
    shell = os.path.basename(program) in commands.SHELLS and len(arguments) > 2 and arguments[1] == "-c"
    if recorded:
        named = {}
        child.folders = {}
    else:
        named = commands.named_files(arguments, program, directory, shell, is_python(program))
        child.folders = _look_at_folders(directory, named)
    for path, op in redirected.values():
        named.setdefault(path, ("redirection", op))
    wanted = [each for each in named.items() if not is_ignored(each[0])][:NAMED_AT_MOST]
    child.named = {path: (how, op, look(path)) for path, (how, op) in wanted}
    child.usage, child.highest = _usage(), _own_peak()
    line = '{"kind":"spawn","id":%d,"at":%d' % (child.id, child.begun - journal.zero)
    call = current_id()
    if call is not None:
        line += ',"call":%s' % call
    library = _starting_library()
    if library is not None:
        line += ',"by":%s' % quote(library)
    shown = arguments[:2] + [mask_command(arguments[2])] + arguments[3:] if shell else mask_arguments(arguments)
    line += ',"arguments":%s%s,"program":%s,"directory":%s' % (
        quote_texts(shown), ',"shell":true' if shell else "", quote_text(program), quote_text(directory),
    )  # fmt: skip
    for field, (path, _) in redirected.items():
        if is_ignored(path):
            continue
        line += ',"%s":%s' % (field, quote_text(path))
    journal.emit(line + "}")
    return child


def _starting_library():
    """Name of the module whose code starts the child, if it is no code of the user's. Python's own is passed over."""
    frame = sys._getframe(2)
    for _ in range(FRAMES_AT_MOST):
        frame = frame.f_back
        if frame is None:
            return None
        path = frame.f_code.co_filename
        name = frame.f_globals.get("__name__")
        if not is_standard_library(path) and type(name) is str and not name.startswith("vampira_agent"):
            return name if "-packages/" in path and not is_users_file(path) else None
    return None


def _look_at_folders(directory, named):
    """{folder: {path: status}} of the folders that a child's command line names, and of its current folder."""
    folders = {}
    wanted = [directory]
    for path, (how, _) in named.items():
        if how != "option":
            wanted.append(path if os.path.isdir(path) else os.path.dirname(path))
    for folder in wanted:
        if folder in folders or len(folders) == FOLDERS_AT_MOST or not is_data(folder + "/"):
            continue
        held = _entries(folder)
        if held is not None:
            folders[folder] = held
    return folders


def _entries(folder):
    held = {}
    try:
        with os.scandir(folder) as found:
            # Counted first, because each status is a system call.
            entries = list(islice(found, ENTRIES_AT_MOST + 1))
        if len(entries) > ENTRIES_AT_MOST:
            return None
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                held[entry.path] = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    return held


def _usage():
    try:
        from resource import RUSAGE_CHILDREN, getrusage

        usage = getrusage(RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10
    except Exception:
        return 0, 0


def _own_peak():
    try:
        return max(memory.high_water(), memory.highest)
    except (OSError, ValueError):
        return 1 << 62


def started(pid, child):
    """The child has this process id now."""
    _running[pid] = child
    child.highest = max(child.highest, _own_peak())
    _tell_recorder(pid, child)


def _tell_recorder(pid, child):
    """A line for the recorder, where there is one: from now on it looks at the child's memory from outside."""
    try:
        with journal.busy():
            descriptor = os.open(journal.folder + "/programs", os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
            try:
                os.write(descriptor, b"%s %d %d\n" % (journal.name.encode(), child.id, pid))
            finally:
                os.close(descriptor)
    except OSError:
        pass


def ended(pid, status):
    """The program has waited for a child."""
    child = _running.pop(pid, None)
    if child is not None and child.generation == journal.generation:
        end(child, status)


def end(child, status):
    """The child has ended: its `wait` line. status: as os.waitpid gives it, or None."""
    line = '{"kind":"wait","spawn":%d,"at":%d' % (child.id, journal.at())
    if status is not None:
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
        line += ',"status":%d' % code if code >= 0 else ',"signal":%d' % -code
    cpu, peak = _usage()
    if child.alone:
        line += ',"cpu":%d' % max(0, round((cpu - child.usage[0]) * 1e9))
        # The kernel gives the largest peak of all children so far, and counts the memory of this process as theirs,
        # which they had until they started their programs. It counts roughly: only what is clearly more is theirs.
        if peak > child.usage[1] and peak > child.highest + (child.highest >> 3) + SLACK:
            line += ',"peak":%d' % peak
    touched = _touched(child)
    if touched:
        line += ',"files":[' + ",".join(touched) + "]"
    journal.emit(line + "}")


def _touched(child):
    """What the child did to files, as `files` entries of its `wait` line."""
    found = []
    seen = set()
    claimed = {path for other in _running.values() for path in other.named}
    for path, (how, op, before) in child.named.items():
        after = look(path)
        seen.add(path)
        shown = "redirection" if how == "redirection" else "argument"
        if before is None and after is None:
            continue
        if after is None:
            found.append(_touch(path, "remove", shown, None, before))
        elif before is None or signature(before) != signature(after):
            wrote(path)
            found.append(_touch(path, "write", shown, after, before))
        elif op != "write":
            found.append(_touch(path, "read", shown, after, None))
    # Not while other children run: a change may be theirs.
    for folder, before in child.folders.items() if child.alone else ():
        after = _entries(folder)
        if after is None:
            continue
        for path in before.keys() | after.keys():
            if path in seen or path in claimed or not is_data(path) or changed_since(path, child.begun):
                continue
            old, new = before.get(path), after.get(path)
            if new is None:
                found.append(_touch(path, "remove", "change", None, old))
            elif old is None or signature(old) != signature(new):
                wrote(path)
                found.append(_touch(path, "write", "change", new, old))
    return found


def _touch(path, op, seen, now, old):
    text = '{"path":%s,"op":"%s"' % (quote_text(path), op)
    if now is not None:
        text += ',"stat":' + stat_text(now)
    if old is not None:
        text += ',"old":' + known_text(path, old)
    return text + ',"seen":"%s"}' % seen


def finish():
    """At exit: children that the program has not waited for get no `wait` line."""
    _running.clear()


def forget():
    """In a forked child: the children are those of its parent."""
    _running.clear()

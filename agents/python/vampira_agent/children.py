"""Child programs: what was started, how it ended, and which files it read and wrote.

The agent cannot see inside another program. So it compares files before and after: those that the command line names or
that streams are redirected to, and whatever else changed in the folders that the command line names.
"""

import os
import stat
import sys

from . import commands, ending, files, journal, memory
from .redaction import mask_arguments, mask_command
from .text import quote_text, quote_texts
from .threads import current_id

FOLDERS_AT_MOST = 8
ENTRIES_AT_MOST = 1000
NAMED_AT_MOST = 256
site = ""
_running = {}
_original_fork_exec = None


class Child:
    """A child program from its start to its end."""

    __slots__ = ("id", "named", "folders", "alone", "usage", "begun", "generation", "highest", "redirected")


def start(home):
    """Replace the functions that start children by ours, which record and then call the originals."""
    global _original_fork_exec, site
    site = home + "/site"
    try:
        import _posixsubprocess
    except ImportError:
        return
    _original_fork_exec = _posixsubprocess.fork_exec
    _posixsubprocess.fork_exec = fork_exec
    _wrap_system()


def fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, *rest):
    """Replaces _posixsubprocess.fork_exec, with which subprocess and multiprocessing start their children."""
    child = None
    try:
        with journal.busy():
            child, env = _begin(args, executable_list, cwd, env, rest[:6])
    except Exception as fault:
        journal.fault("the start of a child", fault)
    pid = _original_fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, *rest)
    if child is not None:
        _running[pid] = child
    return pid


def _texts(values):
    return [value if type(value) is str else os.fsdecode(value) for value in values]


def _begin(args, executables, cwd, env, pipes):
    arguments = _texts(args)
    directory = os.getcwd() if cwd is None else os.path.join(os.getcwd(), os.fsdecode(cwd))
    program = _find_program(_texts(executables), directory)
    if program is None or not os.path.isdir(directory):
        return None, env
    redirected = {}
    for field, descriptor, op in (("input", 0, "read"), ("output", 3, "write"), ("error", 5, "write")):
        path = _file_of(pipes[descriptor]) if len(pipes) > descriptor else None
        if path is not None:
            redirected[field] = (path, op)
    child = _new_child(arguments, program, directory, redirected, _is_recorded(program, arguments, env))
    return child, _with_parent(env, child.id)


def _find_program(executables, directory):
    for path in executables:
        path = os.path.join(directory, path)
        if _is_program(path):
            return path
    return None


def _is_program(path):
    return os.path.isfile(path) and os.access(path, os.X_OK)


def _file_of(descriptor):
    """Path of the regular file that a stream of the child is redirected to, or None."""
    if type(descriptor) is not int or descriptor < 0:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        path = os.readlink("/proc/self/fd/%d" % descriptor)
    except OSError:
        return None
    return None if path.endswith(" (deleted)") or not path.startswith("/") else path


def _is_python(program):
    return os.path.basename(os.path.realpath(program)).startswith("python") or os.path.basename(program).startswith("python")


def _is_recorded(program, arguments, env):
    """Whether the child is a Python that records itself: then its files are in its own journal."""
    if not _is_python(program):
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


def _with_parent(env, spawn):
    """The child's environment with VAMPIRA_PARENT, by which its journal names this one.

    None: the child inherits ours, with the variable set by putenv, so that the program's os.environ does not show it.
    """
    if env is None:
        given = os.environ.get("PYTHONPATH", "")
        if "VAMPIRA_JOURNAL" not in os.environ or site in given.split(os.pathsep):
            _put_parent(spawn)
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


def _put_parent(spawn):
    os.putenv("VAMPIRA_PARENT", _parent_text(spawn))


def _parent_text(spawn):
    """What boot reads in the child."""
    return "%s:%d" % (journal.name, spawn)


def _new_child(arguments, program, directory, redirected, recorded):
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
        named = commands.named_files(arguments, program, directory, shell, _is_python(program))
        child.folders = _look_at_folders(directory, named)
    for path, op in redirected.values():
        named.setdefault(path, ("redirection", op))
    child.named = {path: (how, op, files.look(path)) for path, (how, op) in list(named.items())[:NAMED_AT_MOST]}
    child.usage, child.highest = _usage(), _own_peak()
    line = '{"kind":"spawn","id":%d,"at":%d' % (child.id, child.begun - journal.zero)
    call = current_id()
    if call is not None:
        line += ',"call":%s' % call
    shown = arguments[:2] + [mask_command(arguments[2])] + arguments[3:] if shell else mask_arguments(arguments)
    line += ',"arguments":%s%s,"program":%s,"directory":%s' % (
        quote_texts(shown), ',"shell":true' if shell else "", quote_text(program), quote_text(directory),
    )  # fmt: skip
    for field, (path, _) in redirected.items():
        line += ',"%s":%s' % (field, quote_text(path))
    journal.emit(line + "}")
    return child


def _look_at_folders(directory, named):
    """{folder: {path: status}} of the folders that a child's command line names, and of its current folder."""
    folders = {}
    wanted = [directory]
    for path, (how, _) in named.items():
        if how != "option":
            wanted.append(path if os.path.isdir(path) else os.path.dirname(path))
    for folder in wanted:
        if folder in folders or len(folders) == FOLDERS_AT_MOST or not files.is_data(folder + "/"):
            continue
        held = _entries(folder)
        if held is not None:
            folders[folder] = held
    return folders


def _entries(folder):
    held = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if len(held) == ENTRIES_AT_MOST:
                    return None
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


def ended(pid, status):
    """The program has waited for a child."""
    child = _running.pop(pid, None)
    if child is not None and child.generation == journal.generation:
        _end(child, status)


def _end(child, status):
    line = '{"kind":"wait","spawn":%d,"at":%d' % (child.id, journal.at())
    if status is not None:
        code = os.waitstatus_to_exitcode(status)
        line += ',"status":%d' % code if code >= 0 else ',"signal":%d' % -code
    cpu, peak = _usage()
    if child.alone:
        line += ',"cpu":%d' % max(0, round((cpu - child.usage[0]) * 1e9))
        # The kernel gives the largest peak of all children so far. A forked child that has not started its program yet
        # counts with the memory of its parent.
        if peak > child.usage[1] and peak > child.highest:
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
        after = files.look(path)
        seen.add(path)
        shown = "redirection" if how == "redirection" else "argument"
        if before is None and after is None:
            continue
        if after is None:
            found.append(_touch(path, "remove", shown, None, before))
        elif before is None or files.signature(before) != files.signature(after):
            files.wrote(path)
            found.append(_touch(path, "write", shown, after, before))
        elif op != "write":
            found.append(_touch(path, "read", shown, after, None))
    # Not while other children run: nobody can know whose change it was.
    for folder, before in child.folders.items() if child.alone else ():
        after = _entries(folder)
        if after is None:
            continue
        for path in before.keys() | after.keys():
            if path in seen or path in claimed or not files.is_data(path) or files.changed_since(path, child.begun):
                continue
            old, new = before.get(path), after.get(path)
            if new is None:
                found.append(_touch(path, "remove", "change", None, old))
            elif old is None or files.signature(old) != files.signature(new):
                files.wrote(path)
                found.append(_touch(path, "write", "change", new, old))
    return found


def _touch(path, op, seen, now, old):
    text = '{"path":%s,"op":"%s"' % (quote_text(path), op)
    if now is not None:
        text += ',"stat":' + files.stat_text(now)
    if old is not None:
        text += ',"old":' + files.known_text(path, old)
    return text + ',"seen":"%s"}' % seen


def on_popen(arguments):
    """The event subprocess.Popen. At the first one, replace the function that notes how a child ended."""
    subprocess = sys.modules.get("subprocess")
    if subprocess is None or hasattr(subprocess.Popen._handle_exitstatus, "vampira"):
        return
    original = subprocess.Popen._handle_exitstatus

    def _handle_exitstatus(self, sts, *rest, **named):
        original(self, sts, *rest, **named)
        try:
            with journal.busy():
                ended(self.pid, sts)
        except Exception as fault:
            journal.fault("the end of a child", fault)

    _handle_exitstatus.vampira = True
    subprocess.Popen._handle_exitstatus = _handle_exitstatus
    # posix_spawn does the same for the program, but only fork_exec passes through our function.
    subprocess._USE_POSIX_SPAWN = False
    if hasattr(subprocess, "_fork_exec"):
        subprocess._fork_exec = fork_exec


def _wrap_system():
    original = os.system

    def system(command):
        """Execute the command in a subshell."""
        child = None
        try:
            with journal.busy():
                text = command if type(command) is str else os.fsdecode(command)
                child = _new_child(["/bin/sh", "-c", text], "/bin/sh", os.getcwd(), {}, False)
                _put_parent(child.id)
        except Exception as fault:
            journal.fault("os.system", fault)
        status = original(command)
        if child is not None:
            try:
                with journal.busy():
                    _end(child, status)
            except Exception as fault:
                journal.fault("os.system", fault)
        return status

    os.system = system


def on_exec(arguments):
    """The event os.exec: this process is about to become another program."""
    path, args = arguments[0], arguments[1]
    program = os.path.join(os.getcwd(), os.fsdecode(path))
    if not _is_program(program):
        return
    child = _new_child(_texts(args), program, os.getcwd(), {}, True)
    _put_parent(child.id)
    ending.finish()


def on_posix_spawn(arguments):
    """The event os.posix_spawn. There is no event when that child ends."""
    path, args = arguments[0], arguments[1]
    program = os.path.join(os.getcwd(), os.fsdecode(path))
    if _is_program(program):
        child = _new_child(_texts(args), program, os.getcwd(), {}, False)
        _put_parent(child.id)
        journal.gap("os.posix_spawn: what the child did to files was not looked at")


def finish():
    """At exit: children that the program has not waited for get no `wait` line."""
    _running.clear()


def forget():
    """In a forked child: the children are those of its parent."""
    _running.clear()


HANDLERS = {"subprocess.Popen": on_popen, "os.exec": on_exec, "os.posix_spawn": on_posix_spawn}

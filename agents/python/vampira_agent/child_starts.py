"""The moments at which the program starts a child, or becomes another program."""

import os
import sys

from . import child_python, ending, journal
from .child_python import is_recorded, put_parent, with_parent
from .children import end, ended, new_child, started
from .streams import file_of

_original_fork_exec = None


def start(home):
    """Replace the functions that start children by ours, which record and then call the originals."""
    global _original_fork_exec
    child_python.site = home + "/site"
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
        started(pid, child)
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
        path = file_of(pipes[descriptor]) if len(pipes) > descriptor else None
        if path is not None:
            redirected[field] = (path, op)
    child = new_child(arguments, program, directory, redirected, is_recorded(program, arguments, env))
    return child, with_parent(env, child.id)


def _find_program(executables, directory):
    for path in executables:
        path = os.path.join(directory, path)
        if _is_program(path):
            return path
    return None


def _is_program(path):
    return os.path.isfile(path) and os.access(path, os.X_OK)


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
                child = new_child(["/bin/sh", "-c", text], "/bin/sh", os.getcwd(), {}, False)
                put_parent(child.id)
        except Exception as fault:
            journal.fault("os.system", fault)
        status = original(command)
        if child is not None:
            try:
                with journal.busy():
                    end(child, status)
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
    child = new_child(_texts(args), program, os.getcwd(), {}, True)
    put_parent(child.id)
    ending.finish()


def on_posix_spawn(arguments):
    """The event os.posix_spawn. There is no event when that child ends."""
    path, args = arguments[0], arguments[1]
    program = os.path.join(os.getcwd(), os.fsdecode(path))
    if _is_program(program):
        child = new_child(_texts(args), program, os.getcwd(), {}, False)
        put_parent(child.id)
        journal.gap("os.posix_spawn: what the child did to files was not looked at")


HANDLERS = {"subprocess.Popen": on_popen, "os.exec": on_exec, "os.posix_spawn": on_posix_spawn}

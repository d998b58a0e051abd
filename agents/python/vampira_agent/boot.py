"""Starts recording in a process that is about to run a program."""

import os
import sys

from . import calls, child_starts, children, data_paths, databases, ending, file_lines, files, governor, journal, libraries
from . import loading, memory, seeds, selection, sources, streams, takeover, threads
from .text import quote


def start(home):
    """Open the journal and place the hooks. Raises OSError where no journal can be written.

    home: the folder that holds this package.
    """
    if _is_bystander():
        return
    folder = os.environ["VAMPIRA_JOURNAL"]
    detail = os.environ.get("VAMPIRA_DETAIL", "adaptive")
    os.makedirs(folder, exist_ok=True)
    journal.open_journal(os.path.abspath(folder), _parent())
    governor.adaptive = detail != "full"
    if detail == "summary":
        governor.KEPT_IN_FULL = 1
        governor.SHARE = 0.0
    memory.start()
    selection.start(home)
    data_paths.start(home)
    journal.when_full.append(governor.demote_all)
    forgetful = (memory, sources, databases, file_lines, streams, children, governor, seeds)
    journal.when_forked += [part.forget for part in forgetful]
    ending.when_ending += [
        children.finish, calls.settle_all, governor.emit_counts, databases.emit_changes, streams.emit_outputs, file_lines.finish, libraries.emit_libraries,
    ]  # fmt: skip
    loading.patch_loader()
    streams.start()
    _offer_module(home)
    child_starts.start(home)
    for part in (files, databases, child_starts):
        _handlers.update(part.HANDLERS)
    import atexit

    atexit.register(ending.at_exit)
    os.register_at_fork(after_in_child=_forked)
    _wrap_exit()
    if sys.version_info < (3, 13):
        _wrap_threads()
    sys.addaudithook(_hook)


def _is_bystander():
    """Whether this is the resource tracker of multiprocessing, which runs no code of the user's."""
    line = " ".join(journal.command_line()[1:4])
    return "from multiprocessing.resource_tracker import" in line


def _parent():
    """The `parent` field of the process line, as JSON text: who started us, or None."""
    given = os.environ.get("VAMPIRA_PARENT")
    if not given:
        return None
    spool, _, spawn = given.partition(":")
    return '{"spool":%s,"spawn":%d}' % (quote(spool), int(spawn)) if spawn.isdigit() else '{"spool":%s}' % quote(spool)


def _hook(event, arguments):
    # Most events are of no interest, and some come with every call.
    if event in _handlers and not journal.is_busy():
        journal.begin_work()
        try:
            _handlers[event](arguments)
        except Exception as fault:
            journal.fault("the event " + event, fault)
        finally:
            journal.end_work()


# CPython looks for this attribute at every event, and a look that finds one is faster.
_hook.__cantrace__ = False


_handlers = {
    "cpython.run_file": takeover.arm,
    "exec": takeover.run,
    "_thread.start_joinable_thread": lambda arguments: threads.thread_starts(arguments[0]),
}


def _forked():
    try:
        call = threads.current_id()
        threads.forget()
        journal.forked(call)
    except Exception as fault:
        journal.fault("a fork", fault)


def _wrap_exit():
    leave = os._exit

    def _exit(status):
        """_exit(status) -> no return: exit to the system without normal exit processing."""
        ending.finish()
        leave(status)

    os._exit = _exit


def _wrap_threads():
    """Before 3.13 no audit event is raised when a thread starts."""
    import _thread

    start = _thread.start_new_thread

    def start_new_thread(function, *rest):
        try:
            threads.thread_starts(function)
        except Exception as fault:
            journal.fault("a new thread", fault)
        return start(function, *rest)

    _thread.start_new_thread = start_new_thread
    threading = sys.modules.get("threading")
    if threading is not None:
        threading._start_new_thread = start_new_thread


class _Offer:
    """Finds `vampira`, the module for programs that want to add notes, unless there is another of that name."""

    def __init__(self, folder):
        self.folder = folder

    def find_spec(self, name, path=None, target=None):
        if name != "vampira":
            return None
        from _frozen_importlib_external import PathFinder

        return PathFinder.find_spec(name, [self.folder])


def _offer_module(home):
    sys.meta_path.append(_Offer(home + "/site"))

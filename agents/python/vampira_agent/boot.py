"""Starts recording in a process that is about to run a program."""

import os
import sys

from . import calls, children, ending, files, journal, memory, modules, takeover


def start(home):
    """Open the journal and place the hooks. Raises OSError where there is no journal to write to."""
    if _is_bystander():
        return
    folder = os.environ["VAMPIRA_JOURNAL"]
    detail = os.environ.get("VAMPIRA_DETAIL", "adaptive")
    parent = _parent()
    os.makedirs(folder, exist_ok=True)
    journal.open_journal(os.path.abspath(folder), parent)
    calls.adaptive = detail != "full"
    if detail == "summary":
        calls.KEPT_IN_FULL = 1
        calls.SHARE = 0.0
    memory.start()
    modules.start(home)
    files.start(home)
    journal.when_full.append(_only_count)
    journal.when_forked += [memory.forget, modules.forget, files.forget, children.forget, ending.forget, _forget_calls]
    modules.patch_loader()
    _offer_module(home)
    children.start(home)
    _handlers.update(files.HANDLERS)
    _handlers.update(children.HANDLERS)
    import atexit

    atexit.register(ending.at_exit)
    os.register_at_fork(after_in_child=_forked)
    _wrap_exit()
    if sys.version_info < (3, 13):
        _wrap_threads()
    sys.addaudithook(_hook)


def _is_bystander():
    """Processes that multiprocessing keeps for itself and that run nothing of the user's."""
    line = " ".join(journal.command_line()[1:4])
    return "from multiprocessing.resource_tracker import" in line


def _parent():
    given = os.environ.get("VAMPIRA_PARENT")
    if not given:
        return None
    from .text import quote

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


# Found at once, where a missing attribute would be looked for at every event.
_hook.__cantrace__ = False


def _thread_started(arguments):
    calls.threaded = True
    call = calls.current_call()
    thread = getattr(arguments[0], "__self__", None)
    if call is not None and thread is not None:
        if len(calls.starters) > 10_000:
            calls.starters.clear()
        calls.starters[id(thread)] = call


_handlers = {
    "cpython.run_file": takeover.arm,
    "exec": takeover.run,
    "_thread.start_joinable_thread": _thread_started,
}


def _only_count():
    moment = journal.now()
    for component in calls.components:
        component.demote(moment, None)


def _forget_calls():
    for component in calls.components:
        component.forget()


def _forked():
    try:
        call = calls.current_call()
        calls.main_thread_is_this()
        journal.forked(call.id if call is not None and call.generation == journal.generation else None)
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
    """Before 3.13 no event tells of a new thread."""
    import _thread

    start = _thread.start_new_thread

    def start_new_thread(function, *rest):
        try:
            _thread_started((function,))
        except Exception as fault:
            journal.fault("a new thread", fault)
        return start(function, *rest)

    _thread.start_new_thread = start_new_thread
    threading = sys.modules.get("threading")
    if threading is not None:
        threading._start_new_thread = start_new_thread


class _Offer:
    """Finds `vampira`, the module for programs that want to say more, where nobody else has one of that name."""

    def __init__(self, folder):
        self.folder = folder

    def find_spec(self, name, path=None, target=None):
        if name != "vampira":
            return None
        from importlib.machinery import PathFinder

        return PathFinder.find_spec(name, [self.folder])


def _offer_module(home):
    sys.meta_path.append(_Offer(home + "/site"))

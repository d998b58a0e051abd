"""Which call is running here: in this thread, this task, and this process.

A context variable holds the running call, so that it is right in each thread and in each asynchronous task.
"""

import sys
from _contextvars import ContextVar
from _thread import get_ident
from _weakref import ref

from . import journal

_STARTERS_AT_MOST = 10_000
_current = ContextVar("vampira_call", default=None)
current_call = _current.get
set_current_call = _current.set
main_thread = get_ident()
# Not empty once another thread was started. Until then no call has to look up its thread. A list and not a
# boolean, because `component` reads it at every call, and an imported name is read faster than a module's attribute.
other_threads = []
_numbers = {}
_tasks = {}
# Address of a thread object → the call that started the thread.
_starters = {}


def current_id():
    """The id of the running call, as text; None where none runs, or one of the process that forked this one."""
    call = current_call()
    return call.id if call is not None and call.generation == journal.generation else None


def thread_number():
    """Number of this thread, which is not the main one: 2 and up."""
    ident = get_ident()
    number = _numbers.get(ident)
    if number is None:
        number = _numbers[ident] = len(_numbers) + 2
    return number


def describe_task():
    """The `task` field for the asynchronous task that runs here; empty outside of tasks."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return ""
    try:
        task = asyncio.current_task()
    except RuntimeError:
        return ""
    if task is None:
        return ""
    key = id(task)
    known = _tasks.get(key)
    if known is None or known[1]() is not task:
        known = _tasks[key] = (journal.next_id("task"), ref(task))
    return ',"task":%d' % known[0]


def _note_other_thread():
    if not other_threads:
        other_threads.append(True)


def thread_starts(function):
    """A thread is about to be started, which will run this function: remember the call that starts it."""
    _note_other_thread()
    call = current_call()
    thread = getattr(function, "__self__", None)
    if call is not None and thread is not None:
        if len(_starters) > _STARTERS_AT_MOST:
            _starters.clear()
        _starters[id(thread)] = call


def starting_call():
    """The call that started this thread, if this is the first call in it, else None."""
    ident = get_ident()
    if ident == main_thread:
        return None
    _note_other_thread()
    if not _starters:
        return None
    threading = sys.modules.get("threading")
    thread = threading._active.get(ident) if threading is not None else None
    if thread is None:
        return None
    return _starters.pop(id(thread), None)


def forget():
    """In a forked child: the thread that forked is the only one, and the main one."""
    global main_thread
    main_thread = get_ident()
    _numbers.clear()

"""The journal of this process: its file (the spool), its clock, and what happens when it cannot be written."""

import os
import sys
import time
from _thread import get_ident
from itertools import count

from . import VERSION
from .redaction import mask_arguments
from .spool import Full, open_spool
from .text import quote, quote_text, quote_texts

now = time.monotonic_ns

folder = ""
name = ""
spool = None
zero = 0
# Grows with each fork: calls and children of another process are not ended in this one.
generation = 0
dead = False
dropped = 0
# Called without arguments when the journal is full.
when_full = []
# Called in a forked child once its spool is open.
when_forked = []
_busy = set()


def open_journal(into, parent):
    """Begin the spool of this process. parent: the `parent` field of its first line as JSON text, or None."""
    global folder, name, spool, zero, dead
    folder = into
    name = "%d-%s" % (os.getpid(), os.urandom(6).hex())
    dead = True
    spool = open_spool(into, name)
    dead = False
    wall = time.time_ns()
    zero = now()
    line = '{"kind":"process","version":1,"spool":%s,"pid":%d,"parentPid":%d%s,"wall":"%d","monotonic":"%d"' % (
        quote(name), os.getpid(), os.getppid(), "" if parent is None else ',"parent":' + parent, wall, zero,
    )  # fmt: skip
    line += ',"agent":{"name":"vampira-python","version":%s}' % quote(VERSION)
    line += ',"interpreter":{"name":%s,"version":%s}' % (quote(_interpreter()), quote(sys.version.split()[0]))
    line += ',"executable":%s,"arguments":%s,"directory":%s,"host":%s}' % (
        quote_text(sys.executable or ""), quote_texts(mask_arguments(command_line())), quote_text(_directory()),
        quote(os.uname().nodename),
    )  # fmt: skip
    emit(line)


def _interpreter():
    implementation = sys.implementation.name
    return {"cpython": "CPython", "pypy": "PyPy"}.get(implementation, implementation)


def _directory():
    try:
        return os.getcwd()
    except OSError:
        return ""


def command_line():
    """The whole command line of the process, with the interpreter and its options."""
    known = getattr(sys, "orig_argv", None)
    if known is not None:
        return list(known)
    try:
        with open("/proc/self/cmdline", "rb") as cmdline:
            return [os.fsdecode(part) for part in cmdline.read().split(b"\0")[:-1]]
    except OSError:
        return [sys.executable or "python"] + list(getattr(sys, "argv", []))


def emit(text):
    """Append one line. Never raises: what cannot be written is counted."""
    global dropped
    if dead:
        dropped += 1
        return
    try:
        spool.append((text + "\n").encode("ascii"))
    except Full as fault:
        _stop(fault)
    except Exception:
        # This line is lost, for example because the recursion is too deep. The next one may be written.
        dropped += 1


def emit_line(line):
    """Append a line of bytes that the quick `write` of the spool has refused: its window may be full. Never raises."""
    global dropped
    if dead:
        dropped += 1
        return
    try:
        spool.append(line)
    except Full as fault:
        _stop(fault)
    except Exception:
        dropped += 1


def at():
    """Nanoseconds since the first line."""
    return now() - zero


def gap(reason, call=None):
    """A line about something that could not be recorded. reason: what and why, at most 300 characters of it."""
    emit('{"kind":"gap","at":%d%s,"reason":%s}' % (at(), "" if call is None else ',"call":%s' % call, quote(str(reason)[:300])))


def fault(where, error):
    """A line about a failure of the agent itself. Runs no code of the user's."""
    try:
        gap("%s: %s" % (where, type(error).__name__))
    except Exception:
        pass


def _stop(fault_):
    """The journal is full: write that into the room that is left, and only count calls from here on."""
    global dead, dropped, spool
    if dead:
        return
    dead = True
    dropped += 1
    spool = _Closed(spool)
    last_words('{"kind":"gap","at":%d,"reason":%s}' % (at(), quote("the journal cannot be written: %s" % fault_)))
    for react in when_full:
        react()


def close():
    """End the spool. The program may go on (finalisers, daemon threads, a failed exec): its calls are not recorded."""
    global dead, spool
    dead = True
    spool.close()
    spool = _Closed(spool)


class _Closed:
    """Stands in for a spool that is full, whose last bytes are kept for the last words, or that has ended."""

    def __init__(self, spool):
        self.spool = spool

    def write(self, line):
        raise ValueError("the journal takes no more lines")

    append = write

    def close(self):
        self.spool.close()


def last_words(text):
    """Append a line even when the journal is full, if it has room left. Quiet if it has none."""
    try:
        getattr(spool, "spool", spool).append((text + "\n").encode("ascii"))
    except Exception:
        pass


def forked(call):
    """In a forked child: begin a spool of its own. call: the id of the call that forked, or None."""
    global generation
    generation += 1
    parent = '{"spool":%s%s}' % (quote(name), "" if call is None else ',"call":%s' % call)
    try:
        open_journal(folder, parent)
    except Exception:
        pass
    for react in when_forked:
        react()


_ids = {}


def next_id(kind):
    """The next number for things of a kind in this spool."""
    counter = _ids.get(kind)
    if counter is None:
        counter = _ids[kind] = count(1).__next__
    return counter()


class busy:
    """A block in which this thread works for the agent, so that its file operations are not recorded."""

    def __enter__(self):
        _busy.add(get_ident())

    def __exit__(self, kind, error, trace):
        _busy.discard(get_ident())


def is_busy():
    """Whether this thread works for the agent."""
    return bool(_busy) and get_ident() in _busy


def begin_work():
    """From here on this thread works for the agent (see busy)."""
    _busy.add(get_ident())


def end_work():
    """From here on this thread works for the program."""
    _busy.discard(get_ident())

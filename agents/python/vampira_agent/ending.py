"""The end of the process: what is known only then."""

import os
import time

from . import calls, files, journal, memory, modules, takeover

_done = -1
_libraries_told = set()


def finish():
    """Write the last lines, once a process."""
    global _done
    if _done == journal.generation:
        return
    _done = journal.generation
    with journal.busy():
        for part in (_tell_children, _tell_counts, files.finish, tell_libraries, _exit):
            try:
                part()
            except Exception as fault:
                journal.fault("the end of the process", fault)
        journal.spool.close()


def at_exit():
    """For atexit, where it was registered first and so runs last."""
    finish()
    takeover.repeat_interrupt()


def _tell_children():
    from sys import modules as loaded

    children = loaded.get("vampira_agent.children")
    if children is not None:
        children.finish()


def _tell_counts():
    moment = journal.now()
    for component in calls.components:
        if component.count() > component.counted_told:
            component.tell_count(moment)


def tell_libraries():
    """Lines of the libraries loaded since the last look."""
    for line in modules.libraries(_libraries_told):
        journal.emit(line)


def _exit():
    line = '{"kind":"exit","at":%d,"cpu":%d' % (journal.at(), time.process_time_ns())
    try:
        peak = max(memory.high_water(), memory.highest)
        line += ',"peak":%d' % peak
    except (OSError, ValueError):
        pass
    for field, name in (("rchar", "readBytes"), ("wchar", "writtenBytes")):
        amount = _amount(field)
        if amount is not None:
            line += ',"%s":%d' % (name, amount)
    if journal.dropped:
        journal.last_words('{"kind":"gap","at":%d,"reason":"lines lost","dropped":%d}' % (journal.at(), journal.dropped))
    journal.last_words(line + "}")


def _amount(field):
    try:
        descriptor = os.open("/proc/self/io", os.O_RDONLY | os.O_CLOEXEC)
        try:
            text = os.read(descriptor, 1024).decode("ascii")
        finally:
            os.close(descriptor)
        return int(text.split(field + ": ")[1].split("\n")[0])
    except (OSError, IndexError, ValueError):
        return None


def forget():
    """In a forked child."""
    _libraries_told.clear()

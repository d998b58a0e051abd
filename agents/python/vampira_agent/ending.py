"""The end of the process: what is known only then."""

import time

from . import journal, memory, streams, takeover

# What else is to be written then: functions without arguments, called in this order before the `exit` line.
when_ending = []
# The generation that has ended (see journal.generation).
_ended = -1


def finish():
    """Write the last lines, once a process."""
    global _ended
    if _ended == journal.generation:
        return
    _ended = journal.generation
    with journal.busy():
        for part in [*when_ending, _emit_exit]:
            try:
                part()
            except Exception as fault:
                journal.fault("the end of the process", fault)
        journal.close()


def at_exit():
    """For atexit, where it was registered first and so runs last."""
    streams.flush()
    finish()
    takeover.release()
    takeover.repeat_interrupt()


def _emit_exit():
    line = '{"kind":"exit","at":%d,"cpu":%d' % (journal.at(), time.process_time_ns())
    try:
        line += ',"peak":%d' % max(memory.high_water(), memory.highest)
    except (OSError, ValueError):
        pass
    for field, name in (("rchar", "readBytes"), ("wchar", "writtenBytes")):
        amount = _read_amount(field)
        if amount is not None:
            line += ',"%s":%d' % (name, amount)
    if journal.dropped:
        journal.last_words('{"kind":"gap","at":%d,"reason":"lines lost","dropped":%d}' % (journal.at(), journal.dropped))
    journal.last_words(line + "}")


def _read_amount(field):
    """How many bytes the process has read or written so far, as the kernel counts them; None where it does not."""
    try:
        text = memory.read_kernel("/proc/self/io", 1024).decode("ascii")
        return int(text.split(field + ": ")[1].split("\n")[0])
    except (OSError, IndexError, ValueError):
        return None

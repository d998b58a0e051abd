"""Memory of this process, as the kernel counts it.

Files under /proc are opened for each look and closed: a kept descriptor would shift the numbers that the program is
given, and after a fork it would look at the parent.
"""

import os

from . import journal

SAMPLE_EVERY = 5_000_000
_page = 4096
# When the next `memory` line is due.
next_sample = 0
# Largest resident size seen at any look.
highest = 0
# Per-call peaks reset the kernel's high-water mark, which lowers what the program itself sees in ru_maxrss.
peaks = os.environ.get("VAMPIRA_PEAK") != "off"
_open_peaks = []


def _read(path, size):
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, size)
    finally:
        os.close(descriptor)


def resident():
    """Resident bytes now."""
    return int(_read("/proc/self/statm", 64).split(None, 2)[1]) * _page


def high_water():
    """The kernel's high-water mark of resident bytes."""
    global highest
    status = _read("/proc/self/status", 4096)
    start = status.index(b"VmHWM:") + 6
    peak = int(status[start : status.index(b"kB", start)]) << 10
    if peak > highest:
        highest = peak
    return peak


def _reset():
    descriptor = os.open("/proc/self/clear_refs", os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, b"5")
    finally:
        os.close(descriptor)


def begin_peak():
    """Start to measure the peak of a call; calls nest. False where it cannot be measured."""
    global peaks
    if not peaks:
        return False
    try:
        before = high_water()
        _reset()
    except (OSError, ValueError):
        peaks = False
        return False
    if _open_peaks and _open_peaks[-1] < before:
        _open_peaks[-1] = before
    _open_peaks.append(0)
    return True


def end_peak():
    """Peak resident bytes since the matching begin_peak, or None."""
    try:
        peak = high_water()
    except (OSError, ValueError):
        return None
    if _open_peaks:
        peak = max(peak, _open_peaks.pop())
    if _open_peaks and _open_peaks[-1] < peak:
        _open_peaks[-1] = peak
    return peak


def sample(moment):
    """A `memory` line; the next is due SAMPLE_EVERY nanoseconds later."""
    global next_sample, highest
    next_sample = moment + SAMPLE_EVERY
    try:
        size = resident()
    except (OSError, ValueError, IndexError):
        return
    if size > highest:
        highest = size
    journal.emit('{"kind":"memory","at":%d,"resident":%d}' % (moment - journal.zero, size))


def start():
    """Learn the page size."""
    global _page
    _page = os.sysconf("SC_PAGE_SIZE")


def forget():
    """In a forked child: no call of the parent's is being measured."""
    global highest
    _open_peaks.clear()
    highest = 0

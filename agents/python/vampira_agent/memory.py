"""Memory of this process, as the kernel counts it.

Files under /proc are opened and closed for each look. A descriptor that is kept open would change the numbers of those
that the program opens, and after a fork it would still read about the parent.
"""

import os

from . import journal

SAMPLE_EVERY = 5_000_000
_page = 4096
# When the next `memory` line is due.
next_sample = 0
# Largest resident size seen so far, in bytes.
highest = 0
# Whether to measure the peaks of calls. That resets the kernel's high-water mark, so that the program itself sees less
# in ru_maxrss.
peaks = os.environ.get("VAMPIRA_PEAK") != "off"
_open_peaks = []


def read_kernel(path, size):
    """The first bytes of a file of the kernel."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, size)
    finally:
        os.close(descriptor)


def resident():
    """The resident size now, in bytes."""
    return int(read_kernel("/proc/self/statm", 64).split(None, 2)[1]) * _page


def high_water():
    """The highest resident size since the mark was reset, in bytes."""
    global highest
    status = read_kernel("/proc/self/status", 4096)
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
    """Start to measure the peak of a call, inside that of its caller: the resident size now. None where it cannot be."""
    global peaks
    if not peaks:
        return None
    try:
        before = high_water()
        _reset()
        level = resident()
    except (OSError, ValueError, IndexError):
        peaks = False
        return None
    if _open_peaks and _open_peaks[-1] < before:
        _open_peaks[-1] = before
    _open_peaks.append(0)
    return level


def end_peak():
    """The highest resident size since the matching begin_peak, in bytes, or None."""
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
    """A `memory` line. The next one is due SAMPLE_EVERY nanoseconds later."""
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
    """Ask the system how large a page is."""
    global _page
    _page = os.sysconf("SC_PAGE_SIZE")


def forget():
    """In a forked child: its parent's calls are not measured here."""
    global highest
    _open_peaks.clear()
    highest = 0

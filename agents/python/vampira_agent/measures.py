"""What few calls need: CPU time and peak memory, arguments watched for changes, and the object a constructor makes."""

from time import thread_time_ns

from . import memory
from .changes import find_changes
from .values import describe_made


class Measures:
    """What few calls need: CPU time and peak memory, arguments watched for changes, and the object a constructor makes."""

    # `made`: the entry of that object (see identity.py). `level`: the resident size at the beginning, if a peak was begun.
    __slots__ = ("watched", "cpu", "level", "made")

    def __init__(self):
        self.watched = self.cpu = self.made = None

    def begin(self, with_peak):
        """Start to measure CPU time, and peak memory where asked for and possible."""
        self.level = memory.begin_peak() if with_peak else None
        self.cpu = thread_time_ns()

    def watch(self, watched):
        """Compare a changeable argument again at the end (see changes.watch)."""
        if self.watched is None:
            self.watched = []
        self.watched.append(watched)

    def describe(self, secret, failed):
        """The fields at the end of the call. secret: positions of arguments whose values are not written."""
        more = ""
        if self.cpu is not None:
            more = ',"cpu":%d' % max(0, thread_time_ns() - self.cpu)
            if self.level is not None:
                peak = memory.end_peak()
                if peak is not None:
                    more += ',"peak":%d,"level":%d' % (peak, self.level)
        made = None if self.made is None or failed else self.made.weak()
        if self.watched is not None or made is not None:
            found = [] if self.watched is None else find_changes(self.watched, secret)
            if made is not None:
                found.insert(0, "[0,%s]" % describe_made(made))
            if found:
                more += ',"changed":[' + ",".join(found) + "]"
        return more

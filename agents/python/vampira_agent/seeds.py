"""Seeds of random numbers that the user's code gives; seed_calls.py finds where."""

from . import journal
from .raw_type import type_name
from .stand_ins import HookElsewhere
from .text import quote
from .values import describe_anew

# Of one function, and functions.
SEEDS_AT_MOST = 16
FUNCTIONS_AT_MOST = 64
_PLAIN = frozenset((int, str, float, bool, list, tuple))
# Function → values that were written; one more stands for all others.
_written = {}


class SeedHook(HookElsewhere):
    """Looks at the seeds that one call gives."""

    __slots__ = ("by",)

    def __init__(self, by):
        self.by = by

    def __reduce__(self):
        # Code that travels by value (cloudpickle) passes its seeds on where it arrives.
        return (HookElsewhere, ())

    def see(self, value):
        try:
            if journal.spool is not None and (type(value) in _PLAIN or type_name(type(value)).startswith("numpy.")):
                _write(self.by, describe_anew(value))
        except Exception as fault:
            journal.fault("a seed", fault)
        return value


def _write(by, text):
    known = _written.get(by)
    if known is None:
        if len(_written) >= FUNCTIONS_AT_MOST:
            return
        known = _written[by] = set()
    if text in known or len(known) > SEEDS_AT_MOST:
        return
    known.add(text)
    if len(known) > SEEDS_AT_MOST:
        journal.gap("%s got more than %d seeds; the first are recorded" % (by, SEEDS_AT_MOST))
    else:
        journal.emit('{"kind":"seed","at":%d,"by":%s,"value":%s}' % (journal.at(), quote(by), text))


def forget():
    """In a forked child: its journal has no line of any seed yet."""
    _written.clear()

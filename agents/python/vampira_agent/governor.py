"""Decides which functions are called too often to record each call.

Such a function is demoted: its calls are only counted, with samples of them. When it has become slow, its calls are
recorded again (see counter.py). The time of the program's own work decides, so that recording takes about the same share
of the time of every program.
"""

from . import journal, memory
from .threads import current_call

# What a recorded call costs, roughly, in nanoseconds; and the share of the program's time that recording may take.
COST = 2_500
SHARE = 0.03
# A call that lasts longer than this, in nanoseconds, is worth recording however often it is made.
SLOW = 2_000_000
# The first calls of every function are recorded.
KEPT_IN_FULL = 200
LOOK_EVERY = 2_000_000
# Whether functions are demoted while they run; off at full detail.
adaptive = True
# Every function, class and module of the user's code that was loaded, in the order of their ids.
components = []
next_look = 0
_last_look = journal.now()


def govern(moment):
    """Demote the functions that fill the journal too fast. Called when the end of a call is later than `next_look`."""
    global next_look, _last_look
    next_look = moment + LOOK_EVERY
    elapsed = moment - _last_look
    _last_look = moment
    if moment > memory.next_sample:
        memory.sample(moment)
    total = 0
    for component in components:
        total += component.calls - component.looked_at
    if adaptive and total * COST > elapsed * SHARE:
        caller = current_call()
        for component in components:
            # Only those with a good part of the calls: to count the others saves nothing.
            if component.calls - component.looked_at > total >> 5 and component.calls >= KEPT_IN_FULL:
                component.demote(moment, caller)
    for component in components:
        component.looked_at = component.calls


def demote_all():
    """Only count from here on."""
    moment = journal.now()
    for component in components:
        component.demote(moment, None)


def emit_counts():
    """At exit: the calls that were counted and not emitted yet."""
    moment = journal.now()
    for component in components:
        component.counter.emit(moment)


def forget():
    """In a forked child: what the parent counted is in the parent's journal."""
    for component in components:
        component.forget()

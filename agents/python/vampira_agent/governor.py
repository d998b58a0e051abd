"""Decides which functions are called too often to record each call.

Such a function is demoted: its calls are only counted, with samples of them. When it has become slow, its calls are
recorded again (see counter.py). The time of the program's own work decides, so that recording takes about the same share
of the time of every program.
"""

from _collections import deque

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
# Those that were called lately. There may be many thousands of others.
called = deque()
# Sites of calls of libraries whose evaluations are counted by ticks (see sites.py).
ticking = []
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
    active = _take_active()
    total = sum([component.calls - component.looked_at for component in active])
    if adaptive and total * COST > elapsed * SHARE:
        caller = current_call()
        for component in active:
            # Only those with a good part of the calls: to count the others saves nothing.
            if component.calls - component.looked_at > total >> 5 and component.calls >= KEPT_IN_FULL:
                component.demote(moment, caller)
    for component in active:
        component.looked_at = component.calls


def _take_active():
    """The components that were called since the last look. Others are no longer looked at until they are called again."""
    active = []
    for _ in range(len(called)):
        try:
            component = called.popleft()
        except IndexError:
            # Another thread looks, too.
            break
        if component.calls != component.looked_at:
            active.append(component)
            called.append(component)
        else:
            component.called = False
            component.wary = True
    return active


def demote_all():
    """Only count from here on."""
    moment = journal.now()
    for component in components:
        component.demote(moment, None)


def emit_counts():
    """At exit: the calls that were counted and not emitted yet."""
    moment = journal.now()
    for site in ticking[:]:
        site.add_ticks(0)
    for component in components:
        if component.counter is not None:
            component.counter.emit(moment)


def forget():
    """In a forked child: what the parent counted is in the parent's journal."""
    called.clear()
    for site in ticking[:]:
        site.add_ticks(0)
    for component in components:
        component.forget()

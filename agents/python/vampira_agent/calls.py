"""Calls that are recorded: from the `with` block that a rewritten body enters to its `return` or `raise` line.

Hot: `Call.__exit__` runs at the end of every recorded call and takes half of the time that recording costs. That is why
it formats the commonest values in place instead of calling a function, writes its line with the spool's own C method,
and keeps what few calls need in a separate `Measures`. `with` needs no local variable in the user's function, which
would show in its frame. Everything else here is cold: generators that pause.
"""

from _thread import get_ident

from . import governor, identity, journal
from .elements import describe_elements
from .failures import describe_failure
from .scalars import describe_float
from .threads import current_call, set_current_call
from .values import describe, describe_returned

now = journal.now
SLOW = governor.SLOW
_large = identity.large
# Thread → its calls of libraries that ended by an exception which is not known yet, the innermost first (see sites.py).
failing = {}
UNSEEN_ERROR = (BaseException, BaseException("not seen: it was caught outside of the user's code"), None)


def settle(kind, error, trace):
    """The exception is known that ended this thread's calls of libraries."""
    for call in failing.pop(get_ident(), ()):
        call.__exit__(kind, error, trace)


def settle_all():
    """At the end of the process: the exceptions of such calls stay unknown."""
    for calls in list(failing.values()):
        for call in calls:
            call.__exit__(*UNSEEN_ERROR)
    failing.clear()


class Call:
    """A running call. Its `with` block is the function's body."""

    # `measures`: None for most calls. `value`: what the body is about to return. `own`: see places.py.
    __slots__ = ("id", "component", "parent", "begun", "value", "measures", "generation", "frame", "own")
    # Called without arguments, in C.
    __enter__ = tuple

    def __exit__(self, kind, error, trace):
        end = now()
        if current_call() is self:
            set_current_call(self.parent)
        self.own = None
        component = self.component
        try:
            if component.live is not None:
                component.live.pop(self.frame, None)
            if self.generation != journal.generation:
                return
            measures = self.measures
            if measures is None:
                more = ""
            else:
                more = measures.describe(component.secret, kind is not None)
            if end - self.begun > SLOW:
                component.wary = True
                component.slow += 1
            if kind is None or kind is GeneratorExit and component.live is not None:
                value = self.value
                self.value = None
                kind = type(value)
                # A bound of one digit (of 30 bits) is compared with faster than a larger one.
                if kind is int and value < 1073741823 and value > -1073741823:
                    text = value
                elif value is None:
                    text = "null"
                elif kind is float:
                    text = describe_float(value)
                else:
                    text = describe_returned(value)
                    # Not in a set: the user's metaclass may define a hash.
                    if kind is tuple or kind is dict or kind is list:
                        more += describe_elements(value)
                line = f'{{"kind":"return","call":{self.id},"at":{end - journal.zero},"value":{text}{more}}}\n'.encode()
                try:
                    journal.spool.write(line)
                except ValueError:
                    journal.emit_line(line)
            else:
                if failing:
                    settle(kind, error, trace)
                failure = describe_failure(kind, error, trace)
                journal.emit('{"kind":"raise","call":%s,"at":%d,%s%s}' % (self.id, end - journal.zero, failure, more))
            if measures is not None:
                measures.watched = None
            if _large:
                identity.release_large()
            if end > governor.next_look:
                governor.govern(end)
        except Exception as fault:
            journal.fault("the end of a call", fault)

    def out(self, value):
        """A generator yields value to its caller."""
        self._suspend(value, True)
        return value

    def delegate(self, iterator):
        """A generator lets its caller draw from another iterator (`yield from`)."""
        self._suspend(None, False)
        return iterator

    def _suspend(self, value, has_value):
        try:
            if current_call() is self:
                set_current_call(self.parent)
            if self.generation == journal.generation:
                given = ',"value":' + describe_returned(value) if has_value else ""
                journal.emit('{"kind":"suspend","call":%s,"at":%d%s}' % (self.id, journal.at(), given))
        except Exception as fault:
            journal.fault("a suspended generator", fault)

    def back(self, value):
        """A generator goes on; value was sent to it."""
        try:
            self.parent = current_call()
            set_current_call(self)
            if self.generation == journal.generation:
                sent = "" if value is None else ',"value":' + describe(value)
                journal.emit('{"kind":"resume","call":%s,"at":%d%s}' % (self.id, journal.at(), sent))
        except Exception as fault:
            journal.fault("a resumed generator", fault)
        return value

"""Calls of included libraries, as the user's code makes them: functions, methods and classes, of Python or of C.

A rewritten call is `site.begin(function, arguments…)()` (see call_sites.py). What `begin` returns is made of objects that
are written in C: `next` draws from a `map`, that from a `starmap`, which calls the function, and the map then gives what it
returned to us. So the function runs right below the user's frame: warnings, tracebacks and what looks at its caller's
frame see what they see without us.

An exception passes through that. The objects are dropped then, which tells that the call has ended; the user's handler, or
the end of the call around it, tells by which exception.
"""

import sys
from _functools import partial
from _thread import get_ident
from itertools import repeat, starmap

from . import journal, selection
from .callees import identify, unwrapped
from .calls import UNSEEN_ERROR, failing, settle
from .component import Component
from .counter import SAMPLED, begin_to_count, taken, ticks_of
from .governor import ticking
from .defaults import mark_defaults
from .places import module_names
from .signatures import signature_of
from .sources import Module
from .stand_ins import NOTHING, HookElsewhere
from .starred_calls import StarredCall
from .text import quote
from .threads import current_call, set_current_call

# A site that has seen so many calls of something else, and none of a library, is turned off.
LOOKS = 64
_NOTHING_MORE = ((),)
_never = repeat(0).__next__
# (module, qualified name) → component, or None where its calls are not wanted.
_components = {}
_modules = {}


class Site:
    """The calls in a statement that may be of a library.

    Calls that are only counted cost nothing but a tick, where each evaluation of the statement makes the same ones: then
    the original runs, and now and again an evaluation is looked at.
    """

    __slots__ = ("on", "tick", "looks", "calls", "callee", "component", "counted", "at", "quiet", "block")

    def __init__(self, calls):
        """calls: how many an evaluation makes; 0 where not each makes all of them."""
        self.on, self.tick = True, _never
        # How many calls it may still see that are of no library; None once it has seen one that is.
        self.looks = LOOKS
        self.calls = calls
        # The last function that it saw, if it is of a library, and no method: a method is a new object each time.
        self.callee = self.component = None
        # The components of its last calls, if these were only counted; None stands for a call of no library.
        self.counted = []
        # How many calls of the running evaluation it has seen. What fails or recurs in the middle shifts that.
        self.at = 0
        # For how many evaluations nothing is looked at, and the block of their ticks while they are counted.
        self.quiet, self.block = 0, None

    def __reduce__(self):
        return (HookElsewhere, ())

    def begin(self, callee, /, *given, **named):
        """What calls a function with these arguments when it is called without any."""
        if failing:
            settle(*UNSEEN_ERROR)
        if self.block is not None:
            # The last tick asked for this evaluation, whose calls are counted here. Without one it has begun before.
            self.at = 0 if self.add_ticks(1) else -1
        if self.calls:
            self.at = (self.at + 1) % self.calls
        if callee is self.callee and callee is not None:
            component, owners = self.component, ()
        else:
            component, owners = self._find(callee)
            if component is None:
                return partial(callee, *given, **named) if callable(callee) else callee
        if component.is_counted:
            component.counter.summed += 1
            if self.calls:
                self._count(component)
            return partial(callee, *given, **named)
        self.counted.clear()
        try:
            if component.id == 0:
                Component.register(component)
            arguments = component.signature.bind(owners + given, named)
            caller = current_call()
            if caller is not None:
                caller.component.sees = True
        except Exception as fault:
            journal.fault("a call of a library", fault)
            return partial(callee, *given, **named)
        call = Component.enter(component, *arguments)
        if call is NOTHING:
            return partial(callee, *given, **named)
        return partial(next, map(_Ending(call).end, starmap(partial(callee, *given, **named), _NOTHING_MORE)))

    def star(self, callee):
        """What a call with `*arguments` or `**named` calls in place of the function."""
        return StarredCall(self.begin, callee)

    def _find(self, callee):
        """(component or None, what its function gets before the arguments of the call)."""
        try:
            found = identify(callee)
            component = None if found is None else _component_of(found)
        except Exception as fault:
            journal.fault("a call of a library", fault)
            component = None
        if component is None:
            if self.looks is not None:
                self.looks -= 1
                self.on = self.looks > 0
            elif self.calls:
                self._count(None)
            return None, ()
        self.looks = None
        if not found.owners:
            self.callee, self.component = callee, component
        return component, found.owners

    def _count(self, component):
        """A call is only counted. When all of an evaluation are, the next evaluations are counted by ticks."""
        counted = self.counted
        counted.append(component)
        if self.at == 0:
            if len(counted) == self.calls and self.block is None and any(counted):
                self.quiet = min(self.quiet * 2 + 1, SAMPLED)
                self.tick, self.block = ticks_of(self.quiet)
                self.on = False
                ticking.append(self)
            else:
                counted.clear()

    def add_ticks(self, more):
        """Add the evaluations that were counted by ticks to the calls of their components, and look at the next.

        more: how many of them are counted otherwise. Returns how many ticks were taken.
        """
        block, self.block = self.block, None
        if block is None:
            return 0
        self.on, self.tick = True, _never
        ticking.remove(self)
        evaluations = taken(block)
        if evaluations > more:
            for component in self.counted:
                if component is not None:
                    component.counter.summed += evaluations - more
        self.counted.clear()
        return evaluations

    def caught(self):
        """An exception was caught in the user's code."""
        if failing:
            settle(*sys.exc_info())


class _Ending:
    """Ends a call of a library: when it returns, or when nothing is left of what called it."""

    __slots__ = ("call",)

    def __init__(self, call):
        self.call = call

    def end(self, value):
        call, self.call = self.call, None
        call.value = value
        call.__exit__(None, None, None)
        return value

    def __del__(self):
        call = self.call
        if call is not None:
            if current_call() is call:
                set_current_call(call.parent)
            failing.setdefault(get_ident(), []).append(call)


class LibraryComponent(Component):
    """A function, method or class of a library. It has no number until the user's code calls it."""

    # is_counted: whether its calls are only counted. There is no hook in its body whose ticks could count them.
    __slots__ = ("signature", "is_counted")

    def register(self):
        self.is_counted = False

    def demote(self, moment, caller):
        """Only count calls from here on."""
        if not self.is_counted:
            begin_to_count(self, moment, caller)
            self.is_counted = True


def _component_of(callee):
    key = (callee.module, callee.name)
    try:
        return _components[key]
    except KeyError:
        component = _components[key] = _new_component(callee)
        return component


def _new_component(callee):
    module, name = callee.module, callee.name
    if type(module) is not str or module in module_names or not selection.is_library_call(module, name):
        return None
    function = unwrapped(callee.function)
    first = "self" if callee.kind == "method" else ""
    signature = signature_of(function, first, skips_first=name.endswith(".__init__"))
    text = '"name":%s,"type":"%s","line":1,"endLine":1%s' % (quote(name), callee.kind, signature.text)
    component = LibraryComponent(_module(module), name, text, tuple(signature.names), tuple(signature.secret), False)
    component.signature = signature
    component.is_constructor = False
    component.defaults = mark_defaults(signature.defaults.items(), signature.names)
    return component


def _module(name):
    module = _modules.get(name)
    if module is None:
        file = getattr(sys.modules.get(name), "__file__", None)
        file = file if type(file) is str else ""
        module = _modules[name] = Module(name, file, file, b"")
    return module

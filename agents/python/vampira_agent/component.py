"""Components: the functions, classes and modules of the user's code, and the hook in the body of each.

A rewritten body is `if hook.on or hook.tick(): with hook.enter(arguments): … else: …` (see rewrite.py). `hook` is a
Component, placed among the constants of the code, so that no name is added to the program.

Hot: `Component.enter` begins every recorded call and takes half of the time that recording costs. That is why it is one
long function: it describes the commonest arguments and finds the calling line in place, because a function call of
Python costs as much as describing an argument. A call that is only counted ends at `hook.tick()` (see counter.py).
Everything else here is cold: generators, secrets, changeable arguments, and calls that are new or slow.
"""

import sys
from _thread import get_ident
from itertools import count

from . import governor, journal, threads
from .calls import Call
from .changes import may_change, watch
from .counter import begin_to_count
from .defaults import find_defaults
from .identity import entry_of, find_text
from .measures import Measures
from .places import NONE_YET, find_place
from .scalars import REDACTED, describe_float, describe_string
from .stand_ins import NOTHING, HookElsewhere
from .threads import current_call, describe_task, other_threads, set_current_call, starting_call, thread_number
from .values import describe

now = journal.now
_getframe = sys._getframe
_numbers = count(1)
MEASURED_AT_FIRST = 2


class Component:
    """A function, class or module of the user's code, and the hook in its body."""

    __slots__ = (
        "on", "tick", "id", "head", "module", "names", "text", "title", "secret", "defaults", "is_async", "is_constructor",
        "calls", "looked_at", "slow", "wary", "called", "sees", "emitted", "live", "counter", "code", "places",
    )  # fmt: skip

    def __init__(self, module, title, text, names, secret, is_async):
        # Whether each call is recorded; else they are counted.
        self.on = True
        self.module, self.title = module, title
        # The component's line without its ids.
        self.text = text
        self.names, self.secret, self.is_async = names, secret, is_async
        self.is_constructor, self.defaults = title.endswith(".__init__"), ()
        # Running calls of a generator function, by the address of their frame.
        self.live = None
        # Calls that were recorded; of those, how many the governor has seen, and how many were slow.
        self.calls = self.looked_at = self.slow = 0
        # Whether calls have to be looked at more closely, because they are new or slow.
        self.wary = True
        self.called = self.emitted = False
        # `sees`: whether calls of libraries were seen in its body (see sites.py).
        self.id, self.counter, self.sees = 0, None, False
        # Its code, and the `from` fields of the instructions in it that called something (see places.py).
        self.code, self.places = None, NONE_YET
        self.register()

    def register(self):
        """Give it its number, and let the governor look at it."""
        governor.components.append(self)
        self.id = len(governor.components)
        # How every `start` line of it begins.
        self.head = '{"kind":"start","component":%d,"id":' % self.id

    nothing = NOTHING

    def __reduce__(self):
        # Code of the user's that travels by value (cloudpickle) runs its original body where it arrives.
        return (HookElsewhere, ())

    def define(self, function):
        """The innermost decorator of a function with defaults: notes which objects they are."""
        try:
            self.defaults = find_defaults(function, self.names)
        except Exception as fault:
            journal.fault("a definition", fault)
        return function

    def enter_generator(self, *arguments):
        """A generator begins. Its body goes on in other contexts, so that the call is found again by its frame."""
        if self.live is None:
            self.live = {}
        call = self.enter(*arguments)
        if call is not NOTHING:
            call.frame = key = id(_getframe(1))
            self.live[key] = call
        return call

    def enter(self, *arguments):
        """A function begins. Returns the context manager of its body."""
        begun = now()
        try:
            if not self.on:
                return self.counter.begin_sample(arguments)
            if self.wary and not self.called:
                self.called = True
                governor.called.append(self)
                self.emit()
                self.code = _getframe(1 if self.live is None else 2).f_code
            call = Call()
            call.component, call.begun = self, begun
            call.value, call.measures, call.own = None, None, 0
            call.generation = generation = journal.generation
            # As text: it is written more than once, and nothing is computed with it.
            call.id = number = f"{next(_numbers)}"
            self.calls += 1
            call.parent = parent = current_call()
            if parent is None:
                parent = call.parent = starting_call()
            try:
                # The function's own frame is passed over, because CPython would have to make an object of it. For a
                # generator, enter_generator stands between.
                frame = _getframe(2 if self.live is None else 3)
            except ValueError:
                frame = None
            more = None
            if parent is not None and parent.own is frame:
                more = parent.component.places.get(frame.f_lasti)
            if more is None:
                more = find_place(frame, parent)
            if other_threads and get_ident() != threads.main_thread:
                more += ',"thread":%d' % thread_number()
            if self.is_async:
                more += describe_task()
            if arguments:
                if self.secret:
                    texts = self._describe_arguments(arguments, call)
                else:
                    # Here, not in a function of its own: most of the time of most calls goes into it. A bound of one
                    # digit (of 30 bits) is compared with faster.
                    texts = comma = ""
                    for x in arguments:
                        kind = type(x)
                        if kind is int and x < 1073741823 and x > -1073741823:
                            texts = f"{texts}{comma}{x}"
                        elif kind is float:
                            texts += comma + describe_float(x)
                        elif kind is str:
                            texts += comma + describe_string(x)
                        elif x is None:
                            texts += comma + "null"
                        else:
                            texts = self._describe_arguments(arguments, call)
                            break
                        comma = ","
                same = ""
                for position, value, first, next_ in self.defaults:
                    if arguments[position] is value:
                        same = same + next_ if same else first
                given, end = ',"arguments":[', "]}\n"
            else:
                given, texts, same, end = "", "", "", "}\n"
            at = begun - journal.zero
            if parent is not None and parent.generation == generation:
                line = f'{self.head}{number},"at":{at},"caller":{parent.id}{more}{given}{texts}{same}{end}'.encode()
            else:
                line = f'{self.head}{number},"at":{at}{more}{given}{texts}{same}{end}'.encode()
            try:
                journal.spool.write(line)
            except ValueError:
                journal.emit_line(line)
            if self.wary:
                self._measure(call)
            set_current_call(call)
            return call
        except Exception as fault:
            journal.fault("the start of a call", fault)
            return NOTHING

    def _describe_arguments(self, arguments, call):
        """The arguments' texts, secrets left out. Those that may change are watched."""
        texts = []
        for x in arguments:
            # Of an object whose text is kept, no change is seen.
            text = None if self.is_constructor else find_text(x, type(x))
            if text is not None:
                texts.append(text)
                continue
            text = describe(x)
            if may_change(type(x)):
                watched = watch(len(texts), x, text)
                if watched is not None:
                    _measures_of(call).watch(watched)
            elif self.is_constructor and not texts and ',"id":' in text:
                _measures_of(call).made = entry_of(x)
            texts.append(text)
        for position in self.secret:
            texts[position] = REDACTED
        return ",".join(texts)

    def _measure(self, call):
        """Measure CPU time and peak memory of a call if the component is new, or most of its calls are slow."""
        if self.calls <= MEASURED_AT_FIRST or self.slow > self.calls >> 1:
            # Peaks nest as calls do; the calls of generators, tasks and other threads overlap instead.
            nests = self.live is None and not self.is_async and get_ident() == threads.main_thread
            _measures_of(call).begin(nests)
        else:
            self.wary = False

    def emit(self):
        """The component's line, and its module's before it, once a journal."""
        if not self.emitted:
            self.emitted = True
            self.module.emit()
            journal.emit('{"kind":"component","id":%d,"module":%d,%s}' % (self.id, self.module.id, self.text))

    def leave(self, value):
        """A function returns value."""
        call = current_call()
        if call is not None and call.component is self:
            call.value = value
        return value

    def current(self):
        """The call of the generator that asks."""
        return self.live.get(id(_getframe(1)), NOTHING)

    def leave_generator(self, value):
        """A generator returns value."""
        call = self.live.get(id(_getframe(1)))
        if call is not None:
            call.value = value
        return value

    def demote(self, moment, caller):
        """Only count calls from here on."""
        if self.on:
            begin_to_count(self, moment, caller)
            self.on = False
            self.wary = True

    def forget(self):
        """In a forked child: its journal has no line of this component, and none of its parent's counts."""
        self.called = self.emitted = False
        self.wary = True
        if self.counter is not None:
            self.counter.forget()


def _measures_of(call):
    if call.measures is None:
        call.measures = Measures()
    return call.measures

"""Calls: what the rewritten bodies of the user's functions do when they begin and end.

A rewritten body is `if hook.on or hook.tick(): with hook.enter(arguments): … else: …`. `hook` is a Component, placed
among the constants of the code, so that no name is added to the program. The running call is known by a context
variable, hence right across threads and tasks; `with` keeps it off the frame's local variables.
"""

import sys
from _contextvars import ContextVar
from _thread import get_ident
from _weakref import ref
from itertools import chain, count, repeat
from time import thread_time_ns
from types import SimpleNamespace

from . import identity, journal, memory, values
from .failures import describe_failure, names, places
from .text import quote
from .values import describe, describe_made, describe_returned, fingerprint

now = journal.now
_getframe = sys._getframe
_top = ContextVar("vampira_call", default=None)
current_call = _top.get
_set_top = _top.set
_next_call = count(1).__next__
_main_thread = get_ident()
# Whether another thread was started: until then none has to be looked for.
threaded = False
_threads = {}
_tasks = {}
# A module's own name → line → the field that says so, for lines that called before.
_spots = {}
_find_spots = _spots.get
# Calls that started a thread, by the thread object's address.
starters = {}
components = []

SLOW = 2_000_000
MEASURED_AT_FIRST = 2
SAMPLED = 1023
HELD_AT_MOST = 10_000
_large = identity.large
_CHANGEABLE = values.CHANGEABLE
_float = values.describe_float
_string = values.describe_string
# Behind the calls that are only counted stand more than one that is looked at: for threads that come before the run of
# ticks is renewed.
_LOOKED_AT = b"\1" * 64
# Runs of ticks of which a thread may still take one; those before them are summed up.
_RUNS_KEPT = 12
_forever = repeat(1)


class Call:
    """A running call. Its `with` block is the function's body."""

    # `extra`: what is measured and held of calls of which there is more to say than of most.
    __slots__ = ("id", "component", "parent", "begun", "value", "extra", "generation", "frame")
    # Called without arguments, in C.
    __enter__ = tuple

    def __exit__(self, kind, error, trace):
        end = now()
        if current_call() is self:
            _set_top(self.parent)
        component = self.component
        try:
            if component.live is not None:
                component.live.pop(self.frame, None)
            if self.generation != journal.generation:
                return
            extra = self.extra
            if extra is None:
                more = ""
            else:
                more = extra.tell(component, kind is not None)
            if end - self.begun > SLOW:
                component.wary = True
                component.slow += 1
            if kind is None or kind is GeneratorExit and component.live is not None:
                value = self.value
                self.value = None
                kind = type(value)
                if kind is int and value < 1073741823 and value > -1073741823:
                    text = value
                elif value is None:
                    text = "null"
                elif kind is float:
                    text = _float(value)
                else:
                    text = describe_returned(value)
                line = f'{{"kind":"return","call":{self.id},"at":{end - journal.zero},"value":{text}{more}}}\n'.encode()
                try:
                    journal.spool.write(line)
                except ValueError:
                    journal.emit_line(line)
            else:
                failure = describe_failure(kind, error, trace)
                journal.emit('{"kind":"raise","call":%s,"at":%d,%s%s}' % (self.id, end - journal.zero, failure, more))
            if extra is not None:
                extra.held = None
            if _large:
                identity.release_large()
            if end > _next_look:
                govern(end)
        except Exception as fault:
            journal.fault("the end of a call", fault)

    def out(self, value):
        """A generator gives up control, yielding value."""
        try:
            if current_call() is self:
                _set_top(self.parent)
            if self.generation == journal.generation:
                journal.emit('{"kind":"suspend","call":%s,"at":%d,"value":%s}' % (self.id, journal.at(), describe_returned(value)))
        except Exception as fault:
            journal.fault("a suspended generator", fault)
        return value

    def delegate(self, value):
        """A generator hands its caller over to another iterator."""
        try:
            if current_call() is self:
                _set_top(self.parent)
            if self.generation == journal.generation:
                journal.emit('{"kind":"suspend","call":%s,"at":%d}' % (self.id, journal.at()))
        except Exception as fault:
            journal.fault("a suspended generator", fault)
        return value

    def back(self, value):
        """A generator was resumed, being sent value."""
        try:
            self.parent = current_call()
            _set_top(self)
            if self.generation == journal.generation:
                sent = "" if value is None else ',"value":' + describe(value)
                journal.emit('{"kind":"resume","call":%s,"at":%d%s}' % (self.id, journal.at(), sent))
        except Exception as fault:
            journal.fault("a resumed generator", fault)
        return value


class _Extra:
    """What is measured of a call (CPU time, peak memory), which of its arguments are watched for changes, what it makes."""

    __slots__ = ("held", "cpu", "peak", "made")

    def __init__(self):
        self.held = self.cpu = self.made = None

    def tell(self, component, failed):
        """The fields at the end of the call."""
        more = ""
        if self.cpu is not None:
            more = ',"cpu":%d' % max(0, thread_time_ns() - self.cpu)
            if self.peak:
                peak = memory.end_peak()
                if peak is not None:
                    more += ',"peak":%d' % peak
        made = None if self.made is None or failed else self.made()
        if self.held is not None or made is not None:
            found = [] if self.held is None else _changes(self.held, component.secret)
            if made is not None:
                found.insert(0, "[0,%s]" % describe_made(made))
            if found:
                more += ',"changed":[' + ",".join(found) + "]"
        return more


class Sample:
    """A call that is looked at of a component that is only counted."""

    __slots__ = ("id", "component", "parent", "begun", "value", "generation", "arguments", "frame")
    __enter__ = tuple

    def __exit__(self, kind, error, trace):
        end = now()
        if current_call() is self:
            _set_top(self.parent)
        try:
            self.component._sampled(self, end, kind)
        except Exception as fault:
            journal.fault("a sampled call", fault)

    def out(self, value):
        if current_call() is self:
            _set_top(self.parent)
        return value

    delegate = out

    def back(self, value):
        self.parent = current_call()
        _set_top(self)
        return value


class _Nothing:
    """Stands in where a call is not recorded."""

    __slots__ = ()
    __enter__ = tuple

    def __exit__(self, kind, error, trace):
        pass

    def out(self, value):
        return value

    back = delegate = out


NOTHING = _Nothing()


class Component:
    """A function, class or module of the user's code, and the hook in its body."""

    __slots__ = (
        "on", "tick", "id", "head", "module", "names", "text", "title", "secret", "defaults", "is_async", "is_constructor",
        "calls", "looked_at", "slow", "wary", "told", "live", "runs", "quiet", "counted", "failures", "samples",
        "counted_told", "count_since", "count_caller", "sampled_at",
    )  # fmt: skip

    def __init__(self, module, title, text, names, secret, is_async):
        self.on = True
        self.module = module
        self.title = title
        # What the component's line says, ids left out.
        self.text = text
        self.names = names
        self.secret = secret
        self.is_async = is_async
        self.is_constructor = title.endswith(".__init__")
        self.defaults = ()
        self.live = None
        self.calls = self.looked_at = self.slow = 0
        self.wary = True
        self.told = False
        self.runs = []
        self.counted = self.failures = self.counted_told = 0
        self.samples = []
        self.count_since = self.sampled_at = 0
        self.count_caller = None
        self.id = len(components) + 1
        # Of every line that says that a call of it began.
        self.head = '{"kind":"start","component":%d,"id":' % self.id
        self.renew_ticks(0)
        components.append(self)

    # Stands in for a call that is only counted.
    nothing = NOTHING

    def __reduce__(self):
        # Code of the user's that travels by value (cloudpickle) runs its original body where it arrives.
        return (_hook_elsewhere, ())

    def define(self, function):
        """Innermost decorator of a function with defaults: learn which objects they are."""
        try:
            positions = {name: at for at, name in enumerate(self.names)}
            code = function.__code__
            found = []
            if function.__defaults__:
                named = code.co_varnames[: code.co_argcount][-len(function.__defaults__) :]
                found += zip(named, function.__defaults__)
            if function.__kwdefaults__:
                found += function.__kwdefaults__.items()
            self.defaults = tuple((positions[name], value, ",%d" % positions[name]) for name, value in found if name in positions)
        except Exception as fault:
            journal.fault("a definition", fault)
        return function

    # ---- beginning

    def enter_generator(self, *arguments):
        """A generator begins, whose body goes on in other contexts: it is found again by its frame."""
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
                return self._sample(arguments)
            if self.wary and not self.told:
                self.tell()
            call = Call()
            call.component = self
            call.begun = begun
            call.value = call.extra = None
            call.generation = generation = journal.generation
            # As text: it is written more than once, and nothing is counted with it.
            call.id = number = f"{_next_call()}"
            self.calls += 1
            call.parent = parent = current_call()
            if parent is None:
                parent = call.parent = _starter()
            try:
                # For a generator, enter_generator stands between. The function's own frame is passed by: CPython
                # would have to make an object of it.
                frame = _getframe(2 if self.live is None else 3)
            except ValueError:
                frame = None
            spot = ""
            while frame is not None:
                # A frame's code is an audited attribute, its globals are not: looked at once a line.
                spots = _find_spots(frame.f_globals.get("__name__"))
                if spots is not None:
                    spot = spots.get(frame.f_lineno)
                    if spot is not None:
                        break
                spot = _spot_of(frame)
                if spot:
                    break
                frame = frame.f_back
            if threaded and get_ident() != _main_thread:
                spot += ',"thread":%d' % _thread_number()
            if self.is_async:
                spot += _task()
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
                            texts += f"{comma}{x}"
                        elif kind is float:
                            texts += comma + _float(x)
                        elif kind is str:
                            texts += comma + _string(x)
                        elif x is None:
                            texts += comma + "null"
                        else:
                            texts = self._describe_arguments(arguments, call)
                            break
                        comma = ","
                same = ""
                for position, value, text in self.defaults:
                    if arguments[position] is value:
                        same += text
                if same:
                    spot = f'{spot},"arguments":[{texts}],"defaults":[{same[1:]}]'
                else:
                    spot = f'{spot},"arguments":[{texts}]'
            if parent is not None and parent.generation == generation:
                line = f'{self.head}{number},"at":{begun - journal.zero},"caller":{parent.id}{spot}}}\n'.encode()
            else:
                line = f'{self.head}{number},"at":{begun - journal.zero}{spot}}}\n'.encode()
            try:
                journal.spool.write(line)
            except ValueError:
                journal.emit_line(line)
            if self.wary:
                self._measure(call)
            _set_top(call)
            return call
        except Exception as fault:
            journal.fault("the start of a call", fault)
            return NOTHING

    def _describe_arguments(self, arguments, call):
        """The arguments' texts: those that may change are watched, secrets left out."""
        texts = []
        for x in arguments:
            text = describe(x)
            kind = type(x)
            if type(kind) is type and (kind in _CHANGEABLE or _is_array(kind)):
                self._hold(call, len(texts), x, text)
            elif self.is_constructor and not texts and ',"id":' in text:
                if call.extra is None:
                    call.extra = _Extra()
                call.extra.made = ref(x)
            texts.append(text)
        for position in self.secret:
            texts[position] = values.REDACTED
        return ",".join(texts)

    def _hold(self, call, position, x, text):
        """Remember what a changeable argument is, to see at the end whether it was changed in place."""
        if type(x) in _CHANGEABLE:
            if len(x) > HELD_AT_MOST or not values.is_inert(x, type(x).__name__):
                return
            mark = fingerprint(x, text)
            watched = x
        else:
            mark = text
            watched = ref(x)
        extra = call.extra
        if extra is None:
            extra = call.extra = _Extra()
        if extra.held is None:
            extra.held = []
        extra.held.append((position, watched, mark))

    def _measure(self, call):
        """CPU time and peak memory of calls that are new or slow."""
        if self.calls <= MEASURED_AT_FIRST or self.slow > self.calls >> 1:
            # Peaks nest like calls do, which generators and tasks need not.
            plain = self.live is None and not self.is_async and get_ident() == _main_thread
            extra = call.extra
            if extra is None:
                extra = call.extra = _Extra()
            extra.peak = plain and memory.begin_peak()
            extra.cpu = thread_time_ns()
        else:
            self.wary = False

    def tell(self):
        """The component's line, and its module's before it."""
        self.told = True
        self.module.tell()
        journal.emit('{"kind":"component","id":%d,"module":%d,%s}' % (self.id, self.module.id, self.text))

    # ---- within

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

    # ---- counting

    def renew_ticks(self, quiet):
        """A new run of ticks: after `quiet` calls that are only counted, one is looked at."""
        runs = self.runs
        if len(runs) == _RUNS_KEPT:
            self.counted += _taken(runs.pop(0))
        block = bytes(quiet) + _LOOKED_AT
        ticks = iter(block)
        runs.append((ticks, len(block)))
        self.quiet = quiet
        # Never exhausted, whatever keeps a call from renewing them: that would end the program.
        self.tick = chain(ticks, _forever).__next__

    def count(self):
        """How many calls were counted and not recorded, exactly."""
        return self.counted + sum(map(_taken, self.runs))

    def demote(self, moment, caller):
        """Only count from here on."""
        if self.on:
            # The first call is looked at, then the second, fourth…: few calls must not mean no settings.
            self.renew_ticks(0)
            self.on = False
            self.wary = True
            self.count_since = self.sampled_at = moment
            self.count_caller = caller.id if caller is not None and caller.generation == journal.generation else None

    def _sample(self, arguments):
        self.renew_ticks(min(self.quiet * 2 + 1, SAMPLED))
        if journal.dead:
            return NOTHING
        sample = Sample()
        sample.component = self
        sample.value = None
        sample.frame = 0
        sample.parent = parent = current_call()
        sample.generation = -1 if parent is None else parent.generation
        sample.id = "" if parent is None else parent.id
        texts = [describe(x) for x in arguments]
        for position in self.secret:
            texts[position] = values.REDACTED
        sample.arguments = ",".join(texts)
        _set_top(sample)
        sample.begun = now()
        return sample

    def _sampled(self, sample, end, kind):
        if self.live is not None:
            self.live.pop(sample.frame, None)
        if kind is not None and kind is not GeneratorExit:
            self.failures += 1
        spent = end - sample.begun
        text = '{"nanoseconds":%d' % spent
        self.samples.append(text + (',"arguments":[' + sample.arguments + "]}" if sample.arguments else "}"))
        between = end - self.sampled_at
        self.sampled_at = end
        if spent > SLOW or self.quiet == SAMPLED and between > SAMPLED * SLOW // 2:
            # It has become slow: worth recording again.
            self.tell_count(end)
            self.on = True
        elif end - self.count_since > 50_000_000 or len(self.samples) >= 64:
            self.tell_count(end)

    def tell_count(self, moment):
        """The `count` line of what was counted since the last one."""
        counted = self.count()
        fresh = counted - self.counted_told
        if fresh <= 0:
            return
        if not self.told:
            self.tell()
        self.counted_told = counted
        line = '{"kind":"count","component":%d,"at":%d,"since":%d,"calls":%d' % (
            self.id, moment - journal.zero, max(0, self.count_since - journal.zero), fresh,
        )  # fmt: skip
        if self.count_caller is not None:
            line += ',"caller":' + self.count_caller
        if self.failures:
            line += ',"failures":%d' % self.failures
        if self.samples:
            line += ',"samples":[' + ",".join(self.samples) + "]"
        self.failures = 0
        self.samples = []
        self.count_since = moment
        journal.emit(line + "}")

    def forget(self):
        """In a forked child: what the parent counted is the parent's."""
        self.told = False
        self.wary = True
        self.counted_told = self.count()
        self.failures = 0
        self.samples = []
        self.count_caller = None
        self.count_since = now()


def _taken(run):
    ticks, length = run
    return length - ticks.__length_hint__()


def _hook_elsewhere():
    return SimpleNamespace(on=False, tick=int)


_arrays = {}


def _is_array(kind):
    known = _arrays.get(kind)
    if known is None:
        from .arrays import is_array

        if len(_arrays) > 1000:
            _arrays.clear()
        known = _arrays[kind] = is_array(kind)
    return known


def _changes(held, secret):
    found = []
    for position, watched, before in held:
        if type(watched) is ref:
            x = watched()
            if x is None:
                continue
            text = mark = describe(x)
        else:
            x = watched
            if len(x) > HELD_AT_MOST:
                continue
            text = describe(x)
            mark = fingerprint(x, text)
        if mark != before:
            found.append("[%d,%s]" % (position, values.REDACTED if position in secret else text))
    return found


def _spot_of(frame):
    """The field that says which line of the user's code calls, kept for the next time; empty for others' code."""
    name = frame.f_globals.get("__name__")
    if name not in names:
        return ""
    place = places.get(frame.f_code.co_filename)
    if place is None:
        return ""
    line = frame.f_lineno
    spot = ',"from":[%d,%d]' % (place, line or 1)
    _spots.setdefault(name, {})[line] = spot
    return spot


def _thread_number():
    ident = get_ident()
    number = _threads.get(ident)
    if number is None:
        number = _threads[ident] = len(_threads) + 2
    return number


def _starter():
    """The call that started this thread, for the first call in it."""
    global threaded
    ident = get_ident()
    if ident == _main_thread:
        return None
    threaded = True
    if not starters:
        return None
    threading = sys.modules.get("threading")
    thread = threading._active.get(ident) if threading is not None else None
    if thread is None:
        return None
    call = starters.pop(id(thread), None)
    if call is not None:
        _set_top(call)
    return call


def _task():
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return ""
    try:
        task = asyncio.current_task()
    except RuntimeError:
        return ""
    if task is None:
        return ""
    key = id(task)
    known = _tasks.get(key)
    if known is None or known[1]() is not task:
        known = _tasks[key] = (journal.next_id("task"), ref(task))
    return ',"task":%d' % known[0]


# A recorded call costs this much, roughly; recording may take this share of the program's time.
COST = 2_500
SHARE = 0.03
KEPT_IN_FULL = 200
LOOK_EVERY = 2_000_000
adaptive = True
_next_look = 0
_last_look = now()


def govern(moment):
    """Switch the components that fill the journal too fast to counting. Looked at every LOOK_EVERY nanoseconds."""
    global _next_look, _last_look
    _next_look = moment + LOOK_EVERY
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
            if component.calls - component.looked_at > total >> 5 and component.calls >= KEPT_IN_FULL:
                component.demote(moment, caller)
    for component in components:
        component.looked_at = component.calls


def main_thread_is_this():
    """In a forked child: the thread that forked is the only one."""
    global _main_thread
    _main_thread = get_ident()
    _threads.clear()
    _spots.clear()

"""Calls that are only counted: their exact number, and samples of them.

Hot: a counted call runs one C method, `tick`, and nothing else. Ticks are the bytes of a prepared block: zero (the call
is only counted) or one (the call is a sample). The number of bytes that were taken is the number of calls, so nothing is
added up while the program runs. Everything else here is cold: it runs for samples only, at most every SAMPLED-th call
once a function has been called often.
"""

from itertools import chain, repeat

from . import journal
from .governor import SLOW
from .scalars import REDACTED
from .stand_ins import NOTHING
from .threads import current_call, set_current_call
from .values import describe_anew

now = journal.now
# Calls from one sample to the next, at most.
SAMPLED = 1023
# Other threads may take ticks before a sample has replaced the block. So it ends in many ticks that ask for a sample.
_LOOKS = b"\1" * 64
# How many blocks are kept in which a thread may still take a tick. Those before them are summed up.
_BLOCKS_KEPT = 12
_EMIT_EVERY = 50_000_000
_SAMPLES_AT_MOST = 64
_forever = repeat(1)


class Sample:
    """A counted call that is a sample. Its `with` block is the function's body."""

    __slots__ = ("id", "component", "parent", "begun", "value", "generation", "arguments", "frame")
    __enter__ = tuple
    # Its frame is not looked for (see places.py).
    own = None

    def __exit__(self, kind, error, trace):
        end = now()
        if current_call() is self:
            set_current_call(self.parent)
        try:
            self.component.counter.end_sample(self, end, kind)
        except Exception as fault:
            journal.fault("a sampled call", fault)

    def out(self, value):
        if current_call() is self:
            set_current_call(self.parent)
        return value

    delegate = out

    def back(self, value):
        self.parent = current_call()
        set_current_call(self)
        return value


class Counter:
    """Counts the calls of one component while it is not recorded."""

    __slots__ = (
        "component", "blocks", "quiet", "summed", "emitted", "failures", "samples", "since", "caller", "sampled_at",
    )  # fmt: skip

    def __init__(self, component):
        self.component = component
        self.blocks = []
        # Calls of blocks that are not kept any more; and all calls of the `count` lines so far.
        self.summed = self.emitted = 0
        self.failures = 0
        self.samples = []
        self.since = self.sampled_at = 0
        self.caller = None
        self.renew_ticks(0)

    def renew_ticks(self, quiet):
        """A new block of ticks: after `quiet` calls that are only counted, the next is a sample."""
        blocks = self.blocks
        if len(blocks) == _BLOCKS_KEPT:
            self.summed += taken(blocks.pop(0))
        self.component.tick, block = ticks_of(quiet)
        blocks.append(block)
        self.quiet = quiet

    def count(self):
        """How many calls were counted so far."""
        return self.summed + sum(map(taken, self.blocks))

    def begin(self, moment, caller):
        """Count from here on. caller: the running call, which stands for all callers."""
        # The first call is a sample, then the second, the fourth…: a function with few calls has samples, too.
        self.renew_ticks(0)
        self.since = self.sampled_at = moment
        self.caller = caller.id if caller is not None and caller.generation == journal.generation else None

    def begin_sample(self, arguments):
        """A counted call that is a sample begins. Returns the context manager of its body."""
        self.renew_ticks(min(self.quiet * 2 + 1, SAMPLED))
        if journal.dead:
            return NOTHING
        sample = Sample()
        sample.component = self.component
        sample.value = None
        sample.frame = 0
        sample.parent = parent = current_call()
        sample.generation = -1 if parent is None else parent.generation
        # A sample has no line. So calls that are made in it name its caller as theirs.
        sample.id = "" if parent is None else parent.id
        texts = [describe_anew(x) for x in arguments]
        for position in self.component.secret:
            texts[position] = REDACTED
        sample.arguments = ",".join(texts)
        set_current_call(sample)
        sample.begun = now()
        return sample

    def end_sample(self, sample, end, kind):
        """The body has ended; kind: the type of its exception, or None."""
        component = self.component
        if component.live is not None:
            component.live.pop(sample.frame, None)
        if kind is not None and kind is not GeneratorExit:
            self.failures += 1
        spent = end - sample.begun
        text = '{"nanoseconds":%d' % spent
        self.samples.append(text + (',"arguments":[' + sample.arguments + "]}" if sample.arguments else "}"))
        between = end - self.sampled_at
        self.sampled_at = end
        if spent > SLOW or self.quiet == SAMPLED and between > SAMPLED * SLOW // 2:
            # The function has become slow: worth recording again.
            self.emit(end)
            component.on = True
        elif end - self.since > _EMIT_EVERY or len(self.samples) >= _SAMPLES_AT_MOST:
            self.emit(end)

    def emit(self, moment):
        """The `count` line of the calls since the last one; none where there were none."""
        counted = self.count()
        fresh = counted - self.emitted
        if fresh <= 0:
            return
        component = self.component
        component.emit()
        self.emitted = counted
        line = '{"kind":"count","component":%d,"at":%d,"since":%d,"calls":%d' % (
            component.id, moment - journal.zero, max(0, self.since - journal.zero), fresh,
        )  # fmt: skip
        if self.caller is not None:
            line += ',"caller":' + self.caller
        if self.failures:
            line += ',"failures":%d' % self.failures
        if self.samples:
            line += ',"samples":[' + ",".join(self.samples) + "]"
        self.failures = 0
        self.samples = []
        self.since = moment
        journal.emit(line + "}")

    def forget(self):
        """In a forked child: what the parent counted is in the parent's journal."""
        self.emitted = self.count()
        self.failures = 0
        self.samples = []
        self.caller = None
        self.since = now()


def begin_to_count(component, moment, caller):
    """Count the calls of a component from here on. Its counter is made now, since most components need none."""
    if component.counter is None:
        component.counter = Counter(component)
        if component.sees:
            name = component.title or component.module.name
            journal.gap("calls of libraries by %s are left out where its own calls are only counted" % name)
    component.counter.begin(moment, caller)


def ticks_of(quiet):
    """A block of ticks that is never exhausted, even if nothing renews it: StopIteration would reach the program.

    (the function that takes one, the block itself): after `quiet` zeros it gives ones.
    """
    block = bytes(quiet) + _LOOKS
    ticks = iter(block)
    return chain(ticks, _forever).__next__, (ticks, len(block))


def taken(block):
    """How many ticks of a block were taken."""
    ticks, length = block
    return length - ticks.__length_hint__()

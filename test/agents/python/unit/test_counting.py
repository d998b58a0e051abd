"""Calls that are only counted: when that begins and ends, their number, and their samples."""

import time
import unittest

from inside import Recorded
from vampira_agent import counter, governor, journal, memory, threads

SCRIPT = "def f(x, token=None):\n    return x\ndef g(x):\n    return f(x)\ndef gen(x):\n    yield x\n    yield x\n"


class Counting(Recorded):
    def setUp(self):
        super().setUp()
        self.set(memory, "next_sample", 1 << 63)
        self.space = self.load(SCRIPT)
        self.f, self.g, self.gen = governor.components[1:]
        # On a slow machine, too, no call counts as slow, and no count is due before the end.
        self.set(counter, "SLOW", 1 << 62)
        self.set(counter, "_EMIT_EVERY", 1 << 62)

    def test_every_call_is_counted_and_few_are_samples(self):
        self.f.demote(journal.now(), None)
        for n in range(10_000):
            self.assertEqual(self.space["f"](n), n)
        self.assertEqual(self.f.counter.count(), 10_000)
        self.f.counter.emit(journal.now())
        found = self.lines("count")
        self.assertEqual(sum(line["calls"] for line in found), 10_000)
        looked = [sample["arguments"][0] for line in found for sample in line["samples"]]
        # The first call, and then after twice as many, up to 1,023.
        expected, quiet = [0], 1
        while expected[-1] + quiet + 1 < 10_000:
            expected.append(expected[-1] + quiet + 1)
            quiet = min(quiet * 2 + 1, 1023)
        self.assertEqual(looked, expected)
        self.assertTrue(all(sample["nanoseconds"] > 0 for line in found for sample in line["samples"]))
        self.assertEqual(self.calls("f"), [])

    def test_a_count_has_its_period_and_its_caller(self):
        self.space["g"](1)
        call = self.calls("g")[0][0]["id"]
        recorded = len(self.calls("f"))
        caller = type("Call", (), {"id": str(call), "generation": journal.generation})()
        moment = journal.now()
        self.f.demote(moment, caller)
        for n in range(3):
            self.space["f"](n, "hunter2")
        self.f.counter.emit(journal.now())
        (line,) = self.lines("count")
        self.assertEqual((line["calls"], line["since"], line["caller"]), (3, moment - journal.zero, call))
        self.assertGreater(line["at"], line["since"])
        self.assertEqual([sample["arguments"] for sample in line["samples"]], [[0, {"$": "redacted"}], [2, {"$": "redacted"}]])
        self.assertNotIn("failures", line)
        self.assertEqual(len(self.calls("f")), recorded)
        # Calls that were emitted are not emitted again.
        self.f.counter.emit(journal.now())
        self.assertEqual(len(self.lines("count")), 1)
        later = journal.now()
        self.space["f"](4)
        self.f.counter.emit(later)
        second = self.lines("count")[1]
        self.assertEqual((second["calls"], second["since"], second["at"]), (1, line["at"], later - journal.zero))
        self.assertNotIn("samples", second)

    def test_a_caller_of_another_process_is_left_out(self):
        caller = type("Call", (), {"id": "7", "generation": journal.generation - 1})()
        for one in (caller, None):
            self.f.on = True
            self.f.demote(journal.now(), one)
            self.assertIsNone(self.f.counter.caller)

    def test_failures_are_counted_where_they_are_seen(self):
        space = self.load("def bad(n):\n    raise ValueError\ndef leave(n):\n    raise GeneratorExit\n", "failing")
        for component in governor.components[5:]:
            component.demote(journal.now(), None)
        for n in range(3):
            self.assertRaises(ValueError, space["bad"], n)
            self.assertRaises(GeneratorExit, space["leave"], n)
        governor.emit_counts()
        bad, leave = self.lines("count")
        self.assertEqual((bad["calls"], bad["failures"]), (3, 2))
        self.assertNotIn("failures", leave)

    def test_calls_within_a_sample_are_the_callers(self):
        self.space["g"](1)
        self.g.demote(journal.now(), None)
        outer = self.load("def outer(g):\n    return g(2), g(3), g(4)\n", "outer")
        self.assertEqual(outer["outer"](self.space["g"]), (2, 3, 4))
        call = self.calls("outer")[0][0]["id"]
        self.assertEqual([start["caller"] for start, _ in self.calls("f")[1:]], [call] * 3)
        self.assertIsNone(threads.current_call())

    def test_calls_within_a_sample_without_a_caller_have_none(self):
        # In the first child of a fork, whose number is that of no sample.
        for generation in (0, 1):
            self.set(journal, "generation", generation)
            self.g.demote(journal.now(), None)
            before = len(self.calls("f"))
            self.space["g"](1)
            self.g.on = True
            ((start, _),) = self.calls("f")[before:]
            self.assertNotIn("caller", start)

    def test_what_a_counted_function_returns_is_not_its_callers_result(self):
        # A function that is nested so deep has one body, which passes its result to the hook even if it is only counted.
        space = self.load(
            "def a():\n    def b():\n        def c():\n            def d():\n                return 'result'\n            return d\n"
            "        return c\n    return b\ndeep = a()()()\ndef caller():\n    deep()\n    deep()\n", "nested"
        )  # fmt: skip
        (d,) = [component for component in governor.components if component.title.endswith(".d")]
        d.demote(journal.now(), None)
        space["caller"]()
        self.assertEqual(d.counter.count(), 2)
        self.assertIsNone(self.calls("caller")[0][1]["value"])

    def test_a_counted_generator_gives_the_same_values(self):
        self.gen.demote(journal.now(), None)
        for n in range(5):
            g = self.space["gen"](n)
            self.assertEqual(next(g), n)
            self.assertIsNone(threads.current_call())
            self.assertEqual(next(g), n)
            self.assertRaises(StopIteration, next, g)
            self.assertIsNone(threads.current_call())
        self.assertEqual(self.gen.counter.count(), 5)
        self.assertEqual(self.gen.live, {})
        self.assertEqual(self.lines("suspend") + self.lines("resume"), [])

    def test_a_function_that_has_become_slow_is_recorded_again(self):
        # At once when a sample is slow.
        self.set(counter, "SLOW", -1)
        self.f.demote(journal.now(), None)
        self.space["f"](1)
        self.assertTrue(self.f.on)
        self.assertEqual([line["calls"] for line in self.lines("count")], [1])
        self.space["f"](2)
        self.assertEqual(self.calls("f")[0][0]["arguments"][0], 2)

    def test_a_function_whose_calls_together_have_become_slow_is_recorded_again(self):
        self.set(counter, "SLOW", 1 << 40)
        self.f.demote(journal.now(), None)
        counts = self.f.counter
        sample = counter.Sample()
        sample.component, sample.arguments, sample.frame = self.f, "", 0
        limit = 1023 * (1 << 40) // 2
        for spent, is_slow in ((1 << 40, False), ((1 << 40) + 1, True)):
            self.f.on = False
            counts.quiet, counts.sampled_at, counts.since = 0, 0, 1 << 62
            sample.begun = 10
            counts.end_sample(sample, 10 + spent, None)
            self.assertEqual(self.f.on, is_slow)
        self.f.on = False
        for quiet, between, is_slow in ((1023, limit, False), (1022, limit + 1, False), (1023, limit + 1, True)):
            counts.quiet, counts.sampled_at, counts.since = quiet, 0, 1 << 62
            sample.begun = between
            counts.end_sample(sample, between, None)
            self.assertEqual(self.f.on, is_slow)
            self.assertEqual(counts.sampled_at, between)

    def test_counts_are_emitted_now_and_then(self):
        self.set(counter, "_EMIT_EVERY", 50_000_000)
        self.f.demote(journal.now(), None)
        counts = self.f.counter
        counts.renew_ticks(100)
        sample = counter.Sample()
        sample.component, sample.arguments, sample.frame = self.f, "1,2", 0
        for number, after, emitted in ((1, 50_000_000, 0), (62, 1, 0), (1, 1, 1), (1, 50_000_001, 2)):
            for _ in range(number):
                self.f.tick()
                sample.begun = counts.since
                counts.end_sample(sample, counts.since + after, None)
            self.assertEqual(len(self.lines("count")), emitted, number)
        self.assertEqual([len(line["samples"]) for line in self.lines("count")], [64, 1])

    def test_ticks_that_are_taken_by_other_threads_are_counted_too(self):
        self.f.demote(journal.now(), None)
        counts = self.f.counter
        stale = []
        for n in range(40):
            stale.append(self.f.tick)
            counts.renew_ticks(10)
        for tick in stale[-11:]:
            self.assertEqual(tick(), 0)
        self.assertEqual(counts.count(), 11)
        self.assertEqual(len(counts.blocks), 12)

    def test_a_block_of_ticks_that_is_not_renewed_never_ends(self):
        self.f.demote(journal.now(), None)
        self.f.counter.renew_ticks(2)
        self.assertEqual([self.f.tick() for _ in range(70)], [0, 0] + [1] * 68)

    def test_there_are_no_samples_once_the_journal_is_full(self):
        self.f.demote(journal.now(), None)
        self.set(journal, "dead", True)
        for n in range(10):
            self.assertEqual(self.space["f"](n), n)
        self.assertEqual(self.f.counter.samples, [])
        self.assertEqual(self.f.counter.count(), 10)

    def test_a_forked_child_counts_from_its_own_start(self):
        caller = type("Call", (), {"id": "7", "generation": journal.generation})()
        self.f.demote(journal.now(), caller)
        for n in range(5):
            self.space["f"](n)
        self.f.counter.failures = 1
        moment = journal.now()
        governor.forget()
        counts = self.f.counter
        self.assertEqual((counts.emitted, counts.failures, counts.samples, counts.caller), (5, 0, [], None))
        self.assertGreaterEqual(counts.since, moment)
        self.assertEqual((self.f.emitted, self.f.wary), (False, True))
        governor.emit_counts()
        self.assertEqual(self.lines("count"), [])
        self.space["f"](6)
        governor.emit_counts()
        self.assertEqual([line["calls"] for line in self.lines("count")], [1])
        # Its journal has no line of the component yet.
        self.assertEqual([line["name"] for line in self.lines("component")].count("f"), 1)

    def test_a_component_that_is_only_counted_is_described_with_its_first_count(self):
        self.assertNotIn("f", [line["name"] for line in self.lines("component")])
        self.f.demote(journal.now(), None)
        self.space["f"](1)
        governor.emit_counts()
        kinds = [line["kind"] for line in self.lines()][-2:]
        self.assertEqual(kinds, ["component", "count"])

    def test_demoting_twice_changes_nothing(self):
        self.f.demote(5, None)
        self.f.demote(9, None)
        self.assertEqual(self.f.counter.since, 5)
        self.assertTrue(self.f.wary)


class Governor(Recorded):
    def setUp(self):
        super().setUp()
        self.set(memory, "next_sample", 1 << 63)
        self.space = self.load(SCRIPT)
        self.f, self.g, self.gen = governor.components[1:]
        for name in ("next_look", "_last_look"):
            self.set(governor, name, 0)
        self.set(governor, "adaptive", True)

    def look(self, moment, **calls):
        """Look at this moment, after so many calls of the components. Returns which are still recorded."""
        for name, number in calls.items():
            component = getattr(self, name)
            component.calls += number
            if not component.called:
                component.called = True
                governor.called.append(component)
        governor.govern(moment)
        return [name for name in ("f", "g", "gen") if getattr(self, name).on]

    def test_a_function_that_is_called_too_often_is_only_counted(self):
        # 2,500 ns a call may be 3 % of the time.
        elapsed = int(300 * 2_500 / 0.03)
        self.governed = self.look(elapsed + 10, f=300)
        self.assertEqual(self.governed, ["f", "g", "gen"])
        self.assertEqual(governor.next_look, elapsed + 10 + 2_000_000)
        self.assertEqual(self.look(2 * elapsed, f=300), ["g", "gen"])
        self.assertEqual(self.f.counter.since, 2 * elapsed)

    def test_every_function_keeps_its_first_two_hundred_calls(self):
        self.assertEqual(self.look(1, f=199), ["f", "g", "gen"])
        self.assertEqual(self.look(2, f=1), ["g", "gen"])

    def test_a_function_with_few_of_the_calls_is_recorded_on(self):
        self.assertEqual(self.look(1, f=10_000, g=335, gen=333), ["gen"])

    def test_only_calls_since_the_last_look_count(self):
        self.look(1 << 50, f=100_000)
        self.assertEqual(self.look((1 << 50) + 1, g=500), ["f", "gen"])
        self.assertEqual([component.looked_at for component in (self.f, self.g)], [100_000, 500])

    def test_at_full_detail_everything_is_recorded(self):
        self.set(governor, "adaptive", False)
        self.assertEqual(self.look(1, f=100_000), ["f", "g", "gen"])
        self.assertEqual(self.f.looked_at, 100_000)

    def test_the_caller_of_a_counted_function_is_the_call_that_runs(self):
        call = type("Call", (), {"id": "12", "generation": journal.generation})()
        self.addCleanup(threads.set_current_call, None)
        threads.set_current_call(call)
        self.look(1, f=100_000)
        self.assertEqual(self.f.counter.caller, "12")

    def test_components_that_are_not_called_are_not_looked_at(self):
        names = lambda: [component.title for component in governor.called if component.title]  # noqa: E731
        self.set(governor, "LOOK_EVERY", 1 << 62)
        governor.govern(0)
        self.space["f"](1)
        self.space["g"](1)
        self.assertEqual(names(), ["f", "g"])
        governor.govern(2)
        self.assertEqual(names(), ["f", "g"])
        self.space["f"](1)
        governor.govern(3)
        self.assertEqual(names(), ["f"])
        self.space["g"](1)
        self.space["g"](1)
        self.assertEqual(names(), ["f", "g"])
        self.assertEqual((self.g.calls, self.g.looked_at), (3, 1))
        governor.govern(4)
        self.assertEqual((self.g.looked_at, self.g.wary, names()), (3, False, ["f", "g"]))
        governor.govern(5)
        self.assertEqual(names(), [])

    def test_memory_is_looked_at_when_it_is_due(self):
        self.set(memory, "next_sample", 100)
        self.set(journal, "zero", 0)
        self.look(100)
        self.assertEqual(self.lines("memory"), [])
        self.look(101)
        self.assertEqual(len(self.lines("memory")), 1)
        self.assertEqual(memory.next_sample, 101 + 5_000_000)

    def test_when_the_journal_is_full_everything_is_only_counted(self):
        governor.demote_all()
        self.assertFalse(any(component.on for component in governor.components))
        self.assertLess(abs(self.f.counter.since - journal.now()), 10**10)
        self.assertIsNone(self.f.counter.caller)


if __name__ == "__main__":
    unittest.main()

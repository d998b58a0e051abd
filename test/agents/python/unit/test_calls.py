"""Recorded calls: how they begin and end, who called them, and what they changed."""

import asyncio
import contextvars
import pickle
import threading
import time
import unittest

from inside import Recorded, make_hostile
from running import of_kind
from vampira_agent import calls, changes, component, governor, identity, journal, memory, threads


class Calls(Recorded):
    def test_a_call_has_its_arguments_its_caller_and_its_result(self):
        space = self.load("def f(a, b):\n    return g(b)\ndef g(x):\n    return x * 2\nf(1.5, 'two')\n")
        (module, ended), = self.calls("")
        (f, f_end), = self.calls("f")
        (g, g_end), = self.calls("g")
        self.assertEqual((f["arguments"], g["arguments"]), ([1.5, "two"], ["two"]))
        self.assertEqual((f["caller"], g["caller"]), (module["id"], f["id"]))
        self.assertEqual((f["from"], g["from"]), ([1, 5], [1, 2]))
        self.assertEqual((f_end["value"], g_end["value"]), ("twotwo", "twotwo"))
        self.assertIsNone(ended["value"])
        self.assertNotIn("caller", module)
        self.assertNotIn("from", module)
        self.assertTrue(module["at"] <= f["at"] <= g["at"] <= g_end["at"] <= f_end["at"] <= ended["at"])
        # Called from outside of the recorded code: there is no caller and no line.
        before = journal.at()
        space["g"](3)
        (_, (outside, end)) = self.calls("g")
        self.assertTrue(before <= outside["at"] <= end["at"] <= journal.at())
        self.assertNotIn("caller", outside)
        self.assertNotIn("from", outside)
        self.assertEqual(end["value"], 6)

    def test_numbers_are_written_the_same_at_every_size(self):
        space = self.load("def f(a):\n    return a\n")
        values = [0, 1073741822, 1073741823, 1073741824, -1073741822, -1073741823, -1073741824, 1 << 53, True, None, 0.5]
        for x in values:
            space["f"](x)
        tagged = 1 << 54
        space["f"](tagged)
        found = self.calls("f")
        self.assertEqual([start["arguments"][0] for start, _ in found], [*values, {"$": "integer", "v": str(tagged)}])
        self.assertEqual([end["value"] for _, end in found], [*values, {"$": "integer", "v": str(tagged)}])
        self.assertEqual([type(end["value"]) for _, end in found[:-1]], [type(x) for x in values])

    def test_a_call_from_a_library_is_from_the_users_line_behind_it(self):
        self.load("def f(a):\n    return a\n\nsorted([1], key=f)\nlist(map(f, [2]))\n")
        library = {"__name__": "library"}
        exec(compile("def call(f):\n    return f(3)\n", "/lib/library.py", "exec"), library)
        space = self.load("def f(a):\n    return a\ndef go(call):\n\n    call(f)\n    call(f)\n", "other")
        space["go"](library["call"])
        self.assertEqual([start["from"] for start, _ in self.calls("f")], [[1, 4], [1, 5], [2, 5], [2, 6]])

    def test_the_lines_of_calls_from_a_body_a_comprehension_and_a_lambda_by_turns_are_right(self):
        body = "    for _ in range(n):\n        f()\n        [f() for _ in 'a']\n        g = lambda: f()\n        g()\n        f()\n"
        space = self.load("def f():\n    pass\ndef go(n):\n" + body + "def later():\n    f()\n")
        space["go"](4)
        space["later"]()
        space["go"](3)
        lines = [start["from"][1] for start, _ in self.calls("f")]
        self.assertEqual(lines, [5, 6, 7, 9] * 4 + [11] + [5, 6, 7, 9] * 3)
        self.assertLessEqual({',"from":[1,5]', ',"from":[1,9]'}, {*governor.components[2].places.values()})

    def test_lines_are_right_where_the_nearest_recorded_call_is_another_call_of_the_same_code(self):
        space = self.load("def f():\n    pass\ndef go(n, act):\n    for _ in range(6):\n        f()\n    act()\n    if n:\n        go(n - 1, act)\n    f()\n")
        space["go"](3, lambda: governor.components[2].demote(journal.now(), None))
        self.assertEqual([start["from"][1] for start, _ in self.calls("f")], [5] * 24 + [9] * 4)

    def test_a_call_lets_go_of_its_frame_at_its_end(self):
        body = "    thing = type('Thing', (), {})()\n    kept.extend([weakref.ref(thing), contextvars.copy_context()])\n"
        body += "    for _ in range(9):\n        f()\n    if fails:\n        raise ValueError\n"
        space = self.load("import contextvars, weakref\ndef f():\n    pass\ndef go(kept, fails):\n" + body + "def later():\n    f()\n")
        for fails in (False, True):
            kept = []
            try:
                space["go"](kept, fails)
            except ValueError:
                pass
            self.assertIsNone(kept[0]())
            # In its context, the call stands for the caller even after its end.
            kept[1].run(space["later"])
        self.assertEqual([start["from"][1] for start, _ in self.calls("f")], ([8] * 9 + [12]) * 2)

    def test_an_object_that_is_given_again_is_written_as_what_it_is_by_then(self):
        classes = "class A:\n    def m(self):\n        pass\nclass B(A):\n    def __init__(self):\n        self.m()\n"
        space = self.load(classes + "def f(x):\n    pass\n")
        x = space["A"]()
        x.y = 1
        for _ in range(3):
            space["f"](x)
        x.__class__ = space["B"]
        x.__init__()
        space["f"](x)
        del x
        space["f"](space["A"]())
        given = [start["arguments"][0] for start, _ in self.calls("f")]
        self.assertEqual([one["type"][-1] for one in given], ["A", "A", "A", "B", "A"])
        self.assertEqual([one.get("length") for one in given], [1, None, None, None, None])
        self.assertEqual(len({one["id"] for one in given[:4]}), 1)
        self.assertNotEqual(given[0]["id"], given[4]["id"])
        (_, made), = self.calls("B.__init__")
        self.assertEqual(made["changed"][0][1]["length"], 1)

    def test_a_default_is_known_by_its_identity(self):
        space = self.load("def f(a, b=(1, 2), *, c=None, d='x'):\n    return a\n")
        f = space["f"]
        default = f.__defaults__[0]
        f(1)
        f(1, (1, 2), c=0)
        f(default, default, c=None, d="y")
        self.assertEqual([start.get("defaults") for start, _ in self.calls("f")], [[1, 2, 3], [3], [1, 2]])
        self.assertEqual([defaults[0] for defaults in governor.components[1].defaults], [1, 2, 3])
        # The defaults are those of the last parameters.
        self.load("def g(a, b, c, d=4):\n    pass\n", "last")
        self.assertEqual([defaults[:2] for defaults in governor.components[-1].defaults], [(3, 4)])

    def test_secrets_are_left_out_of_arguments_and_changes(self):
        space = self.load("def f(a, password, keys=None):\n    keys.append(1) if keys is not None else 0\ndef g(api_key):\n    api_key.append(2)\n")
        space["f"](1, "hunter2")
        space["f"]([1], ["hunter2"], [3])
        space["g"](["hunter2"])
        redacted = {"$": "redacted"}
        (first, _), (second, end) = self.calls("f")
        self.assertEqual(first["arguments"], [1, redacted, None])
        self.assertEqual((second["arguments"][1], second["arguments"][2]["v"]), (redacted, [3]))
        self.assertEqual([(position, value["v"]) for position, value in end["changed"]], [(2, [3, 1])])
        (_, end), = self.calls("g")
        self.assertEqual(end["changed"], [[0, redacted]])

    def test_what_an_exception_is_and_where_it_came_from(self):
        space = self.load("def f():\n    g()\ndef g():\n    raise KeyError('k')\n")
        self.assertRaises(KeyError, space["f"])
        (_, f), = self.calls("f")
        (_, g), = self.calls("g")
        self.assertEqual([(end["kind"], end["type"], end["message"], end["raisedAt"]) for end in (f, g)], [("raise", "KeyError", "'k'", [1, 4])] * 2)
        self.assertIsNone(threads.current_call())

    def test_changes_in_place(self):
        space = self.load(
            "class Own:\n    pass\ndef f(x, how):\n    how(x)\n"
        )
        ten, eleven = list(range(10_000)), list(range(10_001))
        for x, how, is_changed in (
            ([1], lambda x: x.append(2), True),
            ([1], lambda x: None, False),
            ({"a": [1]}, lambda x: x["a"].append(2), True),
            ({1: "a"}, lambda x: x.update({1: "b"}), True),
            ({1: "a"}, lambda x: x.update({2: x.pop(1)}), True),
            ({1: "a"}, lambda x: None, False),
            ({b"a"}, lambda x: x.add(b"b"), True),
            ({b"a"}, lambda x: None, False),
            (bytearray(b"abc"), lambda x: x.append(1), True),
            (bytearray(b"abc"), lambda x: x.reverse(), True),
            (list(range(50)), lambda x: x.__setitem__(3, "new"), True),
            (list(range(50)), lambda x: x.reverse(), True),
            ((1,), lambda x: None, False),
            (ten, lambda x: x.reverse(), True),
            (eleven, lambda x: x.reverse(), False),
            (list(range(9_999)), lambda x: x.extend((1, 2)), False),
            ([make_hostile()], lambda x: x.append(1), True),
            ([property()], lambda x: x.append(1), False),
            (space["Own"](), lambda x: setattr(x, "a", 1), False),
        ):
            space["f"](x, how)
            end = self.calls("f")[-1][1]
            self.assertEqual([position for position, _ in end.get("changed", [])], [0] * is_changed, type(x))

    def test_an_argument_that_is_gone_has_not_changed(self):
        text = '{"$":"object"}'
        identity_of = type("Own", (), {})()
        identity.number_weakly(identity_of)
        position, watched, before = changes.watch(0, identity_of, text)
        self.assertIs(watched.weak(), identity_of)
        self.assertEqual(len(changes.find_changes([(position, watched, before)], ())), 1)
        del identity_of
        self.assertEqual(changes.find_changes([(position, watched, before)], ()), [])

    def test_which_types_may_change(self):
        for kind in (list, dict, set, bytearray):
            self.assertTrue(changes.may_change(kind))
        for kind in (tuple, frozenset, bytes, str, int, type(None), Calls, type(make_hostile())):
            self.assertFalse(changes.may_change(kind))
        self.set(changes, "_known", {n: False for n in range(1001)})
        self.assertFalse(changes.may_change(tuple))
        self.assertEqual(changes._known, {tuple: False})
        self.set(changes, "_known", {n: False for n in range(1000)})
        self.assertFalse(changes.may_change(tuple))
        self.assertEqual(len(changes._known), 1001)

    def test_the_object_that_a_constructor_made_is_among_its_changes(self):
        self.load(
            "class Own:\n    def __init__(self, n, fail=False):\n        self.n = n\n        if fail:\n            raise ValueError\n"
            "    def later(self):\n        self.m = 1\nOwn(1)\nOwn(2).later()\ntry:\n    Own(3, True)\nexcept ValueError:\n    pass\n"
        )
        (_, first), (begun, _), (_, failed) = self.calls("Own.__init__")
        (position, made), = first["changed"]
        self.assertEqual((position, made["length"]), (0, 1))
        self.assertNotIn("changed", failed)
        (later, end), = self.calls("Own.later")
        self.assertEqual(later["arguments"][0]["id"], begun["arguments"][0]["id"])
        self.assertNotIn("changed", end)
        self.assertNotIn("length", later["arguments"][0])

    def test_a_call_that_began_before_a_fork_does_not_end_after_it(self):
        space = self.load("def f(g):\n    return g()\ndef inner():\n    return 1\n")
        space["f"](lambda: setattr(journal, "generation", 1) or space["inner"]())
        self.assertIsNone(self.calls("f")[0][1])
        (inner, end), = self.calls("inner")
        self.assertNotIn("caller", inner)
        self.assertEqual(end["value"], 1)
        self.assertIsNone(threads.current_call())

    def test_the_first_calls_and_slow_ones_are_measured(self):
        space = self.load("def f(g):\n    g()\n")
        self.set(calls, "SLOW", 1 << 60)
        for _ in range(4):
            space["f"](int)
        self.assertEqual(["cpu" in end for _, end in self.calls("f")], [True, True, False, False])
        self.assertFalse(governor.components[1].wary)
        self.set(calls, "SLOW", -1)
        for n in range(8):
            space["f"](int)
        # Measured again once most calls were slow.
        self.assertEqual((governor.components[1].slow, governor.components[1].calls), (8, 12))
        self.assertEqual(["cpu" in end for _, end in self.calls("f")][4:], [False, False, False, False, False, False, True, True])

    def test_the_cpu_time_is_this_threads_own(self):
        space = self.load("def f(g):\n    g()\n")

        def work():
            until = time.thread_time_ns() + 3_000_000
            while time.thread_time_ns() < until:
                pass

        space["f"](work)
        (start, end), = self.calls("f")
        self.assertGreaterEqual(end["cpu"], 3_000_000)
        self.assertLessEqual(end["cpu"], end["at"] - start["at"] + 1_000_000)

    def test_strings_that_are_returned_are_followed(self):
        space = self.load("def f(n):\n    return ' '.join(['a', 'text', 'of', 'more', n])\ndef g(x):\n    return len(x)\n")
        space["g"](space["f"]("words"))
        self.assertEqual(self.calls("g")[0][0]["arguments"][0]["id"], self.calls("f")[0][1]["value"]["id"])

    def test_large_containers_are_let_go_at_the_end_of_a_call(self):
        space = self.load("def f():\n    return [None] * 5000\ndef g():\n    pass\n")
        space["f"]()
        self.assertEqual(len(identity.large), 1)
        space["g"]()
        self.assertEqual(identity.large, [])

    def test_the_governor_looks_when_it_is_time(self):
        space = self.load("def f():\n    pass\n")
        moments = []
        self.set(governor, "govern", moments.append)
        for until, looks in ((1 << 62, 0), (-1, 1)):
            self.set(governor, "next_look", until)
            space["f"]()
            self.assertEqual(len(moments), looks)

    def test_a_line_that_the_spool_refuses_at_first_is_not_lost(self):
        space = self.load("def f(text):\n    return text\n")
        for n in range(400):
            space["f"]("%d %s" % (n, "y" * 700))
        found = self.calls("f")
        self.assertEqual(len(found), 400)
        self.assertTrue(all(end for _, end in found))


class Generators(Recorded):
    def test_a_generator_gives_up_control_and_goes_on(self):
        space = self.load(
            "def work(x):\n    return x\ndef gen():\n    got = yield 'first value'\n    work(got)\n    yield None\n    return 5\n"
            "def outer():\n    x = yield from gen()\n    work(x)\n"
        )
        g = space["gen"]()
        self.assertEqual(next(g), "first value")
        self.assertIsNone(threads.current_call())
        self.assertIsNone(g.send("sent"))
        self.assertRaises(StopIteration, next, g)
        (gen, end), = self.calls("gen")
        self.assertEqual(end["value"], 5)
        self.assertEqual([line["call"] for line in self.lines("suspend")], [gen["id"]] * 2)
        self.assertEqual([line["value"] for line in self.lines("suspend")][1], None)
        self.assertEqual(self.lines("suspend")[0]["value"], "first value")
        self.assertEqual([line.get("value") for line in self.lines("resume")], ["sent", None])
        self.assertNotIn("value", self.lines("resume")[1])
        (work, _), = self.calls("work")
        self.assertEqual(work["caller"], gen["id"])
        self.assertEqual(governor.components[2].live, {})
        list(space["outer"]())
        (outer, end), = self.calls("outer")
        (delegated,) = [line for line in self.lines("suspend") if line["call"] == outer["id"]]
        self.assertNotIn("value", delegated)
        # The caller that draws from the outer generator also draws from the inner one.
        self.assertNotIn("caller", self.calls("gen")[1][0])
        self.assertEqual(self.calls("work")[2][0]["caller"], outer["id"])

    def test_a_generator_that_is_closed_has_returned(self):
        space = self.load("def gen():\n    yield 1\n    yield 2\ndef closing():\n    raise GeneratorExit\n")
        g = space["gen"]()
        next(g)
        g.close()
        (_, end), = self.calls("gen")
        self.assertEqual((end["kind"], end["value"]), ("return", None))
        self.assertRaises(GeneratorExit, space["closing"])
        self.assertEqual(self.calls("closing")[0][1]["kind"], "raise")

    def test_a_generator_that_fails_has_raised(self):
        space = self.load("def gen():\n    yield 1\n    1 / 0\n")
        g = space["gen"]()
        next(g)
        self.assertRaises(ZeroDivisionError, next, g)
        self.assertEqual(self.calls("gen")[0][1]["type"], "ZeroDivisionError")
        self.assertIsNone(threads.current_call())

    def test_who_resumes_a_generator_is_who_waits_for_it(self):
        space = self.load("def work():\n    pass\ndef gen():\n    yield 1\n    work()\n    yield 2\ndef drive(g):\n    next(g)\n    work()\n")
        g = space["gen"]()
        next(g)
        space["drive"](g)
        (gen, _), = self.calls("gen")
        (drive, _), = self.calls("drive")
        self.assertEqual([start["caller"] for start, _ in self.calls("work")], [gen["id"], drive["id"]])

    def test_after_a_fork_no_line_is_written_for_an_older_generator(self):
        space = self.load("def gen():\n    x = yield 1\n    yield from iter([x])\n    yield 3\n")
        g = space["gen"]()
        next(g)
        count = len(self.lines())
        self.set(journal, "generation", 1)
        self.assertEqual(g.send(7), 7)
        self.assertEqual(list(g), [3])
        self.assertEqual(len(self.lines()), count)

    def test_calls_of_tasks_know_their_task(self):
        space = self.load(
            "import asyncio\nasync def step(n):\n    await asyncio.sleep(0)\n    return inner(n)\ndef inner(n):\n    return n\n"
            "async def both():\n    return await asyncio.gather(step(1), step(2))\n"
        )
        asyncio.run(space["both"]())
        (both, _), = self.calls("both")
        first, second = [start for start, _ in self.calls("step")]
        self.assertEqual(len({first["task"], second["task"], both["task"]}), 3)
        # Tasks copy the context, so their caller is the call that made them.
        self.assertEqual([first["caller"], second["caller"]], [both["id"]] * 2)
        self.assertEqual([start["caller"] for start, _ in self.calls("inner")], [first["id"], second["id"]])
        self.assertTrue(all("task" not in start for start, _ in self.calls("inner")))
        coroutine = space["step"](3)
        coroutine.send(None)
        coroutine.close()
        self.assertNotIn("task", self.calls("step")[2][0])
        self.assertFalse(any("peak" in end for name in ("both", "step") for _, end in self.calls(name)))

    def test_a_task_at_the_address_of_an_ended_one_has_another_number(self):
        space = self.load("async def step():\n    pass\n")
        for _ in range(30):
            asyncio.run(space["step"]())
        self.assertEqual(len({start["task"] for start, _ in self.calls("step")}), 30)


class Threads(Recorded):
    def setUp(self):
        super().setUp()
        self.set(threads, "_numbers", {})
        self.set(threads, "_starters", {})
        before = threads.other_threads[:]
        self.addCleanup(threads.other_threads.extend, before)
        threads.other_threads.clear()

    def start(self, function, *arguments, with_event=True):
        thread = threading.Thread(target=function, args=arguments)
        if with_event:
            threads.thread_starts(thread._bootstrap)
        thread.start()
        thread.join(20)

    def test_a_thread_has_a_number_and_the_call_that_started_it(self):
        # The second thread is started while the first one runs: a system may give an ended thread's number again.
        space = self.load(
            "def work(n, meanwhile=None):\n    inner()\n    if meanwhile: meanwhile(work, 2)\ndef inner():\n    pass\n"
            "def go(start):\n    start(work, 1, start)\n"
        )
        space["go"](self.start)
        (go, _), = self.calls("go")
        works = [start for start, _ in self.calls("work")]
        self.assertEqual([work["caller"] for work in works], [go["id"], works[0]["id"]])
        self.assertEqual([work["thread"] for work in works], [2, 3])
        self.assertEqual([start["caller"] for start, _ in self.calls("inner")], [work["id"] for work in works])
        self.assertNotIn("thread", go)
        space["inner"]()
        self.assertNotIn("thread", self.calls("inner")[-1][0])
        self.assertEqual(threads._starters, {})

    def test_a_thread_that_started_without_an_event_is_seen_at_its_first_call(self):
        space = self.load("def work():\n    pass\n")
        self.start(space["work"], with_event=False)
        (work, _), = self.calls("work")
        self.assertEqual(work["thread"], 2)
        self.assertNotIn("caller", work)
        self.assertEqual(threads.other_threads, [True])

    def test_a_thread_that_was_started_from_outside_has_no_caller(self):
        space = self.load("def work():\n    pass\n")
        self.start(space["work"])
        self.assertNotIn("caller", self.calls("work")[0][0])
        self.assertEqual(threads._starters, {})

    def test_a_thread_with_the_context_of_another_is_still_another_thread(self):
        space = self.load("def work():\n    pass\ndef go(start):\n    import contextvars\n    start(contextvars.copy_context().run, work)\n")
        space["go"](self.start)
        (work, _), = self.calls("work")
        self.assertEqual((work["thread"], work["caller"]), (2, self.calls("go")[0][0]["id"]))

    def test_the_calls_of_another_thread_have_no_peak(self):
        space = self.load("def work():\n    pass\n")
        self.start(space["work"])
        (_, end), = self.calls("work")
        self.assertIn("cpu", end)
        self.assertNotIn("peak", end)

    def test_not_too_many_threads_are_remembered_that_never_call(self):
        space = self.load("def go(start):\n    for _ in range(3):\n        start()\n")
        self.set(threads, "_starters", {n: None for n in range(10_000)})
        kept = []

        def announce():
            kept.append(threading.Thread())
            threads.thread_starts(kept[-1]._bootstrap)

        space["go"](announce)
        self.assertEqual(set(threads._starters), {id(kept[1]), id(kept[2])})
        threads.thread_starts(len)
        self.assertEqual(len(threads._starters), 2)

    def test_in_a_forked_child_the_thread_that_forked_is_the_main_one(self):
        self.addCleanup(setattr, threads, "main_thread", threads.main_thread)
        found = []

        def fork():
            threads.forget()
            found.append(threads.starting_call())

        threads._numbers[1] = 2
        self.start(fork, with_event=False)
        self.assertEqual((found, threads._numbers, threads.other_threads), ([None], {}, []))
        self.assertNotEqual(threads.main_thread, threading.get_ident())


class Faults(Recorded):
    """The agent's own faults end in a gap, and the program goes on."""

    def break_(self, owner, name):
        def broken(*_):
            raise RuntimeError("ours")

        self.set(owner, name, broken)

    def reasons(self):
        return [line["reason"] for line in self.lines("gap")]

    def test_at_the_start_and_the_end_of_a_call(self):
        space = self.load("def f(x):\n    return x\ndef g(x):\n    return x\n")
        self.break_(calls, "describe_returned")
        self.assertEqual(space["f"]("text of words"), "text of words")
        self.break_(component, "describe_string")
        self.assertEqual(space["g"]("x"), "x")
        self.assertEqual(self.reasons(), ["the end of a call: RuntimeError", "the start of a call: RuntimeError"])
        self.assertIsNone(threads.current_call())

    def test_in_a_generator(self):
        space = self.load("def f():\n    x = yield 1\n    yield from iter([2])\n    return x\n")
        g = space["f"]()
        self.break_(calls, "describe_returned")
        self.break_(calls, "describe")
        self.assertEqual(next(g), 1)
        self.assertEqual(g.send("x"), 2)
        self.assertEqual(self.reasons(), ["a suspended generator: RuntimeError", "a resumed generator: RuntimeError"])

    def test_a_hook_that_is_sent_elsewhere_lets_the_original_run(self):
        space = self.load("def f():\n    def g(x=1):\n        yield x\n    return g\n")
        del space
        hook = pickle.loads(pickle.dumps(governor.components[1]))
        self.assertFalse(hook.on or hook.tick())
        self.assertIs(hook.define(len), len)
        self.assertEqual((hook.leave(3), hook.leave_generator(4)), (3, 4))
        with hook.nothing:
            self.assertEqual((hook.current().out(5), hook.current().back(6), hook.current().delegate(7)), (5, 6, 7))


if __name__ == "__main__":
    unittest.main()

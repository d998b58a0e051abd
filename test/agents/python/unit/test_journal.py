"""The journal of a process: its first and last lines, and what happens when it cannot be written."""

import json
import os
import subprocess
import sys
import threading
import unittest

from inside import Recorded
from vampira_agent import VERSION, boot, ending, journal, memory, notes, takeover
from vampira_agent.text import quote


class First(Recorded):
    def first(self):
        with open(os.path.join(self.spools, journal.name + ".jsonl"), "rb") as file:
            return json.loads(file.readline())

    def test_the_first_line_names_the_agent_and_the_process(self):
        line = self.first()
        self.assertEqual((line["kind"], line["spool"], line["pid"], line["parentPid"]), ("process", journal.name, os.getpid(), os.getppid()))
        self.assertEqual(line["agent"], {"name": "vampira-python", "version": VERSION})
        self.assertEqual(line["interpreter"], {"name": "CPython", "version": sys.version.split()[0]})
        self.assertEqual((line["executable"], line["directory"], line["host"]), (sys.executable, os.getcwd(), os.uname().nodename))
        self.assertEqual(int(line["monotonic"]), journal.zero)
        self.assertNotIn("parent", line)
        self.assertTrue(journal.name.startswith("%d-" % os.getpid()))
        self.assertEqual(len(journal.name), len("%d-" % os.getpid()) + 12)

    def test_the_command_line_has_the_interpreters_options_and_no_secrets(self):
        self.set(journal, "command_line", lambda: ["python", "-u", "x.py", "--token=abc"])
        journal.open_journal(self.spools, '{"spool":"1-a","call":3}')
        line = self.first()
        self.assertEqual(line["arguments"], ["python", "-u", "x.py", "--token=[redacted]"])
        self.assertEqual(line["parent"], {"spool": "1-a", "call": 3})

    def test_the_command_line_is_found_in_older_pythons_too(self):
        real = journal.command_line()
        self.assertEqual(real, list(getattr(sys, "orig_argv", real)))
        if hasattr(sys, "orig_argv"):
            self.addCleanup(setattr, sys, "orig_argv", sys.orig_argv)
            del sys.orig_argv
        found = journal.command_line()
        self.assertEqual(found[1:], real[1:])
        self.addCleanup(vars(journal).pop, "open", None)

        def refuse(*_):
            raise OSError

        journal.open = refuse
        self.assertEqual(journal.command_line(), [sys.executable, *sys.argv])

    def test_a_folder_that_is_gone_is_empty(self):
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        os.mkdir(self.path("gone"))
        os.chdir(self.path("gone"))
        os.rmdir(self.path("gone"))
        journal.open_journal(self.spools, None)
        self.assertEqual(self.first()["directory"], "")

    def test_another_interpreter_has_its_own_name(self):
        for name, shown in (("cpython", "CPython"), ("pypy", "PyPy"), ("other", "other")):
            self.set(sys, "implementation", type("I", (), {"name": name})())
            self.assertEqual(journal._interpreter(), shown)

    def test_a_journal_that_cannot_be_opened_is_dead(self):
        self.assertRaises(OSError, journal.open_journal, self.path("missing"), None)
        self.assertTrue(journal.dead)
        journal.emit('{"kind":"lost"}')
        journal.emit_line(b"lost\n")
        self.assertEqual(journal.dropped, 2)


class Lines(Recorded):
    def test_times_are_since_the_first_line(self):
        self.set(journal, "zero", journal.now() - 10**12)
        before = journal.at()
        self.assertTrue(10**12 <= before <= journal.at() < 10**12 + 600 * 10**9)

    def test_a_gap_has_its_reason_and_its_call(self):
        journal.gap("because")
        journal.gap("x" * 400, 7)
        first, second = self.lines("gap")
        self.assertEqual((first["reason"], "call" in first), ("because", False))
        self.assertEqual((second["reason"], second["call"]), ("x" * 300, 7))

    def test_a_fault_has_its_place_and_type_and_runs_no_code_of_the_users(self):
        class Sly(Exception):
            def __str__(self):
                raise SystemExit("the user's code was run")

        journal.fault("here", Sly())
        self.assertEqual(self.lines("gap")[0]["reason"], "here: Sly")
        self.set(journal, "gap", None)
        journal.fault("here", Sly())

    def test_a_line_that_cannot_be_written_is_counted_and_the_next_is_written(self):
        journal.emit('{"kind":"gap","at":1,"reason":"\xe4"}')
        journal.emit_line("no bytes")
        self.assertEqual((journal.dropped, journal.dead), (2, False))
        journal.emit_line(b'{"kind":"gap","at":1,"reason":"next"}\n')
        self.assertEqual([line["reason"] for line in self.lines("gap")], ["next"])

    def test_numbers_are_given_per_kind(self):
        self.set(journal, "_ids", {})
        self.assertEqual([journal.next_id(kind) for kind in ("task", "task", "spawn", "task")], [1, 2, 1, 3])

    def test_a_full_journal_writes_one_gap_and_stops(self):
        reactions = []
        self.set(journal, "when_full", [lambda: reactions.append(journal.dead)])
        whole = journal.spool
        for emit in (lambda: journal.emit('{"kind":"lost"}'), lambda: journal.emit_line(b'{"kind":"lost"}\n')):
            journal.dead, journal.dropped, journal.spool = False, 0, Refusing(whole)
            emit()
            self.assertEqual((journal.dead, journal.dropped), (True, 1))
            emit()
            self.assertEqual(journal.dropped, 2)
            self.assertRaises(ValueError, journal.spool.write, b"quick\n")
            self.assertRaises(ValueError, journal.spool.append, b"quick\n")
            # There may be room for the last words.
            journal.last_words('{"kind":"gap","at":2,"reason":"last"}')
        self.assertEqual(reactions, [True, True])
        self.assertEqual([line["reason"] for line in self.lines("gap")], ["the journal cannot be written: no room", "last"] * 2)
        journal._stop("again")
        self.assertEqual(len(reactions), 2)
        journal.spool.close()
        journal.spool = None
        journal.last_words("there is no room for them")

    def test_a_forked_child_has_a_journal_of_its_own(self):
        parent, reactions = journal.name, []
        self.set(journal, "when_forked", [lambda: reactions.append(journal.name)])
        journal.forked("12")
        self.assertEqual((journal.generation, reactions), (1, [journal.name]))
        self.assertNotEqual(journal.name, parent)
        with open(os.path.join(self.spools, journal.name + ".jsonl"), "rb") as file:
            self.assertEqual(json.loads(file.readline())["parent"], {"spool": parent, "call": 12})
        child = journal.name
        journal.forked(None)
        with open(os.path.join(self.spools, journal.name + ".jsonl"), "rb") as file:
            self.assertEqual(json.loads(file.readline())["parent"], {"spool": child})
        # Where none can be made the program goes on.
        journal.folder = self.path("missing")
        journal.forked(None)
        self.assertTrue(journal.dead)
        self.assertEqual((journal.generation, len(reactions)), (3, 3))

    def test_the_agents_work_is_this_threads_own(self):
        found = []
        self.assertFalse(journal.is_busy())
        with journal.busy():
            self.assertTrue(journal.is_busy())
            thread = threading.Thread(target=lambda: found.append(journal.is_busy()))
            thread.start()
            thread.join()
        self.assertEqual((found, journal.is_busy()), ([False], False))
        journal.begin_work()
        self.assertTrue(journal.is_busy())
        journal.end_work()
        self.assertFalse(journal.is_busy())
        self.assertRaises(KeyError, lambda: journal.busy().__exit__(None, None, None) or {}["x"])


class Refusing:
    """A spool that takes the first line of what is left only as last words."""

    def __init__(self, spool):
        self.spool, self.refused = spool, False

    def append(self, line):
        if not self.refused:
            self.refused = True
            raise journal.Full("no room")
        self.spool.append(line)

    def close(self):
        self.spool.close()


class Last(Recorded):
    def setUp(self):
        super().setUp()
        self.set(ending, "_ended", -1)
        self.set(ending, "when_ending", [])

    def test_the_exit_line_is_the_last_and_the_file_is_cut(self):
        order = []

        def fail():
            raise RuntimeError

        ending.when_ending += [lambda: order.append(journal.is_busy()), fail, lambda: order.append("after")]
        self.set(memory, "highest", 1 << 50)
        ending.finish()
        self.assertEqual(order, [True, "after"])
        gap, line = self.lines()
        self.assertEqual((gap["reason"], line["kind"]), ("the end of the process: RuntimeError", "exit"))
        self.assertEqual(line["peak"], 1 << 50)
        self.assertGreater(line["cpu"], 0)
        self.assertGreater(line["readBytes"], 1000)
        self.assertGreater(line["writtenBytes"], 0)
        with open(os.path.join(self.spools, journal.name + ".jsonl"), "rb") as file:
            self.assertNotIn(b"\0", file.read())
        ending.finish()
        self.assertEqual((len(order), len(self.lines())), (2, 2))
        # In a forked child there is another end.
        journal.generation = 1
        journal.open_journal(self.spools, None)
        ending.when_ending.clear()
        ending.finish()
        self.assertEqual([line["kind"] for line in self.lines()], ["exit"])

    def test_the_peak_is_at_least_the_kernels(self):
        self.set(memory, "highest", 0)
        ending.finish()
        self.assertGreater(self.lines("exit")[0]["peak"], 1 << 20)

    def test_calls_after_the_end_are_not_recorded(self):
        space = self.load("def f(x):\n    return x\n")
        ending.finish()
        before = self.lines()
        self.assertEqual([space["f"](n) for n in range(300)], list(range(300)))
        journal.last_words("too late")
        self.assertEqual(self.lines(), before)
        # In a forked child there is another journal.
        journal.forked(None)
        space["f"](1)
        self.assertEqual(len(self.lines("start")), 1)

    def test_lines_that_were_lost_are_counted_before_the_end(self):
        journal.dropped = 3
        ending.finish()
        gap, line = self.lines()
        self.assertEqual((gap["reason"], gap["dropped"], line["kind"]), ("lines lost", 3, "exit"))

    def test_what_the_kernel_does_not_give_is_left_out(self):
        def refuse():
            raise OSError

        self.set(memory, "high_water", refuse)
        self.set(os, "open", lambda *_: refuse())
        ending._emit_exit()
        (line,) = self.lines("exit")
        self.assertEqual(set(line), {"kind", "at", "cpu"})

    def test_an_amount_that_is_not_there(self):
        self.assertIsNone(ending._read_amount("nothing"))
        self.assertIsNone(ending._read_amount("rcha"))
        before = os.listdir("/proc/self/fd")
        self.assertGreater(ending._read_amount("rchar"), 0)
        self.assertEqual(os.listdir("/proc/self/fd"), before)

    def test_the_end_is_at_exit_and_repeats_an_interrupt(self):
        repeated = []
        self.set(takeover, "repeat_interrupt", lambda: repeated.append(len(self.lines("exit"))))
        ending.at_exit()
        self.assertEqual(repeated, [1])


class Notes(Recorded):
    def test_a_note_is_for_the_call_that_runs_or_a_file(self):
        space = self.load("def f(go):\n    go()\n")
        space["f"](lambda: notes.note("telescope", [1]))
        notes.quality("completeness", 0.5, unit="1", path="x/../y")
        notes.note(5, None, path=b"z")
        first, second, third = self.lines("note")
        self.assertEqual((first["call"], first["type"], first["name"], first["value"]["v"]), (self.calls("f")[0][0]["id"], "metadata", "telescope", [1]))
        self.assertEqual((second["type"], second["name"], second["value"], second["unit"], second["path"]), ("quality", "completeness", 0.5, "1", os.path.join(os.getcwd(), "y")))
        self.assertTrue("call" not in second and "unit" not in first and "path" not in first)
        self.assertEqual((third["name"], third["path"]), ("5", os.path.join(os.getcwd(), "z")))

    def test_a_note_that_fails_is_a_gap(self):
        notes.note("x", 1, path=5)
        self.assertEqual(self.lines("gap")[0]["reason"], "a note: TypeError")

    def test_a_call_of_before_a_fork_is_not_named(self):
        space = self.load("def f(go):\n    go()\n")
        space["f"](lambda: setattr(journal, "generation", 1) or notes.note("x", 1))
        self.assertNotIn("call", self.lines("note")[0])

    def test_without_a_journal_nothing_happens(self):
        before = len(self.lines())
        self.set(journal, "spool", None)
        notes.note("x", 1)
        notes.quality("x", 1)
        self.assertEqual((len(self.lines()), journal.dropped), (before, 0))


class Boot(Recorded):
    def test_who_started_this_process(self):
        self.addCleanup(os.environ.pop, "VAMPIRA_PARENT", None)
        for given, expected in (
            (None, None), ("", None), ("1-a:7", {"spool": "1-a", "spawn": 7}), ("1-a", {"spool": "1-a"}), ("1-a:x", {"spool": "1-a"}),
            ("1-a:", {"spool": "1-a"}),
        ):  # fmt: skip
            os.environ.pop("VAMPIRA_PARENT", None)
            if given is not None:
                os.environ["VAMPIRA_PARENT"] = given
            found = boot._parent()
            self.assertEqual(found if found is None else json.loads(found), expected)

    def test_a_tracker_of_multiprocessing_is_not_recorded(self):
        tracker = "from multiprocessing.resource_tracker import main;main(5)"
        for arguments, expected in (
            (["python", "-c", tracker], True), (["python", "-s", "-c", tracker], True), (["python", "-s", "-E", "-c", tracker], False),
            ([tracker], False), (["python", "x.py"], False),
        ):  # fmt: skip
            self.set(journal, "command_line", lambda: arguments)
            self.assertEqual(boot._is_bystander(), expected, arguments)

    def test_an_event_is_handled_once_and_its_faults_are_gaps(self):
        seen = []

        def handle(arguments):
            seen.append(arguments)
            boot._hook("test", ("inner",))
            if arguments == ("bad",):
                raise RuntimeError

        self.addCleanup(boot._handlers.pop, "test", None)
        boot._handlers["test"] = handle
        boot._hook("test", ("one",))
        boot._hook("other", ("one",))
        boot._hook("test", ("bad",))
        # What the agent does itself is not the program's doing.
        self.assertEqual(seen, [("one",), ("bad",)])
        self.assertFalse(journal.is_busy())
        with journal.busy():
            boot._hook("test", ("two",))
        self.assertEqual(len(seen), 2)
        self.assertEqual(self.lines("gap")[0]["reason"], "the event test: RuntimeError")

    def test_the_vampira_module_is_offered_where_there_is_no_other(self):
        from running import SITE

        offer = boot._Offer(SITE)
        self.assertIsNone(offer.find_spec("other"))
        self.assertEqual(offer.find_spec("vampira").origin, os.path.join(SITE, "vampira.py"))

    def test_a_fork_names_the_call_that_forked(self):
        space = self.load("def f(go):\n    go()\n")
        parents = []
        self.set(journal, "forked", parents.append)
        self.set(boot.threads, "main_thread", boot.threads.main_thread)
        space["f"](boot._forked)
        boot._forked()
        space["f"](lambda: setattr(journal, "generation", 1) or boot._forked())
        self.assertEqual(parents, [str(self.calls("f")[0][0]["id"]), None, None])
        self.set(journal, "forked", None)
        boot._forked()
        self.assertEqual(self.lines("gap")[0]["reason"], "a fork: TypeError")


if __name__ == "__main__":
    unittest.main()

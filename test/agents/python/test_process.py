"""A process from its start to its end, and its forked children: which lines are written, and in which order."""

import os
import sqlite3
import unittest

from running import Workplace, calls_of, of_kind
from validator import why_not

# The parent does everything that a forked child could take for its own.
FORKS = """
import os, sqlite3, subprocess, sys
sys.path.insert(0, "x-packages")
import known

def grow():
    x = bytearray(80_000_000)
    x[::4096] = b"x" * len(x[::4096])

grow()
open("parents.txt", "w").write("1")
db = sqlite3.connect("sub/data.db")
running = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
read, write = os.pipe()
pid = os.fork()
if pid == 0:
    os.read(read, 1)
    open("sub/childs.txt", "w").write("2")
    subprocess.run(["true"])
    sys.exit()
db.execute("create table t (x)")
db.commit()
os.write(write, b"x")
os.waitpid(pid, 0)
running.communicate(b"")
"""


class Process(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.place = Workplace(self, scripts=False)

    def check(self, lines):
        """The lines, each of which is valid; the last is the exit."""
        for line in lines:
            self.assertIsNone(why_not(line), line)
        self.assertEqual([line["kind"] for line in lines].index("exit"), len(lines) - 1)
        return lines

    def uses_of(self, lines, name):
        return [line["op"] for line in of_kind(lines, "file") if os.path.basename(line["path"]) == name]

    def make_database(self, name):
        path = self.place.write(name, "")
        sqlite3.connect(path).execute("create table a (x)").connection.close()
        return path

    def test_at_summary_detail_only_the_first_call_of_a_function_is_recorded(self):
        lines = self.place.record("def f(n):\n    return n\nfor n in range(150):\n    f(n)\n", VAMPIRA_DETAIL="summary")
        self.assertEqual(len(calls_of(lines, "f")), 1)
        self.assertEqual(sum(line["calls"] for line in of_kind(self.check(lines), "count")), 149)

    def test_the_first_two_hundred_calls_are_recorded_at_the_usual_detail(self):
        for detail in ({}, {"VAMPIRA_DETAIL": "adaptive"}):
            place = self.place = Workplace(self, scripts=False)
            lines = place.record("def f(n):\n    return n\nfor n in range(150):\n    f(n)\n", **detail)
            self.assertEqual(len(calls_of(lines, "f")), 150)
            self.assertEqual(of_kind(self.check(lines), "count"), [])

    def test_peaks_of_calls_are_measured_unless_that_is_off(self):
        for more, is_measured in (({}, True), ({"VAMPIRA_PEAK": "off"}, False), ({"VAMPIRA_PEAK": "on"}, True)):
            place = Workplace(self, scripts=False)
            ((_, end),) = calls_of(self.check(place.record("def f():\n    pass\nf()\n", **more)), "f")
            self.assertEqual(("peak" in end, "cpu" in end), (is_measured, True))

    def test_a_journal_in_a_relative_folder_stays_there(self):
        text = "import os\nos.mkdir('other')\nos.chdir('other')\nif os.fork() == 0:\n    os._exit(0)\nos.wait()\n"
        self.place.record(text, VAMPIRA_JOURNAL="../journal")
        self.assertEqual(len(self.place.spools()), 2)
        self.assertEqual(os.listdir(os.path.join(self.place.work, "other")), [])

    def test_changes_of_a_database_come_before_what_is_left_of_it(self):
        path = self.make_database("data.db")
        lines = self.check(self.place.record("import sqlite3\ndb = sqlite3.connect('data.db')\ndb.execute('create table b (x)')\ndb.commit()\n"))
        self.assertEqual(self.uses_of(lines, "data.db"), ["read", "update", "final"])
        self.assertEqual(of_kind(lines, "file")[-1]["stat"]["size"], os.path.getsize(path))

    def test_a_child_that_is_collected_after_the_end_writes_nothing(self):
        # WNOWAIT: the child has ended, but the program has not waited for it. Popen.__del__ does, after the last line.
        lines = self.place.record(
            "import os, subprocess\nchild = subprocess.Popen(['true'])\nos.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)\n"
            "child.self = child\n"
        )
        self.assertEqual(of_kind(self.check(lines), "wait"), [])

    def test_a_program_ends_once_even_if_it_asks_for_its_end_while_it_ends(self):
        lines = self.place.record("import atexit, os\natexit.register(os._exit, 0)\n")
        self.assertEqual(len(of_kind(self.check(lines), "exit")), 1)

    def test_code_that_was_kept_without_assertions_is_not_run_with_them(self):
        # Long enough to be kept.
        self.place.write("script.py", "def f(x):\n    assert x\n    return x\n" + "# filler\n" * 60 + "print(f(0))\n")
        cache = os.path.join(self.place.folder, "cache")
        for options, code in ((["-O"], 0), ([], 1), (["-O"], 0)):
            self.assertEqual(self.place.run(*options, "script.py", XDG_CACHE_HOME=cache).returncode, code)
        (folder,) = os.listdir(os.path.join(cache, "vampira"))
        self.assertEqual(len(os.listdir(os.path.join(cache, "vampira", folder))), 2)

    def test_a_child_that_python_would_start_by_posix_spawn_is_followed_too(self):
        lines = self.check(self.place.record("import subprocess\nsubprocess.run(['/bin/true'], close_fds=False)\n"))
        ((spawn, wait),) = zip(of_kind(lines, "spawn"), of_kind(lines, "wait"))
        self.assertEqual((spawn["program"], wait["status"], of_kind(lines, "gap")), ("/bin/true", 0, []))

    def test_the_thread_that_forks_is_the_main_one_of_the_child(self):
        self.check(self.place.record(
            "import os, threading\ndef f():\n    pass\ndef work():\n    f()\n    pid = os.fork()\n    if pid == 0:\n        f()\n"
            "        os._exit(0)\n    os.waitpid(pid, 0)\nthread = threading.Thread(target=work)\nthread.start()\nthread.join()\n"
        ))  # fmt: skip
        for lines in self.place.spools().values():
            ((start, end),) = calls_of(lines, "f")
            self.assertEqual(("thread" in start, "peak" in end), (False, True) if "parent" in lines[0] else (True, False))

    def test_a_forked_child_writes_what_is_its_own(self):
        self.place.write("x-packages/known.py", "__version__ = '1.5'\n")
        self.make_database("sub/data.db")
        parent = self.check(self.place.record(FORKS))
        (child,) = [self.check(spool) for spool in self.place.spools().values() if "parent" in spool[0]]
        self.assertEqual(self.uses_of(parent, "parents.txt"), ["write", "final"])
        self.assertEqual((self.uses_of(child, "parents.txt"), self.uses_of(parent, "childs.txt")), ([], []))
        self.assertEqual(self.uses_of(child, "childs.txt"), ["write", "final"])
        self.assertEqual((self.uses_of(parent, "data.db"), self.uses_of(child, "data.db")), (["read", "update", "final"], []))
        # Both have loaded the library.
        for lines in (parent, child):
            self.assertEqual([line["version"] for line in of_kind(lines, "library") if line["name"] == "known"], ["1.5"])
        # The program that the parent runs meanwhile is no reason to leave out the CPU time of the child's own.
        ((spawn, wait),) = zip(of_kind(child, "spawn"), of_kind(child, "wait"))
        self.assertEqual((spawn["arguments"], wait["status"], "cpu" in wait), (["true"], 0, True))
        # What the parent has freed before the fork is not in the child's peak.
        self.assertGreater(parent[-1]["peak"], 80_000_000)
        self.assertLess(child[-1]["peak"], parent[-1]["peak"] - 40_000_000)


if __name__ == "__main__":
    unittest.main()

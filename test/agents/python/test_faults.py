"""Faults of the program, the journal and the disk: the program runs on, and the lines so far are kept."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
import unittest

from running import Workplace, calls_of, environment, of_kind
from validator import why_not

STEPS = """
import os, sys
side = os.open("side", os.O_WRONLY | os.O_CREAT)
def step(n):
    total = 0
    for k in range(int(sys.argv[1])):
        total += k
    return n
n = 0
while True:
    step(n)
    n += 1
    os.pwrite(side, b"%12d" % n, 0)
"""


class Faults(unittest.TestCase):
    def setUp(self):
        self.place = Workplace(self, scripts=False)

    def check(self, lines):
        for line in lines:
            self.assertIsNone(why_not(line), line)
        return lines

    def killed_after(self, steps, work, **more):
        """Run STEPS and kill it after some steps. Returns how many steps it has finished, and the journal's lines."""
        self.place.write("script.py", STEPS)
        child = subprocess.Popen(
            [sys.executable, "script.py", str(work)], cwd=self.place.work, env=environment(self.place.journal, **more)
        )
        side = os.path.join(self.place.work, "side")

        def finished():
            with open(side) as file:
                return int(file.read() or 0)

        while not os.path.exists(side) or finished() < steps:
            self.assertIsNone(child.poll())
            time.sleep(0.002)
        child.kill()
        child.wait()
        return finished(), self.check(self.place.lines())

    def test_kill_loses_no_finished_slow_call(self):
        finished, lines = self.killed_after(3, 300_000)
        ended = [end for _, end in calls_of(lines, "step") if end]
        self.assertGreaterEqual(len(ended), finished)
        self.assertEqual(of_kind(lines, "exit"), [])

    def test_kill_loses_no_finished_fast_call_at_full_detail(self):
        finished, lines = self.killed_after(1000, 1, VAMPIRA_DETAIL="full")
        ended = [end for _, end in calls_of(lines, "step") if end]
        self.assertGreaterEqual(len(ended), finished)

    def test_a_long_journal_grows_window_by_window(self):
        lines = self.check(
            self.place.record(
                "def f(n, *texts):\n    return n\nfor n in range(4000):\n    f(n, *['x' * 98 for _ in range(8)])\nf(-1)\n",
                VAMPIRA_DETAIL="full",
            )
        )
        calls = calls_of(lines, "f")
        self.assertEqual([end["value"] for _, end in calls], [*range(4000), -1])
        name = os.listdir(self.place.journal)[0]
        with open(os.path.join(self.place.journal, name), "rb") as file:
            data = file.read()
        self.assertGreater(len(data), 3_000_000)
        self.assertNotIn(b"\0", data)

    def test_threads_append_whole_lines(self):
        lines = self.check(
            self.place.record(
                "import sys, threading\nsys.setswitchinterval(1e-6)\ndef f(n, text):\n    return n\n"
                "def many(base):\n    for n in range(1000):\n        f(base + n, 'y' * 100)\n"
                "threads = [threading.Thread(target=many, args=(k * 10000,)) for k in range(4)]\n"
                "[t.start() for t in threads]\n[t.join() for t in threads]\n",
                VAMPIRA_DETAIL="full",
            )
        )
        ended = sorted(end["value"] for _, end in calls_of(lines, "f"))
        self.assertEqual(ended, sorted(k * 10000 + n for k in range(4) for n in range(1000)))

    def test_a_full_disk_does_not_reach_the_program(self):
        script = "def f(n):\n    return 'x' * 200\nfor n in range(3000):\n    f(n)\nprint('done', flush=True)\n"
        self.place.write("script.py", script)

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

        done = subprocess.run(
            [sys.executable, "script.py"], cwd=self.place.work, preexec_fn=limit, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=environment(self.place.journal, VAMPIRA_DETAIL="full"),
        )  # fmt: skip
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"done\n", b""))
        lines = self.check(self.place.lines())
        gaps = of_kind(lines, "gap")
        self.assertIn("cannot be written", gaps[0]["reason"])
        self.assertEqual(lines[-1]["kind"], "exit")
        self.assertGreater(len(calls_of(lines, "f")), 1000)

    @unittest.skipUnless(os.geteuid() == 0 and os.path.exists("/bin/mount"), "mounting a small file system needs root")
    def test_a_full_file_system_does_not_reach_the_program(self):
        os.mkdir(self.place.journal)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", self.place.journal], stderr=subprocess.DEVNULL).returncode:
            self.skipTest("mounting is not allowed here")
        try:
            self.place.write("script.py", "def f(n):\n    return 'x' * 200\nfor n in range(3000):\n    f(n)\nprint('done')\n")
            done = self.place.run("script.py", VAMPIRA_DETAIL="full")
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"done\n", b""))
            lines = self.check(self.place.lines())
            self.assertTrue(any("cannot be written" in gap["reason"] for gap in of_kind(lines, "gap")))
            self.assertEqual(lines[-1]["kind"], "exit")
        finally:
            subprocess.run(["umount", "-l", self.place.journal])

    def test_a_journal_that_cannot_be_made(self):
        self.place.write("script.py", "print('runs')\n")
        blocked = self.place.write("blocked", "")
        done = self.place.run("script.py", VAMPIRA_JOURNAL=blocked)
        self.assertEqual((done.returncode, done.stdout), (0, b"runs\n"))
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn(b"vampira: this process is not recorded", done.stderr)

    def test_the_journal_is_deleted_meanwhile(self):
        self.place.write(
            "script.py",
            "import os, shutil\ndef f(n):\n    return 'x' * 200\nf(1)\nshutil.rmtree(os.environ['VAMPIRA_JOURNAL'])\n"
            "for n in range(3000):\n    f(n)\nos.makedirs(os.environ['VAMPIRA_JOURNAL'])\nprint('done')\n",
        )
        done = self.place.run("script.py", VAMPIRA_DETAIL="full")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"done\n", b""))

    def test_all_descriptors_closed_and_the_folder_changed(self):
        lines = self.check(
            self.place.record(
                "import os\nos.closerange(3, 1024)\nfiles = [open('f%d' % n, 'w') for n in range(20)]\nos.chdir('/')\n"
                "def f(n):\n    return 'x' * 200\nfor n in range(2000):\n    f(n)\n"
                "for n, file in enumerate(files):\n    file.write(str(n))\n    file.close()\n",
                VAMPIRA_DETAIL="full",
            )
        )
        self.assertEqual(len(calls_of(lines, "f")), 2000)
        for n in range(20):
            with open(os.path.join(self.place.work, "f%d" % n)) as file:
                self.assertEqual(file.read(), str(n))

    def test_os_exit_and_exit_in_atexit_write_the_end(self):
        for text in ("import os\nopen('x', 'w').write('1')\nos._exit(0)\n", "import atexit, os\nopen('x', 'w').write('1')\natexit.register(os._exit, 0)\n"):
            place = Workplace(self, scripts=False)
            lines = self.check(place.record(text))
            self.assertEqual(lines[-1]["kind"], "exit")
            self.assertTrue([line for line in of_kind(lines, "file") if line["op"] == "final"])

    def test_a_forked_child_leaves_the_parents_journal_alone(self):
        lines = self.check(
            self.place.record(
                "import os\ndef child():\n    return 'child'\ndef parent():\n    return 'parent'\ndef both():\n"
                "    pid = os.fork()\n    if pid == 0:\n        for n in range(100):\n            child()\n        return 0\n"
                "    os.waitpid(pid, 0)\n    parent()\n    return pid\npid = both()\nif pid == 0:\n    os._exit(0)\n"
            )
        )
        self.assertEqual(calls_of(lines, "child"), [])
        self.assertEqual(len(calls_of(lines, "parent")), 1)
        child = [spool for spool in self.place.spools().values() if "parent" in spool[0]][0]
        self.check(child)
        self.assertEqual(child[0]["parent"], {"spool": lines[0]["spool"], "call": calls_of(lines, "both")[0][0]["id"]})
        self.assertEqual(len(calls_of(child, "child")), 100)
        self.assertTrue(all("caller" not in start for start, _ in calls_of(child, "child")))

    def test_output_of_any_size_passes_through(self):
        self.place.write("script.py", "import sys\nfor _ in range(400):\n    sys.stdout.write('x' * 100000)\n")
        done = self.place.run("script.py")
        self.assertEqual((done.returncode, len(done.stdout)), (0, 40_000_000))

    def test_a_syntax_error_and_a_missing_script_leave_a_journal_that_ends(self):
        self.place.write("script.py", "def f(:\n")
        self.assertEqual(self.place.run("script.py").returncode, 1)
        self.assertEqual(self.check(self.place.lines())[-1]["kind"], "exit")

    def test_a_terminated_program_keeps_what_it_did(self):
        self.place.write("script.py", "import os, signal\ndef f():\n    return 5\nf()\nos.kill(os.getpid(), signal.SIGTERM)\n")
        done = self.place.run("script.py")
        self.assertEqual(done.returncode, -signal.SIGTERM)
        self.assertEqual(calls_of(self.check(self.place.lines()), "f")[0][1]["value"], 5)

    def test_a_torn_tail_is_ignored(self):
        self.place.record("pass\n")
        name = os.path.join(self.place.journal, os.listdir(self.place.journal)[0])
        before = self.place.lines()
        with open(name, "ab") as file:
            file.write(b'{"kind":"memory","at":1' + bytes(4096))
        self.assertEqual(self.place.lines(), before)

    def test_the_agents_own_faults_end_in_gaps(self):
        lines = self.check(
            self.place.record(
                "import sys\ndef f(x):\n    return x\nimport vampira_agent.calls as calls\n"
                "def broken(*_):\n    raise RuntimeError('ours')\ncalls.describe_returned = broken\n"
                "print(f('a text that is written'))\n"
            )
        )
        self.assertTrue(any("the end of a call: RuntimeError" in gap["reason"] for gap in of_kind(lines, "gap")))


class Contract(unittest.TestCase):
    """The samples and the patterns of secrets that the tests of both languages read."""

    def test_samples(self):
        from running import ROOT

        folder = os.path.join(ROOT, "contract", "samples")
        for name in os.listdir(os.path.join(folder, "accepted")):
            with open(os.path.join(folder, "accepted", name)) as file:
                for line in file:
                    self.assertIsNone(why_not(json.loads(line)), "%s: %s" % (name, line))
        for name in os.listdir(os.path.join(folder, "rejected")):
            with open(os.path.join(folder, "rejected", name)) as file:
                try:
                    line = json.loads(file.read())
                except ValueError:
                    self.assertEqual(name, "not-json.jsonl")
                    continue
            self.assertIsNotNone(why_not(line), name)

    def test_secrets_are_the_contracts(self):
        from running import ROOT

        sys.path.insert(0, os.path.join(ROOT, "agents", "python"))
        self.addCleanup(sys.path.pop, 0)
        from vampira_agent import redaction

        with open(os.path.join(ROOT, "contract", "secrets.json")) as file:
            contract = json.load(file)
        self.assertEqual((list(redaction.NAMES), list(redaction.VALUES)), (contract["names"], contract["values"]))
        samples = (
            "AKIA" + "A" * 16, "ghp_" + "a" * 36, "github_pat_" + "a" * 22, "glpat-" + "a" * 20, "sk-" + "a" * 20,
            "xoxb-" + "1" * 10, "AIza" + "a" * 35, "eyJ" + "a" * 8 + ".eyJ" + "a" * 8 + ".x",
            "-----BEGIN RSA " + "PRIVATE KEY-----", "https://u:p@h", "Bearer " + "a" * 16,
        )  # fmt: skip
        import re

        for pattern, sample in zip(redaction.VALUES, samples):
            self.assertTrue(re.search(pattern, sample), pattern)
            self.assertTrue(redaction.has_secret("x " + sample), pattern)
        self.assertEqual(len(samples), len(redaction.VALUES))


if __name__ == "__main__":
    unittest.main()

"""Child programs: which files their command lines name, what they did to them, and whether they record themselves."""

import os
import subprocess
import sys
import unittest

from inside import Recorded
from vampira_agent import child_python, child_starts, children, commands, data_paths, ending, file_lines, file_versions, journal, memory, threads

PYTHON = os.path.realpath(sys.executable)


class Commands(Recorded):
    def named(self, arguments, program="/bin/tool", shell=False, is_python=False, folder=None):
        found = commands.named_files(arguments, program, folder or self.folder, shell, is_python)
        return {os.path.relpath(path, self.folder): how for path, how in found.items()}

    def test_words_that_may_be_paths(self):
        argument = ("argument", "unknown")
        os.mkdir(self.path("sub"))
        for words, expected in (
            (["tool", "a.txt"], {"a.txt": argument}),
            (["tool", "--in=a.txt", "of=b.txt"], {"--in=a.txt": None, "a.txt": argument, "b.txt": argument, "of=b.txt": argument}),
            (["tool", "-oa.txt", "-x", "--long"], {"a.txt": argument}),
            (["tool", "sub/a", self.path("b"), "./sub/../c"], {"sub/a": argument, "b": argument, "c": argument}),
            # There is no such folder, so the word is no path.
            (["tool", "no/such/a", "", "a\0b", "a\nb", "x" * 4097, "."], {}),
            (["tool", "x" * 200], {"x" * 200: argument}),
            (["tool", "/dev/null", "/proc/1/maps", "/sys/x", "/"], {}),
            (["tool", "x=", "-x="], {"x=": argument, "=": argument}),
        ):
            expected = {name: how for name, how in expected.items() if how}
            self.assertEqual(self.named(words), expected, words)
        self.assertEqual(self.named(["tool"]), {})
        longest = ("sub/" * 1023) + "abcd"
        self.assertEqual(len(longest), 4096)

    def test_the_longest_word_that_may_be_a_path(self):
        for extra, count in ((0, 1), (1, 0)):
            word = "./" * ((commands.WORD_AT_MOST - 2) // 2) + "ab"[: 2] + "c" * extra
            self.assertEqual(len(word), commands.WORD_AT_MOST + extra)
            self.assertEqual(len(self.named(["tool", word])), count)

    def test_a_script_and_its_options_are_code(self):
        for words, expected in (
            (["python", "script.py", "a"], ["a"]),
            (["python", "-u", "script.py", "a"], ["a"]),
            (["python", "-m", "module", "a"], ["a"]),
            (["python", "-c", "code", "a", "b"], ["a", "b"]),
            (["python", "-W", "error", "script.py", "a"], ["a"]),
            (["python", "-X", "dev", "-u", "script.py", "a"], ["a"]),
            (["python", "-Werror", "script.py", "a"], ["a"]),
            (["python", "-W"], []),
            (["python"], []),
            (["python", "-u"], []),
        ):
            self.assertEqual(sorted(self.named(words, is_python=True)), expected, words)

    def test_a_shells_command_names_files_by_redirections_and_words(self):
        os.environ["VAMPIRA_TEST_NAME"] = "v.txt"
        self.addCleanup(os.environ.pop, "VAMPIRA_TEST_NAME")
        for name in ("g1.csv", "g2.csv", "h.txt"):
            self.write(name)
        read, write, argument = ("redirection", "read"), ("redirection", "write"), ("argument", "unknown")
        for command, expected in (
            ("cat a.txt", {"a.txt": argument}),
            ("cat < a > b", {"a": read, "b": write}),
            ("cat a >> b 2> c", {"a": argument, "b": write, "c": write, "2": argument}),
            ("cat >| b", {"b": write}),
            ("cat &> b", {"b": write}),
            ("cat >& b", {"b": write}),
            ("cat >& 1", {}),
            ("cat >& -", {}),
            ("cat << END", {}),
            ("cat <<< word", {}),
            ("cat <> b", {}),
            ("cat <& 3", {}),
            ("A=1 B=2 tool a", {"a": argument}),
            ("./x=y/tool a", {"a": argument}),
            ("one a; two b & three c | four d || five e && six f", {n: argument for n in "abcdef"}),
            ("(cd x; tool a)", {"x": argument, "a": argument}),
            ("one a\ntwo b", {"a": argument, "b": argument}),
            ("tool 'a b' \"c\"", {"a b": argument, "c": argument}),
            ("tool $VAMPIRA_TEST_NAME", {"v.txt": argument}),
            ("tool *.csv [h].txt ?.none", {"g1.csv": argument, "g2.csv": argument, "h.txt": argument}),
            ("tool -i*.csv", {"g1.csv": argument, "g2.csv": argument}),
            ("tool a > a", {"a": write}),
            ("tool > a; tool a", {"a": write}),
            ("tool a # b", {"a": argument}),
            ("tool 'unclosed", {}),
            ("tool >", {}),
            ("tool > $NO_SUCH_VARIABLE", {"$NO_SUCH_VARIABLE": write}),
        ):
            self.assertEqual(self.named(["sh", "-c", command], shell=True), expected, command)
        self.assertEqual(self.named(["sh", "-c", "tool $1", "name", "a"], shell=True), {"$1": argument, "name": argument, "a": argument})

    def test_not_more_than_some_hundred_matches(self):
        for n in range(205):
            self.write("m%d.dat" % n)
        self.assertEqual(len(self.named(["sh", "-c", "tool *.dat"], shell=True)), 200)


class Start(Recorded):
    def setUp(self):
        super().setUp()
        for owner, name, fresh in (
            (data_paths, "_skipped", ()), (file_versions, "_touched", {}), (file_versions, "_hashes", {}), (file_lines, "_written", {}),
        ):  # fmt: skip
            self.set(owner, name, fresh)
        self.set(children, "_running", {})
        self.set(child_python, "site", "/opt/agent/site")
        self.before = os.getcwd()
        self.addCleanup(os.chdir, self.before)
        os.chdir(self.folder)

    def begin(self, arguments, cwd=None, env=None, pipes=(-1,) * 6):
        return child_starts._begin(arguments, [b"/bin/" + os.fsencode(arguments[0])], cwd, env, pipes)

    def run_(self, arguments, stdout=None, cwd=None):
        """Run a program, recorded from here. Returns its spawn and wait lines."""
        pipes = [-1] * 6
        if stdout is not None:
            pipes[3] = stdout.fileno()
        child, _ = self.begin(arguments, cwd, pipes=pipes)
        process = subprocess.run(arguments, stdout=stdout, cwd=cwd)
        children.end(child, process.returncode << 8 if process.returncode >= 0 else -process.returncode)
        return self.lines("spawn")[-1], self.lines("wait")[-1]

    def files_of(self, wait):
        return sorted((file["op"], os.path.basename(file["path"]), file["seen"]) for file in wait.get("files", []))

    def test_a_child_has_its_command_and_the_call_that_started_it(self):
        space = self.load("def f(go):\n    return go()\n")
        child, _ = space["f"](lambda: self.begin(["cat", "--token", "hunter2", "a.txt"]))
        (spawn,) = self.lines("spawn")
        self.assertEqual(spawn["id"], child.id)
        self.assertEqual(spawn["arguments"], ["cat", "--token", "[redacted]", "a.txt"])
        self.assertEqual((spawn["program"], spawn["directory"]), ("/bin/cat", self.folder))
        self.assertEqual(spawn["call"], self.calls("f")[0][0]["id"])
        self.assertNotIn("shell", spawn)
        self.assertNotIn("output", spawn)
        self.begin(["sh", "-c", "cat --token=hunter2"])
        shell = self.lines("spawn")[1]
        self.assertEqual((shell["arguments"], shell["shell"]), (["sh", "-c", "cat --token=[redacted]"], True))
        self.assertNotIn("call", shell)
        self.begin(["sh", "script.sh", "x"])
        self.begin(["sh", "-c"])
        self.assertTrue(all("shell" not in spawn for spawn in self.lines("spawn")[2:]))
        self.assertEqual(self.lines("spawn")[3]["id"], child.id + 3)

    def test_a_call_of_before_a_fork_has_not_started_it(self):
        space = self.load("def f(go):\n    return go()\n")
        space["f"](lambda: setattr(journal, "generation", 1) or self.begin(["cat"]))
        self.assertNotIn("call", self.lines("spawn")[0])

    def test_a_program_that_is_not_there_is_no_child(self):
        for executables, cwd in (([b"/no/such"], None), ([b"/etc/passwd"], None), ([b"/bin"], None), ([b"/bin/cat"], self.path("missing"))):
            child, env = child_starts._begin(["cat"], executables, cwd, [b"A=1"], (-1,) * 6)
            self.assertEqual((child, env), (None, [b"A=1"]))
        self.assertEqual(self.lines("spawn"), [])
        child, _ = child_starts._begin(["cat"], [b"/no/such", "/bin/cat", b"/bin/true"], None, None, (-1,) * 6)
        self.assertEqual(self.lines("spawn")[0]["program"], "/bin/cat")
        # A program in the child's own folder.
        os.mkdir(self.path("sub"))
        os.symlink("/bin/cat", self.path("sub", "mine"))
        child_starts._begin(["mine"], [b"./mine"], b"sub", None, (-1,) * 6)
        self.assertEqual(self.lines("spawn")[1]["program"], self.path("sub", "./mine"))
        self.assertEqual(self.lines("spawn")[1]["directory"], self.path("sub"))

    def test_redirected_streams_are_files(self):
        descriptors = []
        for name in ("in", "out", "err", "gone"):
            descriptors.append(os.open(self.path(name), os.O_RDWR | os.O_CREAT))
            self.addCleanup(os.close, descriptors[-1])
        os.unlink(self.path("gone"))
        read_end, write_end = os.pipe()
        self.addCleanup(os.close, read_end)
        self.addCleanup(os.close, write_end)
        self.begin(["cat"], pipes=(descriptors[0], write_end, read_end, descriptors[1], read_end, descriptors[2]))
        spawn = self.lines("spawn")[0]
        self.assertEqual([spawn[name] for name in ("input", "output", "error")], [self.path("in"), self.path("out"), self.path("err")])
        self.begin(["cat"], pipes=(read_end, -1, -1, descriptors[3], -1, 9999))
        self.begin(["cat"], pipes=(None, -1, -1, -1))
        self.assertTrue(all(name not in spawn for spawn in self.lines("spawn")[1:] for name in ("input", "output", "error")))

    def test_a_stream_from_a_file_that_is_named_too_is_an_argument(self):
        with open(self.write("a.txt"), "rb") as file:
            child, _ = self.begin(["cat", "a.txt"], pipes=[file.fileno()] + [-1] * 5)
            children.end(child, 0)
        self.assertEqual(self.files_of(self.lines("wait")[0]), [("read", "a.txt", "argument")])

    def test_the_function_that_notes_an_end_is_replaced_once(self):
        before = subprocess.Popen._handle_exitstatus
        self.set(subprocess.Popen, "_handle_exitstatus", before)
        self.set(subprocess, "_USE_POSIX_SPAWN", subprocess._USE_POSIX_SPAWN)
        if hasattr(subprocess, "_fork_exec"):
            self.set(subprocess, "_fork_exec", subprocess._fork_exec)
        child_starts.on_popen(())
        replaced = subprocess.Popen._handle_exitstatus
        self.assertIsNot(replaced, before)
        child_starts.on_popen(())
        self.assertIs(subprocess.Popen._handle_exitstatus, replaced)

    def test_what_a_child_did_to_the_files_it_named(self):
        self.write("in.txt", b"2\n1\n")
        self.write("gone.txt")
        for arguments, expected in (
            (["sort", "in.txt", "-o", "out.txt"], [("read", "in.txt", "argument"), ("write", "out.txt", "argument")]),
            (["sort", "in.txt", "-o", "in.txt"], [("write", "in.txt", "argument")]),
            (["rm", "gone.txt"], [("remove", "gone.txt", "argument")]),
            (["true", "nothing.txt"], []),
            (["sh", "-c", "cat < in.txt > piped.txt"], [("read", "in.txt", "redirection"), ("write", "piped.txt", "redirection")]),
        ):
            spawn, wait = self.run_(arguments)
            self.assertEqual(self.files_of(wait), expected, arguments)
            self.assertEqual((wait["spawn"], wait["status"]), (spawn["id"], 0))
        with open("caught.txt", "w") as out:
            _, wait = self.run_(["cat", "in.txt"], stdout=out)
        self.assertEqual(self.files_of(wait), [("read", "in.txt", "argument"), ("write", "caught.txt", "redirection")])
        # The status before and after. A file that a child only writes has no read line.
        write = [file for file in wait["files"] if file["op"] == "write"][0]
        self.assertEqual((write["old"]["size"], write["stat"]["size"]), (0, 4))
        read = [file for file in wait["files"] if file["op"] == "read"][0]
        self.assertEqual(read["stat"]["size"], 4)
        self.assertNotIn("old", read)
        with open("empty.txt", "w") as out:
            _, wait = self.run_(["true"], stdout=out)
        self.assertEqual(self.files_of(wait), [])
        self.assertIn(self.path("out.txt"), file_lines._written)
        self.assertNotIn(self.path("gone.txt"), file_lines._written)

    def test_what_else_changed_in_the_folders_that_its_command_names(self):
        self.write("make.sh", b"echo x > unnamed.txt; rm old.txt; echo y >> changed.txt; : > emptied.txt; mkdir folder; echo z > sub/deep.txt\n")
        self.write("emptied.txt")
        self.write("old.txt")
        self.write("changed.txt")
        self.write("same.txt")
        self.write("sub/before.txt")
        _, wait = self.run_(["sh", "make.sh"])
        self.assertEqual(
            self.files_of(wait),
            [
                ("read", "make.sh", "argument"), ("remove", "old.txt", "change"), ("write", "changed.txt", "change"),
                ("write", "emptied.txt", "change"), ("write", "unnamed.txt", "change"),
            ],  # fmt: skip
        )
        self.assertIn(self.path("unnamed.txt"), file_lines._written)
        # Files in a folder that the command names are compared, too.
        self.write("more.sh", b"echo z > sub/deeper.txt\n")
        _, wait = self.run_(["sh", "more.sh", "sub"])
        self.assertIn(("write", "deeper.txt", "change"), self.files_of(wait))

    def test_what_the_program_itself_changed_meanwhile_is_not_the_childs(self):
        child, _ = self.begin(["true"])
        self.write("mine.txt")
        file_versions._touched[self.path("mine.txt")] = journal.now()
        self.write("x.pyc")
        self.write("theirs.txt")
        children.end(child, 0)
        self.assertEqual(self.files_of(self.lines("wait")[0]), [("write", "theirs.txt", "change")])

    def test_changes_have_no_owner_while_several_children_run(self):
        first, _ = self.begin(["cat", "a.txt"])
        children._running[1] = first
        second, _ = self.begin(["cat", "b.txt"])
        children._running[2] = second
        self.write("a.txt")
        self.write("other.txt")
        children.ended(1, 0)
        children.ended(2, 0)
        one, other = self.lines("wait")
        self.assertEqual(self.files_of(one), [("write", "a.txt", "argument")])
        self.assertEqual(self.files_of(other), [])
        self.assertTrue("cpu" not in one and "cpu" not in other)
        third, _ = self.begin(["true"])
        self.assertTrue(third.alone)

    def test_a_file_that_another_running_child_named_belongs_to_that_child(self):
        child, _ = self.begin(["true"])
        other, _ = self.begin(["cat", "theirs.txt"])
        children._running[2] = other
        child.alone = True
        self.write("theirs.txt")
        self.write("mine.txt")
        children.end(child, 0)
        self.assertEqual(self.files_of(self.lines("wait")[0]), [("write", "mine.txt", "change")])

    def test_how_a_child_ended(self):
        for status, expected in ((0, ("status", 0)), (3 << 8, ("status", 3)), (1, ("signal", 1)), (9, ("signal", 9))):
            child, _ = self.begin(["true"])
            children._running[7] = child
            children.ended(7, status)
            wait = self.lines("wait")[-1]
            self.assertEqual((wait[expected[0]], "signal" in wait and "status" in wait), (expected[1], False))
        child, _ = self.begin(["true"])
        children.end(child, None)
        self.assertNotIn("status", self.lines("wait")[-1])
        children.ended(99, 0)
        self.assertEqual(len(self.lines("wait")), 5)

    def test_a_child_of_before_a_fork_is_the_parents(self):
        child, _ = self.begin(["true"])
        children._running[7] = child
        self.set(journal, "generation", 1)
        children.ended(7, 0)
        self.assertEqual((self.lines("wait"), children._running), ([], {}))
        for forget in (children.forget, children.finish):
            children._running[7] = child
            forget()
            self.assertEqual(children._running, {})

    def test_cpu_time_and_peak_are_the_childs_when_it_was_alone(self):
        for (cpu, peak), (cpu_after, peak_after), own, expected in (
            # The kernel's own figures differ by a little from one look to the next, and by more where processors are many.
            ((1.0, 1 << 20), (3.5, 300 << 20), 200 << 20, (2_500_000_000, 300 << 20)),
            ((1.0, 1 << 20), (1.0, 229 << 20), 200 << 20, (0, None)),
            ((1.0, 300 << 20), (1.25, 300 << 20), 200 << 20, (250_000_000, None)),
            ((2.0, 1 << 20), (1.0, 230 << 20), 200 << 20, (0, 230 << 20)),
        ):
            child, _ = self.begin(["true"])
            child.usage, child.highest = (cpu, peak), own
            self.set(children, "_usage", lambda: (cpu_after, peak_after))
            children.end(child, 0)
            wait = self.lines("wait")[-1]
            self.assertEqual((wait["cpu"], wait.get("peak")), expected)

    def test_a_recorder_is_told_of_a_child_that_has_started_where_there_is_one(self):
        child, _ = self.begin(["true"])
        told = os.path.join(journal.folder, "programs")
        children.started(7, child)
        self.assertFalse(os.path.exists(told))
        open(told, "w").close()
        self.addCleanup(os.remove, told)
        children.started(7, child)
        children.started(8, child)
        with open(told) as lines:
            self.assertEqual(lines.read().split("\n"), ["%s %d %d" % (journal.name, child.id, pid) for pid in (7, 8)] + [""])

    def test_the_usage_of_children_is_in_seconds_and_bytes(self):
        cpu, peak = children._usage()
        subprocess.run([PYTHON, "-c", "sum(range(300000))"])
        more, higher = children._usage()
        self.assertTrue(0 < more - cpu < 60)
        self.assertTrue(1 << 20 < higher < 1 << 40)
        self.set(memory, "highest", 1 << 50)
        self.assertEqual(children._own_peak(), 1 << 50)
        self.set(memory, "highest", 0)
        self.assertTrue(1 << 20 < children._own_peak() < 1 << 40)

        def refuse():
            raise OSError

        self.set(memory, "high_water", refuse)
        self.assertEqual(children._own_peak(), 1 << 62)
        # Where there is no module `resource` nothing is known of them.
        self.addCleanup(sys.modules.__setitem__, "resource", sys.modules["resource"])
        sys.modules["resource"] = None
        self.assertEqual(children._usage(), (0, 0))

    def test_a_command_for_the_system_is_a_shells(self):
        self.set(os, "system", os.system)
        self.addCleanup(os.unsetenv, "VAMPIRA_PARENT")
        child_starts._wrap_system()
        path = self.path("parent.txt")
        command = "printf %%s $VAMPIRA_PARENT > %s; exit 3" % path
        for given in (command, os.fsencode(command)):
            os.unlink(path) if os.path.exists(path) else None
            self.assertEqual(os.WEXITSTATUS(os.system(given)), 3)
            spawn, wait = self.lines("spawn")[-1], self.lines("wait")[-1]
            self.assertEqual((spawn["arguments"], spawn["program"], spawn["shell"]), (["/bin/sh", "-c", command], "/bin/sh", True))
            self.assertEqual((wait["spawn"], wait["status"]), (spawn["id"], 3))
            self.assertEqual(self.files_of(wait), [("write", "parent.txt", "redirection")])
            with open(path) as file:
                self.assertEqual(file.read(), "%s:%d" % (journal.name, spawn["id"]))
        # What the system refuses, it refuses with its own error.
        self.assertRaises(TypeError, os.system, 5)
        self.assertEqual(self.lines("gap")[-1]["reason"], "os.system: TypeError")

    def test_bounds_on_what_is_looked_at(self):
        for n in range(12):
            os.mkdir(self.path("d%d" % n))
        named = {self.path("d%d" % n): ("argument", "unknown") for n in range(12)}
        self.assertEqual(len(children._look_at_folders(self.folder, named)), 8)
        # A value after a one-letter option or `=` names no folder; folders without data are left out.
        self.assertEqual(list(children._look_at_folders(self.folder, {self.path("d1"): ("option", "unknown")})), [self.folder])
        self.set(data_paths, "_skipped", (self.path("d1") + "/",))
        self.assertEqual(list(children._look_at_folders(self.path("d1"), {self.path("d2", "x"): ("argument", "unknown")})), [self.path("d2")])
        self.assertEqual(children._look_at_folders(self.path("missing"), {}), {})
        os.mkdir(self.path("d4", "inner"))
        os.symlink("f1", self.path("d4", "link"))
        self.write("d4/f1")
        self.assertEqual(list(children._entries(self.path("d4"))), [self.path("d4", "f1")])
        for n in range(1000):
            self.write("d3/f%d" % n, b"")
        self.assertEqual(len(children._entries(self.path("d3"))), 1000)
        self.write("d3/more", b"")
        self.assertTrue(children._entries(self.path("d3")) is None)
        self.assertEqual(len(self.begin(["cat"] + ["a%d" % n for n in range(300)])[0].named), 256)

    def test_a_child_python_is_recorded_by_itself(self):
        recorded = lambda *arguments, env=None, program=PYTHON: child_python.is_recorded(program, ["python", *arguments], env)
        for arguments in (["x.py"], ["-u", "x.py"], ["-m", "x", "-I"], ["-c", "x", "-E"], ["-"], ["x.py", "-S"], ["--version"], []):
            self.assertTrue(recorded(*arguments), arguments)
        self.assertTrue(recorded("x.py", env=[b"A=1", b"VAMPIRA_JOURNAL=/x"]))
        self.assertEqual(self.lines("gap"), [])
        for n, arguments in enumerate((["-I", "x.py"], ["-E"], ["-S", "x"], ["-uI", "x.py"])):
            self.assertFalse(recorded(*arguments))
            self.assertIn("started with %s" % arguments[0], self.lines("gap")[n]["reason"])
        self.assertFalse(recorded("x.py", env=[b"A=1"]))
        self.assertIn("without the environment", self.lines("gap")[-1]["reason"])
        self.assertFalse(recorded("x.py", program="/bin/cat"))
        self.assertEqual(len(self.lines("gap")), 5)
        # By its own name, or by the name of the file it links to.
        os.symlink(PYTHON, self.path("interpreter"))
        os.symlink("/bin/cat", self.path("python-of-mine"))
        self.assertTrue(child_python.is_python(self.path("interpreter")))
        self.assertTrue(child_python.is_python(self.path("python-of-mine")))
        self.assertFalse(child_python.is_python("/bin/cat"))

    def test_the_files_of_a_child_that_records_itself_are_its_own(self):
        child, env = child_starts._begin([PYTHON, "x.py", "a.txt"], [PYTHON], None, [b"VAMPIRA_JOURNAL=/x"], (-1,) * 6)
        self.assertEqual((child.named, child.folders), ({}, {}))
        child, env = child_starts._begin([PYTHON, "x.py", "a.txt"], [PYTHON], None, [b"A=1"], (-1,) * 6)
        self.assertEqual(list(child.named), [self.path("a.txt")])
        self.assertEqual(list(child.folders), [self.folder])

    def test_a_child_is_given_where_it_was_started(self):
        parent = b"VAMPIRA_PARENT=%s:%d"
        with_parent = child_python.with_parent
        mine = parent % (journal.name.encode(), 7)
        self.assertEqual(with_parent([b"A=1"], 7), [b"A=1"])
        journaled = b"VAMPIRA_JOURNAL=/x"
        self.assertEqual(with_parent([journaled, b"VAMPIRA_PARENT=old:1", b"A=1"], 7), [mine, journaled, b"A=1", b"PYTHONPATH=/opt/agent/site"])
        for given, expected in (
            (b"", b"/opt/agent/site"),
            (b"/a:/b", b"/opt/agent/site:/a:/b"),
            (b"/a::/opt/agent/site", b"/opt/agent/site:/a"),
        ):
            self.assertEqual(with_parent([journaled, b"PYTHONPATH=" + given], 7), [mine, journaled, b"PYTHONPATH=" + expected])

    def test_an_inherited_environment_is_kept_where_it_records(self):
        before = dict(os.environ)
        self.addCleanup(os.environ.update, before)
        self.addCleanup(os.environ.clear)
        put = []
        self.set(os, "putenv", lambda name, value: put.append((name, value)))
        os.environ.clear()
        self.assertIsNone(child_python.with_parent(None, 7))
        dict.update(os.environ._data, {b"VAMPIRA_JOURNAL": b"/x", b"PYTHONPATH": b"/a:/opt/agent/site"})
        self.assertIsNone(child_python.with_parent(None, 8))
        self.assertEqual(put, [("VAMPIRA_PARENT", "%s:%d" % (journal.name, n)) for n in (7, 8)])
        os.environ._data[b"PYTHONPATH"] = b"/a"
        self.assertEqual(
            child_python.with_parent(None, 9),
            [b"VAMPIRA_PARENT=%s:9" % journal.name.encode(), b"VAMPIRA_JOURNAL=/x", b"PYTHONPATH=/opt/agent/site:/a"],
        )

    def test_a_fault_does_not_keep_a_child_from_starting(self):
        self.set(child_starts, "_original_fork_exec", lambda *arguments: 4321)
        self.assertEqual(child_starts.fork_exec(5, None, True, (), None, None, -1), 4321)
        self.assertEqual(self.lines("gap")[0]["reason"], "the start of a child: TypeError")
        self.assertEqual(children._running, {})
        self.assertEqual(child_starts.fork_exec(["true"], [b"/bin/true"], True, (), None, None, -1), 4321)
        self.assertEqual(list(children._running), [4321])
        self.assertFalse(journal.is_busy())

    def test_a_program_that_becomes_another(self):
        put, ended = [], []
        self.set(os, "putenv", lambda name, value: put.append(value))
        self.set(ending, "finish", lambda: ended.append(True))
        child_starts.on_exec(("/no/such", ["x"], None))
        child_starts.on_exec(("/etc/passwd", ["x"], None))
        self.assertEqual((self.lines("spawn"), ended), ([], []))
        child_starts.on_exec((b"/bin/cat", [b"cat", "a"], None))
        (spawn,) = self.lines("spawn")
        self.assertEqual((spawn["arguments"], spawn["program"]), (["cat", "a"], "/bin/cat"))
        self.assertEqual((put, ended), (["%s:%d" % (journal.name, spawn["id"])], [True]))
        child_starts.on_posix_spawn(("/no/such", ["x"], None))
        child_starts.on_posix_spawn(("/bin/cat", ["cat", "b"], None))
        self.assertEqual(self.lines("spawn")[1]["arguments"], ["cat", "b"])
        self.assertEqual(put[1], "%s:%d" % (journal.name, self.lines("spawn")[1]["id"]))
        self.assertIn("os.posix_spawn", self.lines("gap")[0]["reason"])


if __name__ == "__main__":
    unittest.main()

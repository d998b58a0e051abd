"""The lines of file operations: which call wrote which file, and the content before."""

import hashlib
import os
import sys
import types
import unittest

from inside import Recorded
from vampira_agent import data_paths, databases, file_lines, file_versions, files, journal, loading, modules, sources, threads

R, W, RW = os.O_RDONLY, os.O_WRONLY, os.O_RDWR
CREATE, TRUNCATE, EXCLUSIVE, APPEND = os.O_CREAT, os.O_TRUNC, os.O_EXCL, os.O_APPEND


class FilesTest(Recorded):
    def setUp(self):
        super().setUp()
        for owner, name, fresh in (
            (file_versions, "_touched", {}), (file_versions, "_hashes", {}), (file_versions, "_untouched_bytes", 0),
            (file_lines, "_written", {}), (file_lines, "_last", None), (databases, "_databases", {}), (data_paths, "_skipped", ()),
        ):  # fmt: skip
            self.set(owner, name, fresh)

    def found(self):
        """(operation, name) of the file lines so far."""
        return [(line["op"], os.path.relpath(line["path"], self.folder)) for line in self.lines("file")]

    def last(self):
        return self.lines("file")[-1]

    def open(self, path, flags):
        files.on_open((path, None, flags))


class Opening(FilesTest):
    def test_the_flags_of_an_open_decide_between_read_update_and_write(self):
        there, missing = self.write("there.txt", b"old"), self.path("missing.txt")
        for flags, of_there, of_missing in (
            (R, ["read"], []),
            (W, ["update"], []),
            (RW, ["update"], []),
            (W | APPEND, ["update"], []),
            (W | CREATE, ["update"], ["write"]),
            (W | TRUNCATE, ["write"], []),
            (W | CREATE | TRUNCATE, ["write"], ["write"]),
            (RW | CREATE | TRUNCATE, ["write"], ["write"]),
            # With O_EXCL an existing file is an error, and a new one is written.
            (W | CREATE | EXCLUSIVE, [], ["write"]),
            (RW | CREATE | EXCLUSIVE | TRUNCATE, [], ["write"]),
            # Without O_CREAT it means nothing.
            (W | EXCLUSIVE, ["update"], []),
            (W | EXCLUSIVE | TRUNCATE, ["write"], []),
            (R | CREATE, ["read"], []),
            # Linux empties the file.
            (R | CREATE | TRUNCATE, ["write"], ["write"]),
            (R | TRUNCATE, ["write"], []),
        ):
            for path, expected in ((there, of_there), (missing, of_missing)):
                before = len(self.lines("file"))
                self.set(file_lines, "_last", None)
                self.open(path, flags)
                self.assertEqual([line["op"] for line in self.lines("file")[before:]], expected, (path, flags))

    def test_the_content_before_is_written_with_its_digest(self):
        path = self.write("a.txt", b"old")
        status = os.stat(path)
        self.open(path, W | TRUNCATE)
        old = self.last()["old"]
        self.assertEqual(old, {"size": 3, "modified": str(status.st_mtime_ns), "inode": status.st_ino, "sha256": hashlib.sha256(b"old").hexdigest()})
        self.open(path, R)
        self.assertEqual(self.last()["stat"], {key: old[key] for key in ("size", "modified", "inode")})

    def test_what_cannot_be_opened_has_no_line(self):
        folder = self.path("folder")
        os.mkdir(folder)
        os.mkfifo(self.path("pipe"))
        for path in (folder, self.path("pipe"), self.path("no", "such"), self.path("a\0b"), self.path("missing", "x")):
            for flags in (R, W | CREATE, RW, R | CREATE):
                self.open(path, flags)
        self.assertEqual(self.lines("file"), [])

    def test_what_the_user_may_not_open_has_no_line(self):
        path = self.write("a.txt")
        self.set(os, "access", lambda path, mode: False)
        for flags in (R, W, W | CREATE | TRUNCATE):
            self.open(path, flags)
            self.open(self.path("new"), flags)
        self.assertEqual(self.lines("file"), [])
        asked = []
        self.set(os, "access", lambda path, mode: asked.append((os.path.basename(path), mode)) or True)
        self.open(path, R)
        self.open(path, W)
        self.open(self.path("new"), W | CREATE)
        self.assertEqual(asked, [("a.txt", os.R_OK), ("a.txt", os.W_OK), (os.path.basename(self.folder), os.W_OK | os.X_OK)])

    def test_a_file_without_a_name_has_no_line(self):
        if hasattr(os, "O_TMPFILE"):
            self.open(self.folder + "/x", RW | CREATE | os.O_TMPFILE)
        for name in (3, None):
            self.open(name, R)
        self.assertEqual(self.lines("file"), [])

    def test_opening_an_unchanged_file_again_has_no_second_line(self):
        path = self.write("a.txt")
        self.open(path, R)
        self.open(path, R)
        self.assertEqual(self.found(), [("read", "a.txt")])
        self.write("a.txt", b"other content")
        self.open(path, R)
        self.open(self.write("b.txt"), R)
        self.open(path, R)
        self.assertEqual([name for _, name in self.found()], ["a.txt", "a.txt", "b.txt", "a.txt"])

    def test_the_call_that_opens_a_file_is_named(self):
        space = self.load("def f(go):\n    return go()\n")
        path = self.write("a.txt")
        space["f"](lambda: self.open(path, R))
        call = self.calls("f")[0][0]["id"]
        self.assertEqual(self.last()["call"], call)
        self.open(path, R)
        self.assertNotIn("call", self.last())
        self.assertEqual(len(self.found()), 2)
        other = type("Call", (), {"id": "5", "generation": journal.generation - 1, "component": None})()
        space["f"](lambda: threads.set_current_call(other) or self.open(path, W))
        self.assertNotIn("call", self.last())
        # A sample of a counted call that has no recorded caller.
        sample = type("Call", (), {"id": "", "generation": -1})()
        threads.set_current_call(sample)
        self.open(path, W | TRUNCATE)
        self.assertNotIn("call", self.last())

    def test_source_that_is_imported_is_no_data(self):
        source = self.write("module.py", b"x = 1\n")
        self.open(source, R)
        self.assertEqual(self.found(), [("read", "module.py")])
        for known in (modules.files, sources.code_paths):
            add = known.add if known is sources.code_paths else lambda path: known.update({path: None})
            add(source)
            self.set(file_lines, "_last", None)
            self.open(source, R)
            known.discard(source) if known is sources.code_paths else known.pop(source)
            self.assertEqual(len(self.found()), 1)
        self.open(self.write("a.so"), R)
        self.open(self.write("a.pyc"), R)
        self.assertEqual(len(self.found()), 1)
        for place, is_code in (
            ("<frozen importlib._bootstrap_external>", True), ("/lib/runpy.py", True), ("<frozen runpy>", True),
            ("/lib/linecache.py", True), ("/lib/inspect.py", True), ("/lib/tokenize.py", True), ("/lib/my_runpy.py", False),
            ("/lib/other.py", False),
        ):  # fmt: skip
            space = {"open": lambda: self.open(source, R)}
            exec(compile("open()", place, "exec"), space)
            self.assertEqual(len(self.found()), 1 if is_code else 2, place)
            self.set(file_lines, "_last", None)
            if not is_code:
                break

    def test_who_opens_a_file_for_the_import_of_an_archive(self):
        path = self.write("a.txt")

        # Two functions stand between, as they do for an event: the hook and the function of the archive's reader.
        space = {"hook": lambda: self.open(path, R)}
        exec(compile("hook()", "<frozen zipimport>", "exec"), space)
        self.assertEqual(self.found(), [])
        exec(compile("hook()", "/user/script.py", "exec"), space)
        self.assertEqual(self.found(), [("read", "a.txt")])

    def test_relative_paths_are_from_the_current_folder(self):
        self.write("sub/a.txt")
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        os.chdir(self.path("sub"))
        for name in ("a.txt", b"a.txt", "./a.txt", "../sub/a.txt", self.path("sub//a.txt"), self.path("sub/../sub/./a.txt")):
            self.set(file_lines, "_last", None)
            self.open(name, R)
            self.assertEqual(self.last()["path"], self.path("sub", "a.txt"))
        descriptor = os.open(self.folder, os.O_RDONLY)
        self.addCleanup(os.close, descriptor)
        self.assertEqual(data_paths.absolute("x", descriptor), self.path("x"))
        self.assertEqual(data_paths.absolute("/x", descriptor), "/x")
        self.assertEqual(data_paths.absolute("x", None), self.path("sub", "x"))
        self.assertEqual(data_paths.absolute("x", -100), self.path("sub", "x"))
        self.assertIsNone(data_paths.absolute(5))
        self.assertEqual(data_paths.absolute("/a/.hidden/b"), "/a/.hidden/b")


class Places(FilesTest):
    def test_places_that_hold_no_data(self):
        for name, value in (("XDG_CACHE_HOME", "/my/cache"), ("MPLCONFIGDIR", ""), ("HOME", "/home/ada")):
            self.addCleanup(os.environ.__setitem__ if name in os.environ else lambda n, v: os.environ.pop(n, None), name, os.environ.get(name))
            os.environ[name] = value
        data_paths.start("/opt/agent")
        for path in (
            "/proc/1/maps", "/dev/null", "/etc/passwd", "/usr/lib/x", "/opt/agent/vampira_agent/calls.py", "/opt/agent/site/vampira.py",
            self.spools + "/x.jsonl", os.path.dirname(os.__file__) + "/json/x", "/home/ada/.cache/x", "/home/ada/.astropy/y",
            "/home/ada/.config/x", "/home/ada/.local/lib/x", "/home/ada/.local/share/x", "/home/ada/.matplotlib/x", "/home/ada/.fonts/x",
            "/my/cache/x", "/a/site-packages/numpy/x.csv", "/a/x.pyc", "/a/x.pyo", "/a\0b",
        ):  # fmt: skip
            self.assertFalse(data_paths.is_data(path), path)
        for path in (
            "/home/ada/data.csv", "/opt/agent/data.csv", "/process/x", "/my/caches/x", "/a/packages/x", "/tmp/x.py", self.folder + "/x",
            "/home/ada/.cached", "/x/bin/y", "/x/lib/y",
        ):  # fmt: skip
            self.assertTrue(data_paths.is_data(path), path)

    def test_caches_of_tools_hold_no_data_wherever_they_are(self):
        moved = ("HF_HOME", "HF_HUB_CACHE", "MPLCONFIGDIR", "NUMBA_CACHE_DIR", "PIP_CACHE_DIR", "PYTHONPYCACHEPREFIX", "TORCH_HOME")
        for name in moved:
            before = os.environ.get(name)
            self.addCleanup(lambda name=name, before=before: os.environ.pop(name) if before is None else os.environ.update({name: before}))
            os.environ[name] = "/moved/" + name
        self.set(data_paths, "_temporary", "")
        data_paths.start("/opt/agent")
        for path in (
            "/a/__pycache__/x.nbi", "/a/.pytest_cache/v", "/a/.ipynb_checkpoints/x.csv", "/tmp/joblib_memmapping_folder_1_a/x.pkl", "/var/cache/fontconfig/x",
            "/site/numpy-2.3.5.dist-info/entry_points.txt", "/src/swep.egg-info/PKG-INFO",
            *("/moved/%s/x" % name for name in moved),
        ):  # fmt: skip
            self.assertFalse(data_paths.is_data(path), path)
        # What joblib.Memory keeps are results.
        for path in ("/a/cache/joblib/m/f/0123/output.pkl", "/moved/x", "/a/matplotlib-figures/x.png", "/a/cache/x"):
            self.assertTrue(data_paths.is_data(path), path)

    def test_files_that_the_user_told_to_ignore_have_no_line(self):
        self.addCleanup(os.environ.pop, "VAMPIRA_IGNORED")
        self.set(data_paths, "_ignored", None)
        os.environ["VAMPIRA_IGNORED"] = r"^(?:\/.*\/[^/]*?\.log)$"
        data_paths.start("/opt/agent")
        path = self.write("a.log")
        self.open(path, R)
        self.open(path, W)
        self.assertEqual(self.lines("file"), [])
        # Renamed to another name it is new there, and with its name the other is gone.
        files.on_rename((path, self.path("b.txt"), -1, -1))
        self.assertEqual(self.found(), [("write", "b.txt")])
        files.on_rename((self.write("c.txt"), self.path("c.log"), -1, -1))
        self.assertEqual(self.found()[1:], [("remove", "c.txt")])

    def test_folders_of_a_python_that_is_installed_elsewhere(self):
        for name in ("prefix", "base_prefix", "exec_prefix"):
            self.set(sys, name, "/opt/python")
        data_paths.start("/opt/agent")
        for path in ("/opt/python/lib/x", "/opt/python/include/x", "/opt/python/pyvenv.cfg"):
            self.assertFalse(data_paths.is_data(path), path)
        self.assertTrue(data_paths.is_data("/opt/python/data/x"))
        # The root of the file system does not count as a folder of Python's.
        for name in ("prefix", "base_prefix", "exec_prefix"):
            self.set(sys, name, "")
        data_paths.start("/opt/agent")
        self.assertTrue(data_paths.is_data("/share/x"))

    def test_a_home_folder_that_is_the_root_is_not_left_out(self):
        before = os.environ.get("HOME")
        self.addCleanup(lambda: os.environ.update(HOME=before) if before is not None else None)
        os.environ["HOME"] = "/"
        data_paths.start("/opt/agent")
        self.assertTrue(data_paths.is_data("/.cache/x"))

    def test_files_of_places_without_data_have_no_line(self):
        self.set(data_paths, "_skipped", (self.folder + "/skip/",))
        path = self.write("skip/a.txt")
        self.open(path, R)
        self.open(path, W)
        files.on_remove((path, -1))
        files.on_truncate((path, 0))
        files.on_link((self.write("b.txt"), self.path("skip/c"), -1, -1))
        files.on_symlink((self.path("b.txt"), self.path("skip/c"), -1))
        databases.on_database((path,))
        self.assertEqual(self.lines("file"), [])
        # A rename from such a place, or into it, is recorded.
        files.on_rename((path, self.path("out.txt"), -1, -1))
        self.assertEqual(len(self.found()), 1)
        files.on_rename((path, self.path("skip/d.txt"), -1, -1))
        self.assertEqual(len(self.found()), 1)


class Operations(FilesTest):
    def test_a_rename_has_a_line_for_the_file_it_replaces(self):
        path, to = self.write("a.txt", b"new"), self.write("b.txt", b"older")
        self.open(path, W)
        files.on_rename((path, to, -1, -1))
        self.assertEqual(self.found()[1:], [("remove", "b.txt"), ("rename", "a.txt")])
        remove, rename = self.lines("file")[1:]
        self.assertEqual(remove["old"]["size"], 5)
        self.assertEqual((rename["to"], rename["old"]["size"], rename["old"]["sha256"]), (to, 3, hashlib.sha256(b"new").hexdigest()))
        os.rename(path, to)
        self.assertEqual(list(file_lines._written), [to])
        # Its known digest moves with the file.
        self.assertEqual(set(file_versions._hashes), {to})
        self.assertIn("sha256", file_versions.known_text(to, os.stat(to)))

    def test_a_rename_that_fails_or_changes_nothing_has_no_line(self):
        path = self.write("a.txt")
        files.on_rename((self.path("missing"), self.path("b"), -1, -1))
        files.on_rename((path, self.path("no/such/folder/b"), -1, -1))
        files.on_rename((5, path, -1, -1))
        self.assertEqual(self.lines("file"), [])
        os.link(path, self.path("same.txt"))
        files.on_rename((path, self.path("same.txt"), -1, -1))
        self.assertEqual([op for op, _ in self.found()], ["rename"])

    def test_a_rename_between_two_open_folders(self):
        self.write("one/a.txt")
        os.mkdir(self.path("two"))
        one, two = os.open(self.path("one"), os.O_RDONLY), os.open(self.path("two"), os.O_RDONLY)
        self.addCleanup(os.close, one)
        self.addCleanup(os.close, two)
        files.on_rename(("a.txt", "b.txt", one, two))
        self.assertEqual((self.last()["path"], self.last()["to"]), (self.path("one/a.txt"), self.path("two/b.txt")))
        files.on_link(("a.txt", "c.txt", one, two))
        self.assertEqual(self.found()[1:], [("read", "one/a.txt"), ("write", "two/c.txt")])
        files.on_symlink(("../one/a.txt", "d.txt", two))
        self.assertEqual(self.found()[-1], ("write", "two/d.txt"))
        files.on_remove(("a.txt", one))
        self.assertEqual(self.found()[-1], ("remove", "one/a.txt"))

    def test_a_file_that_is_removed(self):
        path = self.write("a.txt", b"old")
        os.symlink(path, self.path("link"))
        os.mkdir(self.path("folder"))
        for other in (self.path("missing"), self.path("link"), self.path("folder")):
            files.on_remove((other, -1))
        files.on_remove((5, -1))
        self.assertEqual(self.lines("file"), [])
        files.on_remove((path, -1))
        self.assertEqual((self.found(), self.last()["old"]["size"]), ([("remove", "a.txt")], 3))
        self.assertIn(path, file_lines._written)
        self.set(os, "access", lambda path, mode: False)
        files.on_remove((self.write("b.txt"), -1))
        self.assertEqual(len(self.found()), 1)

    def test_a_file_that_is_truncated_is_updated(self):
        path = self.write("a.txt", b"old")
        files.on_truncate((path, 1))
        files.on_truncate((5, 1))
        files.on_truncate((self.path("missing"), 1))
        self.assertEqual((self.found(), self.last()["old"]["size"]), ([("update", "a.txt")], 3))

    def test_a_link_holds_what_its_source_holds(self):
        path = self.write("sub/a.txt", b"content")
        for link in (lambda: files.on_link((path, self.path("hard"), -1, -1)), lambda: files.on_symlink(("sub/a.txt", self.path("soft"), -1))):
            before = len(self.found())
            self.set(file_lines, "_last", None)
            link()
            self.assertEqual([op for op, _ in self.found()[before:]], ["read", "write"])
            self.assertEqual(self.lines("file")[before]["stat"]["size"], 7)
        self.assertEqual(set(file_lines._written), {self.path("hard"), self.path("soft")})
        before = len(self.found())
        files.on_link((path, path, -1, -1))
        files.on_link((self.path("missing"), self.path("x"), -1, -1))
        files.on_link((5, self.path("x"), -1, -1))
        files.on_symlink(("missing", self.path("x"), -1))
        files.on_symlink(("a.txt", path, -1))
        files.on_symlink((b"sub", self.path("x"), -1))
        self.assertEqual(len(self.found()), before)


class Databases(FilesTest):
    def test_a_database_is_written_when_it_is_new(self):
        path = self.path("a.db")
        databases.on_database((path,))
        self.assertEqual(self.found(), [("write", "a.db")])
        os.symlink("nowhere", self.path("dangling"))
        for name in (5, "", ":memory:", "file::memory:?cache=shared", "file:", self.path("dangling"), self.path("no/such.db")):
            databases.on_database((name,))
        self.assertEqual(len(self.found()), 1)

    def test_a_database_that_was_changed_is_updated_with_what_it_held(self):
        path = self.write("a b.db", b"before")
        os.utime(path, (1, 1))
        databases.on_database(("file:%s?mode=ro" % path.replace(" ", "%20"),))
        self.assertEqual(self.found(), [("read", "a b.db")])
        databases.emit_changes()
        self.assertEqual(len(self.found()), 1)
        self.write("a b.db", b"after")
        databases.on_database((os.fsencode(self.path("other.db")),))
        (_, update, write) = self.lines("file")
        self.assertEqual((update["op"], update["old"]["size"], update["old"]["sha256"]), ("update", 6, hashlib.sha256(b"before").hexdigest()))
        self.assertEqual((write["op"], write["path"]), ("write", self.path("other.db")))
        self.assertIn(path, file_lines._written)
        databases.emit_changes()
        self.assertEqual(len(self.found()), 3)
        os.unlink(path)
        databases.emit_changes()
        self.assertEqual(len(self.found()), 3)

    def test_an_empty_database_is_not_read(self):
        databases.on_database((self.write("a.db", b""),))
        self.assertEqual(self.found(), [])

    def test_a_path_object_names_a_database(self):
        import pathlib

        databases.on_database((pathlib.Path(self.path("a.db")),))
        self.assertEqual(self.found(), [("write", "a.db")])


class Digests(FilesTest):
    def test_a_digest_is_of_all_bytes(self):
        for size in (0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1):
            data = bytes(size)
            self.assertEqual(file_versions.sha256(self.write("a", data)), hashlib.sha256(data).hexdigest())
        self.assertRaises(OSError, file_versions.sha256, self.path("missing"))

    def text(self, path):
        return "sha256" in file_versions.old_text(path, os.stat(path))

    def test_a_file_is_hashed_once(self):
        path = self.write("a", b"x")
        self.assertTrue(self.text(path))
        self.set(file_versions, "sha256", None)
        self.assertTrue(self.text(path))
        self.assertTrue("sha256" in file_versions.known_text(path, os.stat(path)))
        os.utime(path, (1, 1))
        self.assertNotIn("sha256", file_versions.known_text(path, os.stat(path)))
        self.assertNotIn("sha256", file_versions.known_text(self.write("b"), os.stat(self.path("b"))))
        self.assertRaises(TypeError, file_versions.old_text, path, os.stat(path))

    def test_large_files_and_many_untouched_ones_are_not_hashed(self):
        self.set(file_versions, "HASHED_AT_MOST", 100)
        self.set(file_versions, "UNTOUCHED_AT_MOST", 250)
        self.assertTrue(self.text(self.write("a", bytes(100))))
        self.assertFalse(self.text(self.write("large", bytes(101))))
        self.assertTrue(self.text(self.write("b", bytes(100))))
        self.assertTrue(self.text(self.write("c", bytes(50))))
        self.assertFalse(self.text(self.write("d", bytes(1))))
        # A file that the program has used before is hashed all the same.
        path = self.write("e", bytes(100))
        file_versions._touched[path] = 0
        self.assertTrue(self.text(path))

    def test_how_large_a_file_may_be(self):
        self.set(file_versions, "sha256", lambda path: "0" * 64)
        for sizes, hashed in (((1 << 26,), True), (((1 << 26) + 1,), False), ((1 << 25, 1 << 25), True), ((1 << 25, (1 << 25) + 1), False)):
            self.set(file_versions, "_untouched_bytes", 0)
            file_versions._hashes.clear()
            for n, size in enumerate(sizes):
                status = types.SimpleNamespace(st_size=size, st_mtime_ns=1, st_ino=n)
                found = "sha256" in file_versions.old_text("/data/%d" % n, status)
            self.assertEqual(found, hashed, sizes)

    def test_an_empty_file_has_no_digest_and_one_that_cannot_be_read_neither(self):
        self.assertFalse(self.text(self.write("a", b"")))

        def refuse(path):
            raise OSError

        self.set(file_versions, "sha256", refuse)
        self.assertFalse(self.text(self.write("b")))


class Ending(FilesTest):
    def test_what_was_written_is_looked_at_again(self):
        path = self.write("a.txt", b"old")
        self.open(path, W)
        self.open(self.path("new.txt"), W | CREATE)
        self.open(self.write("read.txt"), R)
        self.write("a.txt", b"longer")
        database = self.write("d.db", b"1")
        databases.on_database((database,))
        self.write("d.db", b"22")
        databases.emit_changes()
        file_lines.finish()
        found = {os.path.basename(line["path"]): line.get("stat", {}).get("size") for line in self.lines("file") if line["op"] == "final"}
        self.assertEqual(found, {"a.txt": 6, "new.txt": None, "d.db": 2})

    def test_a_forked_child_looks_at_nothing_of_its_parents(self):
        self.open(self.path("new.txt"), W | CREATE)
        databases.on_database((self.write("d.db"),))
        databases.forget()
        file_lines.forget()
        before = len(self.lines())
        self.write("d.db", b"22")
        databases.emit_changes()
        file_lines.finish()
        self.assertEqual(len(self.lines()), before)

    def test_when_a_path_was_changed_last(self):
        path, other = self.write("a.txt"), self.write("b.txt")
        moment = journal.now()
        self.open(path, R)
        self.assertFalse(file_versions.changed_since(path, moment))
        self.open(path, W)
        self.assertTrue(file_versions.changed_since(path, moment))
        self.assertFalse(file_versions.changed_since(path, journal.now()))
        self.open(path, R)
        self.assertTrue(file_versions.changed_since(path, moment))
        self.assertTrue(file_versions.changed_since(path, file_versions._touched[path]))
        files.on_rename((path, self.path("c.txt"), -1, -1))
        self.assertTrue(file_versions.changed_since(self.path("c.txt"), moment))
        file_lines.wrote(other)
        self.assertFalse(file_versions.changed_since(other, moment))
        self.assertIn(other, file_lines._written)
        file_lines.wrote(path)
        self.assertTrue(file_versions.changed_since(path, moment))


if __name__ == "__main__":
    unittest.main()

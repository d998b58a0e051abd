"""The file that lines are appended to: mapped where that is safe, else one write a line."""

import errno
import os
import resource
import unittest

from inside import Recorded
from vampira_agent import journal, spool


class Mapped(Recorded):
    def open(self):
        return spool.MappedSpool(self.path("x.jsonl"))

    def content(self):
        with open(self.path("x.jsonl"), "rb") as file:
            return file.read()

    def test_a_line_is_in_the_file_at_once(self):
        mapped = self.open()
        mapped.append(b"one\n")
        mapped.write(b"two\n")
        self.assertEqual(self.content().rstrip(b"\0"), b"one\ntwo\n")
        self.assertEqual(len(self.content()), 1 << 18)
        mapped.close()
        self.assertEqual(self.content(), b"one\ntwo\n")

    def test_only_the_owner_may_read_it_and_it_must_be_new(self):
        self.open()
        self.assertEqual(os.stat(self.path("x.jsonl")).st_mode & 0o777, 0o600)
        self.assertRaises(FileExistsError, self.open)
        self.assertRaises(FileExistsError, spool.WrittenSpool, self.path("x.jsonl"))

    def test_it_grows_window_by_window_and_loses_nothing(self):
        mapped = self.open()
        lines = [b"%07d %s\n" % (n, b"y" * (n % 300)) for n in range(12_000)]
        sizes = set()
        for line in lines:
            mapped.append(line)
            sizes.add(mapped._window)
        mapped.close()
        self.assertEqual(self.content(), b"".join(lines))
        self.assertEqual(sizes, {1 << 18, 1 << 19, 1 << 20, 1 << 21})

    def test_windows_do_not_grow_without_end(self):
        mapped = self.open()
        mapped._window = 1 << 22
        mapped.append(b"x" * (1 << 18) + b"\n")
        self.assertEqual(mapped._window, 1 << 22)
        # A line longer than a window gets a window that holds it.
        long = b"z" * (9 << 20) + b"\n"
        mapped.append(long)
        self.assertGreater(mapped._window, len(long))
        mapped.append(b"last\n")
        mapped.close()
        self.assertEqual(len(self.content()), (1 << 18) + 1 + len(long) + 5)
        self.assertTrue(self.content().endswith(b"z\nlast\n"))

    def test_a_torn_line_is_overwritten_in_the_next_window(self):
        mapped = self.open()
        mapped.append(b"whole\n")
        # As if a thread had been stopped in the middle of a line.
        mapped.write(b"torn")
        mapped.append(b"x" * (1 << 18) + b"\n")
        mapped.append(b"next\n")
        mapped.close()
        self.assertEqual(self.content(), b"whole\n" + b"x" * (1 << 18) + b"\nnext\n")

    def test_a_window_that_another_thread_has_replaced_is_used(self):
        mapped = self.open()
        before = mapped.map
        mapped._grow(10)
        self.assertIs(mapped.map, before)
        mapped._grow(len(before) - before.tell())
        self.assertIs(mapped.map, before)
        mapped._grow(len(before) - before.tell() + 1)
        self.assertIsNot(mapped.map, before)

    def test_no_descriptor_stays_open(self):
        before = os.listdir("/proc/self/fd")
        mapped = self.open()
        mapped.append(b"x" * (1 << 18) + b"\n")
        self.assertEqual(os.listdir("/proc/self/fd"), before)
        mapped.close()
        self.assertEqual(os.listdir("/proc/self/fd"), before)

    def test_when_no_space_is_left_the_last_words_still_are(self):
        mapped = self.open()
        mapped.append(b"first\n")
        line = b"y" * 999 + b"\n"
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_FSIZE, (soft, hard))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 18, hard))
        written = 0
        with self.assertRaises(spool.Full):
            while True:
                mapped.append(line)
                written += 1
        self.assertTrue(mapped.full)
        self.assertGreaterEqual(written, ((1 << 18) - (1 << 13)) // 1000 - 1)
        # The reserve.
        for n in range(7):
            mapped.append(line)
        with self.assertRaisesRegex(spool.Full, "no space is left"):
            for n in range(10):
                mapped.append(line)
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        mapped.close()
        content = self.content()
        self.assertTrue(content.startswith(b"first\n" + line))
        self.assertEqual(content.count(b"\n"), 1 + content.count(line))
        self.assertGreaterEqual(content.count(line), written + 7)

    def test_the_last_words_come_behind_the_lines_of_a_later_window(self):
        mapped = self.open()
        for n in range(300):
            mapped.append(b"x" * 999 + b"\n")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_FSIZE, (soft, hard))
        resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize(self.path("x.jsonl")), hard))
        written = 300
        with self.assertRaises(spool.Full):
            while True:
                mapped.append(b"x" * 999 + b"\n")
                written += 1
        mapped.append(b"last words\n")
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        mapped.close()
        self.assertEqual(self.content(), (b"x" * 999 + b"\n") * written + b"last words\n")

    def test_a_little_may_be_left_where_much_is_not(self):
        mapped = self.open()
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_FSIZE, (soft, hard))
        # Too little for the next window of 512 KiB, enough for one of 128 KiB.
        resource.setrlimit(resource.RLIMIT_FSIZE, ((1 << 18) + (1 << 17), hard))
        mapped.append(b"x" * ((1 << 18) - (1 << 13) - 1) + b"\n")
        mapped.append(b"y" * 5000 + b"\n")
        self.assertEqual(mapped._window, 1 << 17)
        self.assertFalse(mapped.full)

    def test_a_journal_that_was_deleted_or_replaced_is_left_alone(self):
        mapped = self.open()
        os.unlink(self.path("x.jsonl"))
        with self.assertRaises(spool.Full):
            mapped.append(b"x" * (1 << 18) + b"\n")
        mapped.close()
        self.assertFalse(os.path.exists(self.path("x.jsonl")))
        other = self.write("x.jsonl", b"another's")
        with self.assertRaises(spool.Full):
            mapped.append(b"x" * (1 << 18) + b"\n")
        mapped.close()
        with open(other, "rb") as file:
            self.assertEqual(file.read(), b"another's")

    def test_a_window_that_was_replaced_takes_no_line(self):
        mapped = self.open()
        # As a thread does that has looked up the method before another one replaces the window.
        write = mapped.write
        mapped.append(b"x" * (1 << 18) + b"\n")
        self.assertRaises(ValueError, write, b"lost\n")

    def test_nothing_is_written_after_the_end(self):
        mapped = self.open()
        mapped.append(b"one\n")
        write = mapped.write
        mapped.close()
        self.assertRaises(ValueError, write, b"two\n")
        self.assertRaises(spool.Full, mapped.append, b"two\n")
        self.assertEqual(self.content(), b"one\n")

    def test_a_journal_that_was_moved_ends_with_the_last_words(self):
        for lines in (0, 300):
            mapped = self.open()
            for n in range(lines):
                mapped.append(b"x" * 999 + b"\n")
            os.rename(self.path("x.jsonl"), self.path("moved.jsonl"))
            with self.assertRaises(spool.Full):
                mapped.append(b"y" * (1 << 20) + b"\n")
            mapped.append(b"last words\n")
            with open(self.path("moved.jsonl"), "rb") as file:
                self.assertEqual(file.read().rstrip(b"\0"), (b"x" * 999 + b"\n") * lines + b"last words\n")

    def test_a_replaced_file_is_not_mapped(self):
        for is_older in (True, False):
            if is_older:
                self.write("other", b"another's")
            mapped = self.open()
            if not is_older:
                self.write("other", b"another's")
            os.replace(self.path("other"), self.path("x.jsonl"))
            with self.assertRaisesRegex(spool.Full, "replaced"):
                mapped.append(b"x" * (1 << 18) + b"\n")
            self.assertEqual(os.path.getsize(self.path("x.jsonl")), 9)
            os.unlink(self.path("x.jsonl"))


class Written(Recorded):
    def test_each_line_is_one_write_at_the_end(self):
        written = spool.WrittenSpool(self.path("x.jsonl"))
        before = os.listdir("/proc/self/fd")
        written.append(b"one\n")
        self.assertRaises(ValueError, written.write, b"quick\n")
        written.append(b"two\n")
        written.close()
        self.assertEqual(os.listdir("/proc/self/fd"), before)
        with open(self.path("x.jsonl"), "rb") as file:
            self.assertEqual(file.read(), b"one\ntwo\n")
        self.assertEqual(os.stat(self.path("x.jsonl")).st_mode & 0o777, 0o600)
        self.assertFalse(written.full)

    def test_a_write_that_takes_only_a_part_goes_on(self):
        written = spool.WrittenSpool(self.path("x.jsonl"))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_FSIZE, (soft, hard))
        resource.setrlimit(resource.RLIMIT_FSIZE, (6, hard))
        with self.assertRaises(spool.Full) as caught:
            written.append(b"one line\n")
        self.assertIn(os.strerror(errno.EFBIG), str(caught.exception))
        self.assertTrue(written.full)
        with open(self.path("x.jsonl"), "rb") as file:
            self.assertEqual(file.read(), b"one li")

    def test_a_journal_in_it_loses_nothing(self):
        self.set(spool, "NETWORK", (spool.file_system_of(self.spools),))
        journal.open_journal(self.spools, None)
        self.assertIs(type(journal.spool), spool.WrittenSpool)
        space = self.load("def f(x):\n    return x\n")
        self.assertEqual([space["f"](n) for n in range(3)], [0, 1, 2])
        self.assertEqual([end["value"] for _, end in self.calls("f")], [0, 1, 2])


class Choice(Recorded):
    def test_the_file_system_is_that_of_the_innermost_mount(self):
        self.assertEqual(spool.file_system_of("/proc/self"), "proc")
        self.assertEqual(spool.file_system_of("/proc"), "proc")
        self.assertNotEqual(spool.file_system_of("/procedure"), "proc")
        self.assertNotEqual(spool.file_system_of("/"), "")

    def test_mounts_are_read_with_their_escapes(self):
        mounts = self.write("mounts", b"root / ext4 rw 0 0\nhost:/x /data/my\\040files nfs4 rw 0 0\nx /data/my\\040files/in tmpfs rw\ny /data/my\\040files ceph rw\n")
        real = open
        self.addCleanup(vars(spool).pop, "open", None)
        spool.open = lambda path, mode: real(mounts, mode)
        for folder, kind in (("/data/my files", "ceph"), ("/data/my files/a", "ceph"), ("/data/my files/in/b", "tmpfs"), ("/data/my filesx", "ext4"), ("/", "ext4")):
            self.assertEqual(spool.file_system_of(folder), kind)
        spool.open = lambda path, mode: real(self.write("none", b"short\n"), mode)
        self.assertEqual(spool.file_system_of("/"), "")
        spool.open = lambda path, mode: real(self.path("missing"), mode)
        self.assertEqual(spool.file_system_of("/"), "")

    def test_a_file_is_mapped_unless_its_file_system_is_a_networks(self):
        kind = spool.file_system_of(self.folder)
        self.assertIs(type(spool.open_spool(self.folder, "a")), spool.MappedSpool)
        for network, expected in ((("nfs", kind), spool.WrittenSpool), (("nfs",), spool.MappedSpool)):
            self.set(spool, "NETWORK", network)
            self.assertIs(type(spool.open_spool(self.folder, "b%d" % len(network))), expected)
        self.set(spool, "file_system_of", lambda folder: "fuse.sshfs")
        self.set(spool, "NETWORK", ("fuse",))
        self.assertIs(type(spool.open_spool(self.folder, "c")), spool.WrittenSpool)

    def test_where_a_file_cannot_be_mapped_lines_are_written(self):
        for error in (OSError, ValueError, ImportError):
            def refuse(path):
                with open(path, "xb"):
                    raise error

            self.set(spool, "MappedSpool", refuse)
            found = spool.open_spool(self.folder, error.__name__)
            self.assertIs(type(found), spool.WrittenSpool)
            found.append(b"line\n")

    def test_where_no_file_can_be_made_it_is_an_error(self):
        self.assertRaises(OSError, spool.open_spool, self.path("missing"), "a")


if __name__ == "__main__":
    unittest.main()

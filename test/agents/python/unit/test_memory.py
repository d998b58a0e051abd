"""Memory as the kernel counts it: samples, and peaks of calls, which nest."""

import os
import unittest

from inside import Recorded
from vampira_agent import journal, memory

MIB = 1 << 20


class Peaks(Recorded):
    def setUp(self):
        super().setUp()
        self.set(memory, "_open_peaks", [])
        self.set(memory, "highest", 0)
        self.set(memory, "peaks", True)

    def follow(self, *marks):
        """As if the kernel's high-water mark were these at each look; it is reset after each look that begins a peak."""
        left = list(marks)
        self.set(memory, "high_water", lambda: left.pop(0))
        self.set(memory, "_reset", lambda: None)

    def test_a_peak_is_the_highest_mark_since_its_beginning(self):
        self.follow(50, 70)
        self.set(memory, "resident", lambda: 45)
        self.assertEqual(memory.begin_peak(), 45)
        self.assertEqual(memory.end_peak(), 70)

    def test_the_peak_of_an_outer_call_includes_the_inner_ones(self):
        # begin, begin (90 so far), inner end, outer end.
        self.follow(50, 90, 70, 60)
        memory.begin_peak()
        memory.begin_peak()
        self.assertEqual(memory.end_peak(), 70)
        self.assertEqual(memory.end_peak(), 90)
        self.follow(50, 40, 80, 60)
        memory.begin_peak()
        memory.begin_peak()
        self.assertEqual(memory.end_peak(), 80)
        self.assertEqual(memory.end_peak(), 80)

    def test_three_calls_in_each_other(self):
        self.follow(10, 20, 99, 30, 40, 50)
        for _ in range(3):
            memory.begin_peak()
        self.assertEqual([memory.end_peak() for _ in range(3)], [30, 99, 99])
        self.assertEqual(memory._open_peaks, [])

    def test_calls_one_after_the_other_do_not_share_a_peak(self):
        self.follow(10, 90, 20, 30, 15, 40)
        memory.begin_peak()
        memory.begin_peak()
        # The first inner call: 20 only. The second: 15 only. The outer one has seen 90.
        self.assertEqual(memory.end_peak(), 20)
        memory.begin_peak()
        self.assertEqual(memory.end_peak(), 15)
        self.assertEqual(memory.end_peak(), 90)

    def test_a_peak_that_was_not_begun_is_the_mark(self):
        self.follow(70)
        self.assertEqual(memory.end_peak(), 70)

    def test_where_marks_cannot_be_reset_there_are_no_peaks(self):
        for error in (OSError, ValueError):
            def refuse():
                raise error

            self.set(memory, "peaks", True)
            self.set(memory, "_reset", refuse)
            self.assertIsNone(memory.begin_peak())
            self.assertIs(memory.peaks, False)
            self.assertEqual(memory._open_peaks, [])
            self.assertIsNone(memory.begin_peak())

    def test_where_marks_cannot_be_read_there_is_no_peak(self):
        for error in (OSError, ValueError):
            def refuse():
                raise error

            self.set(memory, "high_water", refuse)
            self.assertIsNone(memory.end_peak())

    def test_a_forked_child_measures_nothing_of_its_parents(self):
        memory._open_peaks.append(5)
        memory.highest = 7
        memory.forget()
        self.assertEqual((memory._open_peaks, memory.highest), ([], 0))


class Kernel(Recorded):
    """The figures of Linux for this process."""

    def test_the_resident_size_and_its_highest_mark(self):
        self.set(memory, "_page", 1)
        memory.start()
        self.assertEqual(memory._page, os.sysconf("SC_PAGE_SIZE"))
        block = bytearray(30 * MIB)
        block[:: 4096] = b"x" * len(block[:: 4096])
        resident, mark = memory.resident(), memory.high_water()
        with open("/proc/self/status") as status:
            figures = {line.split(":")[0]: line.split()[1] for line in status if line.startswith("Vm")}
        self.assertLess(abs(resident - int(figures["VmRSS"]) * 1024), 8 * MIB)
        self.assertLess(abs(mark - int(figures["VmHWM"]) * 1024), 8 * MIB)
        self.assertGreaterEqual(mark, resident - 8 * MIB)
        self.assertGreaterEqual(resident, len(block))
        self.assertGreaterEqual(memory.highest, mark)

    def test_the_highest_mark_is_kept(self):
        self.set(memory, "highest", 1 << 60)
        memory.high_water()
        self.assertEqual(memory.highest, 1 << 60)
        self.set(memory, "next_sample", 0)
        memory.sample(journal.now())
        self.assertEqual(memory.highest, 1 << 60)
        self.set(memory, "highest", 1)
        memory.sample(journal.now())
        self.assertEqual(memory.highest, self.lines("memory")[1]["resident"])

    def test_the_peak_of_a_call_goes_with_its_memory(self):
        self.set(memory, "peaks", True)
        if not memory.begin_peak():
            self.skipTest("the kernel does not let the high-water mark be reset here")
        before = memory.resident()
        block = bytearray(40 * MIB)
        block[:: 4096] = b"x" * len(block[:: 4096])
        del block
        inner = memory.end_peak()
        self.assertGreater(inner, before + 30 * MIB)
        memory.begin_peak()
        self.assertLess(memory.end_peak(), inner - 20 * MIB)

    def test_a_sample_is_a_line_and_the_next_is_due_later(self):
        self.set(memory, "next_sample", 0)
        moment = journal.now()
        memory.sample(moment)
        (line,) = self.lines("memory")
        self.assertEqual((line["at"], memory.next_sample), (moment - journal.zero, moment + 5_000_000))

    def test_no_sample_where_the_kernel_gives_no_size(self):
        self.set(memory, "next_sample", 0)
        for error in (OSError, ValueError, IndexError):
            def refuse():
                raise error

            self.set(memory, "resident", refuse)
            memory.sample(journal.now())
        self.assertEqual(self.lines("memory"), [])

    def test_no_descriptor_stays_open(self):
        before = os.listdir("/proc/self/fd")
        memory.resident()
        memory.high_water()
        self.assertEqual(os.listdir("/proc/self/fd"), before)


if __name__ == "__main__":
    unittest.main()

"""Compares a recorded program with one that is not: output, errors, tracebacks, exit code."""

import re
import unittest

from running import Workplace
from validator import why_not


class Compared(unittest.TestCase):
    maxDiff = None

    def compare(self, *arguments, stdin="", prepare=None, **more):
        found = []
        for recorded in (False, True):
            place = Workplace(self)
            if prepare:
                prepare(place)
            done = place.run(*arguments, recorded=recorded, stdin=stdin, **more)
            if recorded:
                for name, lines in place.spools().items():
                    for line in lines:
                        self.assertIsNone(why_not(line), "%s: %s" % (name, line))
                        # The comparison only counts if all code was recorded.
                        self.assertNotIn("the code of", line.get("reason", ""))
            texts = [
                re.sub("0x[0-9a-f]{6,}", "0xADDRESS", stream.decode("utf-8", "backslashreplace").replace(place.folder, "/FOLDER"))
                for stream in (done.stdout, done.stderr)
            ]
            found.append([*texts, done.returncode])
        self.assertEqual(found[0][0], found[1][0])
        self.assertEqual(found[0][1], found[1][1])
        self.assertEqual(found[0][2], found[1][2])
        return place

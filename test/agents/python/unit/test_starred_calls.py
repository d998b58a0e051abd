"""Calls of libraries with `*arguments` and `**named`."""

import sys
import unittest

from inside import Recorded
from vampira_agent import selection, sites
from vampira_agent.starred_calls import StarredCall


class Starred(Recorded):
    def setUp(self):
        super().setUp()
        self.set(selection, "include", ("math", "textwrap"))
        self.set(sites, "_components", {})
        self.set(sites, "_modules", {})

    def test_they_are_recorded_with_their_arguments(self):
        space = self.load("import math, textwrap\nx = math.copysign(*[3.0, -1.0])\ny = textwrap.shorten('a b', **{'width': 9})\n")
        self.assertEqual((space["x"], space["y"]), (-3.0, "a b"))
        (start, end), = self.calls("copysign")
        self.assertEqual((start["arguments"], end["value"]), ([{"$": "double", "v": "3.0"}, {"$": "double", "v": "-1.0"}], {"$": "double", "v": "-3.0"}))
        (start, _), = self.calls("shorten")
        self.assertEqual(start["arguments"][:2], ["a b", 9])

    @unittest.skipIf(sys.version_info < (3, 9), "messages of 3.8 name a function by its type")
    def test_what_cannot_be_unpacked_is_told_of_the_function(self):
        for text, message in (
            ("math.pow(*3)", r"^math.pow\(\) argument after \* must be an iterable, not int$"),
            ("textwrap.shorten('a', **3)", r"^textwrap.shorten\(\) argument after \*\* must be a mapping, not int$"),
            ("textwrap.shorten(width=1, **{'width': 2})", r"^textwrap.shorten\(\) got multiple values for keyword argument 'width'$"),
        ):
            with self.assertRaisesRegex(TypeError, message):
                self.load("import math, textwrap\n%s\n" % text)
        self.assertEqual(self.calls("pow") + self.calls("shorten"), [])

    def test_an_object_without_a_name_is_told_by_its_text(self):
        stands_in = StarredCall(None, 3)
        self.assertEqual(str(stands_in), "3")
        self.assertFalse(hasattr(stands_in, "__qualname__"))


if __name__ == "__main__":
    unittest.main()

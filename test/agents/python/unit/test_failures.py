"""Exceptions as fields, and how much an object holds, without running the user's code."""

import json
import unittest

from inside import Recorded, make_hostile
from vampira_agent import attributes, failures, places

SECRET = "AKIA" + "ABCDEFGHIJKLMNOP"


def raised(error):
    try:
        raise error
    except BaseException as caught:
        return json.loads("{%s}" % failures.describe_failure(type(caught), caught, caught.__traceback__))


class Failures(Recorded):
    def test_builtin_exceptions_have_their_message(self):
        for error, message in (
            (ValueError("bad", 3), "('bad', 3)"),
            (KeyError("k"), "'k'"),
            (ValueError(), ""),
            (ValueError(None, True, 1.5, b"x"), "(None, True, 1.5, b'x')"),
            (FileNotFoundError(2, "No such file", "a.txt"), "[Errno 2] No such file: 'a.txt'"),
            (SystemExit(3), "3"),
        ):
            self.assertEqual(raised(error), {"type": type(error).__name__, "message": message})

    def test_a_message_that_needs_the_users_code_is_left_out(self):
        class Odd(Exception):
            def __str__(self):
                raise SystemExit("the user's code was run")

        class Represented(Exception):
            def __repr__(self):
                raise SystemExit("the user's code was run")

        class Child(Odd):
            pass

        class Named(OSError):
            pass

        sly = make_hostile()
        for error in (Odd("x"), Represented("x"), Child("x"), ValueError(sly), ValueError(1, [2]), ValueError([])):
            self.assertNotIn("message", raised(error))
        for position in (3, 5):
            arguments = [2, "No such file", "a.txt", None, "b.txt"]
            arguments[position - 1] = sly
            self.assertNotIn("message", raised(OSError(*arguments)))
        self.assertEqual(raised(Named(2, "x"))["message"], "[Errno 2] x")

    def test_a_class_of_the_users_without_a_message_of_its_own_has_the_builtin_one(self):
        class Own(ValueError):
            pass

        class Key(KeyError):
            pass

        self.assertEqual(raised(Own("why"))["message"], "why")
        self.assertEqual(raised(Key("why"))["message"], "'why'")
        self.assertTrue(raised(Own("why"))["type"].endswith("<locals>.Own"))

    def test_secrets_are_masked_and_long_messages_cut(self):
        self.assertEqual(raised(ValueError("for " + SECRET))["message"], "for [redacted]")
        self.assertEqual(raised(ValueError("x" * 501))["message"], "x" * 500)
        self.assertEqual(raised(ValueError("\ud800"))["message"], "?")

    def test_the_innermost_line_of_the_users_code_is_written(self):
        def code(name, text):
            space = {}
            exec(compile(text, name, "exec"), space)
            return space["f"]

        for name, number in (("/user/a.py", 7), ("/user/b.py", 8)):
            self.addCleanup(places.module_numbers.pop, name)
            places.module_numbers[name] = number
        inner = code("/user/b.py", "\n\ndef f():\n    return {}['k']\n")
        outer = code("/user/a.py", "def f(g):\n\n    g()\n")
        library = code("/lib/c.py", "def f(g):\n    raise ValueError\n")
        for call, expected in ((lambda: outer(inner), [8, 4]), (lambda: outer(lambda: library(None)), [7, 3])):
            try:
                call()
            except Exception as caught:
                found = json.loads("{%s}" % failures.describe_failure(type(caught), caught, caught.__traceback__))
            self.assertEqual(found["raisedAt"], expected)
        self.assertNotIn("raisedAt", raised(ValueError()))


class Attributes(Recorded):
    def setUp(self):
        super().setUp()
        self.addCleanup(places.module_names.discard, __name__)
        places.module_names.add(__name__)

    def test_how_many_attributes_an_object_has(self):
        class Own:
            pass

        class Child(Own):
            __slots__ = ()

        class Both(Child):
            __slots__ = ("x",)

        for kind in (Own, Child, Both):
            x = kind()
            self.assertEqual(attributes.describe_attributes(x), "")
            x.a, x.b = 1, 2
            self.assertEqual(attributes.describe_attributes(x), ',"length":2')

    def test_those_of_an_object_of_a_library_are_counted_too(self):
        class Other:
            __module__ = "library"

        class Nameless:
            __module__ = 5

        for kind in (Other, Nameless):
            x = kind()
            x.a = 1
            self.assertEqual(attributes.describe_attributes(x), ',"length":1')

    def test_an_object_that_hides_its_dictionary_is_not_counted(self):
        class Sly:
            @property
            def __dict__(self):
                raise SystemExit("the user's code was run")

        class Child(Sly):
            def __getattribute__(self, name):
                raise SystemExit("the user's code was run")

        class Slotted:
            __slots__ = ("x",)

        for kind in (Sly, Child, Slotted):
            self.assertEqual(attributes.describe_attributes(kind()), "")


if __name__ == "__main__":
    unittest.main()

"""Numbers and strings as JSON text."""

import base64
import json
import unittest

from inside import Recorded
from vampira_agent import identity, scalars
from vampira_agent.values import describe, describe_returned

SECRET = "AKIA" + "ABCDEFGHIJKLMNOP"


def read(x):
    return json.loads(describe(x))


class Numbers(unittest.TestCase):
    def test_an_integer_that_a_double_cannot_hold_is_tagged(self):
        for x in (0, -1, 1 << 30, (1 << 53) - 1, 1 << 53, -(1 << 53)):
            self.assertEqual(read(x), x)
        for x in ((1 << 53) + 1, -(1 << 53) - 1, 1 << 200):
            self.assertEqual(read(x), {"$": "integer", "v": str(x)})

    def test_an_integer_too_long_for_decimal_digits_is_an_object_of_so_many_bytes(self):
        for bits, size in ((80_000, 10_001), (79_999, 10_000)):
            try:
                str(1 << bits)
            except ValueError:
                self.assertEqual(read(1 << bits), {"$": "object", "type": "int", "bytes": size})
            else:
                self.assertEqual(read(1 << bits)["$"], "integer")

    def test_a_float_that_json_would_read_as_an_integer_is_tagged(self):
        for x in (0.5, -2.5e-300, 1.0000000000000002, 0.1 + 0.2):
            self.assertEqual(read(x), x)
        for x, text in (
            (5.0, "5.0"), (-0.0, "-0.0"), (1e22, "1e+22"), (float("nan"), "NaN"), (float("inf"), "Infinity"),
            (float("-inf"), "-Infinity"),
        ):  # fmt: skip
            self.assertEqual(read(x), {"$": "double", "v": text})

    def test_constants_and_complex_numbers(self):
        self.assertEqual([describe(x) for x in (None, True, False)], ["null", "true", "false"])
        self.assertEqual(read(1 - 2j), {"$": "object", "type": "complex", "v": "(1-2j)"})


class Strings(Recorded):
    def test_a_string_is_json_in_ascii(self):
        for x in ("", "plain", "\"\\\n\x00", "gr\xfc\xdfe", "\U0001f600", "x" * 200):
            self.assertEqual(read(x), x)
            self.assertTrue(describe(x).isascii())

    def test_a_long_string_is_cut(self):
        self.assertEqual(read("y" * 201), {"$": "text", "v": "y" * 200, "length": 201})

    def test_a_string_that_is_no_text_is_tagged_bytes(self):
        self.assertEqual(read("a\ud800"), {"$": "bytes", "v": base64.b64encode(b"a\xed\xa0\x80").decode(), "length": 4})
        many = read("\udc80" * 40)
        self.assertEqual((len(base64.b64decode(many["v"])), many["length"]), (48, 120))

    def test_a_secret_is_not_written_however_long_the_string_is(self):
        for x in (SECRET, "x " * 60 + SECRET, "x " * 120 + SECRET, "sk-" + "a" * 20, "//:@", "https://u:p@h"):
            self.assertEqual(read(x), x if x == "//:@" else {"$": "redacted"})
        # The shortest that can be one.
        self.assertEqual(read("a://:p@"), {"$": "redacted"})

    def test_a_returned_string_is_followed_by_its_number(self):
        x = " ".join(["a", "longer", "text", "of", "words"])
        first = json.loads(describe_returned(x))
        self.assertEqual((first["$"], first["v"]), ("text", x))
        self.assertEqual(read(x), first)
        other = " ".join(["a", "longer", "text", "of", "words"])
        self.assertEqual(read(other), other)
        long = "z " * 150
        second = json.loads(describe_returned(long))
        self.assertEqual((second["v"], second["length"]), (long[:200], 300))
        self.assertGreater(second["id"], first["id"])

    def test_a_string_that_python_may_share_has_no_number(self):
        from vampira_agent import values

        constant = "a b c d"
        self.addCleanup(values.constants.discard, id(constant))
        values.constants.add(id(constant))
        for x in ("".join(["1", "-"]), "".join(["a", " b"]), "".join(["a_", "name"]), constant, "".join(["x ", SECRET])):
            text = json.loads(describe_returned(x))
            self.assertNotIn("id", text if isinstance(text, dict) else {})
            self.assertIsNone(identity.find(x))
        four = "".join(["a ", "bc"])
        self.assertEqual(set(json.loads(describe_returned(four))), {"$", "v", "id"})

    def test_a_string_that_got_a_number_and_holds_a_secret_is_still_not_written(self):
        x = "".join(["key ", SECRET])
        identity.number_strongly(x, 0)
        self.assertEqual(describe(x), scalars.REDACTED)
        self.assertEqual(describe_returned(x), scalars.REDACTED)

    def test_known_strings_are_forgotten_when_there_are_too_many(self):
        for n in range(scalars.STRINGS_KEPT * 2 + 10):
            self.assertEqual(describe("s%d" % n), '"s%d"' % n)
            self.assertLessEqual(len(scalars._known_strings), scalars.STRINGS_KEPT)
        self.assertGreater(len(scalars._known_strings), 1)
        self.assertNotIn("l" * 101, scalars._known_strings)
        describe("l" * 101)
        self.assertNotIn("l" * 101, scalars._known_strings)
        describe("m" * 100)
        self.assertIn("m" * 100, scalars._known_strings)


if __name__ == "__main__":
    unittest.main()

"""JSON text, and names of types, without running the user's code."""

import json
import os
import unittest

from inside import Hostile, make_hostile
from vampira_agent import raw_type, text


class Text(unittest.TestCase):
    def test_a_text_of_the_operating_system_is_a_string_or_tagged_bytes(self):
        for given, expected in (
            ("plain \"quoted\"\n", "plain \"quoted\"\n"),
            (b"plain", "plain"),
            ("gr\xfc\xdfe \U0001f600", "gr\xfc\xdfe \U0001f600"),
            ("gr\xfc\xdfe".encode(), "gr\xfc\xdfe"),
            # Bytes that are no UTF-8 come back as they were.
            (b"caf\xe9", {"$": "bytes", "v": "Y2Fm6Q=="}),
            (os.fsdecode(b"\x80\xff"), {"$": "bytes", "v": "gP8="}),
            # Surrogates that do not stand for a byte are written in their encoded form.
            ("\ud800", {"$": "bytes", "v": "7aCA"}),
            ("\udfff", {"$": "bytes", "v": "7b+/"}),
            ("\udc7f", {"$": "bytes", "v": "7bG/"}),
            ("\udd00", {"$": "bytes", "v": "7bSA"}),
            ("\udc80\ud800", {"$": "bytes", "v": "7bKA7aCA"}),
            ("\ue000\udc80", {"$": "bytes", "v": "7oCAgA=="}),
            ("\ud7ff\udcff", {"$": "bytes", "v": "7Z+//w=="}),
        ):
            self.assertEqual(json.loads(text.quote_text(given)), expected, ascii(given))
            self.assertTrue(text.quote_text(given).isascii())

    def test_several_texts_are_an_array(self):
        self.assertEqual(text.quote_texts([]), "[]")
        self.assertEqual(json.loads(text.quote_texts(["a", b"\xff"])), ["a", {"$": "bytes", "v": "/w=="}])


class Types(unittest.TestCase):
    def test_the_name_of_a_type_has_its_module_except_for_builtins(self):
        class Inner:
            pass

        self.assertEqual(raw_type.type_name(int), "int")
        self.assertEqual(raw_type.type_name(json.JSONDecoder), "json.decoder.JSONDecoder")
        self.assertTrue(raw_type.type_name(Inner).endswith("test_text.Types.test_the_name_of_a_type_has_its_module_except_for_builtins.<locals>.Inner"))

    def test_a_type_without_a_proper_name_is_an_object(self):
        for module in (5, None, ["x"]):
            self.assertEqual(raw_type.type_name(type("Odd", (), {"__module__": module})), "object")

    def test_no_code_of_a_metaclass_is_run(self):
        kind = type(make_hostile(__module__="pack.age"))
        self.assertIs(type(kind), Hostile)
        self.assertEqual(raw_type.type_name(kind), "pack.age.Sly")
        self.assertEqual(raw_type.bases_of(kind)[1], object)
        self.assertIn("__repr__", raw_type.members_of(kind))


if __name__ == "__main__":
    unittest.main()

"""Values as JSON text, without running the user's code."""

import base64
import datetime
import decimal
import gc
import json
import pathlib
import unittest
import uuid
import weakref
import zlib

from inside import Recorded, make_hostile
from vampira_agent import finalisers, identity, places, values
from vampira_agent.values import describe, describe_made


def read(x):
    return json.loads(describe(x))


class Finalised:
    def __del__(self):
        pass


class Child(Finalised):
    pass


class Plain:
    pass


class Slotted:
    __slots__ = ("x",)


class Values(Recorded):
    def test_bytes_are_shown_by_their_beginning(self):
        whole = bytes(range(48))
        self.assertEqual(base64.b64decode(read(whole)["v"]), whole)
        longer = read(bytes(range(49)))
        self.assertEqual((base64.b64decode(longer["v"]), longer["length"], longer["$"]), (whole, 49, "bytes"))
        self.assertIn("id", longer)

    def test_a_bytearray_has_a_checksum_up_to_a_mebibyte(self):
        x = bytearray(b"abc")
        self.assertEqual(
            read(x),
            {"$": "object", "type": "bytearray", "length": 3, "bytes": 3, "id": identity.find(x), "digest": "crc32:%08x" % zlib.crc32(b"abc")},
        )
        self.assertIn("digest", read(bytearray(1 << 20)))
        self.assertNotIn("digest", read(bytearray((1 << 20) + 1)))

    def test_a_small_container_of_plain_values_is_shown(self):
        for x, shown in (
            ([1, "a", None, 2.5, True], [1, "a", None, 2.5, True]),
            ((1, (2, [3])), [1, [2, [3]]]),
            ({"a": 1, "b": {"c": [2]}}, {"a": 1, "b": {"c": [2]}}),
            ({"api_key": 1, "n": 2}, {"api_key": {"$": "redacted"}, "n": 2}),
            ({3, 1, 2}, [1, 2, 3]),
            (frozenset(("b", "a")), ["a", "b"]),
            ([], []),
            ({}, {}),
            (list(range(32)), list(range(32))),
            (["x" * 100], ["x" * 100]),
            ([5.0, 1 << 60], [{"$": "double", "v": "5.0"}, {"$": "integer", "v": str(1 << 60)}]),
        ):
            found = read(x)
            self.assertEqual((found["$"], found["type"], found["length"], found["v"]), ("object", type(x).__name__, len(x), shown))

    def test_equal_sets_are_shown_in_the_same_order(self):
        # Both numbers have the same place in a small set: the first to come takes it.
        one, other = {0}, {8}
        one.add(8)
        other.add(0)
        self.assertNotEqual(list(one), list(other))
        self.assertEqual((read(one)["v"], read(other)["v"]), ([0, 8], [0, 8]))

    def test_other_containers_are_shown_by_their_length(self):
        many = [[0] * 16] * 4
        for x in (
            list(range(33)), ["x" * 101], {1: 2}, {"\xe4": 1}, [[[[1]]]], {"a": {"b": {"c": {"d": 1}}}}, [object()], {"a": b""}, [Plain], many,
        ):  # fmt: skip
            found = read(x)
            self.assertEqual((found["type"], found["length"]), (type(x).__name__, len(x)))
            self.assertNotIn("v", found)
        # Up to 64 elements in all, and three levels.
        self.assertEqual(len(read([[0] * 20] * 3)["v"]), 3)
        self.assertEqual(len(read([[0] * 15] * 4)["v"]), 4)
        self.assertEqual(read([[[1, 2]]])["v"], [[[1, 2]]])

    def test_containers_have_numbers_except_for_the_shared_empty_ones(self):
        for x in ([], {}, set(), [1], (1,), frozenset((1,))):
            self.assertEqual(read(x)["id"], identity.find(x))
        for x in ((), frozenset()):
            self.assertNotIn("id", read(x))

    def test_a_container_whose_elements_have_finalisers_is_not_held(self):
        with open(__file__) as file:
            for x in ([Finalised()], (1, Child()), {"k": Finalised()}, [file], [gc.__dict__.values()], [lambda: 0], [property()]):
                self.assertFalse(values.is_inert(x), x.__class__)
                self.assertNotIn("id", read(x))
        for x in ([Plain()], [Slotted()], {"k": [1]}, [b"", bytearray(), 1j], [datetime.date.today()], {1: Plain()}, [make_hostile()]):
            self.assertTrue(values.is_inert(x), x)
            self.assertIn("id", read(x))
        # Only the first eight elements are tested, and the last one.
        self.assertFalse(values.is_inert([1] * 7 + [Finalised()]))
        self.assertFalse(values.is_inert([1] * 9 + [Finalised()]))
        self.assertTrue(values.is_inert([1] * 8 + [Finalised(), 1]))

    def test_a_container_is_not_held_if_something_happens_to_what_is_in_its_elements(self):
        plain, slotted = Plain(), Slotted()
        plain.x = slotted.x = [Finalised()]
        for x in ([[Finalised()]], [plain], [slotted], {"a": {"b": (1, [plain])}}, {Finalised(): 1}, [ValueError()]):
            self.assertFalse(values.is_inert(x), x)
        with open(__file__) as plain.x:
            self.assertFalse(values.is_inert([plain]))
        circle = Plain()
        circle.x = [circle]
        self.assertTrue(values.is_inert([circle]))

    def test_a_container_is_held_no_longer_once_something_with_a_finaliser_was_put_into_it(self):
        items = []
        self.assertIn("id", read(items))
        items.append(Finalised())
        gone = weakref.ref(items[0])
        self.assertNotIn("id", read(items))
        del items
        self.assertIsNone(gone())

    def test_a_container_that_changes_meanwhile_is_not_held(self):
        def elements_of(holder):
            yield 1
            raise RuntimeError("Set changed size during iteration")

        self.set(finalisers, "_elements", lambda holder: [*elements_of(holder)])
        self.assertFalse(values.is_inert([1]))

    def test_what_holds_much_memory_is_let_go_early(self):
        self.addCleanup(identity.large.clear)
        identity.large.clear()
        for make, largest in (
            (lambda n: describe("x" * n), None),
            (lambda n: values.describe_returned("x y" * n), (4097 * 16 - 1) // 3),
            (lambda n: describe(bytes(n)), 4097 * 64 - 1),
            (lambda n: describe(bytearray(n)), 4097 * 64 - 1),
            (lambda n: describe([None] * n), 4096),
        ):
            if largest is None:
                make(1 << 20)
                self.assertEqual(identity.large, [])
                continue
            for more, count in ((0, 0), (1, 1)):
                identity.large.clear()
                make(largest + more)
                self.assertEqual(len(identity.large), count, (largest, more))

    def test_a_type_without_a_module(self):
        space = {}
        exec("kind = type('Kind', (), {})", space)
        self.assertIsNone(values.describer_of(space["kind"]))
        self.assertIn(read(space["kind"]())["type"], ("object", "Kind"))

    def test_an_object_is_its_type_and_a_number(self):
        x = Plain()
        self.assertEqual(read(x), {"$": "object", "type": Plain.__module__ + ".Plain", "id": identity.find(x)})
        # One that cannot be watched has no number.
        self.assertEqual(read(Slotted()), {"$": "object", "type": Slotted.__module__ + ".Slotted"})
        self.assertEqual(read(object()), {"$": "object", "type": "object"})
        self.assertEqual(read(describe), {"$": "object", "type": "function", "v": "describe", "id": identity.find(describe)})
        self.assertEqual(read(Plain)["type"], "type")

    def test_nothing_of_a_hostile_object_is_run(self):
        x = make_hostile(__module__="sly")
        for found in (read(x), read([x]), read({"a": x}), read((x,)), json.loads(describe_made(x)), json.loads(values.describe_returned(x))):
            self.assertEqual(found["$"], "object")
        self.assertEqual(read(x)["type"], "sly.Sly")
        self.assertEqual(read(type(x))["type"], "inside.Hostile")
        odd = make_hostile(__module__=5)
        self.assertEqual(read(odd)["type"], "object")
        # A class of the user that pretends to be of a known library.
        self.assertEqual(read(make_hostile(__module__="numpy.core"))["type"], "numpy.core.Sly")

    def test_how_much_an_object_of_the_users_holds_is_written_with_its_first_description(self):
        places.module_names.add(__name__)
        self.addCleanup(places.module_names.discard, __name__)
        x = Plain()
        x.a, x.b = 1, 2
        first = read(x)
        self.assertEqual(first["length"], 2)
        self.assertNotIn("length", read(x))
        x.c = 3
        made = json.loads(describe_made(x))
        self.assertEqual((made["length"], made["id"]), (3, first["id"]))
        self.assertNotIn("length", read(Plain()))
        self.assertNotIn("length", json.loads(describe_made(Slotted())))

    def test_objects_of_the_standard_library_are_shown(self):
        day = datetime.datetime(2024, 5, 6, 7, 8)
        for x, kind, shown in (
            (day, "datetime.datetime", str(day)),
            (day.date(), "datetime.date", "2024-05-06"),
            (day.time(), "datetime.time", "07:08:00"),
            (day.replace(tzinfo=datetime.timezone.utc), "datetime.datetime", "2024-05-06 07:08:00+00:00"),
            (datetime.timedelta(1), "datetime.timedelta", "1 day, 0:00:00"),
            (decimal.Decimal("1.50"), "decimal.Decimal", "1.50"),
            (uuid.UUID(int=5), "uuid.UUID", str(uuid.UUID(int=5))),
        ):
            self.assertEqual(read(x), {"$": "object", "type": kind, "v": shown})
            self.assertEqual(json.loads(describe_made(x)), read(x))
        path = read(pathlib.PurePosixPath("/a/\xe4"))
        self.assertEqual((path["type"].split(".")[-1], path["v"]), ("PurePosixPath", "/a/\xe4"))

    def test_a_time_zone_of_the_users_is_not_asked(self):
        class Zone(datetime.tzinfo):
            def utcoffset(self, _):
                raise SystemExit("the user's code was run")

        found = read(datetime.datetime(2024, 5, 6, tzinfo=Zone()))
        self.assertEqual(found, {"$": "object", "type": "datetime.datetime"})

    def test_a_class_made_from_one_of_a_library_is_no_class_of_the_library(self):
        class Own(decimal.Decimal):
            def __str__(self):
                raise SystemExit("the user's code was run")

        self.assertNotIn("v", read(Own("1")))


if __name__ == "__main__":
    unittest.main()

"""Objects that hold settings, field by field, without running the user's code."""

import argparse
import collections
import configparser
import dataclasses
import enum
import json
import pathlib
import sys
import types
import typing
import unittest

from inside import Recorded
from vampira_agent import counter, fields, journal, places
from vampira_agent.values import describe, describe_anew


def read(x):
    return json.loads(describe(x))


def inside(whole):
    return object.__getattribute__(whole.config, "__dict__")


class Noticed:
    """Fails the test when any of the user's code runs."""

    def __getattribute__(self, name):
        raise AssertionError(name)

    def __getattr__(self, name):
        raise AssertionError(name)

    def __eq__(self, other):
        raise AssertionError("==")

    __hash__ = None

    @property
    def computed(self):
        raise AssertionError("a property")


@dataclasses.dataclass(eq=False)
class Config(Noticed):
    alpha: float = 1.5
    name: str = "ridge"
    path: pathlib.Path = pathlib.PurePosixPath("out.csv")
    layers: list = dataclasses.field(default_factory=lambda: [1, 2])
    _private: int = 0


@dataclasses.dataclass
class Whole:
    config: Config
    api_key: str = "x"


class Colour(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    LOW = 3


class Pair(typing.NamedTuple):
    a: int
    b: str


class Slots:
    __dataclass_fields__ = {}
    __slots__ = ("x", "y", "__weakref__")


class Namespace:
    LR = 0.1
    name = "k"


class Worker:
    rate = 0.1

    def work(self):
        pass


class Attrs:
    __attrs_attrs__ = ()

    def __init__(self):
        self.x = 1


class Fields(Recorded):
    def setUp(self):
        super().setUp()
        places.module_names.add(__name__)
        self.addCleanup(places.module_names.discard, __name__)

    def test_an_object_that_holds_settings_is_shown_field_by_field(self):
        slots = Slots()
        slots.x = 1
        parser = configparser.ConfigParser()
        parser.read_string("[fit]\nalpha = 2\n")
        for x, shown in (
            (types.SimpleNamespace(a=1, b=None), {"a": 1, "b": None}),
            (argparse.Namespace(verbose=True), {"verbose": True}),
            (Pair(1, "b"), {"a": 1, "b": "b"}),
            (slots, {"x": 1}),
            (Attrs(), {"x": 1}),
            (Namespace(), {"LR": 0.1, "name": "k"}),
            (Namespace, {"LR": 0.1, "name": "k"}),
            (collections.OrderedDict(a=1), {"a": 1}),
            (parser, {"fit": {"alpha": "2"}}),
            ({"config": Pair(1, "b"), "colour": Colour.RED}, {"config": {"a": 1, "b": "b"}, "colour": "RED"}),
            (types.SimpleNamespace(f=read, c=dict, level=Level.LOW), {"f": "read", "c": "dict", "level": "LOW"}),
            (types.SimpleNamespace(a=[], b={}, c=()), {"a": [], "b": {}, "c": []}),
        ):
            with self.subTest(x=type(x).__name__):
                found = read(x)
                self.assertEqual(found["fields"], shown)
                self.assertNotIn("v", found if type(x) is not type else {})

    def test_a_dataclass_is_read_without_its_code(self):
        shown = read(Config())["fields"]
        self.assertEqual((shown.pop("path")["v"], shown), ("out.csv", {"alpha": 1.5, "name": "ridge", "layers": [1, 2]}))
        nested = read(Whole(Config()))["fields"]
        self.assertEqual(nested["config"]["alpha"], 1.5)
        self.assertEqual(nested["api_key"], {"$": "redacted"})

    def test_a_member_of_an_enum_is_its_name(self):
        self.assertEqual(read(Colour.RED)["v"], "RED")
        self.assertEqual(read(Level.LOW)["v"], "LOW")

    def test_an_object_with_methods_or_a_constructor_of_its_own_is_no_settings(self):
        self.assertNotIn("fields", read(Worker()))
        self.assertNotIn("fields", read(Worker))

    def test_an_object_is_shown_again_only_when_it_has_changed(self):
        config = Whole(Config())
        first = read(config)
        self.assertIn("fields", first)
        self.assertEqual(read(config), {"$": "object", "type": first["type"], "id": first["id"]})
        inside(config)["layers"].append(3)
        self.assertEqual(read(config)["fields"]["config"]["layers"], [1, 2, 3])
        self.assertNotIn("fields", read(config))
        inside(config)["alpha"] = 2
        self.assertEqual(read(config)["fields"]["config"]["alpha"], 2)
        # 2.0 is equal to 2, and another setting.
        inside(config)["alpha"] = 2.0
        self.assertEqual(read(config)["fields"]["config"]["alpha"], {"$": "double", "v": "2.0"})
        config.more = None
        self.assertIn("more", read(config)["fields"])
        self.assertIn("fields", json.loads(describe_anew(config)))

    def test_no_change_of_an_object_of_scalars_is_missed(self):
        @dataclasses.dataclass
        class Flat:
            a: object = 1
            b: object = "x"
            c: object = None

        class Other(Flat):
            pass

        def swap(x):
            # The same values in the same order, under another name.
            del x.c
            x.d = None

        def replace(x):
            x.__dict__ = dict(x.__dict__, a=5)

        changes = [
            lambda x: setattr(x, "a", 2), lambda x: setattr(x, "a", True), lambda x: setattr(x, "a", 1.0), lambda x: setattr(x, "c", Worker()),
            lambda x: setattr(x, "c", "y" * 1000), lambda x: setattr(x, "c", [1]), lambda x: setattr(x, "c", Colour.RED), lambda x: setattr(x, "c", Flat),
            lambda x: setattr(x, "d", 1), lambda x: delattr(x, "c"), lambda x: x.__dict__.clear(), swap, replace,
        ]  # fmt: skip
        for makes in (Flat, lambda: argparse.Namespace(a=1, b="x", c=None)):
            for n, change in enumerate(changes):
                with self.subTest(n=n):
                    x = makes()
                    self.assertIn("fields", read(x))
                    self.assertIs(describe(x), describe(x), "it is compared as it stands")
                    change(x)
                    shown = read(x)
                    self.assertTrue("fields" in shown or shown["length"] == 0, shown)
                    self.assertEqual(shown.get("fields"), json.loads(describe_anew(x)).get("fields"))
                    self.assertNotIn("fields", read(x))
        x = Flat()
        describe(x)
        x.__class__ = Other
        self.assertTrue(read(x)["type"].endswith("Other"))

    def test_what_is_none_and_becomes_something_that_is_not_shown_has_changed(self):
        # Objects of more than scalars are compared by what they held.
        for later in (Worker(), "y" * 1000):
            x = argparse.Namespace(a=None, b=[1], c=int)
            describe(x)
            x.a = later
            self.assertEqual(read(x)["fields"], {"b": [1], "c": "int"})
        x = argparse.Namespace(a=Worker, b=[1])
        describe(x)
        self.assertNotIn("fields", read(x))
        x.a = Attrs
        self.assertIn("Attrs", read(x)["fields"]["a"])

    def test_attributes_of_slots_and_private_ones_are_compared_too(self):
        x = Slots()
        x.x, x.y = 1, 2
        self.assertEqual(read(x)["fields"], {"x": 1, "y": 2})
        self.assertIs(describe(x), describe(x))
        x.y = 3
        self.assertEqual(read(x)["fields"], {"x": 1, "y": 3})
        del x.y
        self.assertEqual(read(x)["fields"], {"x": 1})
        y = argparse.Namespace(a=1, _calls=0)
        describe(y)
        y._calls = 1
        self.assertNotIn("fields", read(y))
        self.assertIs(describe(y), describe(y))
        y._calls = Worker()
        held = sys.getrefcount(y._calls)
        self.assertNotIn("fields", read(y))
        self.assertEqual(sys.getrefcount(y._calls), held)

    def test_an_object_at_the_address_of_another_is_not_taken_for_it(self):
        for _ in range(100):
            self.assertIn("fields", read(argparse.Namespace(a=1)))

    def test_an_object_that_has_lost_its_fields_is_not_taken_for_unchanged(self):
        x = argparse.Namespace(a=1)
        describe(x)
        del x.a
        self.assertEqual(read(x)["length"], 0)

    def test_a_forked_child_shows_the_fields_again(self):
        x = argparse.Namespace(a=1)
        describe(x)
        journal.generation += 1
        self.addCleanup(setattr, journal, "generation", journal.generation - 1)
        self.assertIn("fields", read(x))

    def test_what_is_held_to_compare_does_not_keep_the_programs_objects(self):
        large = ["x" * 1000]
        x = argparse.Namespace(large="y" * 1000, deep=large, worker=Worker())
        before = sys.getrefcount(x.large), sys.getrefcount(x.worker)
        describe(x)
        self.assertEqual((sys.getrefcount(x.large), sys.getrefcount(x.worker)), before)

    def test_fields_are_bounded_in_number_depth_and_length(self):
        many = read(types.SimpleNamespace(**{"f%d" % n: n for n in range(100)}))
        self.assertEqual((len(many["fields"]), many["length"]), (fields.FIELDS_AT_MOST, 100))
        long = read(types.SimpleNamespace(a="x" * 101, b=list(range(33)), c=1))
        self.assertEqual((long["fields"], long["length"]), ({"c": 1}, 3))
        deep = types.SimpleNamespace(x=1)
        for _ in range(6):
            deep = types.SimpleNamespace(x=1, inner=deep)
        self.assertEqual(read(deep)["fields"], {"x": 1, "inner": {"x": 1, "inner": {"x": 1}}})
        circle = types.SimpleNamespace(x=1)
        circle.self = circle
        self.assertEqual(read(circle)["fields"]["self"]["x"], 1)

    def test_a_sample_shows_all_fields_whatever_was_written_before(self):
        x = argparse.Namespace(a=1)
        describe(x)
        self.assertIn("fields", json.loads(counter.describe_anew(x)))


if __name__ == "__main__":
    unittest.main()

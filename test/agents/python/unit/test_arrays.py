"""Arrays and tables of libraries, with the libraries themselves where they are installed."""

import json
import unittest
import zlib

from inside import Recorded
from vampira_agent import arrays, changes, identity
from vampira_agent.values import describe

try:
    import numpy
except ImportError:
    numpy = None
try:
    import pandas
except ImportError:
    pandas = None
try:
    from astropy.table import QTable, Table
    from astropy.units import Quantity
except ImportError:
    Table = None


def read(x):
    return json.loads(describe(x))


class Libraries(Recorded):
    def test_types_are_known_by_their_exact_names(self):
        class Own:
            pass

        for name in ("Frame", "DataFrame"):
            self.assertIsNone(arrays.describer_of(Own, "pandas", "pandas.core.frame." + name + "s"))
        self.assertIsNone(arrays.describer_of(Own, "numpy", "numpy.Own"))
        self.assertIsNone(arrays.describer_of(Own, "torch", "torch.Own"))
        self.assertIs(arrays.describer_of(Own, "torch", "torch.Tensor"), arrays._describe_tensor)
        self.assertFalse(arrays.is_array(Own))


@unittest.skipIf(numpy is None, "needs numpy")
class Numpy(Recorded):
    def setUp(self):
        super().setUp()
        self.set(arrays, "_spent", 0)
        self.set(arrays, "CHECKSUM_START", 1 << 60)

    def test_an_array_is_its_shape_its_type_and_a_checksum(self):
        x = numpy.arange(6, dtype="i4").reshape(2, 3)
        found = read(x)
        self.assertEqual((found["type"], found["shape"], found["elementType"], found["bytes"]), ("numpy.ndarray", [2, 3], "int32", 24))
        self.assertEqual(found["digest"], "crc32:%08x" % zlib.crc32(x.tobytes()))
        self.assertEqual(found["id"], identity.find(x))
        self.assertEqual(read(numpy.array(5.0))["shape"], [])
        moment = numpy.array(["2024-01-01"], dtype="M8[D]")
        self.assertEqual(read(moment)["digest"], "crc32:%08x" % zlib.crc32(moment.tobytes()))

    def test_arrays_without_a_checksum(self):
        for x in (numpy.array([object()]), numpy.arange(10)[::2]):
            self.assertNotIn("digest", read(x))
        largest = numpy.zeros(1 << 26, "u1")
        self.assertIn("digest", read(largest))
        self.assertNotIn("digest", read(numpy.zeros((1 << 26) + 1, "u1")))

    def test_checksums_may_take_a_small_share_of_the_time(self):
        arrays.CHECKSUM_START = 30_000_000
        now = [1_000_000_000]
        self.set(arrays, "monotonic_ns", lambda: now[0])
        self.set(arrays, "_since", 0)
        for spent, expected in ((40_000_000, True), (40_000_001, False)):
            arrays._spent = spent
            self.assertEqual("digest" in read(numpy.zeros(1)), expected)
        self.assertEqual(arrays._spent, 40_000_001)
        ticking = iter(range(0, 100, 7))
        arrays._spent, arrays.monotonic_ns = 0, lambda: next(ticking)
        read(numpy.zeros(1))
        self.assertEqual(arrays._spent, 7)

    def test_a_class_made_from_an_array_is_one_if_it_is_the_librarys(self):
        class Own(numpy.ndarray):
            shape = property(lambda self: 1 / 0)

        x = numpy.zeros(3).view(Own)
        self.assertNotIn("shape", read(x))
        self.assertTrue(changes.may_change(Own))
        masked = numpy.ma.masked_array([1.0], [True])
        self.assertEqual((read(masked)["type"].split(".")[-1], read(masked)["shape"]), ("MaskedArray", [1]))
        self.assertTrue(changes.may_change(type(masked)))
        self.assertFalse(changes.may_change(numpy.float64))

    def test_a_single_number_is_a_plain_one(self):
        self.assertEqual([read(x) for x in (numpy.float32(0.5), numpy.int64(3), numpy.bool_(True), numpy.str_("x"))], [0.5, 3, True, "x"])
        self.assertEqual(read(numpy.float64(5)), {"$": "double", "v": "5.0"})
        self.assertEqual(read(numpy.complex64(1j)), {"$": "object", "type": "numpy.complex64"})

    def test_a_change_of_an_array_is_seen(self):
        space = self.load("def f(x, how):\n    how(x)\n")
        for how, expected in ((lambda x: None, []), (lambda x: x.__setitem__(1, 9), [0])):
            space["f"](numpy.zeros(3), how)
            self.assertEqual([position for position, _ in self.calls("f")[-1][1].get("changed", [])], expected)


@unittest.skipIf(pandas is None, "needs pandas")
class Pandas(Recorded):
    def test_a_table_is_its_shape_and_columns(self):
        x = pandas.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6]})
        found = read(x)
        self.assertEqual((found["type"], found["shape"], found["columns"], found["id"]), ("pandas.DataFrame", [3, 2], ["a", "b"], identity.find(x)))
        self.assertNotIn("columns", read(pandas.DataFrame({1: [1]})))
        wide = read(pandas.DataFrame({"c%d" % n: [0] for n in range(70)}))
        self.assertEqual((wide["shape"], len(wide["columns"])), ([1, 70], 64))
        series = pandas.Series([0.5, 1.5])
        self.assertEqual(read(series), {"$": "object", "type": "pandas.Series", "shape": [2], "elementType": "float64", "id": identity.find(series)})


@unittest.skipIf(Table is None, "needs astropy")
class Astropy(Recorded):
    def test_a_table_is_its_shape_and_columns(self):
        for kind in (Table, QTable):
            found = read(kind({"a": [1, 2], "b": [3, 4]}))
            self.assertEqual((found["type"], found["shape"], found["columns"]), ("astropy.table.table." + kind.__name__, [2, 2], ["a", "b"]))

    def test_a_quantity_is_an_array(self):
        found = read(Quantity([1.0, 2.0], "m"))
        self.assertEqual((found["type"].split(".")[-1], found["shape"], found["elementType"]), ("Quantity", [2], "float64"))


if __name__ == "__main__":
    unittest.main()

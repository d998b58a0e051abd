"""Arrays that the program resizes: numpy refuses that while anybody refers to them."""

import unittest

from comparing import Compared
from inside import Recorded
from running import calls_of

try:
    import numpy
except ImportError:
    numpy = None

PROGRAM = """\
import numpy as np


class Buffer:
    def __init__(self):
        self.data = give(np.arange(4.0))

    def grow(self, n):
        self.data.resize(n)
        return give(self.data)


def give(x):
    return x


def grow(x):
    x.resize(20)
    x += 1


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


array = give(np.arange(3.0))
array.resize(len(array) * 2)
print(array)
for n in range(3):
    give(array)
    array.resize(10 + n)
print(array)
buffer = Buffer()
attempt(buffer.grow, 9)
give(buffer.data)
buffer.data.resize((5, 6))
print(buffer.data.shape)
[x.resize(3) for x in [give(np.arange(1.0))]]
(lambda x: x.resize(4, refcheck=False))(array)
method = give(array).resize
method(30)
attempt(grow, give(np.arange(2.0)))
grow(give(np.arange(3.0)))
other = array
attempt(array.resize, 77)
attempt(array.resize, "x")
print(np.resize(array, 3).shape)
array.resize(77)
"""


@unittest.skipIf(numpy is None, "needs numpy")
class Noticed(Compared):
    def test_an_array_is_resized_where_it_is_without_a_record(self):
        for more in ({}, {"VAMPIRA_INCLUDE": "numpy"}):

            def prepare(place):
                place.write("script.py", PROGRAM)

            place = self.compare("script.py", prepare=prepare, **more)
            # Its last line fails with and without us.
            self.assertEqual(calls_of(place.lines(), "give")[0][1]["value"]["shape"], [3])


@unittest.skipIf(numpy is None, "needs numpy")
class Known(Recorded):
    def test_an_array_keeps_its_number_when_it_is_resized(self):
        for text in ("x.resize(4)", "x.resize(len(x) + 1)", "h.x = x; del x; h.x.resize(4); x = h.x"):
            space = self.load("class H: pass\nh = H()\ndef see(x): return None\ndef again(x):\n    see(x); %s; see(x); return x\n" % text, "script")
            before = len(self.calls("see"))
            space["again"](numpy.arange(3.0))
            first, last = [start["arguments"][0] for start, _ in self.calls("see")[before:]]
            self.assertEqual((first["shape"], last["shape"]), ([3], [4]))
            self.assertEqual(first["id"], last["id"])

    def test_the_call_that_resized_its_argument_changed_it(self):
        space = self.load("def grow(x): x.resize(4)\n")
        space["grow"](numpy.arange(3.0))
        start, end = self.calls("grow")[0]
        (position, value), = end["changed"]
        self.assertEqual((position, value["shape"], value["id"]), (0, [4], start["arguments"][0]["id"]))

    def test_an_array_that_may_be_another_one_afterwards_gets_a_new_number(self):
        space = self.load("def see(x): return None\ndef again(x):\n    x = [x]; see(x[0]); x[0].resize(4, refcheck=False); see(x[0])\n")
        space["again"](numpy.arange(3.0))
        first, last = [start["arguments"][0]["id"] for start, _ in self.calls("see")]
        self.assertGreater(last, first)

    def test_names_are_not_looked_up_again_after_code_of_the_users_ran(self):
        space = self.load("def size():\n    global x\n    del x\n    return 4\ndef run():\n    global x\n    x = make()\n    x.resize(size())\n")
        space["make"] = lambda: numpy.arange(3.0)
        space["run"]()
        self.assertNotIn("x", space)


if __name__ == "__main__":
    unittest.main()

"""Calls of libraries, seen where the user's code makes them."""

import gc
import math
import sys
import threading
import weakref

from inside import Recorded
from vampira_agent import calls, governor, selection, sites
from vampira_agent.places import module_names


class Sites(Recorded):
    def setUp(self):
        super().setUp()
        self.set(selection, "include", ("math", "textwrap", "collections", "builtins", "array", "_bisect"))
        self.set(sites, "_components", {})
        self.set(sites, "_modules", {})
        self.set(calls, "failing", calls.failing)
        self.addCleanup(calls.failing.clear)

    def names(self):
        return [line["name"] for line in self.lines("component")]

    def arguments(self, name):
        """What the calls of a library's function got, by the names of its parameters."""
        component, = [line for line in self.lines("component") if line["name"] == name]
        names = [one["name"] for one in component["parameters"]]
        return [dict(zip(names, start["arguments"])) for start, _ in self.calls(name)]

    def test_a_function_of_c_is_recorded_with_its_arguments_and_result(self):
        space = self.load("import math\nfrom math import sqrt as root\ndef f(x):\n    return root(x) + math.pow(2, y := 3)\n")
        self.assertEqual(space["f"](16), 12)
        (start, end), = self.calls("sqrt")
        self.assertEqual((start["arguments"], start["from"], end["value"]), ([16], [1, 4], {"$": "double", "v": "4.0"}))
        self.assertEqual(start["caller"], self.calls("f")[0][0]["id"])
        self.assertEqual(self.arguments("pow"), [{"x": 2, "y": 3}])
        module = [line for line in self.lines("module") if line["name"] == "math"]
        self.assertEqual([line["source"] for line in module], [""])

    def test_parameters_that_a_call_leaves_out_are_the_defaults(self):
        space = self.load("import textwrap, math\ndef f(x):\n    math.isclose(x, 2.0, abs_tol=1.0)\n    return textwrap.shorten(x and 'a b', 9)\n")
        space["f"](1.5)
        self.assertEqual(self.arguments("isclose"), [{"a": 1.5, "b": {"$": "double", "v": "2.0"}, "rel_tol": 1e-09, "abs_tol": {"$": "double", "v": "1.0"}}])
        (start, _), = self.calls("isclose")
        self.assertEqual(start["defaults"], [2])
        found, = self.arguments("shorten")
        self.assertEqual((found["text"], found["width"]), ("a b", 9))

    def test_a_method_of_c_gets_its_object_and_a_class_makes_one(self):
        space = self.load("import collections\nfrom array import array\ndef f():\n    c = collections.Counter(a=2)\n    d = collections.deque([1], maxlen=3)\n    d.append(5)\n    return c.most_common(1)\n")
        self.assertEqual(space["f"](), [("a", 2)])
        self.assertEqual(self.names()[2:], ["Counter.__init__", "deque", "deque.append", "Counter.most_common"])
        (start, end), = self.calls("Counter.__init__")
        self.assertEqual((start["arguments"][0], start["arguments"][1]["v"], end["value"]["type"]), (None, {"a": 2}, "collections.Counter"))
        (made, end), = self.calls("deque")
        (start, _), = self.calls("deque.append")
        self.assertEqual(start["arguments"][0]["id"], end["value"]["id"])
        # Some versions of Python say nothing of how it takes its argument.
        self.assertIn(start["arguments"][1], (5, {"$": "object", "type": "tuple", "length": 1, "v": [5], "id": start["arguments"][0]["id"] + 1}))

    def test_a_constructor_that_a_class_of_the_users_inherits_or_calls_is_the_librarys(self):
        space = self.load("""
import textwrap
class Mine(textwrap.TextWrapper):
    pass
class Other(textwrap.TextWrapper):
    def __init__(self):
        super().__init__(width=7)
def f():
    Mine(width=9)
    return Other().fill("a b c d e f")
""")
        self.assertEqual(space["f"](), "a b c d\ne f")
        self.assertEqual([found["width"] for found in self.arguments("TextWrapper.__init__")], [9, 7])
        self.assertEqual(len(self.calls("TextWrapper.fill")), 1)

    def test_what_the_library_calls_itself_is_left_out(self):
        self.load("import textwrap\ntextwrap.indent('a', ' ')\ntextwrap.fill('a b', 2)\n")
        self.assertEqual(self.names()[1:], ["indent", "fill"])

    def test_what_the_library_calls_back_is_called_by_it(self):
        space = self.load("import collections\ndef key(x):\n    return -x\ndef f():\n    x = [1, 2]\n    x.sort(key=key)\n    return x\n")
        self.assertEqual(space["f"](), [2, 1])
        (sort, _), = self.calls("list.sort")
        self.assertEqual([start["caller"] for start, _ in self.calls("key")], [sort["id"]] * 2)

    def test_functions_that_are_handed_on_are_not_seen(self):
        self.load("import math\nx = list(map(math.sqrt, [1, 4]))\n")
        self.assertEqual(self.names(), [""])

    def test_lambdas_and_comprehensions_are_seen(self):
        self.load("import math\nx = [math.sqrt(i) for i in range(3) if math.floor(i)]\ny = (lambda v: math.ceil(v))(1.5)\n")
        self.assertEqual([len(self.calls(name)) for name in ("sqrt", "floor", "ceil")], [2, 3, 1])

    def test_an_exception_ends_the_call_where_it_is_caught(self):
        space = self.load("""
import math
def f():
    try:
        math.sqrt(-1)
    except ValueError as error:
        return str(error)
def g():
    math.sqrt("x")
""")
        space["f"]()
        self.assertRaises(TypeError, space["g"])
        (_, first), (_, second) = self.calls("sqrt")
        self.assertEqual((first["kind"], first["type"], first["raisedAt"]), ("raise", "ValueError", [1, 5]))
        self.assertEqual((second["type"], second["raisedAt"]), ("TypeError", [1, 9]))
        self.assertEqual([end["kind"] for _, end in self.calls("f") + self.calls("g")], ["return", "raise"])
        self.assertEqual(calls.failing, {})

    def test_an_exception_that_nobody_shows_is_not_seen(self):
        self.load("import math, contextlib\nwith contextlib.suppress(ValueError):\n    math.sqrt(-1)\nmath.sqrt(4)\nmath.sqrt(9)\n")
        kinds = [(end["kind"], end.get("type")) for _, end in self.calls("sqrt")]
        self.assertEqual(kinds, [("raise", "BaseException"), ("return", None), ("return", None)])

    def test_calls_after_a_failed_one_have_the_right_caller(self):
        space = self.load("import math\ndef g():\n    pass\ndef f():\n    try:\n        math.sqrt(-1)\n    finally:\n        g()\n")
        self.assertRaises(ValueError, space["f"])
        self.assertEqual(self.calls("g")[0][0]["caller"], self.calls("f")[0][0]["id"])

    def test_an_object_that_is_not_callable_is_refused_as_ever(self):
        with self.assertRaisesRegex(TypeError, "^'int' object is not callable$"):
            self.load("import math\nx = 5\nx(1, a=2)\n")

    def test_arguments_are_let_go_with_the_call(self):
        space = self.load("import math\nclass Number:\n    def __float__(self):\n        return 4.0\nx = Number()\ny = math.sqrt(x)\n")
        watched = weakref.ref(space.pop("x"))
        gc.collect()
        self.assertIsNone(watched())

    def test_a_site_that_sees_no_library_is_turned_off(self):
        space = self.load("import math\ndef g(x):\n    return x\ng2 = g\ndef f(call, n):\n    for i in range(n):\n        call(i)\n")
        space["f"](space["g"], sites.LOOKS)
        space["f"](math.sqrt, 3)
        self.assertEqual(self.names(), ["", "f", "g"])

    def test_each_call_is_recorded_or_counted(self):
        self.load("")
        self.set(governor, "adaptive", True)
        text = """
import math
def f(n):
    total = 0
    for i in range(n):
        total += math.sqrt(i) + math.pow(i, 1)
        if i % 1000 == 0 and math.floor(i):
            total += 1
        [math.ceil(j) for j in range(2)]
        try:
            math.fabs(math.log(i % 997))
        except ValueError:
            pass
    return total
f(20000)
"""
        self.load(text)
        governor.emit_counts()
        counted = {}
        for line in self.lines("count"):
            counted[line["component"]] = counted.get(line["component"], 0) + line["calls"]
        numbers = {line["name"]: line["id"] for line in self.lines("component")}
        for name, times in (("sqrt", 20000), ("pow", 20000), ("floor", 20), ("ceil", 40000), ("log", 20000), ("fabs", 20000 - 21)):
            self.assertEqual(counted.get(numbers[name], 0) + len(self.calls(name)), times, name)
        self.assertGreater(counted[numbers["ceil"]], 10000)

    def test_what_is_left_out_of_functions_that_are_counted_is_said(self):
        self.load("")
        self.set(governor, "adaptive", True)
        space = self.load("import math\ndef f(x):\n    return math.sqrt(x)\ndef g():\n    for i in range(20000):\n        f(i)\n")
        space["g"]()
        self.assertLess(len(self.calls("sqrt")), 10000)
        self.assertIn("calls of libraries by f are left out where its own calls are only counted", [line["reason"] for line in self.lines("gap")])
        self.assertEqual(space["f"](4), 2)

    def test_each_thread_ends_its_own_calls(self):
        space = self.load("import math\ndef f(x, both):\n    try:\n        both.wait()\n        math.sqrt(x)\n    except (TypeError, ValueError):\n        both.wait()\n")
        both = threading.Barrier(2)
        workers = [threading.Thread(target=space["f"], args=(x, both)) for x in (-1, "x")]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertEqual(sorted(end["type"] for _, end in self.calls("sqrt")), ["TypeError", "ValueError"])

    def test_secrets_are_left_out(self):
        self.set(sites, "_components", {})
        library = type(sys)("library")
        exec("def connect(host, password=None):\n    pass\n", library.__dict__)
        sys.modules["library"] = library
        self.addCleanup(sys.modules.pop, "library")
        self.set(selection, "include", ("library",))
        self.load("import library\nlibrary.connect('a', password='hunter2')\n")
        self.assertEqual(self.arguments("connect"), [{"host": "a", "password": {"$": "redacted"}}])


class EntryPoints(Recorded):
    def test_without_a_library_of_the_list_nothing_is_rewritten(self):
        self.set(selection, "include", ())
        space = self.load("import math\ndef f(x):\n    return math.sqrt(x)\n")
        self.assertNotIn("begin", space["f"].__code__.co_names)

    def test_a_library_of_the_list_is_recorded_where_it_is_called(self):
        for name, text in (
            ("sklearn", ""),
            ("sklearn.linear", "class Ridge:\n    def __init__(self, alpha=1.0, *, solver='auto'):\n        self.alpha = alpha\n    def fit(self, x):\n        return self\n"),
        ):
            module = sys.modules[name] = type(sys)(name)
            self.addCleanup(sys.modules.pop, name)
            exec(text, module.__dict__)
        self.set(sites, "_components", {})
        self.set(sites, "_modules", {})
        for text, wanted in (
            ("from sklearn.linear import Ridge as R\nimport math\nR(alpha=2).fit(math.sqrt(4))\n", ["", "Ridge.__init__", "Ridge.fit"]),
            ("import sklearn.linear as s\nmake = s.Ridge\nmake(3)\n", [""]),
        ):
            with self.subTest(text):
                self.setUp()
                self.set(sites, "_components", {})
                self.is_loaded = False
                self.load(text)
                self.assertEqual([line["name"] for line in self.lines("component")], wanted)
        self.assertEqual(module_names & {"sklearn", "sklearn.linear"}, set())

"""What the bodies of functions, classes and modules are rewritten to.

In the expected code `hook1` stands for the mark of the first component, and so on. A component gets its number when its
body is done, so inner ones come first.
"""

import ast
import json
import re
import sys
import textwrap
import unittest

import inside  # noqa: F401
from vampira_agent.stand_ins import NOTHING
from vampira_agent.marks import mark_of, place_hooks
from vampira_agent.rewrite import rewrite


def rewrite_text(text, wanted=lambda qualified: True):
    tree = ast.parse(text)
    return rewrite(tree, text, wanted), tree


class WithMarks(ast.NodeTransformer):
    def visit_Name(self, node):
        found = re.fullmatch("hook([0-9]+)", node.id)
        return ast.Constant(mark_of(int(found[1]))) if found else node


class Bodies(unittest.TestCase):
    maxDiff = None

    def check(self, source, expected, wanted=lambda qualified: True):
        """The code of a module after its own hook, which is the first in every line here."""
        source = textwrap.dedent(source)
        rows, tree = rewrite_text(source, lambda qualified: wanted(qualified))
        expected = WithMarks().visit(ast.parse(textwrap.dedent(expected)))
        self.assertEqual(ast.dump(tree, indent=1), ast.dump(expected, indent=1))
        compile(tree, "x", "exec", dont_inherit=True)
        return rows

    def module(self, body, head=""):
        return "%swith hook1.enter() if hook1.on or (hook1.tick if True else 0)() else hook1.nothing:\n%s" % (head, textwrap.indent(textwrap.dedent(body), "    "))

    def test_a_module_keeps_its_text_and_its_future_before_its_hook(self):
        self.check("x = 1\n", self.module("x = 1\n"))
        self.check(
            '"""Text."""\nfrom __future__ import annotations\nfrom __future__ import division\nfrom os import path\n',
            self.module("from os import path\n", '"""Text."""\nfrom __future__ import annotations\nfrom __future__ import division\n'),
        )
        for whole in ("", '"""Only a text."""\n', "from __future__ import annotations\n"):
            self.check(whole, whole)
        self.check("1\n'no text'\n", self.module("1\n'no text'\n"))

    def test_a_function_has_its_body_twice(self):
        self.check(
            """
            def f(a, /, b, *c, d, **e):
                '''Text.'''
                if a:
                    return b
                while c:
                    for x in d:
                        with e:
                            return
                    else:
                        return 1
                else:
                    return 2
                try:
                    return 3
                except ValueError:
                    return 4
                except KeyError:
                    pass
                else:
                    return 5
                finally:
                    return 6
            """,
            self.module("""
            def f(a, /, b, *c, d, **e):
                '''Text.'''
                if hook2.on or (hook2.tick if True else 0)():
                    with hook2.enter(a, b, c, d, e):
                        if a:
                            return hook2.leave(b)
                        while c:
                            for x in d:
                                with e:
                                    return
                            else:
                                return hook2.leave(1)
                        else:
                            return hook2.leave(2)
                        try:
                            return hook2.leave(3)
                        except ValueError:
                            return hook2.leave(4)
                        except KeyError:
                            pass
                        else:
                            return hook2.leave(5)
                        finally:
                            return hook2.leave(6)
                else:
                    if a:
                        return b
                    while c:
                        for x in d:
                            with e:
                                return
                        else:
                            return 1
                    else:
                        return 2
                    try:
                        return 3
                    except ValueError:
                        return 4
                    except KeyError:
                        pass
                    else:
                        return 5
                    finally:
                        return 6
            """),
        )

    def test_a_function_of_a_text_only_has_a_body(self):
        self.check(
            "def f():\n    'Text.'\n",
            self.module("def f():\n    'Text.'\n    if hook2.on or (hook2.tick if True else 0)():\n        with hook2.enter():\n            pass\n    else:\n        pass\n"),
        )

    def test_functions_with_defaults_give_them_to_their_hook(self):
        body = "    if hook2.on or (hook2.tick if True else 0)():\n        with hook2.enter(%s):\n            pass\n    else:\n        pass\n"
        self.check("@one\n@two(3)\ndef f(a=1):\n    pass\n", self.module("@one\n@two(3)\n@hook2.define\ndef f(a=1):\n" + body % "a"))
        self.check("def f(*, a=1, b):\n    pass\n", self.module("@hook2.define\ndef f(*, a=1, b):\n" + body % "a, b"))
        self.check("def f(*, a, b):\n    pass\n", self.module("def f(*, a, b):\n" + body % "a, b"))

    def test_a_class_that_only_defines_is_left(self):
        for body in (
            "x = 1", "x: int", "x: List[int] = [-1, a.b, {2: c[0]}]", "'Text.'\n    pass", "...",
            "@property\n    def m(self, a=1, *, b=None, c): f()", "async def m(self): f()", "@m.setter\n    def m(self, x): f()",
        ):  # fmt: skip
            rows = rewrite_text("class A:\n    %s\n" % body)[0]
            self.assertEqual([name for name, text, *_ in rows if '"type":"class"' in text], [], body)
        for body in (
            "x = f()", "x: int = f()", "f()", "@f\n    def m(self): pass", "@f.property()\n    def m(self): pass", "def m(self, a=f()): pass",
            "def m(self, *, a=f()): pass", "x = [f()]", "x = a + b", "import b", "for n in a: pass", "class B: pass", "x = [n for n in a]", "x[f()] = 1",
        ):  # fmt: skip
            rows = rewrite_text("class A:\n    %s\n" % body)[0]
            self.assertEqual([name for name, text, *_ in rows if '"type":"class"' in text], ["A"], body)

    def test_a_class_is_entered_while_it_is_made(self):
        self.check(
            """
            @known
            class A(B):
                'Text.'
                def m(self):
                    return 1
                class C: x = known()
            class Empty:
                'Text.'
            """,
            """
            with hook1.enter() if hook1.on or (hook1.tick if True else 0)() else hook1.nothing:
                @known
                class A(B):
                    'Text.'
                    with hook4.enter() if hook4.on or (hook4.tick if True else 0)() else hook4.nothing:
                        def m(self):
                            if hook2.on or (hook2.tick if True else 0)():
                                with hook2.enter(self):
                                    return hook2.leave(1)
                            else:
                                return 1
                        class C:
                            with hook3.enter() if hook3.on or (hook3.tick if True else 0)() else hook3.nothing:
                                x = known()
                class Empty:
                    'Text.'
            """,
        )

    def test_a_generator_calls_its_hook_at_each_yield(self):
        self.check(
            """
            def f(g):
                x = yield 1
                yield
                for y in (yield g):
                    z = [(yield y), g(a=(yield 2))]
                with (yield 3) as w:
                    pass
                yield from g((yield 4))
                return [t for t in g]
            """,
            self.module("""
            def f(g):
                if hook2.on or (hook2.tick if True else 0)():
                    with hook2.enter_generator(g):
                        x = hook2.current().back((yield hook2.current().out(1)))
                        hook2.current().back((yield hook2.current().out(None)))
                        for y in hook2.current().back((yield hook2.current().out(g))):
                            z = [hook2.current().back((yield hook2.current().out(y))), g(a=hook2.current().back((yield hook2.current().out(2))))]
                        with hook2.current().back((yield hook2.current().out(3))) as w:
                            pass
                        hook2.current().back((yield from hook2.current().delegate(g(hook2.current().back((yield hook2.current().out(4)))))))
                        return hook2.leave_generator([t for t in g])
                else:
                    x = yield 1
                    yield
                    for y in (yield g):
                        z = [(yield y), g(a=(yield 2))]
                    with (yield 3) as w:
                        pass
                    yield from g((yield 4))
                    return [t for t in g]
            """),
        )

    def test_what_yields_in_another_scope_makes_no_generator(self):
        for body in ("x = lambda: (yield)", "def g(): yield 1", "class C:\n        x = lambda: (yield)"):
            rows = rewrite_text("def f():\n    %s\n" % body)[0]
            self.assertNotIn("generator", [text for name, text, *_ in rows if name == "f"][0])
        for body in ("@d((yield))\n    def g(): pass", "x = [1, (yield)]", "await (yield)"):
            rows = rewrite_text("async def f():\n    %s\n" % body)[0]
            self.assertIn('"generator":true', [text for name, text, *_ in rows if name == "f"][0])

    def test_an_async_function_and_its_blocks(self):
        self.check(
            "async def f(a):\n    async with a as b:\n        async for c in b:\n            return await c\n",
            self.module("""
            async def f(a):
                if hook2.on or (hook2.tick if True else 0)():
                    with hook2.enter(a):
                        async with a as b:
                            async for c in b:
                                return hook2.leave(await c)
                else:
                    async with a as b:
                        async for c in b:
                            return await c
            """),
        )

    def test_declarations_stand_once_before_both_bodies(self):
        self.check(
            """
            def f(a):
                global b
                if a:
                    global c
                else:
                    b = 1
                    global d
                try:
                    pass
                except E:
                    nonlocal_ = 2
                    global e
                    pass
                def g():
                    nonlocal a
            """,
            self.module("""
            def f(a):
                global b
                global c
                global d
                global e
                if hook3.on or (hook3.tick if True else 0)():
                    with hook3.enter(a):
                        if a:
                            pass
                        else:
                            b = 1
                        try:
                            pass
                        except E:
                            nonlocal_ = 2
                            pass
                        def g():
                            nonlocal a
                            if hook2.on or (hook2.tick if True else 0)():
                                with hook2.enter():
                                    pass
                            else:
                                pass
                else:
                    if a:
                        pass
                    else:
                        b = 1
                    try:
                        pass
                    except E:
                        nonlocal_ = 2
                        pass
                    def g():
                        nonlocal a
                        if hook2.on or (hook2.tick if True else 0)():
                            with hook2.enter():
                                pass
                        else:
                            pass
            """),
        )

    def test_functions_that_are_nested_deep_have_one_body(self):
        rows, tree = rewrite_text("def a():\n def b():\n  def c():\n   def d(x):\n    def e(): return 1\n    return x\n")
        text = ast.dump(tree)
        # d is below three functions: its hook stands in each of the two bodies of a, b and c, its body once in each.
        self.assertEqual([name.split(".")[-1] for name, *_ in rows], ["", "e", "d", "c", "b", "a"])
        bodies = {name: [] for name in "abcde"}
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                bodies[node.name].append(type(node.body[-1]))
        self.assertEqual({name: set(kinds) for name, kinds in bodies.items()}, {"a": {ast.If}, "b": {ast.If}, "c": {ast.If}, "d": {ast.With}, "e": {ast.With}})
        self.assertEqual({name: len(kinds) for name, kinds in bodies.items()}, {"a": 1, "b": 2, "c": 4, "d": 8, "e": 8})
        self.assertIn("nothing", text)

    def test_what_is_not_wanted_is_left_but_what_is_in_it_is_not(self):
        self.check(
            """
            class A:
                'Text.'
                def m(self):
                    return 1
            def f(x=1):
                def g():
                    return x
                return g
            """,
            """
            with hook1.enter() if hook1.on or (hook1.tick if True else 0)() else hook1.nothing:
                class A:
                    'Text.'
                    def m(self):
                        if hook2.on or (hook2.tick if True else 0)():
                            with hook2.enter(self):
                                return hook2.leave(1)
                        else:
                            return 1
                def f(x=1):
                    def g():
                        if hook3.on or (hook3.tick if True else 0)():
                            with hook3.enter():
                                return hook3.leave(x)
                        else:
                            return x
                    return g
            """,
            wanted=lambda qualified: qualified in ("A.m", "f.<locals>.g"),
        )

    def test_code_for_compilers_is_left_as_it_is(self):
        for source in (
            "@jit\ndef f(a=1): return a\n", "@numba.njit(cache=True)\ndef f(a): return a\n", "@a.b.vectorize\ndef f(a): return a\n",
            "def f(a): return a\ng = njit(f)\n", "def f(a): return a\ng = numba.jit(x, f)\n", "@jitclass\nclass A:\n    def m(self): return 1\n",
            "class A:\n    def m(self): return 1\nB = jitclass(spec)(A)\njitclass(A)\n",
        ):  # fmt: skip
            self.check(source, self.module(source))
        for source in ("re.compile(f)\ndef f(a): return a\n", "@other\ndef f(a): return a\n", "def f(a): return a\nregex.compile(f)\n"):
            self.assertEqual(len(rewrite_text(source)[0]), 2)
        self.assertEqual(len(rewrite_text("jit(f(1), 'f', g)\ndef f(a): return a\n")[0]), 2)

    @unittest.skipUnless(sys.version_info >= (3, 10), "match is newer than this Python")
    def test_the_cases_of_a_match(self):
        source = "def f(a):\n    match a:\n        case 1:\n            return 1\n        case _:\n            global b\n            return 2\n"
        self.check(
            source,
            self.module("""
            def f(a):
                global b
                if hook2.on or (hook2.tick if True else 0)():
                    with hook2.enter(a):
                        match a:
                            case 1:
                                return hook2.leave(1)
                            case _:
                                return hook2.leave(2)
                else:
                    match a:
                        case 1:
                            return 1
                        case _:
                            return 2
            """),
        )


class Rows(unittest.TestCase):
    maxDiff = None

    def rows(self, source):
        return {name: json.loads("{%s}" % text) for name, text, *_ in rewrite_text(source)[0]}

    def test_lines_and_text_of_a_component(self):
        found = self.rows(
            '"""First sentence. Second.\n\nMore."""\n@deco\n@deco\nclass A:\n    """A text\n    of two lines"""\n    def m(self): pass\n'
            "    @staticmethod\n    def s(): x()\n    x()\nasync def c():\n    yield\ndef f():\n    class B:\n        def n(self, a=x()): pass\n"
            "    def g(): '   '\n"
        )
        self.assertEqual(
            {name: (line["type"], line["line"], line["endLine"]) for name, line in found.items()},
            {"": ("module", 1, 18), "A": ("class", 4, 12), "A.m": ("method", 9, 9), "A.s": ("method", 10, 11), "c": ("function", 13, 14),
             "f": ("function", 15, 18), "f.<locals>.B": ("class", 16, 17), "f.<locals>.B.n": ("method", 17, 17), "f.<locals>.g": ("function", 18, 18)},
        )  # fmt: skip
        self.assertEqual((found[""]["documentation"], found["A"]["documentation"]), ("First sentence.", "A text of two lines"))
        self.assertTrue(found["c"]["async"] and found["c"]["generator"])
        self.assertTrue(all("documentation" not in found[name] for name in ("f", "f.<locals>.g")))
        self.assertTrue(all("async" not in found[name] and "generator" not in found[name] for name in ("f", "A")))

    def test_the_text_of_a_component_is_its_first_sentence(self):
        for text, expected in (
            ("One. Two.", "One."), ("One.Two", "One.Two"), ("  One\n  more. Two", "One more."), ("One\n\nTwo", "One"), (". x", "."),
            ("x" * 400, "x" * 300), ("\ud800", "?"),
        ):  # fmt: skip
            self.assertEqual(self.rows("def f():\n    %r\n" % text)["f"]["documentation"], expected)
        self.assertNotIn("documentation", self.rows("def f():\n    1\n    'x'\n")["f"])
        # Other statements that are kept before the hook.
        self.assertEqual(self.rows("def f():\n    'One.'\n    global x\n    x = 1\n")["f"]["documentation"], "One.")
        self.assertEqual(self.rows("'One.'\nfrom __future__ import annotations\n")[""]["documentation"], "One.")

    def test_the_lines_of_a_module(self):
        for source, last in (("x = 1\n", 1), ("x = 1", 1), ("x = 1\n\n", 2), ("", 1), ("x = 1\ny = 2", 2)):
            self.assertEqual((self.rows(source)[""]["line"], self.rows(source)[""]["endLine"]), (1, last), source)

    def test_parameters_and_the_signature(self):
        for written, forms in (
            ("()", []),
            ("(a, b)", [("a", None, None), ("b", None, None)]),
            ("(a, /, b=2)", [("a", "positional-only", None), ("b", None, "2")]),
            ("(a=1, /)", [("a", "positional-only", "1")]),
            ("(*, a, b: int = 3)", [("a", "keyword-only", None), ("b", "keyword-only", "3")]),
            ("(*c: int, d=None, **e: str)", [("c", "var-positional", None), ("d", "keyword-only", "None"), ("e", "var-keyword", None)]),
            ("(x: 'A' = {'k': (1,)}, y=lambda: 0)", [("x", None, "{'k': (1,)}"), ("y", None, "lambda: 0")]),
            ("(name='gr\xfc\xdfe', other='\xe4')", [("name", None, "'gr\xfc\xdfe'"), ("other", None, "'\xe4'")]),
        ):
            line = self.rows("def f%s:\n    pass\n" % written)["f"]
            self.assertEqual(line["signature"], written)
            self.assertEqual([(p["name"], p.get("form"), p.get("default")) for p in line["parameters"]], forms)

    def test_a_default_of_several_lines_is_written_on_one(self):
        line = self.rows("def f(a=[1,\n        2,  3\n    ], b={}):\n    pass\n")["f"]
        self.assertEqual([p["default"] for p in line["parameters"]], ["[1, 2, 3 ]", "{}"])

    def test_defaults_of_secrets_are_not_written(self):
        rows = rewrite_text("def f(a, password='hunter2', *, token: str = 'abc', n=1):\n    pass\n")[0]
        self.assertEqual(rows[1][3], (1, 2))
        self.assertEqual(rows[1][2], ("a", "password", "token", "n"))
        self.assertNotIn("hunter2", rows[1][1] + rows[0][1])
        self.assertNotIn("abc", rows[1][1])
        self.assertEqual(json.loads("{%s}" % rows[1][1])["signature"], "(a, password=[redacted], *, token: str = [redacted], n=1)")

    def test_which_functions_are_asynchronous(self):
        rows = rewrite_text("async def f(): pass\ndef g(): pass\n")[0]
        self.assertEqual([(name, is_async) for name, _, _, _, is_async in rows], [("", False), ("f", True), ("g", False)])


class Hook:
    """A hook that records nothing."""

    def __init__(self, on):
        self.on = on
        self.nothing = NOTHING

    def tick(self):
        return 0

    def enter(self, *_):
        return NOTHING

    enter_generator = enter

    def current(self):
        return NOTHING

    def leave(self, value):
        return value

    leave_generator = define = leave


SCRIPT = '''"""Text."""
import sys

@staticmethod
def decorated(a=1):
    """Text."""
    b = 2
    c = (
        a +
        b)
    return c

class Some:
    """Text."""
    x = [1]

    def m(self):

        for k in self.x:
            if k: y = k
        else:
            z = 3
        return y

def gen(n):
    while n:
        x = yield n
        n -= 1
    yield from iter([5])
    return n

def fails(x):
    try:
        1 / x
    except ZeroDivisionError:
        try:
            return None.missing
        finally:
            x = 4

def bare():
    with open("/dev/null") as f:
        return

Some().m()
Some.d = decorated
Some.d()
list(gen(2))
bare()
try:
    fails(0)
except AttributeError:
    error = sys.exc_info()[2]
'''


class Lines(unittest.TestCase):
    """A debugger sees the same lines, and a traceback the same places, as in the code as it was written."""

    def run_(self, code):
        seen = []

        def trace(frame, event, _):
            if frame.f_code.co_filename != "/script.py":
                return None
            seen.append((event, frame.f_code.co_name, frame.f_lineno))
            return trace

        space = {"__name__": "script"}
        before = sys.gettrace()
        sys.settrace(trace)
        try:
            exec(code, space)
        finally:
            sys.settrace(before)
        places, error = [], space["error"]
        while error is not None:
            code = error.tb_frame.f_code
            places.append((error.tb_lineno, list(code.co_positions())[error.tb_lasti // 2] if hasattr(code, "co_positions") else None))
            error = error.tb_next
        return seen, places, space

    def rewritten(self, on):
        tree = ast.parse(SCRIPT)
        rows = rewrite(tree, SCRIPT, lambda qualified: True)
        return place_hooks(compile(tree, "/script.py", "exec"), [Hook(on) for _ in rows])

    @unittest.skipUnless(sys.version_info >= (3, 10), "before, the compiler knew no instructions without a line")
    def test_lines_and_places_are_the_same(self):
        seen, places, space = self.run_(compile(SCRIPT, "/script.py", "exec"))
        for on in (True, False):
            again, places_again, other = self.run_(self.rewritten(on))
            self.assertEqual(places_again, places)
            # Where a hook stands before an expression of several lines, a debugger sees another of its lines first. The
            # script has no such expression.
            self.assertEqual(without_repeats(again), without_repeats(seen))
            for name in ("decorated", "gen", "fails", "bare"):
                code = getattr(other[name], "__func__", other[name]).__code__
                original = getattr(space[name], "__func__", space[name]).__code__
                self.assertEqual((code.co_firstlineno, code.co_varnames, code.co_names[:0]), (original.co_firstlineno, original.co_varnames, ()))


def without_repeats(events):
    lines = [event for event in events if event[0] == "line"]
    return [event for n, event in enumerate(lines) if n == 0 or event != lines[n - 1]]


if __name__ == "__main__":
    unittest.main()

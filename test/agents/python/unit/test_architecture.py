"""The shape of the agent: its modules import each other in one direction only, and each is short."""

import ast
import os
import unittest

from running import ROOT

NAME = "vampira_agent"
PACKAGE = os.path.join(ROOT, "agents", "python", NAME)
LINES_AT_MOST = 250


def imports_of(source):
    """Names of the agent's modules that a module of it imports: at its top, in functions, or for types only."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level == 1:
                module = NAME + "." + module if module else NAME
            if module == NAME:
                found.update(alias.name for alias in node.names)
            elif module.startswith(NAME + "."):
                found.add(module[len(NAME) + 1 :])
        elif isinstance(node, ast.Import):
            found.update(alias.name[len(NAME) + 1 :] for alias in node.names if alias.name.startswith(NAME + "."))
    return found


def find_hidden_imports(source):
    """What a module does to reach another one without an import statement: by a call, or by a function put in later."""
    found = []
    tree = ast.parse(source)
    functions = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            found += [name for name in node.names if name in functions]
        elif isinstance(node, (ast.Name, ast.Attribute)):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name in ("__import__", "import_module"):
                found.append(name)
        elif isinstance(node, ast.Constant) and type(node.value) is str and node.value.startswith(NAME + "."):
            found.append(node.value)
    return found


def find_circle(imports):
    """A list of modules of which each imports the next, and the last is the first; None where there is none."""
    finished = set()

    def follow(name, path):
        if name in path:
            return path[path.index(name) :] + [name]
        if name in finished:
            return None
        for other in sorted(imports.get(name, ())):
            circle = follow(other, path + [name])
            if circle:
                return circle
        finished.add(name)
        return None

    for name in sorted(imports):
        circle = follow(name, [])
        if circle:
            return circle
    return None


class Shape(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sources = {}
        for name in os.listdir(PACKAGE):
            if name.endswith(".py"):
                with open(os.path.join(PACKAGE, name)) as file:
                    cls.sources[name[:-3]] = file.read()
        cls.imports = {name: imports_of(source) for name, source in cls.sources.items()}

    def test_there_is_no_circle(self):
        self.assertIsNone(find_circle(self.imports))

    def test_no_module_reaches_another_without_an_import(self):
        self.assertEqual({name: found for name, found in ((name, find_hidden_imports(source)) for name, source in self.sources.items()) if found}, {})

    def test_a_module_is_short(self):
        self.assertEqual([name for name, source in self.sources.items() if source.count("\n") > LINES_AT_MOST], [])

    def test_every_module_is_reached_from_the_two_that_are_started(self):
        reached, waiting = set(), ["boot", "notes"]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += self.imports[name] - {"VERSION", "cache_folder", "write_whole"}
        self.assertEqual(reached | {"__init__"}, set(self.imports))

    def test_the_guard_sees_circles_of_every_kind_of_import(self):
        sources = {
            "a": "from .b import c\n",
            "b": "def f():\n    if 1:\n        from . import d\n",
            "c": "import os, vampira_agent.f\nfrom vampira_agent import g\nfrom vampira_agent.h import x\n",
            "d": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .a import x\n",
            "e": "from .a import x\nfrom os import path\nimport b\nimport vampira_agents.d\n",
        }
        imports = {name: imports_of(source) for name, source in sources.items()}
        self.assertEqual((imports["c"], imports["e"]), ({"f", "g", "h"}, {"a"}))
        self.assertEqual(find_circle(imports), ["a", "b", "d", "a"])
        self.assertIsNone(find_circle({"a": {"b"}, "b": {"d"}, "c": {"b", "d"}}))

    def test_the_guard_sees_what_is_reached_without_an_import(self):
        for source, expected in (
            ("def f(x):\n    global f\n    f = other\n", ["f"]),
            ("import importlib\nimportlib.import_module('x')\n", ["import_module"]),
            ("import sys\nsys.modules['vampira_agent.calls']\n", ["vampira_agent.calls"]),
            ("x = 0\ndef f():\n    global x\n    x = 1\n", []),
        ):
            self.assertEqual(find_hidden_imports(source), expected)


if __name__ == "__main__":
    unittest.main()

"""The agent's modules import each other in one direction only, imports inside functions included."""

import ast
import os
import unittest

from running import ROOT

PACKAGE = os.path.join(ROOT, "agents", "python", "vampira_agent")


def imports_of(source):
    """Names of the agent's modules that a module of it imports, anywhere in its code."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found.update([node.module] if node.module else [alias.name for alias in node.names])
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


class Imports(unittest.TestCase):
    def read(self):
        found = {}
        for name in os.listdir(PACKAGE):
            if name.endswith(".py"):
                with open(os.path.join(PACKAGE, name)) as file:
                    found[name[:-3]] = imports_of(file.read())
        return found

    def test_there_is_no_circle(self):
        self.assertIsNone(find_circle(self.read()))

    def test_every_module_is_reached_from_the_two_that_are_started(self):
        imports = self.read()
        reached, waiting = set(), ["boot", "notes"]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += imports[name] - {"VERSION"}
        self.assertEqual(reached | {"__init__"}, set(imports))

    def test_the_walk_sees_a_circle_inside_functions(self):
        sources = {
            "a": "from .b import c\n",
            "b": "def f():\n    if 1:\n        from . import d\n",
            "d": "from .a import x\n",
            "e": "from .a import x\nfrom os import path\nimport b\n",
        }
        imports = {name: imports_of(source) for name, source in sources.items()}
        self.assertEqual(imports["e"], {"a"})
        self.assertEqual(find_circle(imports), ["a", "b", "d", "a"])
        self.assertIsNone(find_circle({"a": {"b"}, "b": {"d"}, "c": {"b", "d"}}))


if __name__ == "__main__":
    unittest.main()

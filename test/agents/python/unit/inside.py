"""Calls the agent's functions in the process of the tests, with a real journal in a folder of its own."""

import json
import os
import shutil
import sys
import tempfile
import unittest
from collections import deque

from running import ROOT, calls_of
from validator import why_not

HOME = os.path.join(ROOT, "agents", "python")
if HOME not in sys.path:
    sys.path.insert(0, HOME)

import vampira_agent  # noqa: E402
from vampira_agent import governor, journal, modules, places, selection, sources, threads  # noqa: E402


class Hostile(type):
    """A metaclass of the user's. The test ends when the agent runs one of its methods."""

    def _refuse(cls, *_):
        raise SystemExit("the user's code was run")

    __eq__ = __hash__ = __instancecheck__ = __subclasscheck__ = __bool__ = __len__ = __call__ = _refuse

    def __getattribute__(cls, name):
        raise SystemExit("the user's code was run: %s" % name)


def make_hostile(**members):
    """An object whose methods, and those of its metaclass, end the test when the agent runs one."""

    def refuse(self, *_):
        raise SystemExit("the user's code was run")

    names = ("__repr__", "__str__", "__eq__", "__hash__", "__len__", "__bool__", "__iter__", "__getattribute__", "__class__")
    inside = {name: refuse for name in names if name != "__class__"}
    inside["__class__"] = property(refuse)
    inside.update(members)
    kind = type.__new__(Hostile, "Sly", (), inside)
    return object.__new__(kind)


class Recorded(unittest.TestCase):
    """A test with a journal."""

    maxDiff = None
    is_loaded = False

    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="vampira-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.set(journal, "folder", "")
        self.set(journal, "name", "")
        self.set(journal, "spool", None)
        self.set(journal, "dead", False)
        self.set(journal, "dropped", 0)
        self.set(journal, "generation", 0)
        self.spools = os.path.join(self.folder, "journal")
        os.mkdir(self.spools)
        journal.open_journal(self.spools, None)

    def set(self, owner, name, value):
        """Set an attribute for the time of this test."""
        self.addCleanup(setattr, owner, name, getattr(owner, name))
        setattr(owner, name, value)

    def lines(self, kind=None):
        """The lines of the journal so far, each of which is valid; of one kind, or all but the first."""
        with open(os.path.join(self.spools, journal.name + ".jsonl"), "rb") as file:
            data = file.read().rstrip(b"\0")
        lines = [json.loads(line) for line in data.splitlines()]
        for line in lines:
            self.assertIsNone(why_not(line), line)
        return [line for line in lines[1:] if kind is None or line["kind"] == kind]

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def load(self, text, name="script"):
        """The namespace of a module of this text, which is the user's and recorded, after it has run."""
        if not self.is_loaded:
            self.is_loaded = True
            for owner, attribute, fresh in (
                (selection, "roots", (self.folder + "/",)), (vampira_agent, "_folder", ""), (governor, "components", []), (governor, "called", deque()),
                (governor, "adaptive", False), (sources, "loaded", []), (modules, "files", {}),
            ):  # fmt: skip
                self.set(owner, attribute, fresh)
            self.addCleanup(places.module_numbers.clear)
            self.addCleanup(places._fields.clear)
        self.addCleanup(places.module_names.discard, name)
        path = self.write(name + ".py", text.encode())
        space = {"__name__": name, "__file__": path}
        before = threads.current_call()
        self.addCleanup(threads.set_current_call, before)
        exec(modules.rewritten(name, path, text.encode()), space)
        self.assertEqual(self.lines("gap"), [])
        return space

    def calls(self, name):
        """[(start, return or raise or None)] of the calls of a component so far."""
        return calls_of(self.lines(), name)

    def write(self, name, data=b"data"):
        """A file in the test's folder. Returns its path."""
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        return path

"""Runs scripts with and without the agent, and reads the journals they leave."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
SITE = os.path.join(ROOT, "agents", "python", "site")
SCRIPTS = os.path.join(HERE, "scripts")


def environment(journal=None, **more):
    """The environment of a program, recorded into the folder `journal` where one is given."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("VAMPIRA_", "PYTHON"))}
    env["PYTHONHASHSEED"] = "0"
    env["XDG_CACHE_HOME"] = os.path.join(tempfile.gettempdir(), "vampira-agent-tests-%d" % os.getuid())
    if journal is not None:
        env["VAMPIRA_JOURNAL"] = journal
        env["PYTHONPATH"] = SITE
    env.update(more)
    return env


class Workplace:
    """A folder of its own for one test: scripts in `work`, the journal in `journal`."""

    def __init__(self, test, scripts=True):
        self.folder = tempfile.mkdtemp(prefix="vampira-")
        test.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.work = os.path.join(self.folder, "work")
        self.journal = os.path.join(self.folder, "journal")
        if scripts:
            shutil.copytree(SCRIPTS, self.work, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            os.mkdir(self.work)

    def write(self, name, text):
        """A file in the work folder. Returns its path."""
        path = os.path.join(self.work, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        return path

    def run(self, *arguments, recorded=True, stdin="", **more):
        """The finished process of this interpreter with arguments, in the work folder."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.work,
            env=environment(self.journal if recorded else None, **more),
            input=stdin.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=120,
        )

    def record(self, text, *arguments, **more):
        """Run a script of this text, recorded; it must end well. Returns the lines of its journal."""
        self.write("script.py", text)
        done = self.run("script.py", *arguments, **more)
        if done.returncode != 0:
            raise AssertionError(done.stderr.decode())
        return self.lines()

    def spools(self):
        """{name: lines} of the journal, torn tails and padding left out."""
        found = {}
        if not os.path.isdir(self.journal):
            return found
        for name in sorted(os.listdir(self.journal)):
            with open(os.path.join(self.journal, name), "rb") as file:
                data = file.read().rstrip(b"\0")
            whole = data[: data.rfind(b"\n") + 1]
            found[name[: -len(".jsonl")]] = [json.loads(line) for line in whole.splitlines()]
        return found

    def lines(self):
        """The lines of the spool of the process that was run, not of its children."""
        for lines in self.spools().values():
            if "parent" not in lines[0]:
                return lines
        raise AssertionError("no journal was written")


def of_kind(lines, kind):
    """The lines of a kind."""
    return [line for line in lines if line["kind"] == kind]


def calls_of(lines, name):
    """[(start, return or raise or None)] of the calls of a component, by its qualified name."""
    ids = {line["id"] for line in of_kind(lines, "component") if line["name"] == name}
    ends = {line["call"]: line for line in lines if line["kind"] in ("return", "raise")}
    return [(line, ends.get(line["id"])) for line in of_kind(lines, "start") if line["component"] in ids]

"""What is in the journal of a recorded program."""

import os
import unittest

from running import SITE, Workplace, calls_of, of_kind
from validator import why_not

FULL = {"VAMPIRA_DETAIL": "full"}


class Capture(unittest.TestCase):
    maxDiff = None

    def record(self, text, *arguments, **more):
        self.place = Workplace(self, scripts=False)
        lines = self.place.record(text, *arguments, **more)
        for name, spool in self.place.spools().items():
            for line in spool:
                self.assertIsNone(why_not(line), "%s: %s" % (name, line))
        self.assertEqual(of_kind(lines, "gap"), [])
        self.assertEqual(lines[0]["kind"], "process")
        return lines

    def test_arguments_defaults_and_results(self):
        lines = self.record(
            "def f(a, b=2.5, *c, d=None, **e):\n    return a\n"
            "f(1)\nf(2**60, -1.0, 3, d='x', z=True)\nf(float('nan'), b=2.5)\n"
        )
        (first, end), (second, _), (third, result) = calls_of(lines, "f")
        self.assertEqual(first["arguments"][:2] + first["arguments"][3:4], [1, 2.5, None])
        self.assertEqual(first["defaults"], [1, 3])
        self.assertEqual(end["value"], 1)
        self.assertEqual(second["arguments"][0], {"$": "integer", "v": str(2**60)})
        self.assertEqual(second["arguments"][1], {"$": "double", "v": "-1.0"})
        self.assertEqual(second["arguments"][2]["v"], [3])
        self.assertEqual(second["arguments"][4]["v"], {"z": True})
        self.assertNotIn("defaults", second)
        self.assertEqual(result["value"], {"$": "double", "v": "NaN"})
        component = [line for line in of_kind(lines, "component") if line["name"] == "f"][0]
        self.assertEqual(component["signature"], "(a, b=2.5, *c, d=None, **e)")
        self.assertEqual(
            [parameter.get("form", "plain") for parameter in component["parameters"]],
            ["plain", "plain", "var-positional", "keyword-only", "var-keyword"],
        )

    def test_who_called_from_where(self):
        lines = self.record("def inner():\n    pass\n\ndef outer():\n    x = 1\n    inner()\n\nouter()\n")
        (module, _), = calls_of(lines, "")
        (outer, _), = calls_of(lines, "outer")
        (inner, _), = calls_of(lines, "inner")
        self.assertNotIn("caller", module)
        self.assertEqual((outer["caller"], outer["from"]), (module["id"], [1, 8]))
        self.assertEqual((inner["caller"], inner["from"]), (outer["id"], [1, 6]))

    def test_kinds_of_components(self):
        lines = self.record(
            '"""Top. More."""\nclass A:\n    """An A."""\n    def m(self): pass\n    class B:\n        x = list()\n        @staticmethod\n'
            "        def s(): pass\ndef f():\n    def g(): yield 1\n    return g\nasync def h(): pass\n"
            "A().m(); A.B.s(); list(f()()); h().send\nimport asyncio\nasyncio.run(h())\n"
        )
        found = {line["name"]: line for line in of_kind(lines, "component")}
        self.assertEqual(
            {name: line["type"] for name, line in found.items()},
            {"": "module", "A": "class", "A.m": "method", "A.B": "class", "A.B.s": "method", "f": "function",
             "f.<locals>.g": "function", "h": "function"},
        )  # fmt: skip
        self.assertEqual(found[""]["documentation"], "Top.")
        self.assertEqual(found["A"]["documentation"], "An A.")
        self.assertEqual((found["A.B.s"]["line"], found["A.B.s"]["endLine"]), (7, 8))
        self.assertTrue(found["f.<locals>.g"]["generator"])
        self.assertTrue(found["h"]["async"])

    def test_exceptions(self):
        lines = self.record(
            "class Odd(Exception):\n    def __str__(self):\n        print('str')\n        return 'odd'\n"
            "def a():\n    raise ValueError('bad', 3)\ndef b():\n    a()\ndef c():\n    raise Odd('x')\n"
            "for f in (b, c):\n    try:\n        f()\n    except Exception:\n        pass\n"
        )
        (_, a), = calls_of(lines, "a")
        (_, b), = calls_of(lines, "b")
        (_, c), = calls_of(lines, "c")
        self.assertEqual((a["type"], a["message"], a["raisedAt"]), ("ValueError", "('bad', 3)", [1, 6]))
        self.assertEqual((b["type"], b["raisedAt"]), ("ValueError", [1, 6]))
        self.assertEqual(c["type"], "__main__.Odd")
        self.assertNotIn("message", c)

    def test_how_much_an_object_of_an_own_class_holds_is_written_once(self):
        lines = self.record(
            "class Curve:\n    def __init__(self, a, points):\n        self.a, self.api_key, self.f = a, 'x', open\n"
            "        points.append(1)\n    def __getattribute__(self, name): raise AttributeError(name)\n"
            "class Sly:\n    @property\n    def __dict__(self): raise SystemExit('read')\n"
            "def make(a):\n    return Curve(a, [])\ndef pass_on(x):\n    return x\n"
            "def bare():\n    class Bare: pass\n    b = Bare(); b.n = 1; return b\n"
            "class Late:\n    def __init__(self): raise ValueError\n"
            "pass_on(make(2.5)); pass_on(Sly()); pass_on(pass_on(bare()))\n"
            "try: Late()\nexcept ValueError: pass\n"
        )
        ((begun, made),) = calls_of(lines, "Curve.__init__")
        self.assertNotIn("length", begun["arguments"][0])
        (first, curve), (second, points) = made["changed"]
        self.assertEqual((first, curve["length"], second, points["v"]), (0, 3, 2, [1]))
        self.assertEqual(curve["id"], begun["arguments"][0]["id"])
        passed, sly, *bare = [start["arguments"][0] for start, _ in calls_of(lines, "pass_on")]
        self.assertEqual(passed, begun["arguments"][0])
        self.assertNotIn("length", sly)
        ((_, returned),) = calls_of(lines, "bare")
        self.assertEqual(returned["value"]["length"], 1)
        self.assertEqual([("length" in value, value["id"]) for value in bare], [(False, returned["value"]["id"])] * 2)
        self.assertNotIn("changed", calls_of(lines, "Late.__init__")[0][1])

    def test_objects_are_followed_by_identity(self):
        lines = self.record(
            "def make(n):\n    return [n, 'x']\ndef read():\n    return ' '.join(['one', 'two'])\n"
            "def use(a, b, c):\n    return a\nmade = make(1)\nuse(made, read(), made)\nuse([1, 'x'], 'one two', 5)\n"
        )
        (_, made), = calls_of(lines, "make")
        (_, text), = calls_of(lines, "read")
        (first, back), (second, _) = calls_of(lines, "use")
        self.assertEqual(first["arguments"][0]["id"], made["value"]["id"])
        self.assertEqual(first["arguments"][2]["id"], made["value"]["id"])
        self.assertEqual(back["value"]["id"], made["value"]["id"])
        self.assertEqual(text["value"]["$"], "text")
        self.assertNotEqual(second["arguments"][0]["id"], made["value"]["id"])
        self.assertEqual(second["arguments"][1], "one two")

    def test_an_id_is_never_given_twice(self):
        lines = self.record(
            "class Thing: pass\ndef make():\n    return Thing()\ndef lists(n):\n    return [n]\n"
            "for n in range(300):\n    make()\n    lists(n)\n",
            **FULL,
        )
        ids = [end["value"]["id"] for name in ("make", "lists") for _, end in calls_of(lines, name)]
        self.assertEqual(len(ids), 600)
        self.assertEqual(len(set(ids)), 600)

    def test_changes_in_place(self):
        lines = self.record(
            "def add(items, table, raw, same):\n    items.append(3)\n    table['k'][0] = 1\n    raw[0] = 7\n"
            "add([1], {'k': [0]}, bytearray(b'abc'), [5])\n"
            "def large(items):\n    items[500] = 'new'\nlarge(list(range(1000)))\n"
        )
        (_, end), = calls_of(lines, "add")
        self.assertEqual([position for position, _ in end["changed"]], [0, 1, 2])
        self.assertEqual(end["changed"][0][1]["v"], [1, 3])
        (_, end), = calls_of(lines, "large")
        self.assertEqual([position for position, _ in end["changed"]], [0])

    def test_generators_and_who_runs_meanwhile(self):
        lines = self.record(
            "def work(x):\n    return x\ndef gen():\n    work('inside')\n    got = yield 1\n    work(got)\n    return 5\n"
            "def outer():\n    yield from gen()\ndef consume():\n    g = gen()\n    next(g)\n    work('outside')\n"
            "    try:\n        g.send('sent')\n    except StopIteration:\n        pass\n    list(outer())\nconsume()\n"
        )
        gens, (consume, _) = calls_of(lines, "gen"), calls_of(lines, "consume")[0]
        inside, outside, sent = calls_of(lines, "work")[:3]
        self.assertEqual(inside[0]["caller"], gens[0][0]["id"])
        self.assertEqual(outside[0]["caller"], consume["id"])
        self.assertEqual(sent[0]["caller"], gens[0][0]["id"])
        self.assertEqual(gens[0][1]["value"], 5)
        suspended = [line for line in of_kind(lines, "suspend") if line["call"] == gens[0][0]["id"]]
        resumed = [line for line in of_kind(lines, "resume") if line["call"] == gens[0][0]["id"]]
        self.assertEqual((suspended[0]["value"], resumed[0]["value"]), (1, "sent"))

    def test_tasks_and_threads_keep_their_callers(self):
        lines = self.record(
            "import asyncio, threading\ndef leaf(n):\n    return n\nasync def step(n):\n    leaf(n)\n"
            "    await asyncio.sleep(0)\n    leaf(n + 10)\nasync def main():\n"
            "    await asyncio.gather(*[step(n) for n in range(3)])\nasyncio.run(main())\n"
            "def start():\n    t = threading.Thread(target=leaf, args=(99,))\n    t.start()\n    t.join()\nstart()\n"
        )
        steps = {start["arguments"][0]: start for start, _ in calls_of(lines, "step")}
        self.assertEqual(len({start["task"] for start in steps.values()}), 3)
        for start, _ in calls_of(lines, "leaf"):
            n = start["arguments"][0]
            if n == 99:
                self.assertEqual(start["caller"], calls_of(lines, "start")[0][0]["id"])
                self.assertGreater(start["thread"], 1)
            else:
                self.assertEqual(start["caller"], steps[n % 10]["id"])

    def test_a_hot_function_is_counted_exactly(self):
        lines = self.record("def hot(n):\n    return n\nfor n in range(50000):\n    hot(n)\n")
        recorded = len(calls_of(lines, "hot"))
        counted = sum(line["calls"] for line in of_kind(lines, "count"))
        self.assertEqual(recorded + counted, 50000)
        self.assertGreaterEqual(recorded, 200)
        self.assertGreater(counted, 0)
        samples = [sample for line in of_kind(lines, "count") for sample in line.get("samples", [])]
        self.assertTrue(samples and all(len(sample["arguments"]) == 1 for sample in samples))

    def test_full_detail_counts_nothing(self):
        lines = self.record("def hot(n):\n    return n\nfor n in range(2000):\n    hot(n)\n", **FULL)
        self.assertEqual(len(calls_of(lines, "hot")), 2000)
        self.assertEqual(of_kind(lines, "count"), [])

    def test_files(self):
        lines = self.record(
            "import os, pathlib, shutil, sqlite3, tempfile\n"
            "def go():\n    open('a.txt', 'w').write('one')\n    open('a.txt').read()\n    open('a.txt', 'a').write('two')\n"
            "    open('a.txt', 'w').write('three')\n    os.rename('a.txt', 'b.txt')\n    shutil.copy('b.txt', 'c.txt')\n"
            "    os.remove('c.txt')\n    pathlib.Path('d').mkdir()\n    pathlib.Path('d/e').write_bytes(b'x')\n"
            "    for bad in ('no/such', 'd'):\n        try:\n            open(bad, 'w')\n        except OSError:\n            pass\n"
            "    try:\n        open('missing')\n    except OSError:\n        pass\n    os.listdir('.')\n"
            "    db = sqlite3.connect('s.db')\n    db.execute('create table t (x)')\n    db.commit()\n    db.close()\n"
            "go()\n"
        )
        work = os.path.realpath(self.place.work)
        call = calls_of(lines, "go")[0][0]["id"]
        found = [
            (line["op"], os.path.relpath(os.path.realpath(line["path"]), work))
            for line in of_kind(lines, "file")
            if line["op"] != "final" and line.get("call") == call
        ]
        self.assertEqual(
            found,
            [("write", "a.txt"), ("read", "a.txt"), ("update", "a.txt"), ("write", "a.txt"), ("rename", "a.txt"),
             ("read", "b.txt"), ("write", "c.txt"), ("remove", "c.txt"), ("write", "d/e"), ("write", "s.db")],
        )  # fmt: skip
        import hashlib

        overwritten = [line for line in of_kind(lines, "file") if line["op"] == "write" and "old" in line]
        self.assertEqual(overwritten[0]["old"]["sha256"], hashlib.sha256(b"onetwo").hexdigest())
        final = {os.path.basename(line["path"]): line.get("stat", {}).get("size") for line in of_kind(lines, "file") if line["op"] == "final"}
        self.assertEqual((final["b.txt"], final["e"], final["c.txt"]), (5, 1, None))

    def test_child_programs(self):
        lines = self.record(
            "import subprocess, sys, os\nopen('in.txt', 'w').write('2\\n1\\n')\n"
            "def go():\n    subprocess.run(['sort', 'in.txt', '-o', 'out.txt'], check=True)\n"
            "    subprocess.run('cat < in.txt > piped.txt', shell=True)\n"
            "    with open('caught.txt', 'w') as out:\n        subprocess.run(['cat', 'in.txt'], stdout=out)\n"
            "    os.system('cp in.txt system.txt')\n    subprocess.run(['dd', 'if=in.txt', 'of=dd.txt', 'status=none'])\n"
            "    subprocess.run(['sh', 'make.sh'])\n    subprocess.run(['false', '--password', 'hunter2', '--token=abc'])\n"
            "open('make.sh', 'w').write('echo x > unnamed.txt')\ngo()\n"
        )
        ends = {line["spawn"]: line for line in of_kind(lines, "wait")}
        found = []
        for spawn in of_kind(lines, "spawn"):
            self.assertEqual(spawn["call"], calls_of(lines, "go")[0][0]["id"])
            files = ends[spawn["id"]].get("files", [])
            found.append(sorted((file["op"], os.path.basename(file["path"]), file["seen"]) for file in files))
        self.assertEqual(
            found,
            [
                [("read", "in.txt", "argument"), ("write", "out.txt", "argument")],
                [("read", "in.txt", "redirection"), ("write", "piped.txt", "redirection")],
                [("read", "in.txt", "argument"), ("write", "caught.txt", "redirection")],
                [("read", "in.txt", "argument"), ("write", "system.txt", "argument")],
                [("read", "in.txt", "argument"), ("write", "dd.txt", "argument")],
                [("read", "make.sh", "argument"), ("write", "unnamed.txt", "change")],
                [],
            ],
        )
        last = of_kind(lines, "spawn")[-1]
        self.assertEqual(last["arguments"], ["false", "--password", "[redacted]", "--token=[redacted]"])
        self.assertEqual(ends[last["id"]]["status"], 1)

    def test_child_pythons_have_spools_of_their_own(self):
        lines = self.record(
            "import multiprocessing, subprocess, sys, os\ndef work(n):\n    return n * 2\n"
            "def main():\n    subprocess.run([sys.executable, 'step.py'], check=True)\n"
            "    subprocess.run(['sh', '-c', sys.executable + ' step.py'], env=dict(os.environ, PYTHONPATH='elsewhere'))\n"
            "    with multiprocessing.get_context('fork').Pool(1) as pool:\n        pool.map(work, [1])\n"
            "    with multiprocessing.get_context('spawn').Pool(1) as pool:\n        pool.map(work, [1])\n"
            "if __name__ == '__main__':\n    open('step.py', 'w').write('def stepping(): pass\\nstepping()\\n')\n    main()\n"
        )
        children = [spool for spool in self.place.spools().values() if "parent" in spool[0]]
        main = calls_of(lines, "main")[0][0]["id"]
        self.assertTrue(all(child[0]["parent"]["spool"] == lines[0]["spool"] for child in children))
        steps = [child for child in children if calls_of(child, "stepping")]
        self.assertEqual([child[0]["parent"].get("spawn") for child in steps], [1, 2])
        workers = [child for child in children if calls_of(child, "work")]
        self.assertEqual(len(workers), 2)
        self.assertEqual([w[0]["parent"].get("call") for w in workers if "call" in w[0]["parent"]], [main])
        self.assertTrue(all(calls_of(child, "work")[0][1]["value"] == 2 for child in workers))

    def test_secrets_are_never_written(self):
        secret, key = "correct-horse-battery", "AKIA" + "ABCDEFGHIJKLMNOP"
        self.record("pass\n")
        # The source is the user's own file; everything else must not hold a secret.
        place = self.place
        place.write(
            "script.py",
            "import subprocess, sys\nS, K = sys.stdin.read().split()\n"
            "def login(user, password, *, api_key=None, **more):\n    return {'token': password, 'n': 1}\n"
            "login('ada', S, api_key=S, cookie=S)\nlogin(K, S)\nlogin('postgres://u:%s@h/d' % S, 1)\n"
            "def boom(): raise KeyError('postgres://u:%s@h/d' % S)\ntry:\n    boom()\nexcept KeyError: pass\n"
            "subprocess.run(['true', '--api-key', S, 'password=%s' % S, K])\n"
            "subprocess.run('true --token=%s' % S, shell=True)\n",
        )
        done = place.run("script.py", stdin="%s %s" % (secret, key))
        self.assertEqual(done.returncode, 0, done.stderr)
        for name in os.listdir(place.journal):
            with open(os.path.join(place.journal, name)) as file:
                text = file.read()
            self.assertNotIn(secret, text)
            self.assertNotIn(key, text)

    def test_notes(self):
        lines = self.record(
            "import vampira\ndef f():\n    vampira.note('telescope', 'test')\n    vampira.quality('completeness', 0.94, unit='1', path='x')\nf()\n"
        )
        first, second = of_kind(lines, "note")
        self.assertEqual((first["type"], first["name"], first["value"]), ("metadata", "telescope", "test"))
        self.assertEqual((second["type"], second["value"], second["unit"]), ("quality", 0.94, "1"))
        self.assertEqual(first["call"], calls_of(lines, "f")[0][0]["id"])

    def test_include_and_exclude(self):
        text = "import json\ndef hidden(): pass\ndef shown(): pass\nhidden(); shown(); json.dumps([1])\n"
        lines = self.record(text, VAMPIRA_EXCLUDE="script.hid*", VAMPIRA_INCLUDE="json")
        names = {line["name"] for line in of_kind(lines, "component")}
        self.assertIn("shown", names)
        self.assertNotIn("hidden", names)
        self.assertIn("dumps", names)

    def test_of_a_library_the_calls_that_the_users_code_makes_are_recorded(self):
        text = """
import fractions
import textwrap
import library

def work(n):
    library.Model(alpha=n).fit([1, 2]).predict()
    return library.outer(n)

work(3)
library.outer(key=4)
"""
        library = """
import functools

def decorated(function):
    @functools.wraps(function)
    def wrapper(*given, **named):
        return function(*given, **named)
    return wrapper

class Base:
    def score(self):
        return self.fit([3])

    def predict(self):
        return 1

class Model(Base):
    def __init__(self, alpha=1.0, beta="b"):
        self.alpha = alpha
        self._private()

    def _private(self):
        pass

    def predict(self):
        return super().predict()

    @decorated
    def fit(self, x):
        inner(x)
        return self

def inner(x):
    return x

@decorated
def outer(key):
    return inner(key)

outer(0)
"""
        place = Workplace(self, scripts=False)
        folder = os.path.join(place.folder, "lib", "site-packages")
        os.makedirs(folder)
        with open(os.path.join(folder, "library.py"), "w") as file:
            file.write(library)
        place.write("script.py", text)
        more = {"PYTHONPATH": SITE + os.pathsep + folder}
        self.assertEqual(place.run("script.py", VAMPIRA_INCLUDE="library", **more).stderr, b"")
        lines = place.lines()
        names = [line["name"] for line in of_kind(lines, "component")]
        self.assertEqual(names, ["", "work", "Model.__init__", "Model.fit", "Model.predict", "outer"])
        (start, end), = calls_of(lines, "Model.__init__")
        self.assertEqual(start["arguments"], [3, "b"])
        self.assertEqual(start["defaults"], [1])
        self.assertEqual(start["from"][1], 7)
        self.assertEqual(start["caller"], calls_of(lines, "work")[0][0]["id"])
        self.assertEqual(end["value"]["type"], "library.Model")
        self.assertEqual([start["arguments"] for start, _ in calls_of(lines, "outer")], [[3], [4]])
        self.assertEqual(len(of_kind(lines, "module")), 2)

    def test_calls_of_a_library_beyond_the_first_are_counted_without_its_own(self):
        text = "import textwrap\nfor n in range(20000): textwrap.dedent('  x')\ntextwrap.dedent('y')\n"
        lines = self.record(text, VAMPIRA_INCLUDE="textwrap")
        counted = sum(line["calls"] for line in of_kind(lines, "count"))
        self.assertEqual(counted + len(calls_of(lines, "dedent")), 20001)
        self.assertGreater(counted, 10000)

    def test_memory_cpu_and_the_end(self):
        lines = self.record("def grow():\n    x = bytearray(60_000_000)\n    x[::4096] = b'x' * len(x[::4096])\n    return len(x)\ngrow()\n")
        (_, end), = calls_of(lines, "grow")
        self.assertGreater(end["peak"], 60_000_000)
        self.assertGreater(end["cpu"], 0)
        last = lines[-1]
        self.assertEqual(last["kind"], "exit")
        self.assertGreaterEqual(last["peak"], 60_000_000)
        self.assertGreater(last["readBytes"], 0)
        self.assertTrue(of_kind(lines, "memory"))

    def test_code_for_compilers_is_left_alone(self):
        lines = self.record(
            "import sys\ndef jit(f):\n    assert not any(type(c).__module__.startswith('vampira') for c in f.__code__.co_consts)\n"
            "    return f\n@jit\ndef fast(x):\n    return x\ndef slow(x):\n    return x\nfaster = jit(slow)\nfast(1); faster(2)\n"
        )
        self.assertEqual(calls_of(lines, "fast") + calls_of(lines, "slow"), [])
        self.assertTrue(calls_of(lines, "jit"))


if __name__ == "__main__":
    unittest.main()

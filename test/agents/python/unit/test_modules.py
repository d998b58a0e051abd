"""Which code is recorded, and how its rewritten form is kept, loaded and given to Python."""

import gc
import importlib.util
import marshal
import os
import sys
import types
import unittest
import warnings

from inside import HOME, Recorded
from running import of_kind

import vampira_agent
from vampira_agent import code_cache, governor, journal, libraries, loading, marks, modules, places, rewrite, selection, sources, takeover, trees, values


class Selection(Recorded):
    def start(self, **variables):
        for name in ("VAMPIRA_ROOTS", "VAMPIRA_INCLUDE", "VAMPIRA_EXCLUDE", "VAMPIRA_ENTRY_POINTS"):
            before = os.environ.pop(name, None)
            self.addCleanup(os.environ.pop, name, None)
            if before is not None:
                self.addCleanup(os.environ.__setitem__, name, before)
        for name in ("roots", "_never", "include", "exclude", "known"):
            self.set(selection, name, ())
        os.environ.update(variables)
        selection.start(HOME)

    def test_the_users_code_is_below_the_current_folder(self):
        self.start()
        here = os.getcwd()
        self.assertEqual(selection.roots, (here + "/",))
        self.assertTrue(selection.is_users_file(here + "/sub/x.py"))
        for path in (here + "x.py", here, "/elsewhere/x.py", here + "/venv/lib/python3/site-packages/x.py", here + "/dist-packages/x.py"):
            self.assertFalse(selection.is_users_file(path), path)
        selection.add_root("/elsewhere")
        selection.add_root("/other/")
        self.assertTrue(selection.is_users_file("/elsewhere/x.py"))
        self.assertTrue(selection.is_users_file(here + "/x.py"))
        self.assertEqual(selection.roots[1:], ("/elsewhere/", "/other/"))

    def test_roots_that_are_given(self):
        self.start(VAMPIRA_ROOTS=os.pathsep.join(["/a/", "relative", ""]))
        self.assertEqual(selection.roots, ("/a/", os.path.abspath("relative") + "/"))

    def test_pythons_own_code_and_ours_are_never_the_users(self):
        self.start(VAMPIRA_ROOTS="/")
        for path in (os.__file__, HOME + "/vampira_agent/calls.py", HOME + "/site/vampira.py", os.path.join(sys.prefix, "lib", "python%d.%d" % sys.version_info[:2], "x.py")):
            self.assertFalse(selection.is_users_file(path), path)
        self.assertTrue(selection.is_users_file("/x.py"))

    def test_modules_are_included_and_excluded_by_patterns(self):
        here = os.getcwd() + "/x.py"
        for include, exclude, name, wanted in (
            ("", "", "my.module", True),
            ("json", "", "jsons", True),
            ("", "my*", "my.module", False),
            ("", "other,my.mod?le", "my.module", False),
            ("", "my", "my.module", True),
            ("my.module.f", "my*", "my.module", True),
            ("a:b", "b", "b", True),
        ):
            self.start(VAMPIRA_INCLUDE=include, VAMPIRA_EXCLUDE=exclude)
            self.assertEqual(selection.is_wanted_module(name, here), wanted, (include, exclude, name))
            self.assertFalse(selection.is_wanted_module(name, "/lib/x.py"))
        self.start(VAMPIRA_INCLUDE="*")
        self.assertFalse(selection.is_wanted_module("vampira_agent.calls", HOME + "/vampira_agent/calls.py"))

    def test_functions_of_the_users_are_included_and_excluded_by_patterns(self):
        for include, exclude, qualified, wanted in (
            ("", "", "f", True),
            ("my.g", "", "f", True),
            ("", "my.f", "f", False),
            ("", "my.f", "g", True),
            ("", "my", "f", False),
            ("my.f", "my", "f", True),
            ("my", "my.f", "f", True),
            ("my", "", "f.<locals>.g", True),
        ):
            self.start(VAMPIRA_INCLUDE=include, VAMPIRA_EXCLUDE=exclude)
            self.assertEqual(selection.choose_in("my")(qualified), wanted, (include, exclude, qualified))

    def test_functions_of_libraries_are_included_by_patterns(self):
        for include, exclude, module, qualified, wanted in (
            ("", "", "json", "dumps", False),
            ("json", "", "json", "dumps", True),
            ("json", "", "jsons", "dumps", False),
            ("json", "", "json.decoder", "JSONDecoder.decode", True),
            ("json.*", "", "json.decoder", "JSONDecoder.decode", True),
            ("json.dumps", "", "json", "dumps", True),
            ("json.dumps", "", "json", "loads", False),
            ("json", "", "json", "_f", False),
            ("json._f", "", "json", "_f", True),
            ("json", "", "json", "A.__init__", True),
            ("json", "", "json", "A._m", False),
            ("json", "", "json", "f.<locals>.g", False),
            ("json.A.*", "", "json", "A.m", True),
            ("json.A.*", "", "json", "A", False),
            ("a:b", "", "b", "f", True),
            # Well-known entry points.
            ("", "", "sklearn.linear_model._ridge", "Ridge.__init__", True),
            ("", "sklearn", "sklearn.linear_model._ridge", "Ridge.__init__", False),
            ("", "", "sklearn.utils", "_f", False),
            ("", "", "sklearns", "f", False),
            ("", "sklearn.linear_model*", "sklearn.linear_model._ridge", "Ridge.__init__", False),
            ("", "", "scipy.sparse", "csr_matrix", False),
            ("scipy.sparse", "", "scipy.sparse", "csr_matrix", True),
        ):
            self.start(VAMPIRA_INCLUDE=include, VAMPIRA_EXCLUDE=exclude)
            self.assertEqual(selection.is_library_call(module, qualified), wanted, (include, exclude, module, qualified))
        self.start(VAMPIRA_ENTRY_POINTS="off")
        self.assertFalse(selection.is_library_call("sklearn.linear_model._ridge", "Ridge.__init__"))


class Rewriting(Recorded):
    def test_no_search_for_cycles_begins_while_a_module_is_rewritten(self):
        text = "".join("def f%d(a, b=1):\n    return [a + b, a * b, (a, b)]\n" % n for n in range(300)).encode()
        begun = []

        def note(phase, _):
            begun.append(phase)

        gc.callbacks.append(note)
        self.addCleanup(gc.callbacks.remove, note)
        self.addCleanup(gc.enable)
        for switch, is_on in ((gc.enable, True), (gc.disable, False)):
            switch()
            gc.collect()
            del begun[:]
            with modules._Quiet():
                rewrite.rewrite(trees.parse(text, "many.py"), text.decode(), lambda name: True)
                self.assertEqual(begun, [])
            self.assertIs(gc.isenabled(), is_on)


class Cache(Recorded):
    def setUp(self):
        super().setUp()
        self.set(vampira_agent, "_folder", None)
        before = os.environ.get("XDG_CACHE_HOME")
        self.addCleanup(os.environ.__setitem__ if before else lambda name, _: os.environ.pop(name, None), "XDG_CACHE_HOME", before)
        os.environ["XDG_CACHE_HOME"] = self.path("cache")

    source = b"#" * 400

    def test_what_was_written_is_read_for_the_same_source_only(self):
        place = code_cache.find_place("m", "/m.py", self.source)
        self.assertIsNone(code_cache.read(place))
        code = compile("1", "/m.py", "exec")
        code_cache.write(place, [("f", "text", (), (), False)], code)
        self.assertEqual(code_cache.read(place), ([("f", "text", (), (), False)], code))
        self.assertEqual(os.listdir(os.path.dirname(place[0])), [os.path.basename(place[0])])
        for name, path, source in (("n", "/m.py", self.source), ("m", "/n.py", self.source), ("m", "/m.py", self.source + b"#")):
            other = code_cache.find_place(name, path, source)
            self.assertNotEqual(other, place)
            # A file that has the same name by chance, for other code.
            os.replace(place[0], other[0]) if os.path.exists(place[0]) else None
            self.assertIsNone(code_cache.read((other[0], other[1])))
            code_cache.write(place, [], code)

    def test_another_selection_is_another_place(self):
        place = code_cache.find_place("m", "/m.py", self.source)
        for name in ("include", "exclude"):
            self.set(selection, name, ("x",))
            other = code_cache.find_place("m", "/m.py", self.source)
            self.assertNotEqual(other, place)
            place = other

    def test_a_broken_file_is_no_code(self):
        path, whole = code_cache.find_place("m", "/m.py", self.source)
        for data in (b"", b"x", marshal.dumps(5), marshal.dumps((whole, [])), marshal.dumps((whole, [], 1))[:-1]):
            with open(path, "wb") as file:
                file.write(data)
            self.assertIsNone(code_cache.read((path, whole)))

    def test_what_cannot_be_written_is_not_kept(self):
        path, whole = code_cache.find_place("m", "/m.py", self.source)
        code_cache.write((path, whole), [], object())
        code_cache.write((self.path("no", "such"), whole), [], None)
        self.assertEqual(os.listdir(os.path.dirname(path)), [])

    def test_small_modules_are_not_kept(self):
        self.assertIsNone(code_cache.find_place("m", "/m.py", b"#" * 399))
        self.assertIsNotNone(code_cache.find_place("m", "/m.py", b"#" * 400))

    def test_a_folder_that_others_may_write_is_not_used(self):
        folder = os.path.dirname(code_cache.find_place("m", "/m.py", self.source)[0])
        self.assertTrue(folder.startswith(self.path("cache", "vampira")))
        self.assertEqual(os.stat(folder).st_mode & 0o777, 0o700)
        for mode, is_used in ((0o755, True), (0o720, False), (0o702, False), (0o700, True)):
            os.chmod(folder, mode)
            vampira_agent._folder = None
            self.assertEqual(code_cache.find_place("m", "/m.py", self.source) is not None, is_used, oct(mode))
        vampira_agent._folder = None
        self.set(os, "getuid", lambda: 12345)
        self.assertIsNone(code_cache.find_place("m", "/m.py", self.source))

    def test_where_there_is_no_folder_nothing_is_kept(self):
        for value in ("relative", self.write("file")):
            os.environ["XDG_CACHE_HOME"] = value
            vampira_agent._folder = None
            self.assertIsNone(code_cache.find_place("m", "/m.py", self.source))
        del os.environ["XDG_CACHE_HOME"]
        self.addCleanup(os.environ.__setitem__, "HOME", os.environ.get("HOME", "/root"))
        os.environ["HOME"] = self.path("home")
        vampira_agent._folder = None
        self.assertTrue(code_cache.find_place("m", "/m.py", self.source)[0].startswith(self.path("home", ".cache", "vampira")))


class Modules(Recorded):
    def test_a_module_is_written_once_and_again_after_a_fork(self):
        space = self.load("def f():\n    pass\n")
        (line,) = self.lines("module")
        self.assertEqual((line["id"], line["name"], line["file"], line["source"]), (1, "script", self.path("script.py"), "def f():\n    pass\n"))
        self.assertEqual((places.module_numbers[self.path("script.py")], "script" in places.module_names), (1, True))
        space["f"]()
        self.assertEqual(len(self.lines("module")), 1)
        sources.forget()
        governor.forget()
        space["f"]()
        self.assertEqual(len(self.lines("module")), 2)
        self.assertIn(self.path("script.py"), sources.code_paths)

    def test_a_module_that_is_loaded_again_has_the_same_components(self):
        self.load("def f():\n    pass\n")
        path = self.path("script.py")
        first = modules.rewritten("script", path, b"def f():\n    pass\n")
        self.assertIs(modules.rewritten("script", path, b"def f():\n    pass\n"), first)
        self.assertEqual(len(governor.components), 2)
        self.assertIsNot(modules.rewritten("script", path, b"def f():\n    return\n"), first)
        self.assertEqual(len(governor.components), 4)
        self.assertIsNot(modules.rewritten("other", path, b"def f():\n    return\n"), modules.files[path + "x"] if path + "x" in modules.files else first)
        self.assertEqual(len(governor.components), 6)

    def test_a_relative_name_of_the_code_is_kept_and_the_file_is_whole(self):
        self.load("pass\n")
        code = modules.rewritten("rel", "rel.py", b"x = 1\n", self.path("rel.py"))
        self.assertEqual(code.co_filename, "rel.py")
        self.assertEqual(self.lines("module")[1]["file"], self.path("rel.py"))
        self.assertEqual(places.module_numbers["rel.py"], 2)
        places.module_numbers.pop("rel.py")
        self.assertIsNone(modules.rewritten("rel", "rel.py", b"x = 1\n", "/elsewhere/rel.py"))
        self.assertIsNone(modules.rewritten("rel", "rel.py", b"x = 1\n"))

    def test_code_that_cannot_be_rewritten_is_a_gap(self):
        self.load("pass\n")
        self.assertIsNone(modules.rewritten("bad", self.path("bad.py"), b"def f(:\n"))
        self.assertEqual(self.lines("gap")[0]["reason"], "the code of bad is not recorded: SyntaxError")

    def test_sources_of_any_encoding(self):
        for name, source, line in (
            ("bom", "\ufeffx = 'gr\xfcn'\n".encode(), 1),
            ("latin", b"# -*- coding: latin-1 -*-\ndef f(x='\xe4'): return x\n", None),
            ("dos", b"def f(a=1,\r\n    b=2):\r\n  return a\r\n", 2),
            ("mac", b"def f(a=1,\r    b=2):\r  return a\r", 2),
        ):
            self.load("pass\n", "first")
            code = modules.rewritten(name, self.path(name + ".py"), source)
            space = {"__name__": name}
            exec(code, space)
        self.assertEqual(self.lines("gap"), [])
        written = {line["name"]: line["source"] for line in self.lines("module")}
        self.assertEqual(written["bom"], "\ufeffx = 'gr\xfcn'\n")
        self.assertEqual(written["latin"]["$"], "bytes")
        self.assertEqual(written["dos"], "def f(a=1,\r\n    b=2):\r\n  return a\r\n")

    def test_the_cache_saves_the_rewriting(self):
        self.load("pass\n", "first")
        vampira_agent._folder = self.path("cache")
        os.mkdir(vampira_agent._folder)
        source = b"def f():\n    return 1\n" + b"#" * 400
        modules.rewritten("m", self.path("m.py"), source)
        self.assertEqual(len(os.listdir(self.path("cache"))), 1)
        modules.files.clear()
        from vampira_agent import rewrite

        self.set(rewrite, "rewrite", None)
        space = {"__name__": "m"}
        exec(modules.rewritten("m", self.path("m.py"), source), space)
        self.assertEqual(space["f"](), 1)
        self.assertEqual(self.calls("f")[0][1]["value"], 1)
        self.assertIsNone(modules.rewritten("m", self.path("m.py"), source + b"\n"))

    def test_warnings_are_not_given_twice(self):
        self.load("pass\n", "first")
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            filters = warnings.filters
            modules.rewritten("m", self.path("m.py"), b"x = 1 is 1\ny = '\\d'\n")
            self.assertIs(warnings.filters, filters)
            warnings.warn("still heard")
        self.assertEqual([str(one.message) for one in caught], ["still heard"])


class Marks(Recorded):
    def test_marks_are_replaced_by_hooks_in_nested_code_too(self):
        hooks = [object(), object(), object()]
        texts = [marks.mark_of(n) for n in (1, 2, 3)]
        source = "a = %r\ndef f():\n    b = %r\n    class C:\n        c = %r\n        d, e, f = [], 'a constant', 'four'\n        g = 'abc'\n    return C\n" % tuple(texts)
        self.set(values, "constants", set())
        code = marks.place_hooks(compile(source, "x", "exec"), hooks)
        space = {"__name__": "x"}
        exec(code, space)
        self.assertIs(space["a"], hooks[0])
        inner = space["f"]()
        self.assertIs(inner.c, hooks[2])
        self.assertEqual([id(text) in values.constants for text in (inner.e, inner.f, inner.g)], [True, True, False])
        self.assertTrue(all(id(text) not in values.constants for text in texts))


class Loading(Recorded):
    def test_the_import_system_gets_the_rewritten_code(self):
        import importlib._bootstrap_external as external

        original = external.SourceLoader.get_code
        self.addCleanup(setattr, external.SourceLoader, "get_code", original)
        self.load("pass\n", "first")
        loading.patch_loader()
        self.assertEqual(external.SourceLoader.get_code.__code__.co_filename, original.__code__.co_filename)
        self.assertIsNot(external.SourceLoader.get_code, original)

        def load(name, path):
            spec = importlib.util.spec_from_file_location(name, path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module

        path = self.write("one.py", b"def f():\n    return 5\n")
        self.assertEqual(load("one", path).f(), 5)
        self.assertEqual(self.calls("f")[0][1]["value"], 5)
        load("__main__", self.write("pack/__main__.py", b"x = 1\n"))
        self.assertEqual([line["name"] for line in self.lines("module")][1:], ["one", "pack.__main__"])
        selection.exclude = ("two",)
        self.addCleanup(setattr, selection, "exclude", ())
        load("two", self.write("two.py", b"def g():\n    return 5\n")).g()
        self.assertEqual(len(self.lines("module")), 3)
        self.set(loading, "rewritten", None)
        self.assertEqual(load("three", self.write("three.py", b"x = 3\n")).x, 3)
        self.assertEqual(self.lines("gap")[0]["reason"], "an import: TypeError")

    def test_runpy_gets_it_too(self):
        import runpy

        self.load("pass\n", "first")
        self.addCleanup(runpy.__dict__.pop, "compile", None)
        runpy.__dict__.pop("compile", None)
        self.set(sys, "modules", dict(sys.modules))
        del sys.modules["runpy"]
        loading.patch_runpy()
        sys.modules["runpy"] = runpy
        self.assertNotIn("compile", runpy.__dict__)
        loading.patch_runpy()
        patched = runpy.compile
        loading.patch_runpy()
        self.assertIs(runpy.compile, patched)
        path = self.write("tool.py", b"def f():\n    return 5\nx = f()\n")
        self.assertEqual(runpy.run_path(path)["x"], 5)
        self.assertEqual(len(self.calls("f")), 1)
        self.assertEqual(self.lines("module")[1]["name"], "tool")
        # Its other uses of compile are not changed.
        self.assertEqual(eval(patched("1 + 1", "x", "eval")), 2)
        for source, mode, more in (("x = 1", "exec", {}), (b"1", "eval", {}), (b"x = 1", "exec", {"dont_inherit": True})):
            self.assertIs(type(patched(source, self.path("tool2.py"), mode, **more)), types.CodeType)
        self.assertIs(type(patched(b"x = 1", self.path("tool3.py"), "exec", 0)), types.CodeType)
        self.assertIs(type(patched(b"x = 1", "/elsewhere/x.py", "exec")), types.CodeType)
        self.assertEqual(len(self.lines("module")), 2)

    def test_the_name_of_a_script(self):
        for path, name in (
            ("/a/script.py", "script"), ("tool", "tool"), ("/a/pack/__main__.py", "pack.__main__"), ("/__main__.py", "__main__"),
            ("/a/b.pyw", "b.pyw"),
        ):  # fmt: skip
            self.assertEqual(loading.main_name(path), name)


class Takeover(Recorded):
    def test_the_script_is_known_by_the_event_of_its_file(self):
        for name in ("_script",):
            self.set(takeover, name, None)
        self.load("pass\n", "first")
        added = []
        self.set(takeover, "_add_hook", added.append)
        path = self.write("script.py", b"x = 1\n")
        code = compile(b"x = 1\n", path, "exec")
        takeover.run((code,))
        self.assertEqual(added, [])
        takeover.arm((path,))
        self.assertIn(path, sources.code_paths)
        inner = compile("def f(): pass", path, "exec").co_consts[0]
        for other in (compile("x", "/other.py", "exec"), inner, None):
            takeover.run((other,))
        self.assertEqual(added, [])
        takeover.run((code,))
        self.assertEqual(len(added), 1)
        self.assertEqual(added[0].co_filename, path)
        takeover.run((code,))
        self.assertEqual(len(added), 1)

    def test_a_script_in_another_folder_is_the_users_too(self):
        self.load("pass\n", "first")
        self.set(selection, "roots", ("/user/",))
        path = self.write("other/script.py", b"x = 1\n")
        self.assertIsNotNone(takeover._rewritten(path))
        self.assertEqual(selection.roots, ("/user/", self.path("other") + "/"))
        self.assertIsNotNone(takeover._rewritten(path))
        self.assertEqual(len(selection.roots), 2)

    def test_a_script_that_cannot_be_read_is_a_gap(self):
        self.set(takeover, "_script", None)
        path = self.path("missing.py")
        takeover.arm((path,))
        takeover.run((compile("x", path, "exec"),))
        self.assertEqual(self.lines("gap")[0]["reason"], "the main script: FileNotFoundError")

    def test_an_interpreter_that_goes_on_is_left_alone(self):
        for name in ("inspect", "interactive"):
            self.set(takeover, "_script", None)
            flags = {"inspect": 0, "interactive": 0, name: 1}
            self.set(sys, "flags", type("Flags", (), flags)())
            takeover.arm(("/x.py",))
            self.assertIsNone(takeover._script)


class Libraries(Recorded):
    def found(self):
        libraries.emit_libraries()
        return {line["name"]: line for line in self.lines("library")}

    def test_what_was_loaded_that_is_not_the_users_nor_pythons(self):
        self.set(selection, "roots", (self.folder + "/",))
        self.set(sys, "modules", dict(sys.modules))

        def add(name, file, **more):
            module = types.ModuleType(name)
            module.__spec__ = None
            if file is not None:
                module.__file__ = file
            vars(module).update(more)
            sys.modules[name] = module

        standard = os.path.dirname(os.__file__)
        add("lib", "/lib/lib.py", __version__="1.2")
        add("odd", "/lib/odd.py", __version__=(1, 2))
        add("lib.inner", "/lib/inner.py")
        add("mine", self.path("mine.py"))
        add("built", None)
        add("strange", 5)
        add("vampira", "/x/vampira.py")
        add("loading", "/lib/loading.py")
        sys.modules["loading"].__spec__ = types.SimpleNamespace(_initializing=True)
        add("loaded", "/lib/loaded.py")
        sys.modules["loaded"].__spec__ = types.SimpleNamespace(_initializing=False)
        add("other", "/lib/other.py")
        # As another import system makes it.
        sys.modules["other"].__spec__ = types.SimpleNamespace()
        add("packed", standard + "/site-packages/packed.py")

        class Lazy(types.ModuleType):
            def __getattribute__(self, name):
                raise SystemExit("the user's code was run")

        sys.modules["lazy"] = Lazy("lazy")
        found = self.found()
        for name in ("lib.inner", "mine", "built", "strange", "vampira", "loading", "lazy", "json", "os", "unittest", "__main__"):
            self.assertNotIn(name, found)
        self.assertEqual((found["lib"]["file"], found["lib"]["version"]), ("/lib/lib.py", "1.2"))
        self.assertNotIn("version", found["odd"])
        self.assertIn("loaded", found)
        self.assertIn("other", found)
        self.assertIn("packed", found)

    def test_older_pythons_have_no_list_of_the_standard_library(self):
        self.set(selection, "roots", ("/user/",))
        standard = os.path.dirname(os.__file__)
        self.set(sys, "modules", {
            name: self.module(name, file) for name, file in (
                ("json", standard + "/json/__init__.py"), ("packed", standard + "/site-packages/packed.py"), ("lib", "/lib/lib.py"),
            )
        })  # fmt: skip
        if hasattr(sys, "stdlib_module_names"):
            self.addCleanup(setattr, sys, "stdlib_module_names", sys.stdlib_module_names)
            del sys.stdlib_module_names
        libraries.emit_libraries()
        self.assertEqual([line["name"] for line in self.lines("library")], ["packed", "lib"])

    def module(self, name, file):
        module = types.ModuleType(name)
        module.__file__ = file
        return module


if __name__ == "__main__":
    unittest.main()

"""The agent's own modules are loaded as CPython would load them, from byte code that is as new as its source."""

import os
import shutil
import unittest

from running import SITE, Workplace

PACKAGE = os.path.join(os.path.dirname(SITE), "vampira_agent")
SHOW = "from vampira_agent import text; print(text.quote_bytes.__code__.co_filename, text.quote_bytes(b''), text.__file__, text.__cached__)"


class OwnModules(unittest.TestCase):
    def setUp(self):
        self.place = Workplace(self, scripts=False)
        self.package = os.path.join(self.place.work, "vampira_agent")
        shutil.copytree(PACKAGE, self.package, ignore=shutil.ignore_patterns("__pycache__"))

    def show(self, *options, **more):
        """What a Python in the folder of the package shows of one of its modules."""
        done = self.place.run(*options, "-c", SHOW, recorded=False, **more)
        self.assertEqual(done.stderr.decode(), "")
        return done.stdout.decode().split()

    def cached(self):
        folder = os.path.join(self.package, "__pycache__")
        return sorted(name for name in os.listdir(folder) if name.startswith("text.")) if os.path.isdir(folder) else []

    def test_byte_code_is_kept_and_used_again(self):
        first = self.show()
        self.assertEqual([os.path.basename(first[3])], self.cached())
        stamp = os.stat(first[3]).st_mtime_ns
        self.assertEqual(self.show(), first)
        self.assertEqual(os.stat(first[3]).st_mtime_ns, stamp)

    def test_a_module_that_was_changed_is_compiled_anew(self):
        path = os.path.join(self.package, "text.py")
        self.show()
        with open(path) as file:
            source = file.read()
        for old, new, seconds in (('"bytes"', '"other"', 5), ('"other"', '"another"', 0)):
            # The first time its size stays the same, the second time its date.
            status = os.stat(path)
            source = source.replace(old, new)
            with open(path, "w") as file:
                file.write(source)
            os.utime(path, (status.st_atime + seconds, status.st_mtime + seconds))
            self.assertIn(new, self.show()[1])

    def test_optimised_byte_code_is_kept_apart(self):
        self.show()
        self.assertIn(".opt-1.pyc", self.show("-O")[3])
        self.assertEqual(len(self.cached()), 2)

    def test_byte_code_is_kept_where_the_user_wants_it(self):
        elsewhere = os.path.join(self.place.folder, "elsewhere")
        for _ in range(2):
            self.assertTrue(self.show(PYTHONPYCACHEPREFIX=elsewhere)[3].startswith(elsewhere))
        self.assertEqual(self.cached(), [])
        self.show("-B")
        self.assertEqual(self.cached(), [])

    def test_byte_code_that_may_not_be_beside_its_source_is_in_the_cache_of_the_user(self):
        cache = os.path.join(self.place.folder, "cache")
        first = self.show("-B", XDG_CACHE_HOME=cache)
        [folder] = os.listdir(os.path.join(cache, "vampira"))
        kept = [os.path.join(cache, "vampira", folder, name) for name in os.listdir(os.path.join(cache, "vampira", folder))]
        self.assertTrue(all(os.path.basename(path).startswith("agent-") for path in kept), kept)
        stamps = [os.stat(path).st_mtime_ns for path in kept]
        self.assertEqual(self.show("-B", XDG_CACHE_HOME=cache), first)
        self.assertEqual([os.stat(path).st_mtime_ns for path in kept], stamps)
        self.assertEqual(self.cached(), [])
        # Of a source of the same size and date, as packages have them.
        path = os.path.join(self.package, "text.py")
        status = os.stat(path)
        with open(path) as file:
            source = file.read()
        with open(path, "w") as file:
            file.write(source.replace('"bytes"', '"other"'))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        self.assertIn('"other"', self.show("-B", XDG_CACHE_HOME=cache)[1])

    def test_byte_code_is_in_no_cache_that_others_can_write(self):
        cache = os.path.join(self.place.folder, "cache")
        self.show("-B", XDG_CACHE_HOME=cache)
        [folder] = os.listdir(os.path.join(cache, "vampira"))
        folder = os.path.join(cache, "vampira", folder)
        for name in os.listdir(folder):
            os.remove(os.path.join(folder, name))
        os.chmod(folder, 0o777)
        self.assertEqual(self.show("-B", XDG_CACHE_HOME=cache)[0], os.path.join(self.package, "text.py"))
        self.assertEqual(os.listdir(folder), [])

    def test_a_package_that_was_moved_knows_its_files(self):
        self.show()
        self.place.work = os.path.join(self.place.folder, "moved")
        os.mkdir(self.place.work)
        shutil.move(self.package, self.place.work)
        moved = self.show()
        self.assertTrue(moved[0].startswith(self.place.work))
        self.assertEqual(moved[0], moved[2])

    def test_a_module_that_there_is_not_is_not_found(self):
        done = self.place.run("-c", "import vampira_agent.nothing", recorded=False)
        self.assertIn("ModuleNotFoundError: No module named 'vampira_agent.nothing'", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()

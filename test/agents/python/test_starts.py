"""However a program is started, it behaves as one that is not recorded."""

import os
import sys
import unittest

from comparing import Compared
from running import SITE, Workplace


class Starts(Compared):
    def test_a_package_run_with_m(self):
        def prepare(place):
            place.write("pack/__init__.py", "NAME = __name__\n")
            place.write("pack/__main__.py", "import sys\nfrom . import NAME\nprint(NAME, sys.argv[1:], __spec__.name)\n1 / 0\n")
            place.write("pack/tool.py", "import sys\ndef f():\n    raise KeyError(sys.argv[1])\nf()\n")

        self.compare("-m", "pack", "x", prepare=prepare)
        self.compare("-m", "pack.tool", "x", prepare=prepare)
        self.compare("pack", "x", prepare=lambda place: place.write("pack/__main__.py", "print(__name__, __file__)\n"))
        self.compare("-m", "no_such_package")

    def test_code_and_input_instead_of_a_script(self):
        self.compare("-c", "import circular_a; print(circular_a.value(), __name__); 1 / 0")
        self.compare("-", stdin="print(__name__)\n1 / 0\n")
        self.compare("no_such_script.py")

    def test_options_of_the_interpreter(self):
        self.compare("-O", "constructs.py")
        self.compare("-W", "error", "doctests.py")
        self.compare("-X", "dev", "raises.py")
        self.compare("-I", "raises.py")
        self.compare("-u", "exit_text.py")

    def test_a_debugger_and_a_tracer(self):
        self.compare("-m", "pdb", "exit_code.py", stdin="break leave\ncontinue\nnext\nnext\nwhere\nquit\n")
        self.compare("-m", "trace", "--count", "--missing", "--summary", "exit_none.py")

    def test_a_script_that_is_not_utf_8(self):
        def prepare(place):
            with open(os.path.join(place.work, "latin.py"), "wb") as file:
                file.write(b"# -*- coding: latin-1 -*-\r\ndef f(x='\xe4'):\r\n    return x\r\nprint(ascii(f()))\r\n1/0\r\n")

        self.compare("latin.py", prepare=prepare)

    def test_a_file_without_an_ending_and_a_link(self):
        def prepare(place):
            os.rename(os.path.join(place.work, "raises.py"), os.path.join(place.work, "tool"))
            os.symlink("tool", os.path.join(place.work, "linked"))

        self.compare("tool", prepare=prepare)
        self.compare("./linked", prepare=prepare)
        self.compare("../work/tool", prepare=prepare)

    def test_a_module_of_the_users_that_is_named_like_ours(self):
        def prepare(place):
            place.write("vampira.py", "def note(*_):\n    print('mine')\n")
            place.write("script.py", "import vampira\nvampira.note('x', 1)\n")

        self.compare("script.py", prepare=prepare)

    def test_little_of_the_standard_library_is_loaded_that_the_program_does_not_load(self):
        place = Workplace(self, scripts=False)
        place.write("script.py", "import sys\ndef f():\n    print(*sys.modules)\nf()\n")
        plain, recorded = (place.run("script.py", recorded=is_recorded).stdout.decode().split() for is_recorded in (False, True))
        more = {name.partition(".")[0] for name in set(recorded) - set(plain)} - {"vampira_agent", "sitecustomize"}
        # What is written in C, under a name of its own, is loaded quickly.
        in_python = {name for name in more if not name.startswith("_") and name not in sys.builtin_module_names}
        self.assertLessEqual(in_python, {"mmap", "warnings"})

    def test_another_sitecustomize_is_run_too(self):
        def prepare(place):
            place.write("other/sitecustomize.py", "print('customised', __name__)\nVALUE = 5\n")

        for recorded in (False, True):
            place = Workplace(self)
            prepare(place)
            other = os.path.join(place.work, "other")
            path = SITE + os.pathsep + other if recorded else other
            code = "import sys, sitecustomize; print(len(sys.path), sys.path[0], sitecustomize.VALUE)"
            done = place.run("-c", code, recorded=recorded, PYTHONPATH=path)
            self.assertEqual(done.stdout.decode().splitlines()[0], "customised sitecustomize")
            if recorded:
                self.assertEqual(done.stdout, before)
            before = done.stdout

    def test_notes_of_a_program_that_is_not_recorded_do_nothing(self):
        place = Workplace(self)
        code = "import sys\nsys.path.append(%r)\nimport vampira\nprint(vampira.note('x', 1), vampira.quality('y', 0.5))" % SITE
        done = place.run("-c", code, recorded=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"None None\n", b""))


if __name__ == "__main__":
    unittest.main()

"""A recorded program behaves exactly as one that is not: the scripts of the folder `scripts`."""

import os
import sys
import unittest

from comparing import Compared
from running import SCRIPTS

# Imported by the others, or run with arguments of their own below.
NOT_ALONE = ("broken_module.py", "raising_module.py", "circular_a.py", "circular_b.py")
ARGUMENTS = {"constructs.py": ("one", "--two", "3 4"), "command_lines.py": ("--alpha", "5", "fit")}
# Where the signal comes while a library's function runs, CPython up to 3.10 handles it in what we call next: its traceback
# ends in a line of ours.
NOT_WITH_LIBRARIES = ("interrupt.py",)
INPUT = {"standard_input.py": "a\nb\n"}


class Same(Compared):
    """Gets tests for each script."""


def _add(script):
    def test(self):
        self.compare(script, *ARGUMENTS.get(script, ()), stdin=INPUT.get(script, ""))

    def test_included(self):
        # Each call is looked at then, and many are recorded.
        more = {"VAMPIRA_INCLUDE": ",".join(sorted(sys.stdlib_module_names)) if hasattr(sys, "stdlib_module_names") else "os,math"}
        self.compare(script, *ARGUMENTS.get(script, ()), stdin=INPUT.get(script, ""), **more)

    setattr(Same, "test_script_" + script[:-3], test)
    if script in NOT_WITH_LIBRARIES and sys.version_info < (3, 11):
        return
    setattr(Same, "test_with_libraries_script_" + script[:-3], test_included)


for _script in sorted(os.listdir(SCRIPTS)):
    if _script.endswith(".py") and _script not in NOT_ALONE:
        _add(_script)

if __name__ == "__main__":
    unittest.main()

"""Runs the suites of the Python agent in the current folder's copy of the project, the quickest first, until one fails.

A mutant may do anything. So what is started here may not fill the disk or the memory, or run on.
"""

import os
import resource
import shutil
import subprocess
import sys

SUITES = (
    ["discover", "-f", "-s", "unit"],
    *(["-f", name] for name in ("test_process", "test_capture", "test_faults", "test_starts", "test_same")),
)


def limit():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 29, 1 << 29))
    resource.setrlimit(resource.RLIMIT_AS, (1 << 33, 1 << 33))
    resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main():
    # Python compares the time of a source in whole seconds: code of the mutant before may look fresh.
    for folder, inner, _ in os.walk("agents"):
        if "__pycache__" in inner:
            shutil.rmtree(os.path.join(folder, "__pycache__"))
    for suite in SUITES:
        done = subprocess.run(
            [sys.executable, "-m", "unittest", *suite],
            cwd=os.path.join("test", "agents", "python"), preexec_fn=limit, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if done.returncode != 0:
            sys.exit(1)


main()

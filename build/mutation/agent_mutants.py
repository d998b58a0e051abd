"""Changes the Python agent in small ways, with cosmic-ray: lists the changes, or makes them one at a time.

    agent_mutants.py list FILE…           the mutants of these files, a JSON line each
    agent_mutants.py run FOLDER           runs the mutants that are given as JSON lines, in a copy of the project

A mutant is written into the copy's own file, so that it is there in every process that a test starts. A recorded
program is such a process; a tool that switches mutants in the process of the tests would miss it.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
import time

from cosmic_ray.commands.init import _all_work_items
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_item import MutationSpec

SUITES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "run_agent_suites.py")


def list_mutants(paths):
    """The mutants of some files, those of text operators left out."""
    for path in paths:
        with open(path) as file:
            texts = operators_of_texts(file.read())
        for item in _all_work_items([path], {}):
            mutation = item.mutations[0]
            if "BinaryOperator" in mutation.operator_name and any(is_inside(mutation, place) for place in texts):
                continue
            yield {
                "file": path,
                "operator": mutation.operator_name,
                "occurrence": mutation.occurrence,
                "start": mutation.start_pos,
                "end": mutation.end_pos,
            }


def operators_of_texts(source):
    """Where `+` and `%` of texts stand: any other operator fails at once, which says nothing about the tests."""
    lines = source.split("\n")
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp) and (is_text(node.left) or is_text(node.right)):
            start, end = (node.left.end_lineno, node.left.end_col_offset), (node.right.lineno, node.right.col_offset)
            # ast counts bytes, cosmic-ray counts characters.
            found.append(tuple((line, len(lines[line - 1].encode()[:column].decode())) for line, column in (start, end)))
    return found


def is_text(node):
    if isinstance(node, ast.BinOp):
        return is_text(node.left) or is_text(node.right)
    return isinstance(node, ast.JoinedStr) or isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))


def is_inside(mutation, place):
    return place[0] <= mutation.start_pos and mutation.end_pos <= place[1]


def run_mutants(folder):
    """Run the mutants given on standard input in `folder`. The first line says how long the tests take without any."""
    os.chdir(folder)
    temporary = os.path.join(folder, "tmp")
    os.environ["TMPDIR"] = temporary
    command = [sys.executable, SUITES]
    os.makedirs(temporary)
    begun = time.monotonic()
    # Nothing but a failure is of interest here.
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.exit("The tests fail without any mutant.\n%s" % done.stdout.decode("utf-8", "replace"))
    seconds = time.monotonic() - begun
    print(json.dumps({"seconds": seconds}), flush=True)
    for line in sys.stdin:
        mutant = json.loads(line)
        shutil.rmtree(temporary, ignore_errors=True)
        os.makedirs(temporary, exist_ok=True)
        spec = MutationSpec(mutant["file"], mutant["operator"], mutant["occurrence"], mutant["start"], mutant["end"])
        # Counted as noticed, so it must not happen because the machine is busy.
        result = mutate_and_test([spec], " ".join(command), 3 * seconds + 20)
        mutant["status"] = str(result.test_outcome.value)
        if result.output == "timeout":
            mutant["status"] = "timeout"
        mutant["diff"] = result.diff
        print(json.dumps(mutant), flush=True)


def main():
    if sys.argv[1] == "list":
        for mutant in list_mutants(sys.argv[2:]):
            print(json.dumps(mutant))
    else:
        run_mutants(sys.argv[2])


main()

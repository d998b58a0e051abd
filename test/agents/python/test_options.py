"""The command line as parameters: what parsers of the standard library made of it, else the arguments themselves."""

import unittest

from running import Workplace
from validator import why_not

ARGPARSE = """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--alpha", type=float, default=1.0)
parser.add_argument("--seed", type=int, default="7")
parser.add_argument("--api-token")
parser.add_argument("--layers", type=int, nargs="*", default=[1])
subparsers = parser.add_subparsers(dest="command")
fit = subparsers.add_parser("fit")
fit.add_argument("path")
fit.add_argument("--fast", action="store_true")
fit.set_defaults(function=print)
"""


class Options(unittest.TestCase):
    def options(self, text, *arguments):
        """(by, {name: value}, names of defaults) of each line."""
        found = []
        for line in Workplace(self, scripts=False).record(text, *arguments):
            self.assertIsNone(why_not(line), line)
            self.assertNotEqual(line["kind"], "gap", line)
            if line["kind"] == "options":
                values = {option["name"]: option["value"] for option in line["options"]}
                found.append((line["by"], values, [each["name"] for each in line["options"] if each.get("default")]))
        return found

    def test_what_argparse_made_of_it_with_defaults_and_subcommands(self):
        first, found = self.options(ARGPARSE + "parser.parse_args()", "--alpha", "2", "--api-token", "s3", "fit", "a.csv")
        self.assertEqual(first[0], "arguments")
        by, values, defaults = found
        self.assertEqual(by, "argparse")
        function = values.pop("function")
        self.assertEqual(function["type"], "builtin_function_or_method")
        self.assertEqual(values.pop("layers")["v"], [1])
        self.assertEqual(
            values,
            {
                "alpha": {"$": "double", "v": "2.0"}, "seed": 7, "api_token": {"$": "redacted"}, "command": "fit",
                "path": "a.csv", "fast": False,
            },
        )  # fmt: skip
        self.assertEqual(sorted(defaults), ["fast", "function", "layers", "seed"])

    def test_a_text_that_is_parsed_and_is_no_command_line_gives_no_options(self):
        found = self.options(ARGPARSE + "parser.parse_args(['--alpha', '3'])", "--alpha", "2")
        self.assertEqual([by for by, _, _ in found], ["arguments"])

    def test_the_arguments_that_a_program_hands_to_its_parser_are_its_command_line(self):
        found = self.options(ARGPARSE + "import sys\nparser.parse_args(sys.argv[2:])", "run", "--alpha", "2")
        self.assertEqual(found[-1][1]["alpha"], {"$": "double", "v": "2.0"})

    def test_a_failed_parse_gives_what_stands_there(self):
        found = self.options("try:\n    import argparse; argparse.ArgumentParser().parse_args()\nexcept SystemExit: pass", "--x", "1")
        self.assertEqual(found, [("arguments", {"x": "1"}, [])])

    def test_optparse(self):
        text = "import optparse\np = optparse.OptionParser()\np.add_option('-a', type='float', default=1.0)\np.add_option('-b', default='x')\np.parse_args()"
        found = self.options(text, "-a", "2.5", "rest")
        self.assertEqual(found[-1], ("optparse", {"a": 2.5, "b": "x"}, ["b"]))

    def test_arguments_without_a_parser(self):
        self.assertEqual(
            self.options("pass", "data.csv", "--alpha", "-2", "--out=a=b", "-v", "--fast", "lr=0.1", "a b=c", "--last", "--", "--no"),
            [("arguments", {"alpha": "-2", "out": "a=b", "v": True, "fast": "lr=0.1", "last": True}, [])],
        )
        self.assertEqual(self.options("pass", "--password", "p", "model.depth=3"), [
            ("arguments", {"password": {"$": "redacted"}, "model.depth": "3"}, []),
        ])  # fmt: skip
        self.assertEqual(self.options("pass"), [])
        self.assertEqual(self.options("pass", "data.csv"), [])

    def test_a_worker_of_a_pool_has_no_command_line_of_its_own(self):
        text = "import multiprocessing, os\nif __name__ == '__main__':\n    with multiprocessing.get_context('spawn').Pool(1) as pool:\n        pool.map(abs, [1])"
        place = Workplace(self, scripts=False)
        place.write("script.py", text)
        self.assertEqual(place.run("script.py", "--alpha", "2").returncode, 0)
        count = [sum(line["kind"] == "options" for line in lines) for lines in place.spools().values()]
        self.assertGreater(len(count), 1)
        self.assertEqual(sum(count), 1)


if __name__ == "__main__":
    unittest.main()

"""Parsers of command lines, with what a program can see of them: errors, frames, identities, signatures."""

import argparse
import inspect
import optparse
import sys
import traceback


class Failing(argparse.ArgumentParser):
    def error(self, message):
        raise ValueError(message)


def show(parser, arguments):
    try:
        print(vars(parser.parse_args(arguments)))
    except ValueError:
        traceback.print_exc()
    except SystemExit as end:
        print("exit", end.code)


def depth_of(text):
    print([frame.function for frame in inspect.stack()][:6])
    return int(text)


parser = Failing(prog="p")
parser.add_argument("--alpha", type=depth_of, default=1)
parser.add_argument("--names", nargs="*", default=["x"])
subparsers = parser.add_subparsers(dest="command")
fit = subparsers.add_parser("fit")
fit.add_argument("--beta", type=float, default="2")
show(parser, ["--alpha", "3", "fit", "--beta", "4"])
show(parser, ["--alpha", "three"])
show(parser, ["--unknown"])
show(argparse.ArgumentParser(prog="q"), ["--unknown"])
show(argparse.ArgumentParser(prog="q"), ["--help"])
show(parser, None)
print(inspect.signature(argparse.ArgumentParser.parse_known_args))
print(argparse.ArgumentParser.parse_known_args.__qualname__, argparse.ArgumentParser.parse_known_args.__doc__)
print(inspect.getsource(argparse.ArgumentParser.parse_known_args) == inspect.getsource(Failing.parse_known_args))
print(parser.parse_known_args.__func__ is argparse.ArgumentParser.parse_known_args)
other = optparse.OptionParser(prog="o")
other.add_option("--alpha", type="int", default=5)
print(other.parse_args(["--alpha", "6", "rest"]))
try:
    other.parse_args(["--alpha", "six"])
except SystemExit as end:
    print("exit", end.code)
print(len(inspect.getsource(optparse.OptionParser.parse_args)) > 100, sys.argv[1:])

"""The command line as the program's parameters: what argparse, optparse, click, typer, fire, absl or docopt made of it.

Their functions are looked at while they run (see library_hooks.py). Without one of them the arguments themselves are
read: `--name value`, `--name=value`, `name=value`, `--flag`.
"""

import sys

from . import journal
from .attributes import attributes_of
from .library_hooks import LibraryHook
from .raw_type import type_name
from .redaction import is_secret_name
from .scalars import REDACTED
from .text import quote
from .values import describe_anew

OPTIONS_AT_MOST = 256
_PLAIN = frozenset((type(None), bool, int, float, str))
# Defaults of the options that subcommands of argparse have, until the whole command line is parsed.
_defaults = {}


def emit_arguments():
    """The options as they stand in the arguments; what a library makes of them later counts instead."""
    arguments = _given()
    # A worker of multiprocessing has the arguments of the program that started it.
    if arguments and "--multiprocessing-fork" not in journal.command_line():
        _emit("arguments", [(name, value, False) for name, value in read_arguments(arguments)])


def read_arguments(arguments):
    """(name, value) for each option in a list of arguments; True where it has no value."""
    found = []
    name = None
    for argument in arguments:
        if argument == "--":
            break
        before, equals, after = argument.partition("=")
        if argument.startswith("-") and argument.lstrip("-")[:1].isalpha():
            if name is not None:
                found.append((name, True))
            name = None
            if equals:
                found.append((before.lstrip("-"), after))
            else:
                name = before.lstrip("-")
        elif name is not None:
            found.append((name, argument))
            name = None
        elif equals and before.lstrip("+~").replace(".", "").replace("_", "").replace("/", "").isalnum():
            found.append((before.lstrip("+~"), after))
    if name is not None:
        found.append((name, True))
    return found


def _given():
    given = getattr(sys, "argv", None)
    return [x for x in given[1:] if type(x) is str] if type(given) is list else []


def _are_given(arguments):
    """Whether arguments that are parsed are those of the program, or the last of them: those of a subcommand."""
    if arguments is None:
        return True
    given = _given()
    if type(arguments) not in (list, tuple) or any(type(x) is not str for x in arguments):
        return False
    return list(arguments) == (given[-len(arguments) :] if arguments else given)


def _emit(by, options):
    """A line with (name, value, whether it is the default) of each option."""
    parts = []
    for name, value, is_default in options[:OPTIONS_AT_MOST]:
        if type(name) is not str:
            continue
        shown = REDACTED if is_secret_name(name) else describe_anew(value)
        parts.append('{"name":%s,"value":%s%s}' % (quote(name), shown, ',"default":true' if is_default else ""))
    if parts:
        journal.emit('{"kind":"options","at":%d,"by":"%s","options":[%s]}' % (journal.at(), by, ",".join(parts)))


def _is_same(value, default):
    """Whether a value is the default, as far as that can be seen without the user's code."""
    if value is default:
        return True
    if type(value) in _PLAIN and type(default) in _PLAIN:
        # The default may be written as it stands on a command line.
        return type(value) is type(default) and value == default or type(default) is str and "%s" % (value,) == default
    return False


def _argparse_ends(arguments, value, is_inner):
    parser, given = arguments[0], arguments[1]
    inside = attributes_of(parser)
    for action in inside.get("_actions", ()):
        known = attributes_of(action)
        _defaults[known.get("dest")] = known.get("default")
    _defaults.update(inside.get("_defaults", {}))
    if is_inner or type(value) is not tuple:
        return
    defaults = dict(_defaults)
    _defaults.clear()
    if not _are_given(given):
        return
    found = attributes_of(value[0])
    if "separator" in found and "completion" in found and "trace" in found:
        # Those of fire itself.
        return
    if "hydra_help" in found:
        _emit("hydra", [(*option, False) for option in read_arguments(found.get("overrides") or ())])
        return
    _emit("argparse", [(name, x, _is_same(x, defaults.get(name, found))) for name, x in found.items()])


def _optparse_ends(arguments, value, is_inner):
    if _are_given(arguments[1]) and type(value) is tuple:
        defaults = attributes_of(arguments[0]).get("defaults", {})
        items = attributes_of(value[0]).items()
        _emit("optparse", [(name, x, _is_same(x, defaults.get(name, defaults))) for name, x in items])


def _click_begins(command, context):
    inside = attributes_of(context)
    sources = inside.get("_parameter_source", {})
    options = []
    if inside.get("parent") is not None:
        options.append(("command", inside.get("info_name"), False))
    for name, value in inside.get("params", {}).items():
        source = attributes_of(sources.get(name)).get("_name_")
        options.append((name, value, source in ("DEFAULT", "DEFAULT_MAP")))
    _emit("click", options)


def _fire_ends(arguments, value, is_inner):
    names, defaults = arguments[0], arguments[1] or ()
    values = value[0]
    known = dict(zip(names[len(names) - len(defaults) :], defaults))
    _emit("fire", [(name, x, name in known and x is known[name]) for name, x in zip(names, values)])


def _absl_ends(arguments, value, is_inner):
    inside = attributes_of(arguments[0])
    options = []
    for module, flags in inside.get("__flags_by_module", {}).items():
        if type(module) is str and module.startswith("absl."):
            continue
        for flag in flags:
            known = attributes_of(flag)
            options.append((known.get("name"), known.get("_value"), not known.get("present")))
    if _are_given(arguments[1][1:]):
        _emit("absl", options)


def _docopt_ends(arguments, value, is_inner):
    if type_name(type(value)).startswith("docopt.") and _are_given(arguments[1]):
        _emit("docopt", [(name.lstrip("-").strip("<>"), x, False) for name, x in dict.items(value)])


LibraryHook("argparse", "ArgumentParser", "parse_known_args", ends=_argparse_ends)
LibraryHook("optparse", "OptionParser", "parse_args", ends=_optparse_ends)
LibraryHook("click.core", "Command", "invoke", begins=_click_begins)
LibraryHook("typer._click.core", "Command", "invoke", begins=_click_begins)
LibraryHook("fire.core", None, "_ParseArgs", ends=_fire_ends)
LibraryHook("absl.flags._flagvalues", "FlagValues", "__call__", ends=_absl_ends)
LibraryHook("docopt", None, "docopt", ends=_docopt_ends)

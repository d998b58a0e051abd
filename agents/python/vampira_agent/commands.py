"""Finds the files that a command line names."""

import os

SHELLS = frozenset(("sh", "bash", "dash", "zsh", "ksh", "ash"))
NO_DATA = ("/proc/", "/sys/", "/dev/")
WORD_AT_MOST = 4096
MATCHES_AT_MOST = 200
_OPERATORS = frozenset((";", "&", "|", "&&", "||", "(", ")", ";;", "|&", "\n"))


def named_files(arguments, program, directory, shell, is_python):
    """{absolute path: (argument | redirection, read | write | unknown)} of the words that may be paths.

    shell: whether arguments[2] is a command for a shell. is_python: whether the program is a Python.
    """
    found = {}
    if shell:
        _in_command(arguments[2], directory, found)
        words = arguments[3:]
    else:
        words = arguments[1:]
        if is_python:
            words = _after_script(words)
    for word in words:
        for path in _paths(word):
            _add(path, directory, found, "argument", "unknown")
    return found


def _after_script(words):
    """The words behind the script, module or code of a Python, which are no data."""
    position = 0
    while position < len(words):
        word = words[position]
        if word in ("-c", "-m"):
            return words[position + 2 :]
        if not word.startswith("-"):
            return words[position + 1 :]
        # These options have a value.
        position += 2 if word in ("-W", "-X") else 1
    return []


def _paths(word):
    """The parts of a word that may be paths: all of it, the value of key=value, and what follows a one-letter option."""
    yield word
    key, equals, value = word.partition("=")
    if equals and value:
        yield value
    if word.startswith("-") and not word.startswith("--") and len(word) > 2:
        yield word[2:]


def _add(path, directory, found, how, op):
    if not path or len(path) > WORD_AT_MOST or "\0" in path or "\n" in path:
        return
    if how == "argument" and path.startswith("-"):
        return
    path = os.path.normpath(os.path.join(directory, path))
    if path.startswith(NO_DATA) or path == directory or path == "/":
        return
    if not os.path.isdir(os.path.dirname(path)):
        return
    if path not in found or how == "redirection":
        found[path] = (how, op)


def _in_command(command, directory, found):
    """Find the paths in a shell's command: words and redirections, with variables and patterns expanded."""
    import shlex

    lexer = shlex.shlex(command.replace("\n", " ; "), posix=True, punctuation_chars="();<>|&")
    lexer.commenters = "#"
    lexer.whitespace_split = True
    try:
        words = list(lexer)
    except ValueError:
        return
    direction = None
    at_start = True
    for word in words:
        if word in ("<", ">", ">>", ">|", "<>", "&>", ">&", "<&", "<<", "<<<"):
            direction = word
            continue
        if word in _OPERATORS:
            at_start, direction = True, None
            continue
        word = os.path.expandvars(os.path.expanduser(word))
        if direction is not None:
            if direction == "<":
                _add(word, directory, found, "redirection", "read")
            elif direction in (">", ">>", ">|", "&>") or direction == ">&" and not word.isdigit() and word != "-":
                _add(word, directory, found, "redirection", "write")
            direction = None
            continue
        if at_start:
            # The first word is the program, which is no data. Assignments may stand before it.
            at_start = "=" in word.split("/")[0]
            continue
        for path in _paths(word):
            if any(sign in path for sign in "*?["):
                from glob import glob

                for match in glob(os.path.join(directory, path))[:MATCHES_AT_MOST]:
                    _add(match, directory, found, "argument", "unknown")
            else:
                _add(path, directory, found, "argument", "unknown")

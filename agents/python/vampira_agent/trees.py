"""Syntax trees: parses source, and walks through its nodes.

The module `ast` does the same. But it loads enum, contextlib and more, which takes longer than to rewrite a small program.
"""

import _ast


def parse(source, path):
    """The tree of a module. Raises SyntaxError. path: the file's name for messages."""
    return compile(source, path, "exec", _ast.PyCF_ONLY_AST, dont_inherit=True)


def fields_of(node):
    """(name, value) of each field that a node has."""
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            pass


def children_of(node):
    """The nodes directly below a node."""
    for _, value in fields_of(node):
        if isinstance(value, _ast.AST):
            yield value
        elif isinstance(value, list):
            for part in value:
                if isinstance(part, _ast.AST):
                    yield part


def walk(tree):
    """A node and all nodes below it."""
    waiting = [tree]
    for node in waiting:
        waiting.extend(children_of(node))
        yield node

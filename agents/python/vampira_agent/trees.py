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


# Fields that hold no nodes, or none that has something below it: contexts and operators.
_LEAVES = frozenset(("ctx", "op", "ops", "id", "attr", "arg", "kind", "type_comment", "module", "level", "lineno"))
# Lists of nothing but nodes: others have None or names in them.
_NODES = frozenset((
    "body", "orelse", "finalbody", "handlers", "decorator_list", "args", "keywords", "targets", "elts", "values",
    "comparators", "generators", "ifs", "items", "bases",
))  # fmt: skip
# Type of nodes → its fields that may hold nodes. Half of all nodes are names and constants, which have none.
_FIELDS = {_ast.Constant: ()}


def children_of(node):
    """The nodes directly below a node, without contexts and operators. Hot: most of the time of rewriting goes into walks."""
    names = _FIELDS.get(type(node))
    if names is None:
        names = _FIELDS[type(node)] = tuple([name for name in node._fields if name not in _LEAVES])
    found = []
    for name in names:
        value = getattr(node, name, None)
        if type(value) is list:
            found += value if name in _NODES else [part for part in value if isinstance(part, _ast.AST)]
        elif isinstance(value, _ast.AST):
            found.append(value)
    return found


def walk(tree, stop=()):
    """A node and all nodes below it, without contexts and operators. stop: types of nodes below which none is wanted."""
    waiting = [tree]
    for node in waiting:
        if not isinstance(node, stop):
            waiting.extend(children_of(node))
        yield node

"""Statements that declare or define, and do nothing else."""

import _ast as ast

from .blocks import change_blocks
from .nodes import SCOPES, place_at
from .trees import children_of

# Decorators of Python's own, by the last word of their names.
_PLAIN_DECORATORS = frozenset((
    "property", "staticmethod", "classmethod", "abstractmethod", "setter", "getter", "deleter", "overload", "override",
    "final", "cached_property",
))  # fmt: skip
_PLAIN = (ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Starred, ast.Subscript)


def only_defines(node):
    """Whether a statement of a class only defines methods and attributes: no code of the user's runs that is recorded."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        arguments = node.args
        given = arguments.defaults + [one for one in arguments.kw_defaults if one is not None]
        return all(map(_is_plain_decorator, node.decorator_list)) and all(map(_is_plain, given))
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return all(map(_is_plain, targets)) and (node.value is None or _is_plain(node.value))
    if isinstance(node, ast.Expr):
        return _is_plain(node.value)
    return isinstance(node, ast.Pass)


def _is_plain_decorator(node):
    return (node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)) in _PLAIN_DECORATORS


def _is_plain(node):
    """Whether an expression calls nothing. Names, attributes and items of objects are taken for data."""
    if isinstance(node, ast.UnaryOp):
        return _is_plain(node.operand)
    return isinstance(node, _PLAIN) and all(_is_plain(part) for part in children_of(node) if isinstance(part, ast.expr))


def without_declarations(block, declared):
    """A block without its `global` and `nonlocal` statements, which are added to the list `declared`.

    They may stand only once in a function, while its body stands twice.
    """
    kept = []
    for node in block:
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            declared.append(node)
        elif isinstance(node, SCOPES):
            kept.append(node)
        else:
            kept.append(change_blocks(node, lambda inner: without_declarations(inner, declared)))
    return kept or [place_at(ast.Pass(), block[0])]

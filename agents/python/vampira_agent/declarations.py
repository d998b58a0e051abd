"""Finds `global` and `nonlocal` statements, which may stand only once in a function, while its body stands twice."""

import _ast as ast

from .blocks import change_blocks
from .nodes import SCOPES, place_at


def without_declarations(block, declared):
    """A block without its `global` and `nonlocal` statements, which are added to the list `declared`."""
    kept = []
    for node in block:
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            declared.append(node)
        elif isinstance(node, SCOPES):
            kept.append(node)
        else:
            kept.append(change_blocks(node, lambda inner: without_declarations(inner, declared)))
    return kept or [place_at(ast.Pass(), block[0])]

"""Passes what a function returns and yields to its hook."""

import _ast as ast

from .blocks import change_blocks
from .nodes import SCOPES, call_hook, call_method, copy_node, place_at
from .trees import children_of, fields_of

_EXPRESSIONS = (ast.expr, ast.keyword, ast.withitem)
# Expressions with a scope of their own: what they yield is not the function's.
_INNER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def yields(node):
    """Whether a statement yields in the scope it stands in."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if isinstance(node, SCOPES):
            stack.extend(node.decorator_list)
            continue
        if not isinstance(node, ast.Lambda):
            stack.extend(children_of(node))
    return False


def pass_results(node, mark, generator):
    """A statement of a function's body that passes what it returns and yields to the hook of this mark.

    generator: whether the function is a generator.
    """
    if isinstance(node, SCOPES):
        return node
    if generator:
        node = _pass_yields(node, mark)
    if isinstance(node, ast.Return):
        if node.value is None:
            return node
        fresh = copy_node(node)
        fresh.value = call_hook(mark, "leave_generator" if generator else "leave", [node.value], node.value)
        return fresh
    return change_blocks(node, lambda block: [pass_results(inner, mark, generator) for inner in block])


def _pass_yields(node, mark):
    """A node that passes what its expressions yield to the hook; its blocks are left."""
    changed = None
    for field, value in fields_of(node):
        if isinstance(value, list):
            fresh = [_pass_yields(item, mark) if _may_yield(item) else item for item in value]
            if all(one is other for one, other in zip(fresh, value)):
                continue
        elif _may_yield(value):
            fresh = _pass_yields(value, mark)
            if fresh is value:
                continue
        else:
            continue
        if changed is None:
            changed = copy_node(node)
        setattr(changed, field, fresh)
    node = node if changed is None else changed
    if isinstance(node, ast.Yield):
        given = node.value if node.value is not None else place_at(ast.Constant(None), node)
        return _pass_yield(node, "out", given, mark)
    if isinstance(node, ast.YieldFrom):
        return _pass_yield(node, "delegate", node.value, mark)
    return node


def _may_yield(part):
    return isinstance(part, _EXPRESSIONS) and not isinstance(part, _INNER)


def _pass_yield(node, method, value, mark):
    """`current.back(yield current.method(value))`, where current is the running call."""
    fresh = copy_node(node)
    fresh.value = call_method(call_hook(mark, "current", [], node), method, value, node)
    return call_method(call_hook(mark, "current", [], node), "back", fresh, node)

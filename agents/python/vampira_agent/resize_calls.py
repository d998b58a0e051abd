"""Where the user's code resizes an array in place: numpy refuses that while a weak reference to the array exists.

    a.resize(10)                        hook.tie(hook.loosen(a).resize(10), a)
    self.a.resize(n)                    hook.tie_attribute(hook.loosen(self.a).resize(n), self, "a")
    make().resize(n)                    hook.loosen(make()).resize(n)

So the array is let go of just before (see resizes.py). numpy also counts references, and sees as many as without us. What
the array stands in is evaluated again after the call, where that can do nothing else.
"""

import _ast as ast

from .nodes import call_hook, copy_node, place_at
from .trees import fields_of, walk

_METHOD = "resize"
# Functions that leave the user's names as they are.
_HARMLESS = frozenset(("len", "int", "max", "min", "sum", "round", "abs", "tuple"))
_ACTIVE = (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)


def may_resize(source):
    """Whether a text may have such a call: most have none, and are not walked through."""
    return "." + _METHOD in source


def pass_resizes(tree, mark_for):
    """Change such calls in a parsed module in place. mark_for: gives the mark of the hook."""
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom)) for alias in node.names
    }  # fmt: skip
    mark = None
    for node in list(walk(tree)):
        for field, value in list(fields_of(node)):
            parts = value if isinstance(value, list) else [value]
            fresh = [_changed(part, imported) for part in parts]
            if not any(fresh):
                continue
            mark = mark or mark_for()
            fresh = [part if change is None else change(part, mark) for part, change in zip(parts, fresh)]
            setattr(node, field, fresh if isinstance(value, list) else fresh[0])


def _changed(node, imported):
    """What changes an expression; None if it resizes nothing."""
    if isinstance(node, ast.Attribute):
        return _loosen if _resizes(node, imported) else None
    if isinstance(node, ast.Call) and _resizes(node.func, imported) and _is_harmless(node):
        array = node.func.value
        if isinstance(array, ast.Name):
            return _tie
        if isinstance(array, ast.Attribute) and isinstance(array.value, ast.Name):
            return _tie_attribute
    return None


def _resizes(node, imported):
    if not isinstance(node, ast.Attribute) or node.attr != _METHOD or not isinstance(node.ctx, ast.Load):
        return False
    # A function of a module.
    root = node.value
    while isinstance(root, ast.Attribute):
        root = root.value
    return not (isinstance(root, ast.Name) and root.id in imported)


def _is_harmless(call):
    """Whether no name can mean something else after the call: its arguments run nothing of the user's that is in sight."""
    for part in walk(call):
        if isinstance(part, _ACTIVE):
            return False
        if isinstance(part, ast.Call) and part is not call:
            if not isinstance(part.func, ast.Name) or part.func.id not in _HARMLESS:
                return False
    return True


def _loosen(node, mark):
    node.value = call_hook(mark, "loosen", [node.value], node.value)
    return node


def _tie(call, mark):
    return call_hook(mark, "tie", [call, _again(call.func.value)], call)


def _tie_attribute(call, mark):
    array = call.func.value
    name = place_at(ast.Constant(array.attr, None), call)
    return call_hook(mark, "tie_attribute", [call, _again(array.value), name], call)


def _again(node):
    return place_at(copy_node(node), node)

"""Makes the nodes of a syntax tree that call a hook, each with a place in the source."""

import _ast as ast
import sys

from .marks import is_mark

# Since 3.10 an instruction can have no line.
NOWHERE = sys.version_info >= (3, 10)
# Since 3.10 a call of a method is at the line of the method's name.
_LINE_OF_NAME = sys.version_info >= (3, 10)
# Statements with a scope of their own.
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

_LOAD, _OR = ast.Load(), ast.Or()


def make(kind, fields):
    """A node with these fields, its place among them. Hot: its own constructor and a place set afterwards take longer."""
    node = kind.__new__(kind)
    node.__dict__ = fields
    return node


def place_of(node):
    """Where a node stands, as the fields of another that shall stand there."""
    return {
        "lineno": node.lineno, "col_offset": node.col_offset, "end_lineno": node.end_lineno,
        "end_col_offset": node.end_col_offset,
    }  # fmt: skip


def copy_node(node):
    """A copy that shares the nodes below."""
    fresh = type(node).__new__(type(node))
    fresh.__dict__.update(node.__dict__)
    return fresh


def place_at(node, place):
    """The node, at the place of another."""
    node.lineno = place.lineno
    node.col_offset = place.col_offset
    node.end_lineno = place.end_lineno
    node.end_col_offset = place.end_col_offset
    return node


def place_call(call, node):
    """A call, at the place of the node of another call."""
    place_at(call, node)
    function = node.func
    if _LINE_OF_NAME and isinstance(function, ast.Attribute) and node.lineno != function.end_lineno:
        call.lineno = function.end_lineno
        call.col_offset = max(0, function.end_col_offset - len(function.attr.encode()))
    return call


def start_of(place):
    """A place without width where a statement begins; for a function, at its first decorator."""
    line, column = place.lineno, place.col_offset
    decorators = getattr(place, "decorator_list", None)
    if decorators:
        line = min([line] + [decorator.lineno for decorator in decorators])
    return make(ast.Pass, {"lineno": line, "col_offset": column, "end_lineno": line, "end_col_offset": column})


def hook_attribute(mark, name, place):
    """`hook.name`. place: what `place_of` gives."""
    hook = make(ast.Constant, {"value": mark, "kind": None, **place})
    return make(ast.Attribute, {"value": hook, "attr": name, "ctx": _LOAD, **place})


def call_hook(mark, method, arguments, place):
    """`hook.method(arguments)`."""
    at = place_of(place)
    return make(ast.Call, {"func": hook_attribute(mark, method, at), "args": arguments, "keywords": [], **at})


def is_of_hook(node):
    """Whether a node is `hook.method`, or an attribute of what that returned."""
    if not isinstance(node, ast.Attribute):
        return False
    node = node.value.func if isinstance(node.value, ast.Call) else node
    node = node.value if isinstance(node, ast.Attribute) else node
    return isinstance(node, ast.Constant) and is_mark(node.value)


def call_method(target, method, argument, place):
    """`target.method(argument)`."""
    at = place_of(place)
    callee = make(ast.Attribute, {"value": target, "attr": method, "ctx": _LOAD, **at})
    return make(ast.Call, {"func": callee, "args": [argument], "keywords": [], **at})


def with_hook(mark, method, names, body, place, counted=False):
    """`with hook.enter(…): body`. counted: the body stands only once, so that counted calls enter hook.nothing."""
    spot = start_of(place)
    at = place_of(spot)
    arguments = [make(ast.Name, {"id": name, "ctx": _LOAD, **at}) for name in names]
    enter = call_hook(mark, method, arguments, spot)
    if counted:
        nothing = hook_attribute(mark, "nothing", at)
        enter = make(ast.IfExp, {"test": is_on(mark, spot), "body": enter, "orelse": nothing, **at})
    block = make(ast.With, {"items": [ast.withitem(enter, None)], "body": body, "type_comment": None, **at})
    if NOWHERE:
        # At its end, the block would go back to its line, and a debugger would show that. So it has no line.
        for node in (block, enter):
            node.lineno = node.end_lineno = node.col_offset = node.end_col_offset = -1
    return block


def choose_body(mark, recorded, plain):
    """`if hook.on or hook.tick(): recorded` `else: plain`."""
    spot = start_of(plain[0])
    return make(ast.If, {"test": is_on(mark, spot), "body": [recorded], "orelse": plain, **place_of(spot)})


def is_on(mark, spot):
    """`hook.on or (hook.tick if True else 0)()`.

    CPython drops the condition, but reads the attribute quickly, as it does where no call follows: for a method of the
    class it would look first.
    """
    at = place_of(spot)
    always, never = [make(ast.Constant, {"value": value, "kind": None, **at}) for value in (True, 0)]
    tick = make(ast.IfExp, {"test": always, "body": hook_attribute(mark, "tick", at), "orelse": never, **at})
    call = make(ast.Call, {"func": tick, "args": [], "keywords": [], **at})
    return make(ast.BoolOp, {"op": _OR, "values": [hook_attribute(mark, "on", at), call], **at})

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
    spot = ast.Pass()
    lines = [place.lineno] + [decorator.lineno for decorator in getattr(place, "decorator_list", ())]
    spot.lineno = spot.end_lineno = min(lines)
    spot.col_offset = spot.end_col_offset = place.col_offset
    return spot


def mark_node(mark):
    """The constant that stands for a hook."""
    return ast.Constant(mark, None)


def call_hook(mark, method, arguments, place):
    """`hook.method(arguments)`."""
    callee = place_at(ast.Attribute(place_at(mark_node(mark), place), method, ast.Load()), place)
    return place_at(ast.Call(callee, arguments, []), place)


def is_of_hook(node):
    """Whether a node is `hook.method`, or an attribute of what that returned."""
    if not isinstance(node, ast.Attribute):
        return False
    node = node.value.func if isinstance(node.value, ast.Call) else node
    node = node.value if isinstance(node, ast.Attribute) else node
    return isinstance(node, ast.Constant) and is_mark(node.value)


def call_method(target, method, argument, place):
    """`target.method(argument)`."""
    return place_at(ast.Call(place_at(ast.Attribute(target, method, ast.Load()), place), [argument], []), place)


def with_hook(mark, method, names, body, place, counted=False):
    """`with hook.enter(…): body`. counted: the body stands only once, so that counted calls enter hook.nothing."""
    spot = start_of(place)
    arguments = [place_at(ast.Name(name, ast.Load()), spot) for name in names]
    enter = call_hook(mark, method, arguments, spot)
    if counted:
        nothing = place_at(ast.Attribute(place_at(mark_node(mark), spot), "nothing", ast.Load()), spot)
        enter = place_at(ast.IfExp(is_on(mark, spot), enter, nothing), spot)
    block = place_at(ast.With([ast.withitem(enter, None)], body, None), spot)
    if NOWHERE:
        # At its end, the block would go back to its line, and a debugger would show that. So it has no line.
        for node in (block, enter):
            node.lineno = node.end_lineno = node.col_offset = node.end_col_offset = -1
    return block


def choose_body(mark, recorded, plain):
    """`if hook.on or hook.tick(): recorded` `else: plain`."""
    spot = start_of(plain[0])
    return place_at(ast.If(is_on(mark, spot), [recorded], plain), spot)


def is_on(mark, spot):
    """`hook.on or (hook.tick if True else 0)()`.

    CPython drops the condition, but reads the attribute quickly, as it does where no call follows: for a method of the
    class it would look first.
    """
    on, tick = [place_at(ast.Attribute(place_at(mark_node(mark), spot), name, ast.Load()), spot) for name in ("on", "tick")]
    always, never = [place_at(ast.Constant(value, None), spot) for value in (True, 0)]
    call = place_at(ast.Call(place_at(ast.IfExp(always, tick, never), spot), [], []), spot)
    return place_at(ast.BoolOp(ast.Or(), [on, call]), spot)

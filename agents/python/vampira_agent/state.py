"""Which functions read what outlives a call: globals that are no constants, and variables of enclosing functions.

What any earlier call has put there is then possibly in their results. Found in the source, when it is rewritten, so that
it costs nothing at a call. Attributes of `self` need no such look: the object is an argument.
"""

import _ast as ast
import builtins
import os

from . import selection
from .trees import children_of, walk

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_built_in = frozenset(dir(builtins))


class ModuleNames:
    """What the names of a module mean, as far as its own statements say."""

    def __init__(self, tree, source):
        self.bound = set()
        self.state = set()
        # Classes and the user's modules, whose attributes are state; functions that remember results.
        self.holders = set()
        for node in _own(tree):
            self._bind(node)
        for node in walk(tree) if "global" in source else ():
            if isinstance(node, ast.Global):
                self.state.update(node.names)
                self.bound.update(node.names)

    def _bind(self, node):
        if isinstance(node, _FUNCTIONS):
            self.bound.add(node.name)
            if any("cache" in name.lower() or "memo" in name.lower() for each in node.decorator_list for name in _names(each)):
                self.state.add(node.name)
        elif isinstance(node, ast.ClassDef):
            self.bound.add(node.name)
            self.holders.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                self.bound.add(name)
                source = node.module or "" if isinstance(node, ast.ImportFrom) else alias.name
                if getattr(node, "level", 0) or _is_users(source.partition(".")[0]):
                    self.holders.add(name)
        elif isinstance(node, ast.Assign) and _is_constant(node.value):
            self.bound.update(name for target in node.targets for name in _names(target))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id not in self.bound:
            self.bound.add(node.id)
            self.state.add(node.id)


def reads_state(function, module, nested):
    """Whether the body of a function reads state. nested: whether it stands in another function."""
    own = {argument.arg for argument in _arguments(function.args)}
    loads, called = [], set()
    waiting = list(function.body)
    # Hot: a loop of its own, which asks for the commonest nodes first. The parser makes nodes of exactly these types.
    for node in waiting:
        kind = type(node)
        if kind is ast.Name:
            if type(node.ctx) is ast.Load:
                loads.append(node)
            else:
                own.add(node.id)
            continue
        if kind is ast.Constant:
            continue
        if kind in _FUNCTIONS:
            own.add(node.name)
            continue
        waiting += children_of(node)
        if kind is ast.Call:
            base = node.func
            if type(base) is ast.Attribute and type(base.value) is ast.Name:
                base = base.value
            if type(base) is ast.Name:
                called.add(id(base))
        elif kind is ast.ClassDef:
            own.add(node.name)
        elif kind is ast.Global:
            own.difference_update(node.names)
            if module.state.intersection(node.names):
                return True
        elif kind is ast.Import or kind is ast.ImportFrom:
            own.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
    for node in loads:
        name = node.id
        if name in own:
            continue
        if name in module.state:
            return True
        if name in module.bound:
            if name in module.holders and id(node) not in called:
                return True
        elif nested and name not in _built_in and id(node) not in called:
            return True
    return False


def _own(tree):
    """The statements of a module that run when it is loaded, and the names that they bind."""
    stack = list(reversed(tree.body))
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Lambda, ast.Import, ast.ImportFrom)):
            continue
        if isinstance(node, ast.Assign) and _is_constant(node.value):
            continue
        stack.extend(children_of(node))


def _names(node):
    return [each.id if isinstance(each, ast.Name) else each.attr for each in walk(node) if isinstance(each, (ast.Name, ast.Attribute))]


def _arguments(args):
    given = args.posonlyargs + args.args + args.kwonlyargs
    return given + [each for each in (args.vararg, args.kwarg) if each is not None]


def _is_constant(node):
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.UnaryOp):
        return _is_constant(node.operand)
    if isinstance(node, ast.BinOp):
        return _is_constant(node.left) and _is_constant(node.right)
    if isinstance(node, ast.Tuple):
        return all(map(_is_constant, node.elts))
    # A logger holds no data.
    return isinstance(node, ast.Call) and "getLogger" in _names(node.func)


def _is_users(name):
    return any(os.path.exists(root + name + ".py") or os.path.isdir(root + name) for root in selection.roots) if name else False

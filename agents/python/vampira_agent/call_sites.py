"""Rewrites the calls in the user's code that may be of an included library, so that these are seen where they are made.

    x = scale * sqrt(a, b=2)            x = (scale * site.begin(sqrt, a, b=2)() if site.on or site.tick() else scale * sqrt(a, b=2))

`site.begin` is given the function and its arguments, in the order in which the call evaluates them, and returns what then
calls the function without a frame of ours (see sites.py). `f(*x)` is `site.star(f)(*x)()` (see starred_calls.py). Each statement has a site of its own, and so have the body of
a lambda and what a comprehension repeats: a site that finds nothing is turned off, and from then on the original runs.
"""

import _ast as ast
import builtins

from . import entry_points, selection
from .blocks import change_blocks
from .nodes import SCOPES, call_hook, copy_node, is_of_hook, is_on, place_at, place_call, start_of
from .trees import children_of, fields_of, walk

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_TRIES = tuple([getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name)])
_EXPRESSIONS = (ast.expr, ast.keyword, ast.withitem, ast.comprehension)
# Expressions that do not evaluate all of their parts, or not in the order of their fields.
_BRANCHES = (ast.IfExp, ast.BoolOp, ast.Compare, ast.Dict)
_built_in = frozenset(dir(builtins))


def sites_of(tree, source, number):
    """The CallSites of a module of the user's, or None where no call in it may be of a library whose calls are recorded.

    source: its text. number: gives the mark of a new site, and its row.
    """
    if selection.include:
        return CallSites(tree, lambda function: True, number)
    if not selection.known or not any(word in source for word in entry_points.WORDS):
        return None
    names = set()
    for node in walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                origin = alias.name if isinstance(node, ast.Import) else node.module or ""
                if not getattr(node, "level", 0) and origin.partition(".")[0] in entry_points.PACKAGES:
                    names.add(alias.asname or alias.name.partition(".")[0])

    def may_be_library(function):
        if isinstance(function, ast.Attribute) and function.attr in entry_points.METHODS:
            return True
        while isinstance(function, ast.Attribute):
            function = function.value
        return isinstance(function, ast.Name) and function.id in names

    return CallSites(tree, may_be_library, number)


class _SiteToBe:
    """The site of an expression, which has a mark once a call was found in it."""

    def __init__(self, number):
        self.number = number
        self.mark = self.row = None
        # How many calls it has, and whether each evaluation makes all of them.
        self.calls, self.is_straight = 0, True

    def next_call(self):
        if self.mark is None:
            self.mark, self.row = self.number()
        self.calls += 1
        return self.mark


class CallSites:
    """The calls of a module that may be of a library."""

    def __init__(self, tree, may_be_library, number):
        """may_be_library: decides by the node of a function that is called. number: gives the mark of a new site, and its row."""
        self.may_be_library = may_be_library
        self.number = number
        # In how many `try` statements the statement stands. There an evaluation may end early, and nobody notices.
        self.tries = 0
        # Functions that the module defines are the user's own, unless it also binds their names otherwise.
        self.defined, bound = set(), set()
        for node in walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.defined.add(node.name)
            elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                bound.add(node.id)
            elif isinstance(node, ast.alias):
                bound.add((node.asname or node.name).partition(".")[0])
        self.skipped = (self.defined | _built_in) - bound

    def block(self, block):
        """Statements with their calls rewritten."""
        return [self.statement(node) for node in block]

    def statement(self, node):
        """A statement with the calls in it rewritten; the same node where there are none. Functions and classes are left."""
        if isinstance(node, SCOPES):
            return node
        is_try = isinstance(node, _TRIES)
        self.tries += is_try
        changed = change_blocks(node, self.block)
        self.tries -= is_try
        if is_try and changed is not node:
            changed.handlers = [self._handler(handler) for handler in changed.handlers]
        for field, value in fields_of(node):
            fresh = self._field(value)
            if fresh is not value:
                if changed is node:
                    changed = copy_node(node)
                setattr(changed, field, fresh)
        return changed

    def _field(self, value):
        if isinstance(value, ast.expr):
            return self._root(value)
        if isinstance(value, list) and value and isinstance(value[0], (ast.expr, ast.withitem)):
            fresh = [self._part(part) for part in value]
            return value if all(one is other for one, other in zip(fresh, value)) else fresh
        return value

    def _part(self, part):
        if not isinstance(part, ast.withitem):
            return self._root(part)
        found = self._root(part.context_expr)
        if found is part.context_expr:
            return part
        fresh = copy_node(part)
        fresh.context_expr = found
        return fresh

    def _handler(self, handler):
        """An exception was caught: then it is known which one ended the call."""
        fresh = copy_node(handler)
        spot = start_of(handler.body[0])
        fresh.body = [place_at(ast.Expr(call_hook(self.number()[0], "caught", [], spot)), spot)] + handler.body
        return fresh

    def _root(self, node):
        """An expression that is `hooked if site.on else plain`; the same node if no call in it may be of a library."""
        if isinstance(node, ast.Starred) or not isinstance(getattr(node, "ctx", None) or ast.Load(), ast.Load):
            # A target of an assignment, as `x[f(y)] = …`.
            return node
        plain = self._change(node, self._inner)
        site = _SiteToBe(self.number)
        hooked = self._change(plain, lambda part: self._hook(part, site))
        if site.mark is None:
            return plain
        site.row[1] = site.calls if site.is_straight and not self.tries else 0
        return place_at(ast.IfExp(is_on(site.mark, start_of(node)), hooked, plain), node)

    def _inner(self, node):
        """What is evaluated at another time than the expression around it has a site of its own."""
        if isinstance(node, ast.Lambda):
            body = self._root(node.body)
            if body is node.body:
                return node
            fresh = copy_node(node)
            fresh.body = body
            return fresh
        if isinstance(node, _COMPREHENSIONS):
            fresh = copy_node(node)
            for field in ("elt", "key", "value"):
                part = getattr(node, field, None)
                if part is not None:
                    setattr(fresh, field, self._root(part))
            first = True
            fresh.generators = []
            for part in node.generators:
                each = copy_node(part)
                # The first one is evaluated once, by the expression around the comprehension.
                each.iter = self._change(part.iter, self._inner) if first else self._root(part.iter)
                each.ifs = [self._root(one) for one in part.ifs]
                fresh.generators.append(each)
                first = False
            return fresh
        return self._below(node, self._inner)

    def _hook(self, node, site):
        """The calls of an expression, without those that are evaluated at another time. site: the one that they get."""
        before = site.calls

        def again(part):
            return self._hook(part, site)

        if isinstance(node, ast.Lambda):
            return node
        if isinstance(node, _COMPREHENSIONS):
            first = node.generators[0]
            fresh_iter = self._change(first.iter, again)
            if fresh_iter is first.iter:
                return node
            fresh, each = copy_node(node), copy_node(first)
            each.iter = fresh_iter
            fresh.generators = [each] + node.generators[1:]
            return fresh
        fresh = self._below(node, again)
        if isinstance(node, ast.Call) and self._may_be_library(node.func):
            mark = site.next_call()
            if any(isinstance(part, ast.Starred) for part in fresh.args) or any(part.arg is None for part in fresh.keywords):
                star = call_hook(mark, "star", [fresh.func], node)
                begin = place_call(ast.Call(star, fresh.args, fresh.keywords), node)
            else:
                begin = call_hook(mark, "begin", [fresh.func, *fresh.args], node)
                begin.keywords = fresh.keywords
            return place_call(ast.Call(begin, [], []), node)
        if site.calls > before and isinstance(node, _BRANCHES):
            site.is_straight = False
        return fresh

    def _may_be_library(self, function):
        if isinstance(function, ast.Name):
            if function.id in self.skipped:
                return False
        elif isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            if function.value.id in ("self", "cls") and function.attr in self.defined:
                return False
        elif is_of_hook(function):
            # What looks at a seed; or an array that is resized: to record that would take another reference to it.
            return False
        return self.may_be_library(function)

    def _change(self, node, change):
        return change(node) if isinstance(node, _EXPRESSIONS) else node

    def _below(self, node, change):
        """A node with what is below it changed; the same node if nothing is."""
        if not children_of(node):
            return node
        changed = node
        for field, value in fields_of(node):
            if isinstance(value, list):
                fresh = [self._change(part, change) for part in value]
                if all(one is other for one, other in zip(fresh, value)):
                    continue
            elif isinstance(value, _EXPRESSIONS):
                fresh = change(value)
                if fresh is value:
                    continue
            else:
                continue
            if changed is node:
                changed = copy_node(node)
            setattr(changed, field, fresh)
        return changed

"""Rewrites the bodies of a module's functions, classes and of itself, line numbers kept.

    def f(a, b=2):                      def f(a, b=2):
        "doc"                               "doc"
        return a + b                        if hook.on or hook.tick():
                                                with hook.enter(a, b):
                                                    return hook.leave(a + b)
                                            else:
                                                return a + b

The body of a class is rewritten alike if it does more than define: most do not, and their calls would say nothing.

`hook` stands for a mark, a string constant that is replaced by a Component later (see marks.py). Both branches share the
nodes that are the same in both; nothing of the tree is copied that does not change.
"""

import _ast as ast

from .blocks import change_blocks
from .call_sites import sites_of
from .compilers import is_compiled, names_compiled
from .declarations import only_defines, without_declarations
from .marks import RESIZE, SITE, mark_of
from .nodes import choose_body, copy_node, hook_attribute, place_at, place_of, start_of, with_hook
from .parameters import describe_parameters
from .resize_calls import may_resize, pass_resizes
from .results import pass_results, yields
from .seed_calls import may_seed, pass_seeds
from .state import ModuleNames, reads_state
from .text import quote

# Functions that are nested deeper get one body, because each level with two doubles the code of all levels below.
DUAL_DEPTH = 2


def rewrite(tree, source, wanted, is_users=False):
    """Rewrite a parsed module in place. Returns what its marks stand for: components, as (name, text,
    parameters, positions of secrets, is async), calls that give a seed, as (what takes it, None), those that resize an
    array, as (RESIZE, None), and sites of calls of libraries, as [SITE, how many calls] (see call_sites.py).

    source: its text. wanted: a function that decides by its qualified name whether a component is recorded.
    is_users: whether seeds and calls of libraries are looked for in it.
    """
    return _Rewriter(source, wanted).module(tree, is_users)


class _Rewriter:
    def __init__(self, source, wanted):
        self.sites = None
        self.source = source
        self.may_yield = "yield" in source
        self.lines = source.split("\n")
        self.wanted = wanted
        self.rows = []
        self.compiled = set()
        self.names = None

    def number(self, name, kind, first, last, more, names=(), secret=(), is_async=False):
        text = '"name":%s,"type":"%s","line":%d,"endLine":%d%s' % (quote(name), kind, first, last, more)
        self.rows.append((name, text, tuple(names), tuple(secret), is_async))
        return mark_of(len(self.rows))

    def seed(self, by):
        self.rows.append((by, None))
        return mark_of(len(self.rows))

    def site(self):
        row = [SITE, 0]
        self.rows.append(row)
        return mark_of(len(self.rows)), row

    def with_sites(self, block):
        return block if self.sites is None else self.sites.block(block)

    def module(self, tree, is_users):
        self.compiled = names_compiled(tree, self.source)
        self.names = ModuleNames(tree, self.source)
        if is_users:
            if may_seed(self.source):
                pass_seeds(tree, self.seed)
            if may_resize(self.source):
                pass_resizes(tree, lambda: self.seed(RESIZE))
            self.sites = sites_of(tree, self.source, self.site)
        body = list(tree.body)
        head = []
        if body and _is_text(body[0]):
            head.append(body.pop(0))
        while body and isinstance(body[0], ast.ImportFrom) and body[0].module == "__future__":
            head.append(body.pop(0))
        documentation = _documentation(head)
        mark = self.number("", "module", 1, max(1, len(self.lines) - (not self.lines[-1])), documentation)
        body = [self.statement(node, "", None, 0) for node in body]
        if body:
            body = [with_hook(mark, "enter", [], self.with_sites(body), body[0], counted=True)]
        tree.body = head + body
        return self.rows

    def statement(self, node, prefix, owner, depth):
        """A statement with the functions and classes in it rewritten; the same node if there are none."""
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return self.function(node, prefix, owner, depth)
        if isinstance(node, ast.ClassDef):
            return self.class_(node, prefix, depth)
        return change_blocks(node, lambda block: [self.statement(inner, prefix, owner, depth) for inner in block])

    def class_(self, node, prefix, depth):
        name = prefix + node.name
        body = list(node.body)
        head = [body.pop(0)] if _is_text(body[0]) else []
        compiled = is_compiled(node, self.compiled)
        if not compiled:
            body = [self.statement(inner, name + ".", "class", depth) for inner in body]
        fresh = copy_node(node)
        if body and not compiled and self.wanted(name) and not all(map(only_defines, node.body)):
            first = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
            mark = self.number(name, "class", first, node.end_lineno, _documentation(head))
            body = [with_hook(mark, "enter", [], self.with_sites(body), body[0], counted=True)]
        fresh.body = head + body
        return fresh

    def function(self, node, prefix, owner, depth):
        name = prefix + node.name
        body = list(node.body)
        head = [body.pop(0)] if _is_text(body[0]) else []
        if is_compiled(node, self.compiled):
            return node
        body = [self.statement(inner, name + ".<locals>.", None, depth + 1) for inner in body]
        fresh = copy_node(node)
        if not self.wanted(name):
            fresh.body = head + body
            return fresh
        if not body:
            body = [place_at(ast.Pass(), head[-1])]
        declared = []
        body = without_declarations(body, declared)
        head += declared
        generator = self.may_yield and any(map(yields, body))
        names, secret, more = describe_parameters(node.args, self.lines)
        is_async = isinstance(node, ast.AsyncFunctionDef)
        more += _documentation(head) + (',"async":true' if is_async else "") + (',"generator":true' if generator else "")
        more += ',"state":true' if reads_state(node, self.names, prefix.endswith("<locals>.")) else ""
        first = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
        kind = "method" if owner == "class" else "function"
        mark = self.number(name, kind, first, node.end_lineno, more, names, secret, is_async)
        hooked = [pass_results(inner, mark, generator) for inner in self.with_sites(body)]
        ending = "_generator" if generator else ""
        if depth <= DUAL_DEPTH:
            recorded = with_hook(mark, "enter" + ending, names, hooked, body[0])
            fresh.body = head + [choose_body(mark, recorded, body)]
        else:
            fresh.body = head + [with_hook(mark, "enter" + ending, names, hooked, body[0], counted=True)]
        if node.args.defaults or any(node.args.kw_defaults):
            spot = start_of(node)
            spot.lineno = spot.end_lineno = node.lineno
            fresh.decorator_list = node.decorator_list + [hook_attribute(mark, "define", place_of(spot))]
        return fresh


def _is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _documentation(head):
    if not head or not _is_text(head[0]):
        return ""
    paragraph = head[0].value.value.strip().split("\n\n")[0]
    sentence = " ".join(paragraph.split())
    end = sentence.find(". ")
    if end >= 0:
        sentence = sentence[: end + 1]
    sentence = sentence[:300].encode("utf-8", "replace").decode()
    return ',"documentation":' + quote(sentence) if sentence else ""

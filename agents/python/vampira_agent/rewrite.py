"""Rewrites the bodies of a module's functions, classes and of itself, line numbers kept.

    def f(a, b=2):                      def f(a, b=2):
        "doc"                               "doc"
        return a + b                        if hook.on or hook.tick():
                                                with hook.enter(a, b):
                                                    return hook.leave(a + b)
                                            else:
                                                return a + b

`hook` stands for a mark, a string constant that is replaced by a Component later (see marks.py). Both branches share the
nodes that are the same in both; nothing of the tree is copied that does not change.
"""

import ast

from .compilers import is_compiled, names_compiled
from .marks import mark_of
from .nodes import call_hook, call_method, choose_body, copy_node, mark_node, place_at, start_of, with_hook
from .redaction import is_secret_name
from .text import quote

# Functions that are nested deeper get one body, because each level with two doubles the code of all levels below.
DUAL_DEPTH = 2


def rewrite(tree, source, wanted):
    """Rewrite a parsed module in place. Returns its components: (name, text, parameters, positions of secrets, is async).

    source: its text. wanted: a function that decides by its qualified name whether a component is recorded.
    """
    return _Rewriter(source, wanted).module(tree)


class _Rewriter:
    def __init__(self, source, wanted):
        self.lines = source.split("\n")
        self.wanted = wanted
        self.rows = []
        self.compiled = set()

    # ---- components

    def number(self, name, kind, first, last, more, names=(), secret=(), is_async=False):
        text = '"name":%s,"type":"%s","line":%d,"endLine":%d%s' % (quote(name), kind, first, last, more)
        self.rows.append((name, text, tuple(names), tuple(secret), is_async))
        return mark_of(len(self.rows))

    def segment(self, node):
        """The source text of a node, on one line."""
        first, last = node.lineno - 1, node.end_lineno - 1
        lines = [line.encode() for line in self.lines[first : last + 1]]
        if not lines:
            return "..."
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return " ".join(b" ".join(lines).decode("utf-8", "replace").split())

    # ---- scopes

    def module(self, tree):
        self.compiled = names_compiled(tree)
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
            body = [with_hook(mark, "enter", [], body, body[0], counted=True)]
        tree.body = head + body
        return self.rows

    def statement(self, node, prefix, owner, depth):
        """A statement with the functions and classes in it rewritten; the same node if there are none."""
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return self.function(node, prefix, owner, depth)
        if isinstance(node, ast.ClassDef):
            return self.class_(node, prefix, depth)
        return self.inside(node, lambda inner: self.statement(inner, prefix, owner, depth))

    def inside(self, node, change):
        """A node with the statements of its blocks changed; the same node where none was."""
        changed = None
        for field in _BLOCKS:
            block = getattr(node, field, None)
            if type(block) is not list or not block:
                continue
            if isinstance(block[0], (ast.stmt, ast.excepthandler)) or type(block[0]).__name__ == "match_case":
                fresh = [
                    change(inner) if isinstance(inner, ast.stmt) else self.inside(inner, change) for inner in block
                ]
                if any(one is not other for one, other in zip(fresh, block)):
                    if changed is None:
                        changed = copy_node(node)
                    setattr(changed, field, fresh)
        return node if changed is None else changed

    def class_(self, node, prefix, depth):
        name = prefix + node.name
        body = list(node.body)
        head = [body.pop(0)] if _is_text(body[0]) else []
        compiled = is_compiled(node, self.compiled)
        if not compiled:
            body = [self.statement(inner, name + ".", "class", depth) for inner in body]
        fresh = copy_node(node)
        if body and not compiled and self.wanted(name):
            first = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
            mark = self.number(name, "class", first, node.end_lineno, _documentation(head))
            body = [with_hook(mark, "enter", [], body, body[0], counted=True)]
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
            body = [ast.copy_location(ast.Pass(), head[-1])]
        declared = []
        body = _without_declarations(body, declared)
        head += declared
        generator = any(_yields(inner) for inner in body)
        names, secret, more = self.parameters(node.args)
        is_async = isinstance(node, ast.AsyncFunctionDef)
        more += _documentation(head) + (',"async":true' if is_async else "") + (',"generator":true' if generator else "")
        first = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
        kind = "method" if owner == "class" else "function"
        mark = self.number(name, kind, first, node.end_lineno, more, names, secret, is_async)
        hooked = [self.hooked(inner, mark, generator) for inner in body]
        ending = "_generator" if generator else ""
        if depth <= DUAL_DEPTH:
            recorded = with_hook(mark, "enter" + ending, names, hooked, body[0])
            fresh.body = head + [choose_body(mark, recorded, body)]
        else:
            fresh.body = head + [with_hook(mark, "enter" + ending, names, hooked, body[0], counted=True)]
        if node.args.defaults or any(node.args.kw_defaults):
            spot = start_of(node)
            spot.lineno = spot.end_lineno = node.lineno
            define = place_at(ast.Attribute(place_at(mark_node(mark), spot), "define", ast.Load()), spot)
            fresh.decorator_list = node.decorator_list + [define]
        return fresh

    def parameters(self, args):
        names, parts, signature = [], [], []
        plain = args.posonlyargs + args.args
        defaults = [None] * (len(plain) - len(args.defaults)) + args.defaults

        def add(argument, form, default, prefix=""):
            names.append(argument.arg)
            part = '{"name":' + quote(argument.arg)
            if form:
                part += ',"form":"%s"' % form
            written = prefix + argument.arg
            if argument.annotation is not None:
                written += ": " + self.segment(argument.annotation)
            if default is not None:
                text = self.segment(default)
                if is_secret_name(argument.arg):
                    text = "[redacted]"
                part += ',"default":' + quote(text)
                written += (" = " if argument.annotation is not None else "=") + text
            parts.append(part + "}")
            signature.append(written)

        for position, argument in enumerate(plain):
            add(argument, "positional-only" if position < len(args.posonlyargs) else "", defaults[position])
            if position + 1 == len(args.posonlyargs):
                signature.append("/")
        if args.vararg:
            add(args.vararg, "var-positional", None, "*")
        elif args.kwonlyargs:
            signature.append("*")
        for argument, default in zip(args.kwonlyargs, args.kw_defaults):
            add(argument, "keyword-only", default)
        if args.kwarg:
            add(args.kwarg, "var-keyword", None, "**")
        secret = [position for position, name in enumerate(names) if is_secret_name(name)]
        more = ',"signature":%s,"parameters":[%s]' % (quote("(" + ", ".join(signature) + ")"), ",".join(parts))
        return names, secret, more

    # ---- returns and yields

    def hooked(self, node, mark, generator):
        """A statement of a function's body that passes what it returns and yields to the hook."""
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return node
        if generator:
            node = self.hooked_yields(node, mark)
        if isinstance(node, ast.Return):
            if node.value is None:
                return node
            fresh = copy_node(node)
            fresh.value = call_hook(mark, "leave_generator" if generator else "leave", [node.value], node.value)
            return fresh
        return self.inside(node, lambda inner: self.hooked(inner, mark, generator))

    def hooked_yields(self, node, mark):
        """A node that passes what its expressions yield to the hook; its blocks are left."""
        changed = None
        for field, value in ast.iter_fields(node):
            if isinstance(value, list):
                fresh = [
                    self.hooked_yields(item, mark) if isinstance(item, _EXPRESSIONS) and not isinstance(item, _SCOPES) else item
                    for item in value
                ]
                if all(one is other for one, other in zip(fresh, value)):
                    continue
            elif isinstance(value, _EXPRESSIONS) and not isinstance(value, _SCOPES):
                fresh = self.hooked_yields(value, mark)
                if fresh is value:
                    continue
            else:
                continue
            if changed is None:
                changed = copy_node(node)
            setattr(changed, field, fresh)
        node = node if changed is None else changed
        if isinstance(node, ast.Yield):
            fresh = copy_node(node)
            given = node.value if node.value is not None else place_at(ast.Constant(None), node)
            fresh.value = call_method(call_hook(mark, "current", [], node), "out", given, node)
            return call_method(call_hook(mark, "current", [], node), "back", fresh, node)
        if isinstance(node, ast.YieldFrom):
            fresh = copy_node(node)
            fresh.value = call_method(call_hook(mark, "current", [], node), "delegate", node.value, node)
            return call_method(call_hook(mark, "current", [], node), "back", fresh, node)
        return node


_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_EXPRESSIONS = (ast.expr, ast.keyword, ast.withitem)
_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


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


def _without_declarations(block, declared):
    """A block without its global and nonlocal statements, which are added to `declared`: they may stand only once."""
    kept = []
    for node in block:
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            declared.append(node)
            continue
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            node = _inside_without_declarations(node, declared)
        kept.append(node)
    return kept or [place_at(ast.Pass(), block[0])]


def _inside_without_declarations(node, declared):
    changed = None
    for field in _BLOCKS:
        block = getattr(node, field, None)
        if type(block) is not list or not block:
            continue
        if isinstance(block[0], ast.stmt):
            fresh = _without_declarations(block, declared)
        elif isinstance(block[0], ast.excepthandler) or type(block[0]).__name__ == "match_case":
            fresh = [_inside_without_declarations(inner, declared) for inner in block]
        else:
            continue
        if len(fresh) != len(block) or any(one is not other for one, other in zip(fresh, block)):
            changed = changed or copy_node(node)
            setattr(changed, field, fresh)
    return changed or node


def _yields(node):
    """Whether a statement yields in the scope it stands in."""
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            stack.extend(node.decorator_list)
            continue
        if not isinstance(node, ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))
    return False

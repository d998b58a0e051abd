"""What functions of libraries accept, also those written in C, and which argument of a call is which parameter.

Found without the module `inspect`, which may run code, and is slow to load: a function of Python has its code; one of C
has, mostly, a text (`__text_signature__`, or the first line of its documentation). Of what says nothing, arguments are
`args` and `kwargs`.
"""

import _ast as ast

from .parameters import describe_parameters
from .trees import parse
from .stand_ins import UNSEEN

_UNKNOWN = "(*args, **kwargs)"
# What the documentation of old versions of numpy says of these is not how they take their arguments.
_CORRECTED = {
    "reshape(shape, order='C')": "(*shape, order='C')",
    "resize(new_shape, refcheck=True)": "(*new_shape, refcheck=True)",
}
_Function = type(parse)
_PLAIN = frozenset((type(None), bool, int, float, str))
_TEXT_AT_MOST = 2_000


class Signature:
    """The parameters of a function, in the order in which a call's arguments are written."""

    def __init__(self, text, defaults=None, skips_first=False):
        """text: as in source, `(a, b=2, *args, **kwargs)`. defaults: objects by name, where they are known.

        skips_first: whether the first argument is no parameter to people, as the object that a constructor fills.
        """
        given = parse(("def f%s: pass" % text).encode("utf-8"), "").body[0].args
        if skips_first:
            _leave_out_first(given)
        self.skips_first = skips_first
        self.names, self.secret, self.text = describe_parameters(given, ["def f" + text])
        self.only_positional = len(given.posonlyargs)
        self.positional = [one.arg for one in given.posonlyargs + given.args]
        self.rest = given.vararg.arg if given.vararg else None
        self.named = given.kwarg.arg if given.kwarg else None
        self.defaults = _constants_of(given) if defaults is None else defaults

    def bind(self, given, named):
        """The arguments of a call, in the order of the parameters. What it leaves to the function is its default, or unseen.

        A call that does not fit fails in the function itself, so that here everything is put where there is room.
        """
        if self.skips_first:
            given = given[1:]
        positional = self.positional
        values = dict(zip(positional, given))
        if self.rest is not None:
            values[self.rest] = given[len(positional) :]
        more = {}
        for name, value in named.items():
            if name in self.names and name not in positional[: self.only_positional] and name not in values:
                values[name] = value
            else:
                more[name] = value
        if self.named is not None:
            values[self.named] = more
        known = self.defaults
        return [values[name] if name in values else known.get(name, UNSEEN) for name in self.names]


def _leave_out_first(given):
    plain = given.posonlyargs or given.args
    if plain:
        del plain[0]
        # Defaults are those of the last ones.
        del given.defaults[: len(given.defaults) - len(given.posonlyargs) - len(given.args)]


def _constants_of(given):
    plain = given.posonlyargs + given.args
    pairs = [*zip(plain[len(plain) - len(given.defaults) :], given.defaults), *zip(given.kwonlyargs, given.kw_defaults)]
    found = {}
    for argument, node in pairs:
        sign = 1
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            node, sign = node.operand, -1
        if isinstance(node, ast.Constant) and type(node.value) in _PLAIN:
            found[argument.arg] = node.value if sign == 1 else -node.value
    return found


def signature_of(function, first="", skips_first=False):
    """The signature of a function, method or class of C, or of a function of Python.

    first: what the first parameter is called, where the function's own text leaves it out: `self`.
    """
    if type(function) is _Function or hasattr(function, "__code__"):
        found = _signature_of_code(function, skips_first)
        if found is not None:
            return found
    for text in (_attribute(function, "__text_signature__"), _first_line(_attribute(function, "__doc__"))):
        if text:
            try:
                return Signature(_with_first(text, first), skips_first=skips_first)
            except (SyntaxError, ValueError, IndexError):
                pass
    return Signature(_with_first(_UNKNOWN, first), skips_first=skips_first)


def _attribute(function, name):
    text = getattr(function, name, None)
    return text if type(text) is str and len(text) < _TEXT_AT_MOST or name == "__doc__" and type(text) is str else None


def _first_line(documentation):
    """`(x, /, out=None)` of documentation that begins with `sqrt(x, /, out=None[, signature])`; empty where it does not."""
    if not documentation:
        return ""
    text = " ".join(documentation.lstrip()[:_TEXT_AT_MOST].partition("\n\n")[0].split())
    corrected = _CORRECTED.get(text.partition(".")[2])
    if corrected is not None:
        return corrected
    name, opened, inside = text.partition("(")
    if not opened or not name.replace(".", "").isidentifier():
        return ""
    depth = 1
    for at, letter in enumerate(inside):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            # Only at the end may something be left out: elsewhere it moves what follows.
            inside, cut, optional = inside[:at].partition("[")
            if optional.strip("abcdefghijklmnopqrstuvwxyz_, ") not in ("", "]"):
                return ""
            return "(" + inside.replace("=<no value>", "=...") + ")"
    return ""


def _with_first(text, first):
    inside = text.strip()[1:].partition(")")[0] if text.strip() == "()" else text.strip()[1:-1]
    parts = [part for part in (inside.strip(),) if part]
    for hidden in ("$self", "$module", "$type"):
        if inside.lstrip().startswith(hidden):
            after = inside.lstrip()[len(hidden) :].lstrip(" ,")
            after = after[1:].lstrip(" ,") if after.startswith("/") else after
            parts = [after] if after else []
    if first and not inside.lstrip().startswith("self"):
        parts.insert(0, first)
    return "(" + " ".join(", ".join(parts).split()) + ")"


def _signature_of_code(function, skips_first):
    code = getattr(function, "__code__", None)
    names = getattr(code, "co_varnames", None)
    if type(names) is not tuple:
        return None
    count, only = code.co_argcount, code.co_kwonlyargcount
    defaults = function.__defaults__ or ()
    known = dict(zip(names[count - len(defaults) : count], defaults))
    known.update(getattr(function, "__kwdefaults__", None) or {})
    parts = [_written(name, known) for name in names[:count]]
    if code.co_posonlyargcount:
        parts.insert(code.co_posonlyargcount, "/")
    after = count + only
    if code.co_flags & 4:
        parts.append("*" + names[after])
        after += 1
    elif only:
        parts.append("*")
    parts += [_written(name, known) for name in names[count : count + only]]
    if code.co_flags & 8:
        parts.append("**" + names[after])
    try:
        return Signature("(" + ", ".join(parts) + ")", known, skips_first)
    except SyntaxError:
        # Names that no source can have.
        return None


def _written(name, known):
    if name not in known:
        return name
    value = known[name]
    return name + "=" + (repr(value) if type(value) in _PLAIN and len(repr(value)) < 100 else "...")

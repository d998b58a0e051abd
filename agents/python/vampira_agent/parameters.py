"""The parameters of a function, as fields of its component's line."""

from .redaction import MASK, is_secret_name
from .text import quote


def describe_parameters(args, lines):
    """(names, positions of secrets, fields as JSON text) of a function's parameters.

    args: an `ast.arguments`. lines: the lines of its module's source.
    """
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
            written += ": " + _segment(argument.annotation, lines)
        if default is not None:
            text = MASK if is_secret_name(argument.arg) else _segment(default, lines)
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
    fields = ',"signature":%s,"parameters":[%s]' % (quote("(" + ", ".join(signature) + ")"), ",".join(parts))
    return names, secret, fields


def _segment(node, lines):
    """The source text of a node, on one line."""
    if node.lineno == node.end_lineno and node.lineno <= len(lines):
        line = lines[node.lineno - 1]
        # Columns are counted in bytes.
        if line.isascii():
            return " ".join(line[node.col_offset : node.end_col_offset].split())
    found = [line.encode() for line in lines[node.lineno - 1 : node.end_lineno]]
    if not found:
        return "..."
    # The end is cut first: on a single line, its column counts from the line's start.
    found[-1] = found[-1][: node.end_col_offset]
    found[0] = found[0][node.col_offset :]
    return " ".join(b" ".join(found).decode("utf-8", "replace").split())

"""Finds code that another compiler compiles (numba, for example), which must get it as it is written."""

import _ast as ast

from .trees import walk

COMPILERS = frozenset((
    "jit", "njit", "vectorize", "guvectorize", "cfunc", "stencil", "generated_jit", "overload", "overload_method",
    "intrinsic", "script", "compile", "jitclass", "pjit", "cython", "cclass", "ccall", "kernel", "autojit",
))  # fmt: skip


def _last_name(node):
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_compiled(node, names):
    """Whether a function or class is compiled, by a decorator or because its name is among `names`."""
    return node.name in names or any(_last_name(decorator) in COMPILERS for decorator in node.decorator_list)


def names_compiled(tree, source):
    """Names that are passed to a compiler somewhere in a module: `fast = njit(slow)`. source: its text."""
    found = set()
    # Most modules name no compiler, and a search of text is quick.
    if not any(name in source for name in COMPILERS):
        return found
    for node in walk(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in COMPILERS:
            if isinstance(node.func, ast.Attribute) and _last_name(node.func.value) in ("re", "regex"):
                continue
            found.update(argument.id for argument in node.args if isinstance(argument, ast.Name))
    return found

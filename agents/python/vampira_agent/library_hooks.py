"""Hooks in a few functions of libraries: what these got and returned is looked at, while they run as they are.

Only the body of the function is rewritten, as those of the user's functions are (see rewrite.py), and only when its
module is loaded: no frame, wrapper or other object is added that the program could meet.
"""

from . import code_cache, journal
from .marks import place_hooks
from .stand_ins import HookElsewhere

_Code = type((lambda: None).__code__)
# Bits of code objects that stand for `from __future__ import …`.
_FUTURE = 0x1FE0000
# Name of a module → (name of the class or None, name of the function, hook).
_hooks = {}


class LibraryHook(HookElsewhere):
    """Looks at the calls of one function of a library. See rewrite.py for how its body uses it."""

    on = True

    def __init__(self, module, owner, function, begins=None, ends=None):
        """Name the function.

        begins: called with its arguments when it begins. ends: called with its arguments, what it returns, and
        whether it runs inside another call of itself, when it returns.
        """
        self.begins = begins
        self.ends = ends
        self.running = []
        _hooks[module] = (owner, function, self)

    def enter(self, *arguments):
        call = _LookedAt()
        call.hook = self
        call.arguments = arguments
        call.value = None
        if self.begins is not None:
            try:
                self.begins(*arguments)
            except Exception as fault:
                journal.fault("a library's function", fault)
        self.running.append(call)
        return call

    def leave(self, value):
        if self.running:
            self.running[-1].value = value
        return value


class _LookedAt:
    """A running call of such a function. Its `with` block is the function's body."""

    __slots__ = ("hook", "arguments", "value")
    __enter__ = tuple

    def __exit__(self, kind, error, trace):
        hook = self.hook
        try:
            if self in hook.running:
                del hook.running[hook.running.index(self) :]
            if kind is None and hook.ends is not None:
                hook.ends(self.arguments, self.value, bool(hook.running))
        except Exception as fault:
            journal.fault("a library's function", fault)


def is_hooked(module):
    """Whether a module has a function with a hook."""
    return module in _hooks


def place_in(module, path, code, source):
    """The code of such a module with the hook in its function; the code as it is where that cannot be done.

    source: the bytes of its file.
    """
    owner, name, hook = _hooks[module]
    names = [name] if owner is None else [owner, name]
    old = _find(code, names)
    if old is None:
        return code
    text = _text_of(old, source)
    place = code_cache.find_place("library:" + module, path, text)
    found = None if place is None else code_cache.read(place)
    if found is None:
        found = _rewrite(old, text, path, owner)
        if place is not None:
            code_cache.write(place, *found)
    rows, fresh = found
    fresh = place_hooks(fresh, [hook] * len(rows))
    if hasattr(old, "co_qualname"):
        fresh = fresh.replace(co_qualname=old.co_qualname)
    return _exchange(code, names, fresh)


def _find(code, names):
    for name in names:
        code = next((inner for inner in code.co_consts if type(inner) is _Code and inner.co_name == name), None)
        if code is None:
            return None
    return code


def _exchange(code, names, fresh):
    if not names:
        return fresh
    inner = _find(code, names[:1])
    constants = tuple(_exchange(each, names[1:], fresh) if each is inner else each for each in code.co_consts)
    return code.replace(co_consts=constants)


def _text_of(code, source):
    """The source of a function: from its first line to the next that stands as far left."""
    lines = source.decode("utf-8").replace("\r\n", "\n").split("\n")
    first = code.co_firstlineno - 1
    indent = len(lines[first]) - len(lines[first].lstrip())
    last = first + 1
    # The header of a function may end in a line of its own that stands as far left: `) -> None:`
    while last < len(lines):
        line = lines[last]
        if line.strip() and len(line) - len(line.lstrip()) <= indent and not line.lstrip().startswith(")"):
            break
        last += 1
    return "\n".join([""] * first + lines[first:last]).encode("utf-8")


def _rewrite(old, text, path, owner):
    # Loaded only where something has to be rewritten.
    from .rewrite import rewrite
    from .trees import parse

    body = text.decode("utf-8")
    if owner is not None:
        # On the first line, which is before that of the function.
        body = "class _:" + body
    tree = parse(body.encode("utf-8"), path)
    wanted = old.co_name if owner is None else "_." + old.co_name
    rows = rewrite(tree, body, lambda name: name == wanted)
    code = compile(tree, path, "exec", flags=old.co_flags & _FUTURE, dont_inherit=True)
    return rows, _find(code, [old.co_name] if owner is None else ["_", old.co_name])

"""Changes statements inside of statements: in the branches of an `if`, the handlers of a `try`, the cases of a `match`."""

import _ast as ast
from _operator import is_

from .nodes import copy_node

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
# Type of nodes → its fields that are blocks: most statements have none.
_fields_of = {}


def change_blocks(node, change):
    """A statement with the blocks directly inside of it changed; the same node where nothing is changed.

    change: a function that gets a block, a list of statements, and returns another or the same statements.
    """
    fields = _fields_of.get(type(node))
    if fields is None:
        fields = _fields_of[type(node)] = [field for field in _BLOCKS if field in type(node)._fields]
    changed = None
    for field in fields:
        block = getattr(node, field, None)
        if not block:
            continue
        # Handlers and cases are no statements, but have blocks of statements.
        fresh = change(block) if isinstance(block[0], ast.stmt) else [change_blocks(part, change) for part in block]
        if len(fresh) == len(block) and all(map(is_, fresh, block)):
            continue
        if changed is None:
            changed = copy_node(node)
        setattr(changed, field, fresh)
    return node if changed is None else changed

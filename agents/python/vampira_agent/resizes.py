"""Lets go of an array for the time in which it is resized; resize_calls.py finds where."""

from . import identity, journal
from .attributes import attributes_of
from .changes import may_change
from .stand_ins import HookElsewhere


class ResizeHook(HookElsewhere):
    """Lets go of arrays before they are resized, and knows them again afterwards."""

    __slots__ = ()

    def __reduce__(self):
        return (HookElsewhere, ())

    def loosen(self, x):
        """The array is about to be resized."""
        if may_change(type(x)):
            identity.loosen(x)
        return x

    def tie(self, result, x):
        """The array was resized."""
        if may_change(type(x)):
            identity.tie(x)
        return result

    def tie_attribute(self, result, owner, name):
        """The array that is an attribute of an object was resized."""
        try:
            x = attributes_of(owner).get(name)
            if may_change(type(x)):
                identity.tie(x)
        except Exception as fault:
            journal.fault("an array", fault)
        return result

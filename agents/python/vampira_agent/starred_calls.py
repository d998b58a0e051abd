"""Stands in for the function of a call with `*arguments` or `**named`, until CPython has unpacked these.

Where they cannot be unpacked, CPython's message names the function: what stands in has the names of the function itself.
"""


class StarredCall:
    """Called with the arguments, it gives them to `begin` after the function, and returns what that returns."""

    __slots__ = ("_begin", "_callee")

    def __init__(self, begin, callee):
        self._begin, self._callee = begin, callee

    def __call__(self, /, *given, **named):
        return self._begin(self._callee, *given, **named)

    # Read by CPython for its messages only, as it reads them of the function.
    __module__ = property(lambda self: self._callee.__module__)

    def __getattr__(self, name):
        return getattr(self._callee, name)

    def __str__(self):
        return str(self._callee)

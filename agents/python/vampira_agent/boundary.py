"""Components of libraries that were asked for: their calls by the user's code, not those that the library makes itself.

What a decorator puts around such a function is passed over: frames of nested functions, as long as there are few.
"""

import sys

from .component import Component
from .counter import begin_to_count
from .places import module_names
from .stand_ins import NOTHING

_getframe = sys._getframe
_WRAPPERS_AT_MOST = 4
# What the code of an ordinary function takes from around it: nothing, or its class for super().
_NO_WRAPPER = ((), ("__class__",))


class LibraryComponent(Component):
    """A public function or method of a library. It has no number until the user's code calls it."""

    # Whether its calls are only counted. Its ticks cannot count them: they count the library's own calls, too.
    __slots__ = ("is_counted",)

    def register(self):
        self.is_counted = False

    def enter(self, *arguments):
        """A function begins. Returns the context manager of its body."""
        if not _is_called_by_user(_getframe(2 if self.live is None else 3)):
            return NOTHING
        if self.is_counted:
            self.counter.summed += 1
            return NOTHING
        if self.id == 0:
            Component.register(self)
        return Component.enter(self, *arguments)

    def demote(self, moment, caller):
        """Only count calls from here on."""
        if not self.is_counted:
            begin_to_count(self, moment, caller)
            self.is_counted = True


def _is_called_by_user(frame):
    for _ in range(_WRAPPERS_AT_MOST):
        if frame is None:
            return False
        if frame.f_globals.get("__name__") in module_names:
            return True
        if frame.f_code.co_freevars in _NO_WRAPPER:
            return False
        frame = frame.f_back
    return False

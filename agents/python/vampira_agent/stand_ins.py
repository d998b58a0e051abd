"""What stands in for calls and hooks where nothing is recorded."""


class _Nothing:
    """A call that is not recorded."""

    __slots__ = ()
    __enter__ = tuple

    def __exit__(self, kind, error, trace):
        pass

    def out(self, value):
        return value

    back = delegate = out


NOTHING = _Nothing()


class HookElsewhere:
    """The hook of code that was sent to a process that does not record it: it lets the original body run."""

    on = False
    nothing = NOTHING
    # Called without arguments it gives 0: the call is no sample.
    tick = int

    def define(self, function):
        return function

    def current(self):
        return NOTHING

    def caught(self):
        pass

    def leave(self, value):
        return value

    leave_generator = see = loosen = leave

    def tie(self, result, *_):
        return result

    tie_attribute = tie


class Unseen:
    """An argument that a call left to a function whose default is not known, and the object that `__init__` gets."""

    __slots__ = ()

    def describe(self):
        return '{"$":"unseen"}'


UNSEEN = Unseen()

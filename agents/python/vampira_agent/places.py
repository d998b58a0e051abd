"""Places in the user's code: numbers and names of its modules, and the `from` field of a call.

A place is looked up for every recorded call. CPython finds the line of a frame by a walk through the line table from its
beginning, which takes 30 ns a line. So the text is kept by instruction: a dictionary of each component, for calls from
its body. An instruction tells nothing without its code, and CPython raises an audit event for whoever reads that from a
frame. So a frame is known by its address, once it is known that it is the running call's own.
"""

# File as the code carries it (co_filename) → module number.
module_numbers = {}
# Values of __name__ in the user's modules.
module_names = {"__main__", "__mp_main__"}
# Module's __name__ → line → `from` field, for lines that have called before.
_fields = {}


def find_place(frame, parent):
    """The `from` field of the nearest frame of the user's code, from this one outwards; empty where there is none.

    parent: the running call or None. Its `own` is None when its frame is not looked for; how many calls came from it so
    far, as zero or a negative number; or the frame's address, which nothing else has while the call runs.
    """
    if parent is not None and parent.own is not None:
        if parent.own <= 0:
            _find_own(frame, parent)
        if parent.own == id(frame):
            field = parent.component.places[frame.f_lasti] = _find_line(frame)
            return field
    return _find_line(frame)


def _find_own(frame, parent):
    """Note the address of the parent's frame if this is it. Tried at its second, third, fifth, ninth… call only."""
    before = -parent.own
    parent.own -= 1
    component = parent.component
    # Another running call of the same code may have the frame: where they were only counted, or pause, it is not sure.
    if before and not before & (before - 1) and component.counter is None and component.live is None:
        if frame.f_code is component.code:
            parent.own = id(frame)


def _find_line(frame):
    while frame is not None:
        # Reading a frame's globals raises no audit event.
        fields = _fields.get(frame.f_globals.get("__name__"))
        field = None if fields is None else fields.get(frame.f_lineno)
        if field is None:
            field = describe_place(frame)
        if field:
            return field
        frame = frame.f_back
    return ""


def describe_place(frame):
    """The `from` field for the line that a frame is at; empty where the code is not the user's."""
    name = frame.f_globals.get("__name__")
    if name not in module_names:
        return ""
    number = module_numbers.get(frame.f_code.co_filename)
    if number is None:
        return ""
    line = frame.f_lineno
    field = ',"from":[%d,%d]' % (number, line or 1)
    _fields.setdefault(name, {})[line] = field
    return field

"""Places in the user's code: numbers and names of its modules, and the `from` field of a call.

A place is looked up for every recorded call. CPython finds the line of a frame by a walk through the line table from its
beginning, which takes 30 ns a line. So the text is kept by instruction: a dictionary of each component, for calls from
its body. An instruction tells nothing without its code, and CPython raises an audit event for whoever reads that from a
frame. So the running call keeps its own frame until its end, once that is known, and is asked whether it is this one.
"""

# File as the code carries it (co_filename) → module number.
module_numbers = {}
# Values of __name__ in the user's modules.
module_names = {"__main__", "__mp_main__"}
# Module's __name__ → line → `from` field, for lines that have called before.
_fields = {}
# The dictionary of components from whose bodies no call has been found yet: most of thousands.
NONE_YET = {}


def find_place(frame, parent):
    """The `from` field of the nearest frame of the user's code, from this one outwards; empty where there is none.

    parent: the running call or None. Its `own` is how many calls came from it so far, then its frame; None at its end.
    """
    nearest = frame
    own = None if parent is None else parent.own
    if type(own) is int:
        parent.own = own + 1
        # To look takes as long as a few short walks: at its 5th, 9th, 17th… call.
        if own > 3 and not own & (own - 1) and _is_own(frame, parent.component):
            own = parent.own = frame
    while frame is not None:
        # Reading a frame's globals raises no audit event.
        fields = _fields.get(frame.f_globals.get("__name__"))
        field = None if fields is None else fields.get(frame.f_lineno)
        if field is None:
            field = describe_place(frame)
        if field:
            if own is frame and frame is nearest:
                component = parent.component
                if component.places is NONE_YET:
                    component.places = {}
                component.places[frame.f_lasti] = field
            return field
        frame = frame.f_back
    return ""


def _is_own(frame, component):
    """Whether a frame, in which the running call of a component calls something, is that call's own.

    Another call of the same code may have the frame: where they were only counted, or pause, it is not sure.
    """
    return component.counter is None and component.live is None and frame.f_code is component.code


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

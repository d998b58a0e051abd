"""Places in the user's code: numbers and names of its modules, and the `from` field of a call.

A place is looked up for every recorded call, so the text of each line that has called is kept.
"""

# File as the code carries it (co_filename) → module number.
module_numbers = {}
# Values of __name__ in the user's modules.
module_names = {"__main__", "__mp_main__"}
# Module's __name__ → line → `from` field, for lines that have called before.
_fields = {}
find_fields = _fields.get


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

"""Which folder a path is relative to, where os.open gets one as `dir_fd`.

The audit event of an open does not have it. So it is read from where the caller's code has it: the arguments of a call
with keywords are loaded one after another, and the last of them from a variable in nearly all code.
"""

import os
import sys

NOWHERE = None


def find_folder(frame):
    """The descriptor that the running call in this frame got as `dir_fd`; -1: it got none; NOWHERE: not found out."""
    code = frame.f_code
    if not any(type(each) is tuple and "dir_fd" in each for each in code.co_consts):
        return -1
    # Loaded only here: few programs open files relative to folders.
    from dis import get_instructions

    # The specialised code of 3.11 may stand a step before the call.
    before = [each for each in get_instructions(code) if each.offset <= frame.f_lasti]
    before = [each for each in before if each.opname not in ("CACHE", "PRECALL", "EXTENDED_ARG", "RESUME")]
    if before and before[-1].opname.startswith("CALL"):
        if before.pop().opname == "CALL_FUNCTION_EX":
            return NOWHERE
    # In 3.11, dis does not know what KW_NAMES means.
    last = before.pop() if before else None
    names = last and (code.co_consts[last.arg] if last.opname == "KW_NAMES" else last.argval)
    if type(names) is not tuple or "dir_fd" not in names:
        return -1
    after = len(names) - names.index("dir_fd") - 1
    loads = []
    for each in before[-after - 1 :]:
        if not each.opname.startswith(("LOAD_FAST", "LOAD_NAME", "LOAD_GLOBAL", "LOAD_DEREF", "LOAD_CONST")):
            return NOWHERE
        loads.extend(each.argval if type(each.argval) is tuple else (each.argval,))
    name = loads[-after - 1]
    if before[-1].opname == "LOAD_CONST" and after == 0:
        value = name
    else:
        value = frame.f_locals.get(name, frame.f_globals.get(name, NOWHERE))
    return -1 if value is None else value if type(value) is int else NOWHERE


def path_of(descriptor):
    """Path of an open folder; raises OSError where the system does not say."""
    if sys.platform == "darwin":
        from fcntl import F_GETPATH, fcntl

        return os.fsdecode(fcntl(descriptor, F_GETPATH, bytes(1024)).rstrip(b"\0"))
    return os.readlink("/proc/self/fd/%d" % descriptor)

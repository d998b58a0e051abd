import sys
import traceback


def inner():
    traceback.print_stack(file=sys.stdout)
    return 1 / 0


def middle():
    return inner()


try:
    middle()
except ZeroDivisionError:
    traceback.print_exc(file=sys.stdout)
    print(traceback.TracebackException(*sys.exc_info(), capture_locals=True).format.__name__)
    print("".join(traceback.TracebackException(*sys.exc_info(), capture_locals=True).format()))


def starts_with_string_concatenation():
    "a" "b"
    return 1


def stops_early():
    if True:
        return
    yield 1


def raises_stop():
    raise StopIteration


print(list(stops_early()), starts_with_string_concatenation.__doc__)
assert middle.__code__.co_name == "middle"
eval("middle()")

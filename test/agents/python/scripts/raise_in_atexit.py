import atexit


def fail():
    raise ValueError("in atexit")


atexit.register(fail)

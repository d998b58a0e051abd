import sys
import traceback


def hook(kind, error, trace):
    print("hook", kind.__name__, [entry.name for entry in traceback.extract_tb(trace)], file=sys.stderr)


sys.excepthook = hook


def boom():
    raise ValueError("hooked")


boom()

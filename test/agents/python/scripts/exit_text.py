import atexit
import sys


@atexit.register
def last():
    print("atexit", sys.exc_info())


sys.exit("text for standard error")

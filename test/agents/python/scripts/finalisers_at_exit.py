import sys
import threading


def work(n):
    return "x" * 100


class Resource:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        for n in range(400):
            work(n)
        print("freed", self.name)


kept = Resource("a global")
cycle = Resource("a cycle")
cycle.itself = cycle
sys.kept = Resource("an attribute of another module")


def default(resource=Resource("a default")):
    return threading.current_thread().name


print(default())

import gc
import weakref


class Resource:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("freed", self.name)


def make(name):
    return Resource(name)


def make_list(name):
    return [Resource(name)]


def use(resource):
    del resource
    print("used")


use(make("a"))
use(make_list("b"))
held = make("c")
ref = weakref.ref(held)
del held
print(ref(), gc.isenabled())

class Meta(type):
    def __eq__(cls, other):
        print("metaclass ==")
        return type.__eq__(cls, other)

    def __hash__(cls):
        print("metaclass hash")
        return type.__hash__(cls)

    def __getattribute__(cls, name):
        print("metaclass getattr", name)
        return type.__getattribute__(cls, name)


class Strange(metaclass=Meta):
    def __getattribute__(self, name):
        print("getattr", name)
        return object.__getattribute__(self, name)

    def __bool__(self):
        print("bool")
        return True

    def __iter__(self):
        print("iter")
        return iter(())


class Dict(dict):
    def __getitem__(self, key):
        print("getitem")

    def items(self):
        print("items")
        return []

    def __len__(self):
        print("len")
        return 0


def give(x, y=None):
    return x


s = Strange()
give(s)
give([s], y=s)
give(Dict(a=1), y=Strange)

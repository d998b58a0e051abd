"""Docstring."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import inspect
import pickle
import sys

print(__doc__, __name__, __file__.rsplit("/", 1)[-1], __spec__, __package__, type(__loader__).__name__, __builtins__ is not None)
print(sys.argv[1:], sys._getframe().f_back, sys._getframe().f_code.co_name)


def defaults(a, b=2, *args, c=3, d: int = 4, **kw):
    """Says.

    More."""
    return a, b, args, c, d, sorted(kw)


print(defaults(1), defaults(1, 2, 3, c=5, z=1), defaults.__doc__, defaults.__defaults__, defaults.__kwdefaults__)
print(defaults.__code__.co_varnames, defaults.__code__.co_firstlineno, inspect.signature(defaults))
print(inspect.getsource(defaults))


def posonly(a, /, b, *, c):
    return a + b + c


print(posonly(1, 2, c=3))


def local_names(x):
    y = x + 1
    print(sorted(locals()), dir())
    del x
    print(sorted(locals()))
    return locals()


print(local_names(1))


class Base:
    __slots__ = ("a", "__b")
    kind = "base"

    def __init__(self, a):
        self.a = a
        self.__b = a * 2

    def __secret(self, __x=1):
        return self.__b + __x

    def call(self):
        return self.__secret()

    @property
    def prop(self):
        return self.a

    @prop.setter
    def prop(self, value):
        self.a = value

    @classmethod
    def make(cls, value):
        return cls(value)

    @staticmethod
    def static(value):
        return value

    def __eq__(self, other):
        print("== called")
        return True

    def __len__(self):
        print("len called")
        return 3

    def __repr__(self):
        return "Base(%r)" % self.a

    def __hash__(self):
        print("hash called")
        return 1


class Derived(Base):
    def __init__(self, a):
        super().__init__(a)
        self.cls = __class__
        print(sorted(vars()))

    def call(self):
        return super().call() + 1


b = Derived.make(4)
b.prop = 7
print(b.prop, b.call(), Base.static(b), Derived.__qualname__, Derived.call.__qualname__, sorted(vars(Derived)))
print([name for name in dir(Base) if not name.startswith("__")])


def takes(value):
    return value


takes(b)
takes([b, b])
takes({"k": b})


def outer(n):
    count = 0

    def inner():
        nonlocal count
        count += n
        return count

    def deeper():
        def deepest():
            def bottom(z=n):
                return z

            return bottom()

        return deepest()

    return inner, deeper


i, d = outer(5)
print(i(), i(), d(), i.__closure__ is not None, i.__code__.co_freevars)
TOTAL = 0


def uses_global():
    global TOTAL
    TOTAL += 1


uses_global()
print(TOTAL)


def finals(x):
    try:
        return x
    finally:
        print("finally")


def overrides():
    try:
        return 1
    finally:
        return 2


print(finals(3), overrides())


def loops():
    for n in range(5):
        if n == 1:
            continue
        with contextlib.suppress(ValueError):
            while True:
                if n == 3:
                    return n
                break
    else:
        return -1


print(loops())


def gen(n):
    got = None
    try:
        while n:
            got = yield n, got
            n -= 1
    except ValueError as error:
        print("thrown", error)
        yield "caught"
        return "after throw"
    finally:
        print("gen closed")
    return "done"


def delegates():
    result = yield from gen(2)
    print("result", result)
    inner = [x for x in (yield "last")]
    return inner


print(list(gen(2)))
g = gen(3)
print(next(g), g.send("sent"), g.gi_frame.f_lineno, sorted(g.gi_frame.f_locals))
print(g.throw(ValueError("v")))
try:
    next(g)
except StopIteration as stop:
    print("stop", stop.value)
d = delegates()
print(next(d), next(d), next(d))
try:
    d.send([1, 2])
except StopIteration as stop:
    print(stop.value)
g = gen(3)
next(g)
del g
print(sum(x for x, _ in gen(3)))


async def sleeper(n):
    await asyncio.sleep(0)
    return n


async def agen(n):
    for k in range(n):
        await asyncio.sleep(0)
        try:
            yield k
        finally:
            pass


async def amain():
    async with contextlib.AsyncExitStack():
        print(await asyncio.gather(sleeper(1), sleeper(2)))
    return [k async for k in agen(3)], [await sleeper(k) for k in (1, 2)]


print(asyncio.run(amain()))


@dataclasses.dataclass(frozen=True)
class Point:
    """A point."""

    x: int
    y: int = 0
    tags: list = dataclasses.field(default_factory=list)

    def norm(self) -> float:
        return (self.x**2 + self.y**2) ** 0.5


print(Point(3, 4), Point(3, 4).norm(), Point.__doc__, Point.__annotations__)
print(pickle.loads(pickle.dumps(Point(1))), pickle.loads(pickle.dumps(defaults)) is defaults)


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(30), fib.cache_info())


def deco(function):
    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapped


@deco
@deco
def decorated(x):
    return x


print(decorated(1), decorated.__name__, decorated.__wrapped__.__code__.co_firstlineno)


@contextlib.contextmanager
def managed():
    try:
        yield 1
    except KeyError:
        print("managed KeyError")


with managed() as m:
    raise KeyError(m)


def executes(code):
    exec(code)
    return eval("1 + 1"), (lambda q: q + 1)(2)


print(executes("def dyn(): return 5\nprint(dyn())"))
if sys.version_info >= (3, 10):
    exec(
        """
def match_it(x):
    match x:
        case [a, *rest]: return a, rest
        case {"k": v}: return v
        case _: return None
print(match_it([1, 2]), match_it({"k": 3}), match_it(4))
"""
    )
import enum


class Colour(enum.Enum):
    RED = 1

    def describe(self):
        return self.name


print(Colour.RED.describe(), list(Colour))
print(sorted(name for name in globals() if not name.startswith("__")))
print(sorted(sys.modules["__main__"].__dict__)[:12])


def annotated(x: "int" = 1) -> str:
    value: int = x
    return str(value)


print(annotated.__annotations__, annotated())


def reads_deleted():
    x = 1
    del x
    try:
        return x
    except UnboundLocalError as error:
        return str(error)


print(reads_deleted())


def empty():
    """Only a docstring."""


def just_pass():
    pass


print(empty(), just_pass(), empty.__doc__)
print(sys.getrecursionlimit())
try:
    raise RuntimeError("a") from ValueError("b")
except RuntimeError as error:
    print(repr(error.__cause__), error.__traceback__.tb_lineno, error.__traceback__.tb_next)

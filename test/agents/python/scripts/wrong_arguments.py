"""Calls with wrong arguments: the messages name the function that is called."""

import asyncio
import collections
import fractions
import functools
import json
import math
import os.path
import sys
import textwrap
from dataclasses import dataclass
from math import sqrt

def f(a, b=2, *, c): return a
def g(): pass
def h(a, /, b): pass
class C:
    def __init__(self, x): self.x = x
    def m(self, y): return y
    @classmethod
    def k(cls, a): pass
    @staticmethod
    def s(a): pass
    def __call__(self, q): pass
    @property
    def p(self): return self.none
    def __len__(self, extra): return 1
async def co(a): return a
def gen(a): yield a
@dataclass
class D:
    a: int
def defaults(a=1, b=[]): pass
def outer():
    def inner(a): pass
    inner()
lam = lambda a: a
OWN = [lambda: f(), lambda: f(1), lambda: f(1, 2, 3, c=1), lambda: f(1, c=2, d=3), lambda: f(1, a=2, c=1), lambda: g(1), lambda: g(x=1),
 lambda: h(a=1, b=2), lambda: h(1), lambda: C(), lambda: C(1, 2), lambda: C(1).m(), lambda: C(1).m(1, 2), lambda: C.m(), lambda: C.k(), lambda: C.s(),
 lambda: C(1)(), lambda: C(1).p, lambda: len(C(1)), lambda: asyncio.run(co()), lambda: co(1, 2), lambda: gen(), lambda: list(gen(1, 2)), lambda: D(), lambda: D(1, 2),
 lambda: defaults(1, 2, 3), outer, lambda: lam(), lambda: lam(1, 2), lambda: f(*[1, 2, 3], **{"c": 1}), lambda: f(**{"a": 1, "zz": 1}), lambda: f(*3), lambda: f(**3), lambda: f(**{1: 2}), lambda: f(a=1, **{"a": 2}),
 lambda: list(map(f, [1])), lambda: sorted([1], key=g), lambda: C.m(1), lambda: C(x=1, y=2), lambda: h(1, c=2), lambda: g(*(i for i in [1]))]
text = "abc"
N = 3
LIBRARIES = [lambda: math.sqrt(), lambda: math.sqrt(1, 2), lambda: math.sqrt(x=1), lambda: sqrt("a"), lambda: math.sqrt(*3), lambda: math.sqrt(**3), lambda: math.sqrt(**{1: 2}),
 lambda: json.dumps(), lambda: json.dumps(1, 2), lambda: json.dumps(1, bad=2), lambda: json.dumps(obj=1, **{"obj": 2}), lambda: json.dumps(1, obj=2), lambda: json.dumps(*3), lambda: json.dumps(*None), lambda: json.dumps(1, **None), lambda: json.dumps(1, **[1]),
 lambda: textwrap.TextWrapper(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), lambda: textwrap.TextWrapper(no=1), lambda: textwrap.TextWrapper().wrap(), lambda: textwrap.TextWrapper().wrap(*4), lambda: textwrap.TextWrapper().wrap("a", **{"text": 1}), lambda: textwrap.TextWrapper().wrap(text="a", **{"text": 1}),
 lambda: fractions.Fraction(1, 2, 3), lambda: fractions.Fraction("x"), lambda: fractions.Fraction(*5), lambda: fractions.Fraction(**{"a": 1}),
 lambda: text.join(), lambda: text.join(*5), lambda: text(1), lambda: N(*3), lambda: N(), lambda: collections.OrderedDict(*5), lambda: collections.namedtuple(), lambda: functools.partial(), lambda: functools.partial(*[]), lambda: functools.partial(3),
 lambda: os.path.join(), lambda: os.path.join(*N), lambda: os.path.join("a", *N, *[1]), lambda: os.path.join(*(1/0 for _ in [1])), lambda: os.path.join(**dict(path=1)), lambda: json.nope(), lambda: json.dumps(*[1], **{}, **{"indent": 1}, **{"indent": 2}), lambda: (lambda **k: k)(**{"a": 1}, **{"a": 2}), lambda: functools.reduce(*N, **N), lambda: json.dumps(*N, **{1: 2}),
 lambda: json.dumps(self=1), lambda: json.dumps(callee=1), lambda: json.dumps(**{"self": 1}), lambda: sys.intern(*3), lambda: functools.partial(json.dumps)(*3), lambda: functools.partial(json.dumps, 1)(**3)]
for n, case in enumerate(OWN + (LIBRARIES if sys.version_info >= (3, 9) else [])):
    try:
        print(n, "ok", case())
    except BaseException as error:
        print(n, type(error).__name__, error, repr(error.__context__), repr(error.__cause__))


def gives():
    yield 1
    raise TypeError("mine")


for n in range(3):
    try:
        json.dumps(*gives())
    except TypeError as error:
        print(error)
print(json.dumps(*[[1, 2]], **{"indent": 1}))
if sys.version_info >= (3, 9):
    json.dumps(**N)

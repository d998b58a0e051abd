"""Calls of libraries in every place of the language; what they raise, and what they see of their caller."""
import functools, inspect, sys, traceback, warnings, math, itertools, json, contextlib, collections
def show(*a, **k): print("show", a, sorted(k.items()))
class A:
    def __init__(self, x=1): self.x = x
    def m(self, *a): return (self.x, a)
    @property
    def p(self): return self.m
class B(A):
    def __init__(self): super().__init__(x=3); print(sorted(locals()))
def order():
    log = []
    def t(x): log.append(x); return x
    (t(1) and math.pow)(t(2.0), y := t(3.0)) if False else None
    [math.pow, math.hypot][t(0)](t(2.0), *[t(3.0)])
    dict(a=t(1), **{"b": t(2)})
    collections.OrderedDict([("a", t(4))], b=t(5))
    print(log)
def errors():
    for f in (lambda: math.sqrt(-1),
              lambda: math.sqrt("a"),
              lambda: math.nothing(1),
              lambda: (5)(1),
              lambda: sys.nothing,
              lambda: json.loads("{"),
              lambda: math.sqrt(),
              lambda: math.pow(1, 2, z=3),
              lambda: functools.reduce(lambda a, b: a / b, [1, 0])):
        try:
            f()
        except Exception:
            traceback.print_exc()
def multi():
    x = "abc"
    try:
        (x
         .upper()
         .strip()
         .index(
            "z",
         ))
    except ValueError:
        traceback.print_exc()
    try:
        math.fsum(
            [1,
             "a"]
        )
    except TypeError:
        traceback.print_exc()
def frames():
    def who(): return [ (f.f_code.co_name, f.f_lineno) for f in iterf(sys._getframe(1))]
    def iterf(f):
        while f: yield f; f = f.f_back
    print(who(), list(map(lambda v: who()[:3], [1])))
    print(functools.reduce(lambda a, b: who()[:2], [1, 2]))
    warnings.warn("careful", stacklevel=1)
    math_locals = 5
    print(sorted(locals()), eval("math_locals"), sorted(vars()))
    print(inspect.currentframe().f_lineno)
def gen(n):
    for i in range(n):
        got = yield math.floor(i + .5)
        if got: print(math.ceil(got))
    return math.pi
def deleg(): 
    r = yield from gen(3)
    print(r)
def stop():
    try:
        next(itertools.takewhile(lambda x: False, [1]))
    except StopIteration as e:
        print("stop", repr(e))
    with contextlib.suppress(ValueError):
        math.sqrt(-1)
    print(math.sqrt(4))
    it = iter([])
    try: print(it.__next__())
    except StopIteration: print("empty")
async def co():
    import asyncio
    await asyncio.sleep(0)
    return [math.sqrt(x) async for x in agen()]
async def agen():
    for x in (1, 4): yield math.fabs(x)
def rec(n): return 0 if n == 0 else 1 + helper.rec(n - 1)
class helper: rec = staticmethod(rec)
print(A().p(1), A.m(A(5), 2)); B(); order(); errors(); multi(); frames(); print(list(deleg()))
g = gen(2); print(g.send(None), g.send(2.5)); stop()
import asyncio; print(asyncio.run(co()))
sys.setrecursionlimit(20000); 
try: print(rec(5000))
except RecursionError as e: print("deep", e)
def lim(n=0):
    try: return helper2.lim(n + 1)
    except RecursionError: return n
class helper2: lim = staticmethod(lim)
sys.setrecursionlimit(1000)
assert math.isfinite(1), math.sqrt(2)
d = {math.floor(1.5): math.ceil(2.5) for _ in itertools.repeat(0, 2) if math.isfinite(1)}; print(d)
d[math.floor(7.5)] = math.sqrt(9); d[math.floor(7.5)] += math.sqrt(9); print(d)
del d[math.floor(7.5)]; print(f"{math.sqrt(16):.{math.floor(2.2)}f}", d)
while math.isfinite(len(d)) and d: d.popitem()
with open("/dev/null") as f, contextlib.closing(open("/dev/null")) as g2: print(f.read(), g2.read())
print(sorted([3, 1], key=math.fabs), max([1, 2], key=lambda v: -math.fabs(v)))
if (n := math.floor(3.7)) > 2: print(n)
x, *y = map(math.sqrt, (1, 4, 9)); print(x, y)
class C:
    z = math.sqrt(25); w = [math.floor(v) for v in (1.5, z)]
print(C.z, C.w)
lst = [3, 1]; lst.sort(key=math.fabs); print(lst, "a b".split(), "x".join("ab"))
try:
    try: math.sqrt(-1)
    finally: print("finally")
except ValueError as e: print(e, e.__traceback__.tb_lineno, e.__context__)
print(type(functools.partial(math.pow, 2)(3)), functools.partial(functools.partial(math.pow, 2))(3))
math.sqrt(-5)

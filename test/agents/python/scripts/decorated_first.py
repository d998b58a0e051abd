import functools


@functools.lru_cache
def first(x):
    @functools.wraps(first)
    def second(y):
        raise TypeError("second %s" % y)

    return second


first(1)(2)

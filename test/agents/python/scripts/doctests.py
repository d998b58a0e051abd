"""
>>> twice(2)
4
"""
import doctest
import warnings


def twice(x):
    """
    >>> twice(3)
    6
    >>> twice("a")
    'aa'
    """
    warnings.warn("deprecated", DeprecationWarning, stacklevel=2)
    return x * 2


print(doctest.testmod())
twice(1)
warnings.warn("at module level", UserWarning, stacklevel=2)
"\d"
print((lambda x: x is 3)(3))

import circular_a
import importlib

try:
    import not_there_at_all
except ImportError as error:
    print(type(error).__name__, error)
print(circular_a.value(), circular_a.__file__.rsplit("/", 1)[-1], type(circular_a.__loader__).__name__)
importlib.reload(circular_a)
print(circular_a.value())

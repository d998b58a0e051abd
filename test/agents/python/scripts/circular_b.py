import circular_a


def value():
    return 1 if hasattr(circular_a, "value") else 0

import circular_b


def value():
    return circular_b.value() + 1

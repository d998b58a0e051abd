def value():
    return 1


class Broken:
    x = value()
    y = (
        x
        / 0
    )

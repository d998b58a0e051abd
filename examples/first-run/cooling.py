"""Newton's law of cooling, and fitting it to readings."""

import math


class CoolingCurve:
    """Temperature that falls from `start` to `ambient` with time constant `minutes`."""

    def __init__(self, ambient, start, minutes):
        self.ambient = ambient
        self.start = start
        self.minutes = minutes

    def at(self, minute):
        """Temperature in degrees Celsius."""
        return self.ambient + (self.start - self.ambient) * math.exp(-minute / self.minutes)

    def half_time(self):
        """Minutes until half of the difference to the room is gone."""
        return self.minutes * math.log(2)


def decay(minute, minutes):
    """The part of the first difference that is left."""
    return math.exp(-minute / minutes)


def fit_line(points):
    """Least squares of y = a + b x. Returns a, b and the sum of squared residuals."""
    n = len(points)
    mean_x = sum(x for x, _ in points) / n
    mean_y = sum(y for _, y in points) / n
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    intercept = mean_y - slope * mean_x
    return intercept, slope, sum((y - intercept - slope * x) ** 2 for x, y in points)


def misfit(readings, minutes):
    """Sum of squared residuals of the best curve with this time constant: linear in the other two parameters."""
    return fit_line([(decay(minute, minutes), celsius) for minute, celsius in readings])


def fit_curve(readings, shortest=5.0, longest=120.0, tolerance=1e-4):
    """Golden-section search for the time constant, in minutes, that fits best."""
    ratio = (math.sqrt(5) - 1) / 2
    low, high = shortest, longest
    while high - low > tolerance:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if misfit(readings, left)[2] < misfit(readings, right)[2]:
            high = right
        else:
            low = left
    minutes = (low + high) / 2
    ambient, difference, _ = misfit(readings, minutes)
    return CoolingCurve(ambient, ambient + difference, minutes)

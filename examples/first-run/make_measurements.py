"""Makes measurements.csv: what a cheap thermometer in a mug of cooling tea would have logged, glitches included."""

import csv
import math
import random
import sys

AMBIENT = 21.4
START = 88.0
MINUTES = 34.0


def measure(minute, noise):
    """Temperature in degrees Celsius, with the sensor's noise and its habit of reading nonsense now and then."""
    true = AMBIENT + (START - AMBIENT) * math.exp(-minute / MINUTES)
    if noise.random() < 0.03:
        return true + noise.choice([-1, 1]) * noise.uniform(8, 25)
    return true + noise.gauss(0, 0.18)


def main(path="measurements.csv", seed=20240301):
    noise = random.Random(seed)
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["minute", "celsius"])
        for step in range(361):
            minute = step / 3
            dropped = noise.random() < 0.01
            table.writerow([f"{minute:.2f}", "" if dropped else f"{measure(minute, noise):.2f}"])


if __name__ == "__main__":
    main(*sys.argv[1:])

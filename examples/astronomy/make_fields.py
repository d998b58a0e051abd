"""Make star fields: FITS images of Gaussian stars on a noisy sky.

Usage: python make_fields.py [--size PIXELS] [--stars N] [--seed N] NAME.fits...

The n-th field is made from the n-th seed.
"""

import argparse

import numpy as np
from astropy.io import fits

SKY_LEVEL = 200.0  # adu
SKY_NOISE = 5.0  # adu
STAR_SIGMA = 1.8  # pixels
STAMP = 12  # half width of the square a star is drawn in, pixels


def draw_star(image, x, y, flux):
    """Add one star of `flux` adu, centred on (x, y) pixels."""
    column, row = int(x), int(y)
    rows, columns = np.mgrid[-STAMP : STAMP + 1, -STAMP : STAMP + 1]
    distance = (columns - (x - column)) ** 2 + (rows - (y - row)) ** 2
    profile = np.exp(-distance / (2 * STAR_SIGMA**2)) / (2 * np.pi * STAR_SIGMA**2)
    image[row - STAMP : row + STAMP + 1, column - STAMP : column + STAMP + 1] += flux * profile


def make_field(path, seed, size=1024, stars=600):
    """Write one field of `stars` stars on `size` × `size` pixels."""
    random = np.random.default_rng(seed)
    image = random.normal(SKY_LEVEL, SKY_NOISE, (size, size)).astype("float32")
    for _ in range(stars):
        x, y = random.uniform(STAMP + 3, size - STAMP - 3, 2)
        draw_star(image, x, y, 10 ** random.uniform(2.5, 5))
    header = fits.Header()
    header["BUNIT"] = "adu"
    header["EXPTIME"] = (60.0, "seconds")
    header["OBJECT"] = f"SYNTHETIC-{seed}"
    fits.PrimaryHDU(image, header).writeto(path, overwrite=True)
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make star fields.")
    parser.add_argument("names", nargs="*", default=["a.fits", "b.fits"])
    parser.add_argument("--size", type=int, default=1024, help="pixels that a field is wide and high")
    parser.add_argument("--stars", type=int, default=600, help="stars in a field")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first field")
    options = parser.parse_args()
    for seed, name in enumerate(options.names, start=options.seed):
        print(make_field(name, seed, options.size, options.stars))

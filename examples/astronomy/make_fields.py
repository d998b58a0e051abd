"""Make star fields: FITS images of Gaussian stars on a noisy sky.

Usage: python make_fields.py NAME.fits...      (the n-th field is made from seed n)
"""

import sys

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
    for number, name in enumerate(sys.argv[1:] or ["a.fits", "b.fits"], start=1):
        print(make_field(name, seed=number))

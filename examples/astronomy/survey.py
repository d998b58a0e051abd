"""Find the sources in star fields, before and after Gaussian smoothing, and draw how bright they are.

Usage: python survey.py [--std PIXELS] [--threshold SIGMAS] FIELD.fits...

For each field: extract its sources with the program source-extractor, draw a histogram of their magnitudes,
smooth the field in Fourier space, and do both again on the smoothed field.
"""

import argparse
import os
import subprocess

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from astropy.convolution import Gaussian2DKernel, convolve_fft
from astropy.io import fits
from astropy.table import Table

HERE = os.path.dirname(os.path.abspath(__file__))


def sextractor(imageName, threshold=4.0):
    """Extract the sources that stand out by `threshold` sigmas from an image into a FITS catalogue."""
    catalogueName = imageName.replace(".fits", ".cat.fits")
    subprocess.run(
        [
            "source-extractor",
            imageName,
            "-c", os.path.join(HERE, "survey.sex"),
            "-PARAMETERS_NAME", os.path.join(HERE, "survey.param"),
            "-CATALOG_NAME", catalogueName,
            "-DETECT_THRESH", str(threshold),
        ],
        check=True,
    )  # fmt: skip
    return catalogueName


def fourierTransform(imageName, std=2.5):
    """Smooth an image with a Gaussian of `std` pixels, in Fourier space."""
    smoothedName = imageName.replace(".fits", "_fft.fits")
    with fits.open(imageName) as image:
        image[0].data = convolve_fft(image[0].data, Gaussian2DKernel(x_stddev=std))
        image.writeto(smoothedName, overwrite=True)
    return smoothedName


def generateHistogram(table, histogramName):
    """Draw the magnitudes of a catalogue's sources; returns how many sources there are."""
    sources = Table.read(table)
    figure = plt.figure()
    plt.hist(sources["MAG_AUTO"][sources["MAG_AUTO"] < 90], bins=40)
    plt.xlabel("MAG_AUTO")
    figure.savefig(histogramName)
    plt.close(figure)
    return len(sources)


def survey(imageName, std=2.5, threshold=4.0):
    """Both passes over one field; returns the number of sources in each."""
    found = generateHistogram(sextractor(imageName, threshold), imageName.replace(".fits", ".png"))
    smoothed = fourierTransform(imageName, std)
    foundSmoothed = generateHistogram(sextractor(smoothed, threshold), smoothed.replace(".fits", ".png"))
    return found, foundSmoothed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Find the sources in star fields.")
    parser.add_argument("fields", nargs="*", default=["a.fits", "b.fits"])
    parser.add_argument("--std", type=float, default=2.5, help="pixels that a field is smoothed by")
    parser.add_argument("--threshold", type=float, default=4.0, help="sigmas that a source stands out by")
    options = parser.parse_args()
    for field in options.fields:
        print(field, *survey(field, options.std, options.threshold))

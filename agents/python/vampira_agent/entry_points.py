"""Functions and classes of libraries whose calls say what a pipeline did, and which are recorded without being asked for.

Patterns of qualified names. Only calls that the user's code makes are looked at, and the library itself runs untouched.
"""

PATTERNS = (
    "sklearn.*",
    "statsmodels.*",
    "skimage.*",
    "xgboost.*",
    "lightgbm.*",
    "scipy.optimize.*",
    "scipy.integrate.*",
    "scipy.interpolate.*",
    "scipy.signal.*",
    "scipy.ndimage.*",
    "scipy.stats.*",
    "scipy.cluster.*",
    "scipy.fft.*",
    "scipy.sparse.linalg.*",
    "astropy.convolution.*",
    "astropy.modeling.*",
    "astropy.stats.*",
    "astropy.timeseries.*",
    "astropy.wcs.*",
    "torch.optim.*.__init__",
)
# Names of packages, as they stand in an import.
PACKAGES = frozenset(pattern.partition(".")[0] for pattern in PATTERNS)
# Methods of such objects by which they are known where the object's name says nothing.
METHODS = frozenset((
    "fit", "fit_transform", "fit_predict", "fit_resample", "predict", "predict_proba", "transform", "inverse_transform",
    "partial_fit", "score",
))  # fmt: skip
# A module of the user's with none of these in its text calls none of them.
WORDS = tuple(PACKAGES) + tuple(".%s(" % name for name in METHODS)

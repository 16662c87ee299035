"""One file per format; see :mod:`dateline.extract` for what a file holds and how it is chosen."""

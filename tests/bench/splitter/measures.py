"""Measures of segmentation: boundary F1, Pk and WindowDiff over candidate units."""

from collections.abc import Sequence

import numpy as np


def f1(found: Sequence[int], true: Sequence[int], ignored: Sequence[int] = ()) -> float:
    """Return the F1 of boundaries at exact offsets; those in ``ignored`` count neither for nor against."""
    wanted, got = set(true) - set(ignored), set(found) - set(ignored)
    return 2 * len(wanted & got) / (len(wanted) + len(got)) if wanted or got else 1.0


def _segments(boundaries: Sequence[int], length: int) -> np.ndarray:
    marks = np.zeros(length, dtype=np.int64)
    marks[[at for at in boundaries if 0 < at < length]] = 1
    return np.cumsum(marks)


def pk(found: Sequence[int], true: Sequence[int], length: int) -> float:
    """Return Pk over characters in steps of 20 (Beeferman et al. 1999): 0 is perfect, about .5 is chance."""
    real, guess, window = _both(found, true, length)
    apart = (real[window:] != real[:-window]) != (guess[window:] != guess[:-window])
    return float(apart.mean()) if len(apart) else 0.0


def window_difference(found: Sequence[int], true: Sequence[int], length: int) -> float:
    """Return WindowDiff (Pevzner and Hearst 2002): 0 is perfect."""
    real, guess, window = _both(found, true, length)
    apart = (real[window:] - real[:-window]) != (guess[window:] - guess[:-window])
    return float(apart.mean()) if len(apart) else 0.0


def _both(found: Sequence[int], true: Sequence[int], length: int) -> tuple[np.ndarray, np.ndarray, int]:
    size = max(length // 20, 2)
    real = _segments([at // 20 for at in true], size)
    guess = _segments([at // 20 for at in found], size)
    return real, guess, max(size // (2 * (int(real[-1]) + 1)), 1)

"""What two texts share, exactly: shared shingles, the share of each side, the runs, a sample passage.

Prints only nominate a pair; these numbers are counted over *all* shingles of both texts.

* ``shared`` counts distinct shingles, so a text that repeats itself gains nothing by it.
* A *run* is a passage that stands word for word on both sides. Runs come from the diagonals of the
  join of equal shingles. A shingle that one side repeats joins by its first ``REPEATS`` places only, which
  bounds the join whatever the text.
* A run is *boilerplate* when the smallest shingles of more than half of its windows are known boilerplate; its
  shingles then count for nothing, on either side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from dateline.syndication.fingerprint import (
    SHINGLE,
    WINDOW,
    Hashes,
    distinct,
    prints_of_shingles,
    shingles,
    shingles_of_each,
    sliding_minimum,
)
from dateline.syndication.normalise import figures, passage, readable

REPEATS = 4
SAMPLE_WORDS = 40
COMMON_PARTS = 50
NO_HASHES: Hashes = np.empty(0, np.uint64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A passage of ``words`` words that begins at word ``one`` of one text and at word ``other`` of the other."""

    one: int
    other: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """The numbers of a pair. Shares lie in 0 … 1: how much of that side stands on the other too."""

    shared: int
    size_one: int  # distinct shingles that are not boilerplate
    size_other: int
    share_one: float
    share_other: float
    jaccard: float
    longest_run: int  # words
    runs: tuple[Run, ...] = ()

    @property
    def containment(self) -> float:
        """The share of the side that is shared most."""
        return max(self.share_one, self.share_other)

    def sample(self, one: "Text", words: int = SAMPLE_WORDS) -> str:
        """Cut the longest run, or its beginning, from the first text; empty where nothing is shared."""
        longest = _longest(self.runs)
        return passage(one.text, longest.one, min(longest.words, words)) if longest else ""


NOTHING = Overlap(shared=0, size_one=0, size_other=0, share_one=0.0, share_other=0.0, jaccard=0.0, longest_run=0)


class Text:
    """A text made ready for comparison: its shingles in order, and each distinct one once."""

    def __init__(self, text: str, hashed: Hashes | None = None) -> None:
        """Hash the text once, or take its shingles; it may then be compared with many others."""
        self.text = readable(text)
        self.shingles: Hashes = shingles(text) if hashed is None else hashed

    @cached_property
    def distinct(self) -> Hashes:
        """Each shingle once, ascending."""
        return distinct(self.shingles)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Every number that stands in the text."""
        return figures(self.text)

    @cached_property
    def minima(self) -> Hashes:
        """The smallest shingle of every window, in order."""
        return sliding_minimum(self.shingles, WINDOW)

    @cached_property
    def print_places(self) -> NDArray[np.intp]:
        """Where the prints of the text stand among its shingles, ascending."""
        return np.flatnonzero(_among(self.shingles, prints_of_shingles(self.shingles)))

    def place_of(self, hashes: Hashes) -> NDArray[np.intp]:
        """Return where shingles that the text has stand in it; only for a text that repeats none."""
        order = self._order
        return np.asarray(order[np.searchsorted(self.distinct, hashes)])

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        return np.argsort(self.shingles, kind="stable")


def texts_of(bodies: Sequence[str]) -> list[Text]:
    """Make many texts ready at once, which is many times faster than one by one."""
    return [Text(body, hashed) for body, hashed in zip(bodies, shingles_of_each(bodies), strict=True)]


def verify(
    one: Text, other: Text, boilerplate: Hashes = NO_HASHES, *, least: int = 1, share: float = 0.0, many: int = 0
) -> Overlap:
    """Count what two texts share.

    ``boilerplate`` holds prints that are known to mean nothing, ascending. A pair that shares fewer than
    ``least`` shingles, or neither ``share`` of its smaller side nor ``many`` shingles, counts as sharing
    nothing: that is seen before the passages are looked for, which is the dear part.
    """
    fewer, more = sorted((one.distinct, other.distinct), key=len)
    shared = fewer[_among(fewer, more)]
    if len(shared) < max(1, least) or not (len(shared) >= many or len(shared) >= share * len(fewer)):
        return NOTHING
    runs = _runs(one, other, shared)
    hollow = _hollow(one, runs, shared[_among(shared, boilerplate)])
    if not hollow.any():
        return _overlap(len(shared), len(one.distinct), len(other.distinct), runs)
    silent = np.unique(
        np.concatenate([_inside(one, run) for run, is_hollow in zip(runs, hollow, strict=True) if is_hollow])
    )
    return _overlap(
        len(np.setdiff1d(shared, silent, assume_unique=True)),
        len(np.setdiff1d(one.distinct, silent, assume_unique=True)),
        len(np.setdiff1d(other.distinct, silent, assume_unique=True)),
        [run for run, is_hollow in zip(runs, hollow, strict=True) if not is_hollow],
    )


def _overlap(shared: int, size_one: int, size_other: int, runs: list[Run]) -> Overlap:
    longest = _longest(runs)
    return Overlap(
        shared=shared,
        size_one=size_one,
        size_other=size_other,
        share_one=shared / size_one if size_one else 0.0,
        share_other=shared / size_other if size_other else 0.0,
        jaccard=shared / (size_one + size_other - shared) if shared else 0.0,
        longest_run=longest.words if longest else 0,
        runs=tuple(runs),
    )


def _longest(runs: Sequence[Run]) -> Run | None:
    """Return the longest run, the first of those: they stand in the order of the first text."""
    return max(runs, key=attrgetter("words"), default=None)


def _runs(one: Text, other: Text, shared: Hashes) -> list[Run]:
    """Find the maximal common runs, in the order of the first text."""
    if len(other.distinct) == len(other.shingles):
        left = np.flatnonzero(_among(one.shingles, shared))
        return _diagonals(left, other.place_of(one.shingles[left]))
    places_one, hashes_one = _places(one.shingles, shared)
    places_other, hashes_other = _places(other.shingles, shared)
    starts = np.searchsorted(hashes_other, hashes_one, side="left")
    counts = np.searchsorted(hashes_other, hashes_one, side="right") - starts
    left = np.repeat(places_one, counts)
    within = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    right = places_other[np.repeat(starts, counts) + within]
    order = np.lexsort((left, right - left))
    return sorted(_diagonals(left[order], right[order]), key=lambda run: (run.one, run.other))


def _diagonals(left: NDArray[np.intp], right: NDArray[np.intp]) -> list[Run]:
    """Join neighbouring places that go on together on both sides."""
    is_new = (left[1:] - left[:-1] != 1) | (right[1:] - right[:-1] != 1)
    first = [0, *(is_new.nonzero()[0] + 1).tolist()]
    ends = [*first[1:], len(left)]
    found = zip(left[first].tolist(), right[first].tolist(), first, ends, strict=True)
    return [Run(one=a, other=b, words=end - start + SHINGLE - 1) for a, b, start, end in found]


def _places(values: Hashes, shared: Hashes) -> tuple[NDArray[np.intp], Hashes]:
    """Return where the shared shingles stand, sorted by shingle, each ``REPEATS`` times at most."""
    places = np.flatnonzero(_among(values, shared))
    order = np.argsort(values[places], kind="stable")
    places = places[order]
    hashes = values[places]
    rank = np.arange(len(hashes)) - np.searchsorted(hashes, hashes, side="left")
    return places[rank < REPEATS], hashes[rank < REPEATS]


def _hollow(one: Text, runs: Sequence[Run], boilerplate: Hashes) -> NDArray[np.bool_]:
    """Say of each run whether more than half of it is boilerplate: of its windows, or of its prints where it has none.

    Windows that lie inside the run have the same smallest shingle in every text that has the run, so all of them
    are learnt or none. Which other shingles of a run are prints depends on the words around it.
    """
    if len(boilerplate) == 0:
        return np.zeros(len(runs), bool)
    first = np.array([run.one for run in runs], np.intp)
    last = first + np.array([run.words - (SHINGLE - 1) for run in runs], np.intp)
    if not _may_be_hollow(_among(one.shingles, boilerplate), first, last).any():
        return np.zeros(len(runs), bool)
    places = one.print_places
    of_prints = _more_than_half(
        _among(one.shingles[places], boilerplate), np.searchsorted(places, first), np.searchsorted(places, last)
    )
    of_windows = _more_than_half(_among(one.minima, boilerplate), first, np.maximum(first, last - (WINDOW - 1)))
    return np.where(last - first >= WINDOW, of_windows, of_prints)


def _may_be_hollow(is_silent: NDArray[np.bool_], first: NDArray[np.intp], last: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Say of each run whether it holds boilerplate enough to be hollow: a shingle fills ``WINDOW`` windows at most."""
    counts = np.concatenate(([0], np.cumsum(is_silent)))
    held = counts[last] - counts[first]
    return np.asarray((held > 0) & (held * WINDOW * 2 > last - first - (WINDOW - 1)))


def _more_than_half(is_silent: NDArray[np.bool_], first: NDArray[np.intp], last: NDArray[np.intp]) -> NDArray[np.bool_]:
    counts = np.concatenate(([0], np.cumsum(is_silent)))
    last = np.minimum(last, len(is_silent))
    first = np.minimum(first, last)
    return np.asarray((counts[last] - counts[first]) * 2 > last - first)


def _inside(one: Text, run: Run) -> Hashes:
    return one.shingles[run.one : run.one + run.words - (SHINGLE - 1)]


def _among(values: Hashes, ordered: Hashes) -> NDArray[np.bool_]:
    """Say of each value whether it is one of ``ordered``, which ascends."""
    if len(ordered) == 0:
        return np.zeros(len(values), bool)
    places = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return np.asarray(ordered[places] == values)


def shared_by_parts(
    ones: list[Text], others: list[Text], least: int, *, is_same: bool = False
) -> list[tuple[int, int]]:
    """Name the pairs of parts that share at least ``least`` distinct shingles, without comparing all with all.

    A shingle that stands in more than ``COMMON_PARTS`` parts of one side is left out: it tells none of them
    apart. With ``is_same`` the two lists are one, and each pair is named once.
    """
    left_owner, left = _owned(ones)
    right_owner, right = _owned(others)
    starts = np.searchsorted(right, left, side="left")
    counts = np.searchsorted(right, left, side="right") - starts
    counts[counts > COMMON_PARTS] = 0
    pairs_left = np.repeat(left_owner, counts)
    within = np.arange(len(pairs_left)) - np.repeat(np.cumsum(counts) - counts, counts)
    pairs_right = right_owner[np.repeat(starts, counts) + within]
    if is_same:
        keep = pairs_left < pairs_right
        pairs_left, pairs_right = pairs_left[keep], pairs_right[keep]
    found, times = np.unique(pairs_left * np.intp(len(others) or 1) + pairs_right, return_counts=True)
    return [divmod(int(pair), len(others)) for pair in found[times >= least]]


def _owned(parts: list[Text]) -> tuple[NDArray[np.intp], Hashes]:
    """Return every distinct shingle of every part, sorted, with the part it is of."""
    hashes = np.concatenate([part.distinct for part in parts]) if parts else np.empty(0, np.uint64)
    owner = np.repeat(np.arange(len(parts)), [len(part.distinct) for part in parts])
    order = np.argsort(hashes, kind="stable")
    return owner[order], hashes[order]

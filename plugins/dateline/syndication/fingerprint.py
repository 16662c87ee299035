"""Prints of a text: winnowed hashes of its five-word shingles, the same for every copy of a passage.

Winnowing (Schleimer, Wilkerson and Aiken, *Winnowing: Local Algorithms for Document Fingerprinting*,
SIGMOD 2003) keeps the smallest hash of every window of ``WINDOW`` shingles: two texts that share a run of
``WINDOW + SHINGLE - 1`` = 20 words share at least one print, wherever the run stands. Every text keeps its
``FLOOR`` smallest hashes besides: of a long text those are minima already, of a short entry they are nearly
all it has, so that an entry of a dozen words with one word changed is still found by two prints.

A word is hashed with XXH3 (64 bits) of its case-folded UTF-8; a shingle is a polynomial of five word
hashes, mixed by XXH64's avalanche so that "smallest" means "at random". All arrays are ``uint64``. Changing
anything here changes stored prints: raise ``PRINT_VERSION``, and the known-answer tests with it.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import xxhash
from numpy.typing import NDArray

from dateline.syndication.normalise import readable, words

PRINT_VERSION = 1
SHINGLE = 5
WINDOW = 16
FLOOR = 8

Hashes = NDArray[np.uint64]

_PRIME = np.uint64(0x9E3779B185EBCA87)
_MIX_1 = np.uint64(0xC2B2AE3D27D4EB4F)
_MIX_2 = np.uint64(0x165667B19E3779F9)


def shingles(text: str) -> Hashes:
    """Hash every run of five words of a text, in order; empty where it has fewer."""
    return shingles_of(word_hashes([text])[0])


def prints(text: str) -> Hashes:
    """Return the distinct prints of one text, ascending."""
    return prints_of([text])[1]


def prints_of_shingles(found: Hashes) -> Hashes:
    """Return the distinct prints of one text by its shingles in order, ascending."""
    return np.unique(np.concatenate((np.unique(found)[:FLOOR], _sliding_minimum(found, WINDOW))))


def prints_of(texts: Sequence[str]) -> tuple[NDArray[np.intp], Hashes]:
    """Print many texts at once: ``(index of the text, print)`` pairs, by text, then ascending."""
    hashes, lengths = word_hashes(texts)
    found = shingles_of(hashes)
    owner = np.repeat(np.arange(len(texts)), lengths)[: len(found)]
    ends = np.cumsum(lengths)
    # How many shingles of the same text begin here or later; below 1, the shingle runs into the next text.
    left = ends[owner] - np.arange(len(found)) - (SHINGLE - 1)
    smallest = _sliding_minimum(found, WINDOW)
    windows = np.flatnonzero(left[: len(smallest)] >= WINDOW)
    alone = np.flatnonzero(left >= 1)
    floor_owner, floor = _first(*_distinct(owner[alone], found[alone]), FLOOR)
    return _distinct(np.concatenate((floor_owner, owner[windows])), np.concatenate((floor, smallest[windows])))


def word_hashes(texts: Sequence[str]) -> tuple[Hashes, NDArray[np.intp]]:
    """Hash the words of all texts into one array, with the number of words of each text."""
    found = [words(readable(text)) for text in texts]
    lengths = np.fromiter(map(len, found), np.intp, len(found))
    hashes = np.fromiter(map(_word_hash, chain.from_iterable(found)), np.uint64, int(lengths.sum()))
    return hashes, lengths


def shingles_of(hashes: Hashes) -> Hashes:
    """Combine each five neighbouring word hashes into one."""
    count = len(hashes) - (SHINGLE - 1)
    if count < 1:
        return np.empty(0, np.uint64)
    mixed = hashes[:count].copy()
    for offset in range(1, SHINGLE):
        mixed *= _PRIME
        mixed += hashes[offset : offset + count]
    mixed ^= mixed >> np.uint64(33)
    mixed *= _MIX_1
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX_2
    mixed ^= mixed >> np.uint64(32)
    return mixed


@lru_cache(maxsize=1 << 17)
def _word_hash(word: str) -> int:
    return xxhash.xxh3_64_intdigest(word.casefold().encode("utf-8", "surrogatepass"))


def _sliding_minimum(values: Hashes, width: int) -> Hashes:
    """Return the minimum of every ``width`` neighbours, by doubling; ``width`` is a power of two."""
    smallest = values
    reach = 1
    while reach < width and len(smallest) > reach:
        smallest = np.minimum(smallest[:-reach], smallest[reach:])
        reach *= 2
    return smallest if reach >= width else values[:0]


def _distinct(owner: NDArray[np.intp], values: Hashes) -> tuple[NDArray[np.intp], Hashes]:
    """Sort the pairs and drop repeats; neighbours that repeat go first, for most do."""
    if len(values) == 0:
        return owner, values
    keep = np.concatenate(([True], (values[1:] != values[:-1]) | (owner[1:] != owner[:-1])))
    owner, values = owner[keep], values[keep]
    order = np.lexsort((values, owner))
    owner, values = owner[order], values[order]
    keep = np.concatenate(([True], (values[1:] != values[:-1]) | (owner[1:] != owner[:-1])))
    return owner[keep], values[keep]


def _first(owner: NDArray[np.intp], values: Hashes, count: int) -> tuple[NDArray[np.intp], Hashes]:
    """Keep the first ``count`` values of each owner."""
    starts = np.searchsorted(owner, owner, side="left")
    keep = np.arange(len(owner)) - starts < count
    return owner[keep], values[keep]

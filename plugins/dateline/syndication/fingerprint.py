"""Prints of a text: winnowed hashes of its five-word shingles, the same for every copy of a passage.

Winnowing (Schleimer, Wilkerson and Aiken, *Winnowing: Local Algorithms for Document Fingerprinting*,
SIGMOD 2003) keeps the smallest hash of every window of ``WINDOW`` shingles: two texts that share a run of
``WINDOW + SHINGLE - 1`` = 20 words share at least one print, wherever the run stands. Every text keeps its
``FLOOR`` smallest hashes besides: of a long text those are minima already, of a short entry they are nearly
all it has, so that an entry of a dozen words with one word changed is still found by two prints.

A word is hashed as the polynomial of its case-folded characters, a shingle as that of five word hashes; each
is mixed by XXH64's avalanche, so that "smallest" means "at random". Polynomials, because the words of many
texts are then hashed in one pass of numpy: a running sum over all characters, and differences of it. All
arrays are ``uint64``. Changing anything here changes stored prints: raise ``PRINT_VERSION``, and the
known-answer tests with it.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dateline.syndication.normalise import MAX_WORDS, readable, words

PRINT_VERSION = 2
SHINGLE = 5
WINDOW = 16
FLOOR = 8

Hashes = NDArray[np.uint64]

_AT_ONCE = 1 << 16  # characters hashed in one pass: their running sums stay in the processor's cache
_PRIME = np.uint64(0x9E3779B185EBCA87)
_MIX_1 = np.uint64(0xC2B2AE3D27D4EB4F)
_MIX_2 = np.uint64(0x165667B19E3779F9)


def shingles(text: str) -> Hashes:
    """Hash every run of five words of a text, in order; empty where it has fewer."""
    return shingles_of(word_hashes([text])[0])


def shingles_of_each(texts: Sequence[str]) -> list[Hashes]:
    """Hash every run of five words of each text, as :func:`shingles` does, all texts in one pass."""
    hashes, lengths = word_hashes(texts)
    found = shingles_of(hashes)
    starts = np.cumsum(lengths) - lengths
    ends = np.maximum(starts, starts + lengths - (SHINGLE - 1))
    return [found[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def prints(text: str) -> Hashes:
    """Return the distinct prints of one text, ascending."""
    return prints_of([text])[1]


def prints_of_shingles(found: Hashes) -> Hashes:
    """Return the distinct prints of one text by its shingles in order, ascending."""
    return distinct(np.concatenate((distinct(found)[:FLOOR], sliding_minimum(found, WINDOW))))


def prints_of(texts: Sequence[str]) -> tuple[NDArray[np.intp], Hashes]:
    """Print many texts at once: ``(index of the text, print)`` pairs, by text, then ascending."""
    found = shingles_of_each(texts)
    return prints_of_each(found, [distinct(one) for one in found])


def prints_of_each(found: Sequence[Hashes], ascending: Sequence[Hashes]) -> tuple[NDArray[np.intp], Hashes]:
    """Do so from the shingles of each text, in order and each once, ascending."""
    if not found:
        return np.empty(0, np.intp), np.empty(0, np.uint64)
    smallest = sliding_minimum(np.concatenate(found), WINDOW)
    owner = np.repeat(np.arange(len(found)), [len(one) for one in found])
    # A window that begins in one text and ends in the next is of neither.
    windows = np.flatnonzero(owner[: len(smallest)] == owner[WINDOW - 1 :])
    floor = np.concatenate([one[:FLOOR] for one in ascending])
    floor_owner = np.repeat(np.arange(len(found)), [min(len(one), FLOOR) for one in ascending])
    return _distinct_pairs(np.concatenate((floor_owner, owner[windows])), np.concatenate((floor, smallest[windows])))


def distinct(values: Hashes) -> Hashes:
    """Return each value once, ascending."""
    ordered = np.sort(values)
    keep = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=keep[1:])
    return ordered[keep]


def word_hashes(texts: Sequence[str]) -> tuple[Hashes, NDArray[np.intp]]:
    """Hash the words of all texts into one array, with the number of words of each text."""
    parts = [_words_of(part) for part in _in_passes([_spaced(text) for text in texts])]
    if not parts:
        return np.empty(0, np.uint64), np.empty(0, np.intp)
    return np.concatenate([hashes for hashes, _ in parts]), np.concatenate([lengths for _, lengths in parts])


def shingles_of(hashes: Hashes) -> Hashes:
    """Combine each five neighbouring word hashes into one."""
    count = len(hashes) - (SHINGLE - 1)
    if count < 1:
        return np.empty(0, np.uint64)
    mixed = hashes[:count].copy()
    for offset in range(1, SHINGLE):
        mixed *= _PRIME
        mixed += hashes[offset : offset + count]
    return _mixed(mixed)


def _spaced(text: str) -> str:
    """Case-fold a text and leave only what separates words by ASCII characters that are in none."""
    text = readable(text)
    if text.isascii() and len(text) < 2 * MAX_WORDS:
        return text.lower()
    return " ".join(words(text)).casefold()


def _in_passes(texts: Sequence[str]) -> Iterator[list[str]]:
    """Cut a sequence of texts where one pass is full; a longer text has a pass of its own."""
    some: list[str] = []
    size = 0
    for text in texts:
        if some and size + len(text) > _AT_ONCE:
            yield some
            some, size = [], 0
        some.append(text)
        size += len(text) + 1
    if some:
        yield some


def _words_of(texts: Sequence[str]) -> tuple[Hashes, NDArray[np.intp]]:
    """Hash the words of texts that are hashed in one pass."""
    characters = _characters("\n".join(texts))
    is_edge = np.diff(characters != 0, prepend=False, append=False)
    edges = np.flatnonzero(is_edge)
    starts, ends = edges[::2], edges[1::2]
    up, down = _powers(1 << len(characters).bit_length())
    sums = np.zeros(len(characters) + 1, np.uint64)
    np.cumsum(characters * up[: len(characters)], out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * down[starts]
    bounds = np.cumsum([0, *(len(text) + 1 for text in texts)])
    return _mixed(hashes), np.diff(np.searchsorted(starts, bounds))


def _characters(joined: str) -> Hashes:
    """Number the characters of a text; those of ASCII that are no letter or digit are 0."""
    if joined.isascii():
        return _VALUES[np.frombuffer(joined.encode("ascii"), np.uint8)]
    found = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    found[found < len(_VALUES)] = _VALUES[found[found < len(_VALUES)]]
    return found


_VALUES: Hashes = np.array([one if chr(one).isalnum() else 0 for one in range(128)], np.uint64)


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Return the powers of the prime from 0 on, and those of its inverse modulo 2 to the 64."""
    inverse = np.uint64(pow(int(_PRIME), -1, 1 << 64))
    up, down = np.full((2, count), np.uint64(1))
    np.cumprod(np.full(count - 1, _PRIME), out=up[1:])
    np.cumprod(np.full(count - 1, inverse), out=down[1:])
    return up, down


def _mixed(values: Hashes) -> Hashes:
    """Mix in place by XXH64's avalanche."""
    values ^= values >> np.uint64(33)
    values *= _MIX_1
    values ^= values >> np.uint64(29)
    values *= _MIX_2
    values ^= values >> np.uint64(32)
    return values


def sliding_minimum(values: Hashes, width: int) -> Hashes:
    """Return the minimum of every ``width`` neighbours, by doubling; ``width`` is a power of two."""
    smallest = values
    reach = 1
    while reach < width and len(smallest) > reach:
        smallest = np.minimum(smallest[:-reach], smallest[reach:])
        reach *= 2
    return smallest if reach >= width else values[:0]


def _distinct_pairs(owner: NDArray[np.intp], values: Hashes) -> tuple[NDArray[np.intp], Hashes]:
    """Sort the pairs and drop repeats; neighbours that repeat go first, for most do."""
    owner, values = _without_repeats(owner, values)
    order = np.lexsort((values, owner))
    return _without_repeats(owner[order], values[order])


def _without_repeats(owner: NDArray[np.intp], values: Hashes) -> tuple[NDArray[np.intp], Hashes]:
    """Drop each pair that is the same as the one before it."""
    keep = np.ones(len(values), bool)
    keep[1:] = (values[1:] != values[:-1]) | (owner[1:] != owner[:-1])
    return owner[keep], values[keep]

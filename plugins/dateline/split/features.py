"""What the splitter sees at each candidate place: words, how near they occur before and after, and 39 numbers.

For each distinct word of a unit the nearest earlier and the nearest later unit that hold the same word are known. From
these two distances follow, without any window being compared twice: how much of the unit was said in the 1, 3, 8, 30
units before; what is new; what comes back after an absence (a name re-introduced); what the next units go on with; and
how much the text before and after a place share (idf-weighted, in windows of 3, 6 and 12 units). The other numbers are
the state of quotation, lengths, place in the text, how the unit before ends, whether a line begins, and repeated
openings.

How words are cased is left out on purpose: most of the training text lost it, so a network that sees case knows by it
which corpus it is in, and learns that corpus's habits (measured on a first network: F1 .71 with case and .82 without on
the topic page, .46 and .52 on captured pages).
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.split.lexicon import FAREWELL, LINKERS, PRONOUNS, SPEECH
from dateline.split.normal_form import CLOSE, OPEN, Tokens
from dateline.split.sentences import Ending, Units

HEAD, TAIL, LAST = 14, 6, 4
PAD, BUCKETS = 0, 512  # word 0 pads; words 1..512 are hash buckets for forms outside the vocabulary
FLAGS = 26  # 5 distances before x 5 after, and 0 for padding
DENSE = 39
FAR = 10_000

_REACHES = (1, 3, 8, 30)
_WINDOWS = (3, 6, 12)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words that the network knows, each with its number, and their inverse document frequencies by number."""

    numbers: Mapping[str, int]
    idf: Floats
    idf_outside: float

    def number(self, form: str) -> int:
        """Return the number of a form, or the hash bucket (1 to 512) of its last three letters if it is unknown."""
        return self.numbers.get(form) or 1 + zlib.crc32(form[-3:].encode()) % BUCKETS


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """One row per unit: words and distance flags of its tokens (see `_places`), and 39 numbers."""

    words: Ints
    flags: Ints
    dense: Floats


def features_of(tokens: Tokens, units: Units, vocabulary: Vocabulary | None, *, knows_lines: bool) -> Features:
    """Compute the features of all units. Without a vocabulary idf comes from the text itself: any language."""
    starts = np.asarray(units.starts, dtype=np.int64)
    sizes = np.diff(np.append(starts, len(tokens)))
    unit_of = np.repeat(np.arange(len(starts)), sizes)
    local: dict[str, int] = {}
    words = np.fromiter((local.setdefault(form, len(local)) for form in tokens.forms), np.int64, len(tokens))
    weights = _weights(local, vocabulary, words, unit_of, len(starts))
    nearest = _Nearest(words, unit_of, len(starts))
    numbers = (
        np.fromiter((vocabulary.number(form) for form in local), np.int64, len(local)) if vocabulary else words * 0
    )
    flags = 1 + 5 * _class(nearest.before) + _class(nearest.after)
    places = _places(starts, sizes)
    early = np.arange(len(words)) - starts[unit_of] < 16
    dense = [*_cohesion(nearest, weights, len(starts)), *_names(weights[words] > 3.0, early, unit_of, nearest)]
    dense += [
        *_quotes(tokens, units, unit_of),
        *_shape(tokens, units, sizes, words),
        *_opening(tokens, units, knows_lines),
    ]
    return Features(
        words=_gather(numbers[words] if vocabulary else words, places),
        flags=_gather(flags, places),
        dense=np.stack(dense, axis=1).astype(np.float32),
    )


def _weights(
    local: Mapping[str, int], vocabulary: Vocabulary | None, words: Ints, unit_of: Ints, count: int
) -> Numbers:
    """Weigh each distinct word of the text; marks and bare numbers weigh nothing."""
    if vocabulary is None:
        pairs = np.unique(words * count + unit_of)
        idf = np.log((count + 1) / np.bincount(pairs // count, minlength=len(local)))
    else:
        known = (vocabulary.numbers.get(form, 0) for form in local)
        idf = np.array([vocabulary.idf[one] if one else vocabulary.idf_outside for one in known], dtype=np.float64)
    counts = np.fromiter((form[0].isalpha() or form[0] == "<" for form in local), np.float64, len(local))
    return idf * counts


class _Nearest:
    """For each distinct word of each unit: the distance to the nearest unit before and after that holds it too."""

    def __init__(self, words: Ints, unit_of: Ints, count: int) -> None:
        pairs, inverse = np.unique(words * count + unit_of, return_inverse=True)
        self.word, self.unit = pairs // count, pairs % count
        same = self.word[1:] == self.word[:-1]
        gap = np.where(same, self.unit[1:] - self.unit[:-1], FAR)
        self.gap_before = np.concatenate(([FAR], gap))
        self.gap_after = np.concatenate((gap, [FAR]))
        self.before, self.after = self.gap_before[inverse], self.gap_after[inverse]


def _class(distance: Ints) -> Ints:
    """Sort distances into 1, 2-3, 4-8, more, never."""
    return np.digitize(distance, (2, 4, 9, FAR)).astype(np.int64)


def _places(starts: Ints, sizes: Ints) -> Ints:
    """Return for each unit the places of its tokens as the network sees them, -1 where there is none.

    First all of a short unit, of a longer one its first 14 and its last 6 tokens; then its last 4 once more, for they
    have a map of their own.
    """
    slot = np.arange(HEAD + TAIL)[None, :]
    left_out = np.maximum(sizes - HEAD - TAIL, 0)[:, None]
    body = np.where(slot < HEAD, slot, slot + left_out)
    last = sizes[:, None] - LAST + np.arange(LAST)[None, :]
    offset = np.concatenate((np.where(body < sizes[:, None], body, -1), last), axis=1)
    return np.where(offset >= 0, starts[:, None] + offset, -1)


def _gather(values: Ints, places: Ints) -> Ints:
    return np.where(places >= 0, values[places], PAD)


def _cohesion(nearest: _Nearest, weights: Numbers, count: int) -> list[Numbers]:
    weight = weights[nearest.word]

    def share(chosen: NDArray[np.bool_]) -> Numbers:
        return np.bincount(nearest.unit, weights=weight * chosen, minlength=count) / (total + 1.0)

    total: Numbers = np.bincount(nearest.unit, weights=weight, minlength=count).astype(np.float64)
    before, after = nearest.gap_before, nearest.gap_after
    found = [share(before <= reach) for reach in _REACHES]
    found += [share(before == FAR), share((before > 8) & (before < FAR))]
    found += [share(after <= 1), share(after <= 3), share((before > 8) & (after <= 3)), np.log1p(total) / 5]
    for window in _WINDOWS:
        shared = _shared(nearest, weight, total, count, window)
        found += [shared, shared - _around(shared)]
    return found


def _shared(nearest: _Nearest, weight: Numbers, total: Numbers, count: int, window: int) -> Numbers:
    """Return how much the ``window`` units before each place and those after it share: words on both sides, weighed."""
    near = nearest.gap_before < 2 * window
    later, gap, weighs = nearest.unit[near], nearest.gap_before[near], weight[near]
    first = np.maximum(later - gap + 1, later - window + 1)
    last = np.minimum(later - gap + window, later)
    steps = np.zeros(count + 2)
    np.add.at(steps, first, weighs)
    np.add.at(steps, last + 1, -weighs)
    sums = np.concatenate(([0.0], np.cumsum(total)))
    at = np.arange(count)
    left = sums[at] - sums[np.maximum(at - window, 0)]
    right = sums[np.minimum(at + window, count)] - sums[at]
    return np.asarray(np.cumsum(steps)[:count] / (np.sqrt(left * right) + 1.0))


def _around(values: Numbers) -> Numbers:
    """Return the mean of the two neighbours on each side: what is below it is a valley."""
    padded = np.pad(values, 2, mode="edge")
    return np.asarray((padded[:-4] + padded[1:-3] + padded[3:-1] + padded[4:]) / 4)


def _names(heavy: NDArray[np.bool_], early: NDArray[np.bool_], unit_of: Ints, nearest: _Nearest) -> list[Numbers]:
    """Count names introduced in full and taken up again, and last names that stand alone."""
    follows = np.concatenate(([False], heavy[:-1])) & heavy
    count = int(unit_of[-1]) + 1
    introduced = follows & (nearest.before > 8) & (nearest.after <= 3)
    again = follows & early & (nearest.before > 8) & (nearest.before < FAR)
    alone = heavy & ~follows & (nearest.before <= 2)
    chosen = (introduced & early, again, alone & early)
    return [np.log1p(np.bincount(unit_of, weights=one, minlength=count)) for one in chosen]


def _quotes(tokens: Tokens, units: Units, unit_of: Ints) -> list[Numbers]:
    """Say of each place whether it lies inside a quotation and since when, and how quotes stand around it."""
    forms = tokens.forms
    opens = np.fromiter((form == OPEN for form in forms), bool, len(forms))
    closes = np.fromiter((form == CLOSE for form in forms), bool, len(forms))
    at = np.arange(len(forms))
    last_open = np.maximum.accumulate(np.where(opens, at, -1))
    last_close = np.maximum.accumulate(np.where(closes, at, -1))
    starts = np.asarray(units.starts)
    previous = np.maximum(starts - 1, 0)
    age = np.where(last_open[previous] > last_close[previous], starts - last_open[previous], 0)
    has = np.bincount(unit_of, weights=opens, minlength=len(starts)) > 0
    return [
        (age > 0) * 1.0, np.log1p(age) / 4, opens[starts] * 1.0, closes[previous] * 1.0, has * 1.0,
    ]  # fmt: skip


def _shape(tokens: Tokens, units: Units, sizes: Ints, words: Ints) -> list[Numbers]:
    count = len(sizes)
    starts = np.asarray(units.starts)
    before = np.concatenate(([0], sizes[:-1]))
    at = np.arange(count)
    second = np.minimum(starts + 1, len(tokens) - 1)
    pairs = words[starts] * (len(words) + 1) + words[second]
    _, inverse, repeats = np.unique(pairs, return_inverse=True, return_counts=True)
    return [
        np.log1p(sizes) / 4, np.log1p(before) / 4, at / max(count, 1), np.log1p(at) / 5, np.log1p(repeats[inverse] - 1),
    ]  # fmt: skip


def _opening(tokens: Tokens, units: Units, knows_lines: bool) -> list[Numbers]:
    forms, count = tokens.forms, len(units.starts)
    found = np.zeros((10, count))
    for row, (at, ending) in enumerate(zip(units.starts, units.endings, strict=True)):
        head = forms[at : at + 14]
        first = head[1] if head[0] == OPEN and len(head) > 1 else head[0]
        found[0, row] = first in PRONOUNS
        found[1, row] = first in LINKERS
        found[2, row] = not SPEECH.isdisjoint(head)
        found[3, row] = not FAREWELL.isdisjoint(head)
        found[4, row] = ending in {Ending.STOP, Ending.START}
        found[5, row] = ending in {Ending.QUESTION, Ending.EXCLAMATION, Ending.ELLIPSIS}
        found[6, row] = ending in {Ending.SIGNATURE, Ending.CREDIT, Ending.READ_MORE}
        found[7, row] = ending in {Ending.NONE, Ending.ADDRESS}
        found[8, row] = knows_lines and units.begins_line[row]
        found[9, row] = knows_lines
    return list(found)

"""What the numbers of a pair are called: its relation, and whether it is only a template filled twice.

The relation, in prose. *Most* is four fifths; *all* is nine tenths.

* whole copy: all of either side stands on the other.
* truncated: most of the copy stands in the origin, which has more. Of a live blog this is an earlier
  cut-off: a snapshot taken before the original ended.
* superset: most of the origin stands in the copy, which has more; of a live blog a later cut-off. Where
  the origin is less than three tenths of the copy, the copy quotes it whole.
* edited copy: at least half of one side, or three tenths of both, stands on the other.
* quotes: less than that, yet one long passage or many.

A template is a form filled in again: a dividend notice, a daily market report. Two of them share most
of their words and report two different things. Signs, each enough:

* the shorter side has fewer than ``SHORT_WORDS`` words, and the headlines disagree (such a notice says only in
  its headline whom it is about) or less than four fifths of a side is shared;
* the shorter side has fewer than ``FORM_WORDS`` words, for a form is short, and each side has figures that the
  other lacks: fewer than half agree and no run of ``PROOF_RUN`` words is shared,
  or fewer than seven tenths and none of ``CLEAR_RUN``. A copy that was cut has no figures of its own, so it
  passes, and so does a correction of one figure;
* the same words recur on two other days or more, and the pair is no near-identical text or long run;
* the two lie more than ``WINDOW_DAYS`` apart, unless one long run, or most of a text that never recurs,
  is shared.

What is a link at all: at least ``LEAST_SHARED`` shingles (a dozen words), and three tenths of a side, or
else ``LEAST_PASSAGES`` shingles with one run of ``LEAST_RUN`` words: two long reports that quote one
statement at length. Between entries six shingles are enough where all of both is shared.

The view ``syndications`` says the same in SQL; a test holds the two together.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from dateline.syndication.verify import Overlap

ALL, MOST, HALF, THREE_TENTHS = 0.9, 0.8, 0.5, 0.3
SHORT_WORDS = 40
FORM_WORDS = 200
FIGURES_AGREE = 0.7
TITLES_AGREE = 0.5
RECURS_ON_DAYS = 2
WINDOW_DAYS = 3.0
LONG_RUN = 40
CLEAR_RUN = 30
PROOF_RUN = 60  # words in one run that no form explains
LATE_RUN = 100

LEAST_SHARED = 8
LEAST_ENTRY_SHARED = 6
LEAST_PASSAGES = 40
LEAST_RUN = 25

_TITLE_WORD = re.compile(r"[^\W_]{3,}")


class Relation(StrEnum):
    """How a copy relates to its origin."""

    WHOLE = "whole copy"
    EDITED = "edited copy"
    TRUNCATED = "truncated"
    EARLIER_CUT_OFF = "earlier cut-off"
    LATER_CUT_OFF = "later cut-off"
    SUPERSET = "superset"
    QUOTES_WHOLE = "quotes whole"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The numbers that a pair is judged by. None means that the evidence is missing, and proves nothing."""

    share_of_copy: float
    share_of_origin: float
    longest_run: int
    words: int  # of the shorter side
    figures_agree: float | None = None
    titles_agree: float | None = None
    days_apart: float | None = None
    recurs_on_days: int = 0


def is_link(overlap: Overlap) -> bool:
    """Say whether two documents share enough text to be linked."""
    if overlap.shared < LEAST_SHARED:
        return False
    return overlap.containment >= THREE_TENTHS or (
        overlap.shared >= LEAST_PASSAGES and overlap.longest_run >= LEAST_RUN
    )


def is_entry_link(overlap: Overlap) -> bool:
    """Say whether two entries share enough text to be linked."""
    if overlap.shared < LEAST_SHARED:
        return overlap.shared >= LEAST_ENTRY_SHARED and min(overlap.share_one, overlap.share_other) >= ALL
    return overlap.containment >= THREE_TENTHS


def relation(share_of_copy: float, share_of_origin: float, *, is_live: bool = False) -> Relation:
    """Name how a copy relates to its origin; ``is_live`` where either is a live blog."""
    if min(share_of_copy, share_of_origin) >= ALL:
        return Relation.WHOLE
    if share_of_copy >= MOST > share_of_origin:
        return Relation.EARLIER_CUT_OFF if is_live else Relation.TRUNCATED
    if share_of_origin >= MOST > share_of_copy:
        if share_of_copy < THREE_TENTHS:
            return Relation.QUOTES_WHOLE
        return Relation.LATER_CUT_OFF if is_live else Relation.SUPERSET
    if max(share_of_copy, share_of_origin) >= HALF or min(share_of_copy, share_of_origin) >= THREE_TENTHS:
        return Relation.EDITED
    return Relation.QUOTES


def is_template(pair: Pair) -> bool:
    """Say whether the two are one form filled in twice, not one text carried twice."""
    return _is_another_notice(pair) or _has_other_figures(pair) or _is_recurring(pair) or _is_too_late(pair)


def figures_agree(one: AbstractSet[str], other: AbstractSet[str]) -> float | None:
    """Return the share of the figures of the poorer side that stand on both; None where a side has none."""
    return len(one & other) / min(len(one), len(other)) if one and other else None


def titles_agree(one: str | None, other: str | None) -> float | None:
    """Return the share of the shorter headline's words that the other has; None where one is missing."""
    left = set(_TITLE_WORD.findall((one or "").casefold()))
    right = set(_TITLE_WORD.findall((other or "").casefold()))
    return len(left & right) / min(len(left), len(right)) if left and right else None


def _is_another_notice(pair: Pair) -> bool:
    if pair.words >= SHORT_WORDS:
        return False
    is_little = max(pair.share_of_copy, pair.share_of_origin) < MOST
    return is_little or (pair.titles_agree is not None and pair.titles_agree < TITLES_AGREE)


def _has_other_figures(pair: Pair) -> bool:
    if pair.figures_agree is None or pair.words >= FORM_WORDS:
        return False
    if min(pair.share_of_copy, pair.share_of_origin) >= ALL:
        return False
    needed = PROOF_RUN if pair.figures_agree < HALF else CLEAR_RUN
    return pair.figures_agree < FIGURES_AGREE and pair.longest_run < needed


def _is_recurring(pair: Pair) -> bool:
    is_near = min(pair.share_of_copy, pair.share_of_origin) >= 0.95 or pair.longest_run >= LONG_RUN
    return pair.recurs_on_days >= RECURS_ON_DAYS and not is_near


def _is_too_late(pair: Pair) -> bool:
    if pair.days_apart is None or pair.days_apart <= WINDOW_DAYS or pair.longest_run >= LATE_RUN:
        return False
    is_whole = max(pair.share_of_copy, pair.share_of_origin) >= MOST and pair.longest_run >= LONG_RUN
    return not (is_whole and pair.recurs_on_days == 0)

"""Relative times in words: "21 mins ago", "vor einer Stunde", "yesterday", "just now".

A relative time is recognised by its whole shape in one language's table, never by its parts; the longest shape
counts. What it means against the moment of capture is worked out in :mod:`dateline.dating.spans`.
"""

import re

from dateline.dating.stated import Ago, Unit
from dateline.dating.words import folded, now_words, relative_days, relative_units

_RUN = re.compile(r"(?:[^\W\d_]+\.?[ ']?){0,4}\d{1,4} ?(?:[^\W\d_]+\.? ?){0,3}")
_WORDS = re.compile(r"[^\W\d_][^\W\d_'.]*(?:[ '-][^\W\d_][^\W\d_'.]*){0,4}")
_HEDGES = re.compile(
    r"(?:about|around|over|almost|circa|etwa|ca\.?|environ|hace cerca de|più di|más de|ungefär|omtrent|около) ",
    re.IGNORECASE,
)


def relative_at(text: str, position: int) -> tuple[Ago, int] | None:
    """Find the longest relative time that starts at a position; return it and where it ends."""
    hedge = _HEDGES.match(text, position)
    start = hedge.end() if hedge else position
    return _counted(text, start) or _worded(text, start)


def _counted(text: str, position: int) -> tuple[Ago, int] | None:
    match = _RUN.match(text, position)
    if match is None:
        return None
    for run in _shorter(match[0]):
        number = re.search(r"\d+", run)
        if number is None:
            return None
        unit = relative_units().get("".join(folded(run.replace(number[0], "#", 1)).replace(".", "").split()))
        if unit is not None:
            return Ago(count=int(number[0]), unit=unit), position + len(run)
    return None


def _worded(text: str, position: int) -> tuple[Ago, int] | None:
    match = _WORDS.match(text, position)
    if match is None:
        return None
    for run in _shorter(match[0]):
        found = _meaning(folded(run))
        if found is not None:
            return found, position + len(run)
    return None


def _meaning(words: str) -> Ago | None:
    if words in now_words():
        return Ago(count=0, unit=Unit.MINUTE)
    back = relative_days().get(words.removeprefix("the "))
    if back is not None:
        return Ago(count=back, unit=Unit.DAY)
    unit = relative_units().get("".join(words.split()))
    return Ago(count=1, unit=unit) if unit is not None else None


def _shorter(run: str) -> list[str]:
    """List a run of words and its beginnings, longest first, each ending at the end of a word."""
    ends = [match.end() for match in re.finditer(r"[^\W_]+\.?(?=[^\w]|$)", run)]
    return [run[:end] for end in reversed(ends)]

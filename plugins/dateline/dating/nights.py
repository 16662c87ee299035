"""The night on which clocks go back: an hour is shown twice, and the order of the entries tells which one is meant.

Each entry has one instant, or two. Going forward each takes the first instant that is not before its predecessor's,
going backward the last that is not after its successor's. Where both agree the instant is known, else it is bounded
by the two. On a page whose other entries are out of order the order proves nothing, and both instants stay.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

Span = tuple[datetime, datetime]


def told_by_order(candidates: Sequence[tuple[datetime, ...]]) -> list[Span]:
    """Narrow each entry's instants (oldest entry first; one or two each) by the order of all."""
    wide = [(one[0], one[-1]) for one in candidates]
    single = [one[0] for one in candidates if len(one) == 1]
    if len(single) == len(candidates) or any(b < a for a, b in pairwise(single)):
        return wide
    forward = _lowest(candidates)
    backward = _highest(candidates)
    if forward is None or backward is None:
        return wide
    return list(zip(forward, backward, strict=True))


def _lowest(candidates: Sequence[tuple[datetime, ...]]) -> list[datetime] | None:
    found: list[datetime] = []
    for options in candidates:
        fitting = [one for one in options if not found or one >= found[-1]]
        if not fitting:
            return None
        found.append(fitting[0])
    return found


def _highest(candidates: Sequence[tuple[datetime, ...]]) -> list[datetime] | None:
    found: list[datetime] = []
    for options in reversed(candidates):
        fitting = [one for one in options if not found or one <= found[-1]]
        if not fitting:
            return None
        found.append(fitting[-1])
    return found[::-1]

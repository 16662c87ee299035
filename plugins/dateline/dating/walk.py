"""Clocks without a day, put on days by walking through them in order of time.

The walk goes from the oldest clock to the newest. A clock that is more than two hours behind the one before it is
of the next day; less is taken as an entry that an editor moved, or as the hour that a night repeats. So a silence
of 22 hours or more without a date line is not seen: nothing on the page shows it.

Rows whose day is known (a heading, a date beside the clock, a better clock in the same entry) hold the walk.
Between two of them a row lies no earlier than the walk from the first brings it and no later than the walk back
from the second does; where both agree its day is certain, else it is bounded. Past the outermost of them the walk
alone counts, but not across a date heading: a group of entries that no heading dates is only known to lie on
another day than its neighbour's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

MOVED = 2 * 3600
"""How many seconds behind its predecessor an entry may stand and still be of the same day."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One clock on the walk. ``group`` counts date headings: rows of one group share a heading, or have none."""

    clock: time
    day: date | None = None
    group: int = 0

    @property
    def seconds(self) -> int:
        """The clock as seconds since midnight."""
        return self.clock.hour * 3600 + self.clock.minute * 60 + self.clock.second


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day that a row can be on; None on a side where nothing holds it."""

    first: date | None
    last: date | None


def turns(rows: Sequence[Row]) -> list[int]:
    """Count the midnights that the walk has passed at each row, oldest first."""
    passed: list[int] = []
    count, before = 0, 0
    for row in rows:
        if row.seconds < before - MOVED:
            count += 1
        before = row.seconds
        passed.append(count)
    return passed


def days_between(rows: Sequence[Row]) -> list[Days]:
    """Put rows (oldest first) on days by the rows whose day is known; all open where none is."""
    passed = turns(rows)
    forward = _forward(rows, passed)
    backward = [-one for one in passed]
    back = list(reversed(_mirrored(list(reversed(rows)), list(reversed(backward)))))
    return [_held(row, one, other) for row, one, other in zip(rows, forward, back, strict=True)]


_Reach = tuple[date, bool] | None
"""The day that a walk brings a row to, and whether the walk stayed in one group."""


def _forward(rows: Sequence[Row], passed: Sequence[int]) -> list[_Reach]:
    """Walk from each known row to the next: no earlier than this."""
    reached: list[_Reach] = []
    known: tuple[date, int, int] | None = None
    for row, count in zip(rows, passed, strict=True):
        if row.day is not None:
            known = (row.day, count, row.group)
        if known is None:
            reached.append(None)
            continue
        day, start, group = known
        apart = row.group != group
        reached.append((day + max(count - start, 1 if apart else 0) * _DAY, not apart))
    return reached


def _mirrored(rows: Sequence[Row], passed: Sequence[int]) -> list[_Reach]:
    """Walk back from each known row: no later than this. ``rows`` are newest first, ``passed`` count backward."""
    reached: list[_Reach] = []
    known: tuple[date, int, int] | None = None
    for row, count in zip(rows, passed, strict=True):
        if row.day is not None:
            known = (row.day, count, row.group)
        if known is None:
            reached.append(None)
            continue
        day, start, group = known
        apart = row.group != group
        reached.append((day - max(count - start, 1 if apart else 0) * _DAY, not apart))
    return reached


def _held(row: Row, forward: _Reach, backward: _Reach) -> Days:
    if row.day is not None:
        return Days(row.day, row.day)
    if forward is not None and backward is not None:
        return Days(min(forward[0], backward[0]), max(forward[0], backward[0]))
    if forward is not None:
        return Days(forward[0], forward[0] if forward[1] else None)
    if backward is not None:
        return Days(backward[0] if backward[1] else None, backward[0])
    return Days(None, None)

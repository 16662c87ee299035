"""Times that cannot be true because they repeat: constant clocks, midnights, a re-publication.

Within one channel and one moment of a page:

- three or more posts with one and the same time to the second, or five or more (three, where another channel of
  the page is refused) to the minute: no post's own time
  (some pages repeat the page's time in every update);
- five or more posts to the second of which fewer than half differ: a re-publication or a new import;
- two or more posts that are all stamped exactly midnight: a day at best. If they are on different days they keep
  the day, else nothing. A third or more of a page at midnight, and at least three: those at midnight are not true.

A channel whose times of publication are refused loses its times of change too: they come from the same hand. A
refused clock keeps its words; the conflict says what was refused and why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import groupby

from dateline.dating.frame import Frame
from dateline.dating.marks import Mark
from dateline.dating.spans import resolve
from dateline.errors import DatingError
from dateline.model import Conflict, Dating, Precision, Role


def refuse_repeated(marks: Sequence[Mark], frame: Frame) -> tuple[list[Mark], list[Conflict]]:
    """Take the time from clocks that repeat too often to be true; say which and why."""
    conflicts: list[Conflict] = []
    kept: dict[int, Mark] = {}
    groups = list(_channels(marks))
    reasons = [_constant(group) for group in groups]
    if any(reasons):
        reasons = [_constant(group, few=3) for group in groups]
    for group, constant in zip(groups, reasons, strict=True):
        if constant:
            refused, why, like = group, constant, f"every {group[0][1].role} of {group[0][1].basis}"
        else:
            refused, why = _midnights(group)
            like = f"{len(refused)} of {len(group)} {group[0][1].role} of {group[0][1].basis}"
        if not refused:
            continue
        kept |= {place: _without_time(mark, frame, as_days=why == MIDNIGHT_DAYS) for place, mark in refused}
        conflicts.append(_conflict(refused[0][1], like, why))
    return _with_their_changes([kept.get(place, mark) for place, mark in enumerate(marks)], kept.values()), conflicts


CONSTANT = "one time for all entries: no entry's own"
REPUBLISHED = "fewer than half of the times differ: a re-publication stamped them anew"
MIDNIGHT = "stamped midnight: the time is not known"
MIDNIGHT_DAYS = "stamped midnight on different days: only the day is known"

_Place = tuple[int, Mark]


def _channels(marks: Sequence[Mark]) -> Iterable[list[_Place]]:
    exact = [
        (place, mark)
        for place, mark in enumerate(marks)
        if mark.role is not Role.MODIFIED and (mark.is_exact or mark.is_clock_only)
    ]

    def channel(one: _Place) -> tuple[str, str]:
        return one[1].role, one[1].basis

    for _, group in groupby(sorted(exact, key=channel), key=channel):
        yield list(group)


def _constant(group: Sequence[_Place], few: int = 5) -> str | None:
    """Say why a channel's times cannot be true; ``few`` is how many posts may well share a minute."""
    count = len(group)
    if count < 3:
        return None
    different = len({_value(mark) for _, mark in group})
    if different == 1 and not _is_midnight(group[0][1]):
        is_second = group[0][1].dating.precision is Precision.SECOND
        return CONSTANT if is_second or count >= few else None
    shows_seconds = any(mark.dating.at is not None and mark.dating.at.second for _, mark in group)
    return REPUBLISHED if shows_seconds and count >= 5 and different * 2 < count else None


def _value(mark: Mark) -> datetime | time | None:
    """Return what repeats: an instant, or the time of day of a clock that has no day yet."""
    return mark.dating.at or (mark.stated.clock if mark.stated is not None else None)


def _midnights(group: Sequence[_Place]) -> tuple[list[_Place], str]:
    at_midnight = [one for one in group if _is_midnight(one[1])]
    few = 2 if group[0][1].dating.precision is Precision.SECOND else 3
    if len(at_midnight) == len(group) >= few:
        days = {_value(mark) for _, mark in group}
        return at_midnight, MIDNIGHT_DAYS if len(days) > 1 and len(days) * 2 >= len(group) else MIDNIGHT
    if len(at_midnight) >= 3 and len(at_midnight) * 3 >= len(group):
        return at_midnight, MIDNIGHT
    return [], MIDNIGHT


def _is_midnight(mark: Mark) -> bool:
    """Say whether a clock stands at 00:00:00 where it was stated, or in UTC."""
    if mark.stated is not None and mark.stated.clock is not None:
        return mark.stated.clock == time(0)
    at = mark.dating.at
    return at is not None and (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)


def _without_time(mark: Mark, frame: Frame, *, as_days: bool) -> Mark:
    unknown = replace(mark, stated=None, dating=Dating(basis=mark.basis, stated=mark.dating.stated))
    if not as_days or mark.stated is None or mark.stated.clock is None:
        return unknown
    try:
        day = resolve(mark.stated, replace(frame, midnight_is_day=True), mark.basis, mark.dating.stated or "")
    except DatingError:
        return unknown
    return replace(mark, dating=day)


def _with_their_changes(marks: list[Mark], refused: Iterable[Mark]) -> list[Mark]:
    channels = {
        one.basis for one in refused if one.role is Role.PUBLISHED and one.dating.precision is Precision.UNKNOWN
    }
    if not channels:
        return marks
    return [
        replace(one, dating=Dating(basis=one.basis, stated=one.dating.stated))
        if one.role is Role.MODIFIED and one.basis in channels
        else one
        for one in marks
    ]


def _conflict(mark: Mark, like: str, why: str) -> Conflict:
    return Conflict(where=like, about=mark.role, kept="", other=mark.dating.stated or "", why=why)

"""Clocks without a day, dated in one zone: by date headings, by better-dated neighbours, by the page's own dates, by its capture.

Which day the walk (:mod:`dateline.dating.walk`) starts from, where no row of the page has a day of its own:

1. The document's publication: the oldest entry is of that day if its clock is no more than half an hour before it; an earlier
   clock may be of that day (a page published anew) or of the next, and both stay possible.
2. Else the document's last change: the newest entry is of that day if its clock is no more than half an hour after it; a later clock
   may be of that day or of the one before.
3. Else the capture: the newest entry's clock is read as the last time that it was shown before.

A day that would put the newest entry after the capture, or twelve hours after the last change, is not possible. Where more
than one day stays possible every entry is bounded by all of them; where none does, nothing is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from dateline.dating.headings import Heading, headed, readings_of
from dateline.dating.nights import Span, told_by_order
from dateline.dating.walk import Days, Row, days_between, turns
from dateline.dating.zones import instants

SLACK = timedelta(minutes=30)
AFTER_CHANGE = timedelta(hours=12)
SKEW = timedelta(minutes=2)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the page itself says of its time. Each is an instant; ``*_day`` where only a day is stated."""

    published: datetime | None = None
    published_day: date | None = None
    modified: datetime | None = None
    modified_day: date | None = None
    captured: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The clocks of a page in page order, with their places among its entries, and the headings between them."""

    rows: tuple[Row, ...]
    places: tuple[int, ...]
    headings: tuple[Heading, ...]
    newest_first: bool


Bounds = tuple[datetime | None, datetime | None]


def placed(column: Column, limits: Limits, zone: tzinfo) -> list[Bounds] | None:
    """Bound each clock of a column by the instants it can mean in a zone, in page order; None where the page contradicts itself."""
    ways = [_row_days(rows, column, limits, zone) for rows in _headed(column, limits, zone)]
    found = [_instants(column, days, limits, zone) for days in ways if days is not None]
    return [united(each) for each in zip(*found, strict=True)] if found else None


def united(bounds: Sequence[Bounds]) -> Bounds:
    """Return bounds that hold all the given ones; open where one of them is."""
    firsts = [one[0] for one in bounds]
    lasts = [one[1] for one in bounds]
    first = None if None in firsts else min(one for one in firsts if one is not None)
    last = None if None in lasts else max(one for one in lasts if one is not None)
    return first, last


def _headed(column: Column, limits: Limits, zone: tzinfo) -> list[list[Row]]:
    if not column.headings:
        return [list(column.rows)]
    first, last = _first_day(limits, zone), _local_day(limits.captured, zone)
    ways = readings_of(
        column.headings, max(column.places) + 1, newest_first=column.newest_first, first=first, last=last
    )
    return [
        headed(column.rows, column.places, column.headings, above=above, newest_first=column.newest_first)
        for above in ways
    ] or [list(column.rows)]


def _row_days(rows: Sequence[Row], column: Column, limits: Limits, zone: tzinfo) -> list[Days] | None:
    """Return the days of each row, oldest first; None where no day is possible."""
    walk = list(reversed(rows)) if column.newest_first else list(rows)
    if any(row.day is not None for row in walk):
        return days_between(walk)
    starts = _possible_starts(walk, limits, zone)
    if not starts:
        return None
    return [Days(min(starts) + passed * _DAY, max(starts) + passed * _DAY) for passed in turns(walk)]


def _possible_starts(walk: Sequence[Row], limits: Limits, zone: tzinfo) -> list[date]:
    """List the days on which the oldest entry can be."""
    length = turns(walk)[-1] * _DAY
    for starts in (
        _starts_by_publication(walk[0], limits, zone),
        [day - length for day in _ends_by_change(walk[-1], limits, zone)],
        [day - length for day in _ends_by_capture(walk[-1], limits, zone)],
    ):
        possible = [day for day in starts if _is_possible(_first_instant(walk[-1], day + length, zone), limits)]
        if possible:
            return possible
    return []


def _starts_by_publication(oldest: Row, limits: Limits, zone: tzinfo) -> list[date]:
    if limits.published is None:
        return [limits.published_day] if limits.published_day else []
    day = limits.published.astimezone(zone).date()
    is_later = _first_instant(oldest, day, zone) >= limits.published - SLACK
    return [day] if is_later else [day, day + _DAY]


def _ends_by_change(newest: Row, limits: Limits, zone: tzinfo) -> list[date]:
    if limits.modified is None:
        return [limits.modified_day] if limits.modified_day else []
    day = limits.modified.astimezone(zone).date()
    is_earlier = _first_instant(newest, day, zone) <= limits.modified + SLACK
    return [day] if is_earlier else [day - _DAY, day]


def _ends_by_capture(newest: Row, limits: Limits, zone: tzinfo) -> list[date]:
    if limits.captured is None:
        return []
    day = limits.captured.astimezone(zone).date()
    is_past = _first_instant(newest, day, zone) <= limits.captured + SKEW
    return [day if is_past else day - _DAY]


def _is_possible(newest: datetime, limits: Limits) -> bool:
    if limits.captured is not None and newest > limits.captured + SKEW:
        return False
    return limits.modified is None or newest <= limits.modified + AFTER_CHANGE


def _first_instant(row: Row, day: date, zone: tzinfo) -> datetime:
    return instants(datetime.combine(day, row.clock), zone)[0]


def _first_day(limits: Limits, zone: tzinfo) -> date | None:
    return _local_day(limits.published, zone) or limits.published_day


def _local_day(instant: datetime | None, zone: tzinfo) -> date | None:
    return instant.astimezone(zone).date() if instant is not None else None


def _instants(column: Column, days: Sequence[Days], limits: Limits, zone: tzinfo) -> list[Bounds]:
    """Turn days into instants, oldest first, let the order tell repeated hours apart, and give them back in page order."""
    walk = list(reversed(column.rows)) if column.newest_first else list(column.rows)
    certain = {
        number: instants(datetime.combine(one.first, row.clock), zone)
        for number, (row, one) in enumerate(zip(walk, days, strict=True))
        if one.first is not None and one.first == one.last
    }
    told: dict[int, Span] = dict(zip(certain, told_by_order(list(certain.values())), strict=True))
    bounds = [
        told[number] if number in told else _open(row, one, limits, zone)
        for number, (row, one) in enumerate(zip(walk, days, strict=True))
    ]
    return bounds[::-1] if column.newest_first else bounds


def _open(row: Row, days: Days, limits: Limits, zone: tzinfo) -> Bounds:
    first = instants(datetime.combine(days.first, row.clock), zone)[0] if days.first else None
    last = instants(datetime.combine(days.last, row.clock), zone)[-1] if days.last else limits.captured
    return first, last

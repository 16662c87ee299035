"""Clocks without a day whose entry has a better clock: it lends its day, and all together tell their zone.

A page that prints ``21:22`` beside an entry whose machine-readable time is known shows its zone by the gap between
the two: constant over two entries or more, it is the zone, whatever the page says about itself. Ids show it too
(publication follows creation by minutes). Where the page's declared zone disagrees, the evidence wins and the
disagreement is a conflict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from dateline.dating.gaps import QUARTER, gap_to_creation
from dateline.dating.ids import EARLY
from dateline.dating.zones import instants

_DAY = timedelta(days=1)
_HALF_DAY = timedelta(hours=12)
_NEAR = timedelta(seconds=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of an entry beside a clock on its wall: when it was published, or only when it was created.

    ``at`` comes from a clock that states its own zone, ``near`` from any: what a zone was lent to proves no zone.
    """

    at: datetime | None = None
    near: datetime | None = None
    created: datetime | None = None


def zone_shown(clocks: Mapping[int, time], known: Sequence[Known]) -> timezone | None:
    """Return the offset that a page's clocks are in, by the better times of their entries, if these agree."""
    gaps = [_gap(clock, at) for block, clock in clocks.items() if (at := known[block].at) is not None]
    if len(gaps) >= 2:
        return _constant(gaps)
    lags = [_gap(clock, born) for block, clock in clocks.items() if (born := known[block].created) is not None]
    offset = gap_to_creation([lag + timedelta(seconds=30) for lag in lags])
    return timezone(offset) if offset is not None else None


def nearest(clock: time, known: Known, zone: tzinfo) -> tuple[datetime, ...]:
    """Return the instants that a clock means in a zone, on the day that its entry's better time lends."""
    if known.near is not None:
        return _nearest_to(clock, known.near, zone)
    return _first_after(clock, known.created, zone) if known.created is not None else ()


def _nearest_to(clock: time, at: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    local = at.astimezone(zone).replace(tzinfo=None)
    ahead = (datetime.combine(local.date(), clock) - local + _HALF_DAY) % _DAY - _HALF_DAY
    options = instants(local + ahead, zone)
    return (min(options, key=lambda one: abs(one - at)),)


def _first_after(clock: time, created: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """Return the first time that the clock showed after an entry was created, its minute begun or not."""
    options = [one for day in _days_around(created, zone) for one in instants(datetime.combine(day, clock), zone)]
    later = sorted(one for one in options if one + timedelta(minutes=1) > created - EARLY)
    soon = [one for one in later if one - later[0] < _HALF_DAY]
    return tuple(soon) if later[0] - created < _HALF_DAY else ()


def _days_around(at: datetime, zone: tzinfo) -> list[date]:
    day = at.astimezone(zone).date()
    return [day - _DAY, day, day + _DAY]


def _gap(clock: time, at: datetime) -> timedelta:
    """Return how far a clock, read as UTC, is ahead of an instant, between half a day back and half a day on."""
    ahead = datetime.combine(at.date(), clock, tzinfo=UTC) - at
    return (ahead + _HALF_DAY) % _DAY - _HALF_DAY


def _constant(gaps: Sequence[timedelta]) -> timezone | None:
    rounded = [round(gap / QUARTER) * QUARTER for gap in gaps]
    usual = max(set(rounded), key=rounded.count)
    agreeing = sum(1 for gap in gaps if abs(gap - usual) <= _NEAR)
    return timezone(usual) if agreeing >= 0.9 * len(gaps) and abs(usual) < _DAY else None

"""Clocks without a day, dated in one zone: by date headings, by dated neighbours, by the page's own dates.

Where no row has a day of its own, the walk is held by what the page says of itself:

- No entry is of an earlier day than the document's publication, and the newest is no later than half an hour after
  its last change and two minutes after its capture. All days between are possible; where it is one day, the entries
  are exact.
- If none is possible the page contradicts itself (re-published, or a last change that is older than the newest
  entry): first the last change is given twelve hours more; then both ends are taken for what they are worth, and
  every entry is bounded by both.
- Only a publication: a walk without a midnight is of that day, or, if it begins before it, perhaps of the next; with
  midnights the date may be the first day's or, published anew, the last day's, and the entries are bounded by both.
- A publication that the newest clock, but not the oldest, precedes by a quarter of an hour at most is the last one
  of a page that is published anew with every entry: it is read as a last change. One that the oldest clock follows
  so closely is the first, and the oldest entry is of its day.
- Only a last change: the newest entry is of that day, or of the day before if its clock is later than the change;
  then both stay possible. Only a capture: the newest clock is read as the last time it was shown before it.
- A page that shows only its latest entries is held by its end alone: its publication may be days earlier.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from dateline.dating.headings import Heading, headed, readings_of
from dateline.dating.nights import Span, told_by_order
from dateline.dating.walk import Days, Row, days_between, turns
from dateline.dating.zones import instants

SLACK = timedelta(minutes=30)
MORE_SLACK = timedelta(hours=12)
SKEW = timedelta(minutes=2)
CLOSE = 15 * 60  # seconds
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the page itself says of its time. Each is an instant; ``*_day`` where only a day is stated."""

    published: datetime | None = None
    published_day: date | None = None
    modified: datetime | None = None
    modified_day: date | None = None
    captured: datetime | None = None
    shows_latest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The clocks of a page in page order, with their places among its entries, and the headings between them."""

    rows: tuple[Row, ...]
    places: tuple[int, ...]
    headings: tuple[Heading, ...]
    newest_first: bool


Bounds = tuple[datetime | None, datetime | None]


def placed(column: Column, limits: Limits, zone: tzinfo) -> list[Bounds] | None:
    """Bound each clock of a column, in page order, by what it can mean in a zone; None where nothing is possible."""
    ways = [_row_days(rows, column, limits, zone) for rows in _headed(column, limits, zone)]
    found = [_instants(column, days, limits, zone) for days in ways if days is not None]
    if len(found) < 2:
        return found[0] if found else None
    return [united(each) for each in zip(*found, strict=True)]


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
    passed = turns(walk)
    starts = _starts(walk[0], walk[-1], passed[-1], limits, zone)
    if starts is None:
        return None
    return [Days(starts[0] + count * _DAY, starts[1] + count * _DAY) for count in passed]


_Range = tuple[date, date]


def _starts(oldest: Row, newest: Row, midnights: int, limits: Limits, zone: tzinfo) -> _Range | None:
    """Return the first and last day that the oldest entry can be of."""
    begun = _begun(oldest, limits, zone)
    limits = limits if begun else _as_last(newest, limits, zone)
    first = _first_day(limits, zone)
    last = _last_end(newest, limits, zone, SLACK)
    if first is None or (limits.shows_latest and last is not None):
        return _starts_by_end(newest, midnights, limits, zone)
    if begun is not None and (last is None or begun + midnights * _DAY <= last):
        return (begun, begun)
    if last is None:
        return (first - midnights * _DAY, first + _DAY if _precedes(oldest, first, limits, zone) else first)
    start = last - midnights * _DAY
    if start < first:
        more = _last_end(newest, limits, zone, MORE_SLACK)
        start = max(start, min(first, more - midnights * _DAY)) if more is not None else start
    return (
        (min(first, start), max(first, start))
        if _is_past(newest, first + midnights * _DAY, limits, zone)
        else (start, start)
    )


def _begun(oldest: Row, limits: Limits, zone: tzinfo) -> date | None:
    """Return the day of the oldest entry where its clock follows the publication closely."""
    if limits.published is None:
        return None
    local = limits.published.astimezone(zone)
    after = (oldest.seconds - Row(clock=local.time()).seconds + 60) % 86_400 - 60
    return (local + timedelta(seconds=after)).date() if after <= CLOSE else None


def _as_last(newest: Row, limits: Limits, zone: tzinfo) -> Limits:
    """Read a publication that the newest clock closely precedes as the last change of a page that states none."""
    if limits.published is None or limits.modified is not None or limits.modified_day is not None:
        return limits
    stamp = Row(clock=limits.published.astimezone(zone).time()).seconds
    if (stamp - newest.seconds) % 86_400 > CLOSE:
        return limits
    return replace(limits, published=None, published_day=None, modified=limits.published)


def _precedes(oldest: Row, day: date, limits: Limits, zone: tzinfo) -> bool:
    """Say whether the oldest clock, on the day of publication, would lie before it by more than the slack."""
    return limits.published is not None and _first_instant(oldest, day, zone) < limits.published - SLACK


def _starts_by_end(newest: Row, midnights: int, limits: Limits, zone: tzinfo) -> _Range | None:
    """Return the starts where the page does not say when it was published."""
    last = _last_end(newest, limits, zone, SLACK)
    if last is None:
        return None
    later = _last_end(newest, limits, zone, MORE_SLACK) or last
    return (last - midnights * _DAY, later - midnights * _DAY)


def _last_end(newest: Row, limits: Limits, zone: tzinfo, slack: timedelta) -> date | None:
    """Return the last day that the newest entry can be of, by the page's last change and its capture."""
    ends = [one for one in (_change(limits, zone, slack), _capture(limits)) if one is not None]
    if not ends:
        return None
    end = min(ends)
    day = end.astimezone(zone).date()
    return day if _first_instant(newest, day, zone) <= end else day - _DAY


def _change(limits: Limits, zone: tzinfo, slack: timedelta) -> datetime | None:
    if limits.modified is not None:
        return limits.modified + slack
    if limits.modified_day is None:
        return None
    return instants(datetime.combine(limits.modified_day + _DAY, time()), zone)[0] - timedelta(microseconds=1)


def _capture(limits: Limits) -> datetime | None:
    return limits.captured + SKEW if limits.captured is not None else None


def _is_past(newest: Row, day: date, limits: Limits, zone: tzinfo) -> bool:
    capture = _capture(limits)
    return capture is None or _first_instant(newest, day, zone) <= capture


def _first_instant(row: Row, day: date, zone: tzinfo) -> datetime:
    return instants(datetime.combine(day, row.clock), zone)[0]


def _first_day(limits: Limits, zone: tzinfo) -> date | None:
    return _local_day(limits.published, zone) or limits.published_day


def _local_day(instant: datetime | None, zone: tzinfo) -> date | None:
    return instant.astimezone(zone).date() if instant is not None else None


def _instants(column: Column, days: Sequence[Days], limits: Limits, zone: tzinfo) -> list[Bounds]:
    """Turn days (oldest first) into instants in page order; the order tells repeated hours apart."""
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
    is_possible = first is None or last is None or first <= last
    return first, last if is_possible else None

"""What one stated time means on its page: an instant with its span, bounds, or nothing.

- A second or minute is a span that starts at ``at`` and ends one microsecond before the next; a stated fraction is
  a point.
- A day is the day of its zone: those are its bounds. Where no zone is known they are as wide as the day is anywhere
  (UTC+14 to UTC-12). ``at`` is the instant within them that is nearest to the named day's 00:00 UTC, so that its UTC
  date is the day that the page names. A publication stamped exactly midnight states a day.
- A clock in an unknown zone, in one of several, or in the hour that a night repeats is bounded by all it can mean.
- "n units ago" lies between n-½ and n+1 units before the capture (sites round, or cut off); days may also be
  calendar days. Minutes, hours and days keep their precision, weeks and longer are bounded. Without a moment of
  capture it means nothing yet.
- A day without a year takes the year that brings it nearest to a day that the page states whole, else to the
  capture.
- 11-12-2026 is read as the page writes its other days; where these do not tell, it is bounded by both readings.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

import pendulum
from pendulum import DateTime

from dateline.dating.frame import Frame
from dateline.dating.stated import Ago, Stated, Unit
from dateline.dating.zones import LATEST_OFFSET, range_of, zone_named
from dateline.errors import DatingError
from dateline.model import Basis, Dating, Precision

TICK = timedelta(microseconds=1)
_SPANS = {
    Precision.SECOND: timedelta(seconds=1) - TICK,
    Precision.MINUTE: timedelta(minutes=1) - TICK,
    Precision.HOUR: timedelta(hours=1) - TICK,
}
_UNITS = {
    Unit.SECOND: timedelta(seconds=1),
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
    Unit.WEEK: timedelta(weeks=1),
    Unit.MONTH: timedelta(days=31),
    Unit.YEAR: timedelta(days=366),
}
_PRECISIONS = {
    Unit.SECOND: Precision.MINUTE,
    Unit.MINUTE: Precision.MINUTE,
    Unit.HOUR: Precision.HOUR,
    Unit.DAY: Precision.DAY,
}


def utc(moment: datetime) -> DateTime:
    """Turn an aware UTC datetime into the model's DateTime."""
    return DateTime(
        moment.year,
        moment.month,
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.microsecond,
        tzinfo=pendulum.UTC,
    )


def plain(moment: datetime) -> datetime:
    """Turn a DateTime into a plain UTC datetime, whose arithmetic is many times faster."""
    return datetime(
        moment.year,
        moment.month,
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.microsecond,
        tzinfo=UTC,
    )


def between(earlier: datetime, later: datetime) -> timedelta:
    """Return how long one instant lies before another; pendulum's own subtraction is slow."""
    return datetime.__sub__(later, earlier)


def resolve(stated: Stated, frame: Frame, basis: Basis, text: str) -> Dating:
    """Work out what a stated time means. A clock without a day means nothing by itself: its dating stays unknown.

    Raises :class:`DatingError` for a time that no page can speak of.
    """
    try:
        if stated.instant is not None:
            return _at(stated, frame, basis, text)
        if stated.ago is not None:
            return _ago(stated, stated.ago, frame, basis, text)
        days = days_of(stated, frame)
        return on_days(stated, days, frame, basis, text) if days else Dating(basis=basis, stated=text)
    except OverflowError as error:
        raise DatingError(f"{text!r} is beyond the calendar") from error


def on_days(stated: Stated, days: Sequence[date], frame: Frame, basis: Basis, text: str) -> Dating:
    """Date a clock, or a whole day, that lies on one of some days."""
    zones = zones_of(stated, frame)
    if stated.clock is None or (frame.midnight_is_day and stated.clock == time(0)):
        return _whole_days(days, zones, frame, basis, text)
    ranges = [range_of(datetime.combine(day, stated.clock), zones) for day in days]
    earliest, latest = min(one[0] for one in ranges), max(one[1] for one in ranges)
    return span((earliest, latest), stated, frame, basis, text)


def span(bounds: tuple[datetime, datetime], stated: Stated, frame: Frame, basis: Basis, text: str) -> Dating:
    """Make the dating of a clock that starts at one of two instants; exact where they are one."""
    earliest, latest = bounds
    if earliest == latest:
        return _exact(frame.check(earliest), stated.precision, stated.has_fraction, basis, text)
    frame.check(max(earliest, min(latest, frame.captured_at or latest)))
    end = utc(latest + _SPANS[stated.precision])
    return Dating(earliest=utc(earliest), latest=end, precision=Precision.BOUNDED, basis=basis, stated=text)


@lru_cache(maxsize=8192)
def _exact(instant: datetime, precision: Precision, has_fraction: bool, basis: Basis, text: str) -> Dating:
    """Date a clock to one instant; kept, for the next poll of a live page states nearly all of its clocks again."""
    at = utc(instant)
    latest = at if has_fraction else utc(instant + _SPANS[precision])
    return Dating(at=at, earliest=at, latest=latest, precision=precision, basis=basis, stated=text)


def zones_of(stated: Stated, frame: Frame) -> tuple[tzinfo, ...]:
    """Return the zones that a stated time can be in: its own, else those of the page."""
    if stated.zone is None:
        return frame.zones
    named = zone_named(stated.zone, frame.zone)
    return (named,) if named is not None else ()


def days_of(stated: Stated, frame: Frame) -> tuple[date, ...]:
    """Return the days that a stated time can be on; none where it does not say."""
    if stated.day is not None:
        if stated.swapped is None or frame.day_first is True:
            return (stated.day,)
        return (stated.swapped,) if frame.day_first is False else (stated.day, stated.swapped)
    if stated.month_day is not None:
        return _nearest_year(stated.month_day, stated.weekday, frame)
    if stated.weekday is not None and frame.captured_at is not None:
        return _last_weekday(stated.weekday, frame)
    return ()


def _at(stated: Stated, frame: Frame, basis: Basis, text: str) -> Dating:
    instant = frame.check(stated.instant)  # type: ignore[arg-type]  # the caller looked
    if frame.midnight_is_day and stated.clock == time(0) and stated.day is not None:
        zones = zones_of(stated, frame)
        return _whole_days((stated.day,), zones, frame, basis, text)
    return _exact(instant, stated.precision, stated.has_fraction, basis, text)


def _whole_days(days: Sequence[date], zones: Sequence[tzinfo], frame: Frame, basis: Basis, text: str) -> Dating:
    ranges = [_day_range(day, zones) for day in days]
    earliest, latest = min(one[0] for one in ranges), max(one[1] for one in ranges)
    named = datetime.combine(days[0], time(), tzinfo=UTC)
    at = utc(frame.check(min(max(named, earliest), latest))) if len(days) == 1 else None
    precision = Precision.DAY if at else Precision.BOUNDED
    return Dating(at=at, earliest=utc(earliest), latest=utc(latest), precision=precision, basis=basis, stated=text)


def _day_range(day: date, zones: Sequence[tzinfo]) -> tuple[datetime, datetime]:
    start, end = datetime.combine(day, time()), datetime.combine(day + timedelta(days=1), time())
    return range_of(start, zones)[0], range_of(end, zones)[1] - TICK


def _nearest_year(month_day: tuple[int, int], weekday: int | None, frame: Frame) -> tuple[date, ...]:
    near = list(frame.days) or ([frame.captured_at.date()] if frame.captured_at else [])
    if not near:
        return ()
    years = {day.year + step for day in near for step in (-1, 0, 1)}
    found = [date(year, *month_day) for year in years if _exists(year, month_day)]
    fitting = [day for day in found if weekday is None or day.weekday() == weekday]
    if not fitting:
        raise DatingError(f"{month_day[1]}.{month_day[0]}. is not that weekday in the years around {near[0]}")
    return (min(fitting, key=lambda day: min(abs((day - one).days) for one in near)),)


def _exists(year: int, month_day: tuple[int, int]) -> bool:
    return month_day != (2, 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _last_weekday(weekday: int, frame: Frame) -> tuple[date, ...]:
    """Return the day of that name in the week before the capture; two where the zone leaves today open."""
    todays = _todays(frame)
    return tuple(sorted({today - timedelta(days=(today.weekday() - weekday) % 7) for today in todays}))


def _todays(frame: Frame) -> set[date]:
    captured = frame.captured_at
    if captured is None:
        return set()
    if not frame.zones:
        return {(captured + LATEST_OFFSET).date(), captured.date(), (captured - timedelta(hours=12)).date()}
    return {captured.astimezone(zone).date() for zone in frame.zones}


def _ago(stated: Stated, ago: Ago, frame: Frame, basis: Basis, text: str) -> Dating:
    if frame.captured_at is None:
        return Dating(basis=basis, stated=text)
    if ago.unit is Unit.DAY and (stated.clock is not None or ago.count == 0):
        days = tuple(sorted(today - timedelta(days=ago.count) for today in _todays(frame)))
        return on_days(stated, days, frame, basis, text)
    unit = _UNITS[ago.unit]
    around = unit / 2 if ago.unit is not Unit.DAY else unit
    at = frame.check(frame.captured_at - ago.count * unit)
    earliest, latest = at - unit, min(at + around, frame.captured_at)
    precision = _PRECISIONS.get(ago.unit, Precision.BOUNDED)
    if ago.count == 0 or precision is Precision.BOUNDED:
        if ago.count == 0:
            earliest = frame.captured_at - timedelta(minutes=10)
        return Dating(earliest=utc(earliest), latest=utc(latest), precision=Precision.BOUNDED, basis=basis, stated=text)
    return Dating(at=utc(at), earliest=utc(earliest), latest=utc(latest), precision=precision, basis=basis, stated=text)

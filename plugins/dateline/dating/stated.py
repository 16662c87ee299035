"""What one clock says, part by part, before anything is lent to it by the page around it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dateline.model import Precision

MAX_LENGTH = 64
"""Longer strings are refused unread: no date is that long, and date libraries take minutes over a megabyte."""


class Unit(StrEnum):
    """A unit of "21 minutes ago"."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ago:
    """A relative time: ``count`` units before the page was made. Zero days ago is "today"."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """The parts of one stated time; what the string does not say is None.

    ``instant`` (UTC) is set only where date, time and offset all stand in the string. ``swapped`` is the other reading
    of a day like 11-12-2026; ``day_first`` is set by one like 21-12-2026 that shows how days are written. ``precision``
    is that of the finest part.
    """

    precision: Precision
    instant: datetime | None = None
    day: date | None = None
    swapped: date | None = None
    day_first: bool | None = None
    month_day: tuple[int, int] | None = None
    weekday: int | None = None
    clock: time | None = None
    zone: str | None = None
    ago: Ago | None = None
    has_fraction: bool = False


def clock_of(hour: int, minute: int, second: int, fraction: str | None = None) -> tuple[time, timedelta]:
    """Make a time of day, and the days to carry: 24:00 is the next day's midnight, second 60 is 59."""
    micro = int((fraction or "").ljust(6, "0")[:6])
    if hour == 24 and not (minute or second or micro):
        return time(0), timedelta(days=1)
    return time(hour, minute, min(second, 59) if second == 60 else second, micro), timedelta()

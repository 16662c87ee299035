"""The scan of a time in words and figures: each piece is known, or the string is refused.

Pieces are tried at each position in a fixed order, the most telling first: a whole day, a relative time, a clock, a
zone, then words that say nothing about time. A number that belongs to no piece refuses the string. The first of a
kind counts: in ``5.02pm GMT17:02`` one clock is said twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from dateline.dating import pieces
from dateline.dating.stated import Ago, Stated
from dateline.dating.zones import fixed_offset
from dateline.errors import DatingError
from dateline.model import Precision

_SEPARATORS = frozenset(" ,;|·•()[]/-–—:.'\"~@+*")


@dataclass(slots=True)
class Draft:
    """The parts found so far."""

    text: str
    day: date | None = None
    swapped: date | None = None
    day_first: bool | None = None
    month_day: tuple[int, int] | None = None
    weekday: int | None = None
    clock: time | None = None
    carried: timedelta = field(default_factory=timedelta)
    precision: Precision = Precision.DAY
    has_fraction: bool = False
    zone: str | None = None
    ago: Ago | None = None


def scan(text: str) -> Stated:
    """Read every piece of a text. Raises :class:`DatingError` on the first one that is not known."""
    draft = Draft(text)
    position = 0
    while position < len(text):
        position = _next(draft, position)
    if all(one is None for one in (draft.day, draft.month_day, draft.weekday, draft.clock, draft.ago)):
        raise DatingError(f"{text!r}: no time in it")
    return _settled(draft)


def _next(draft: Draft, position: int) -> int:
    for piece in PIECES:
        end = piece(draft, position)
        if end is not None:
            return end
    if draft.text[position] in _SEPARATORS:
        return position + 1
    raise DatingError(f"{draft.text!r}: nothing is known of {draft.text[position:]!r}")


def _settled(draft: Draft) -> Stated:
    day = draft.day + draft.carried if draft.day else None
    offset = fixed_offset(draft.zone) if draft.zone else None
    instant = None
    if day and draft.clock is not None and offset is not None and not draft.swapped:
        instant = datetime.combine(day, draft.clock, tzinfo=offset).astimezone(UTC)
    return Stated(
        precision=draft.precision,
        instant=instant,
        day=day,
        swapped=draft.swapped,
        day_first=draft.day_first,
        month_day=draft.month_day,
        weekday=draft.weekday,
        clock=draft.clock,
        zone=draft.zone,
        ago=draft.ago,
        has_fraction=draft.has_fraction,
    )


def _day(draft: Draft, position: int) -> int | None:
    found = pieces.day_at(draft.text, position)
    if found is None:
        return None
    if draft.day is None:
        draft.day, draft.swapped, draft.day_first = found.day, found.swapped, found.day_first
        draft.month_day = found.month_day or draft.month_day
    return found.end


def _year(draft: Draft, position: int) -> int | None:
    """Read a year that stands apart from its day, as in ``Aug 10 15:44:11 2015``."""
    if draft.month_day is None or draft.day is not None:
        return None
    match = pieces.YEAR.match(draft.text, position)
    if match is None:
        return None
    draft.day = date(int(match[0]), *draft.month_day)
    return match.end()


def _relative(draft: Draft, position: int) -> int | None:
    found = pieces.relative_at(draft.text, position)
    if found is None:
        return None
    draft.ago = draft.ago or found[0]
    return found[1]


def _clock(draft: Draft, position: int) -> int | None:
    found = pieces.clock_at(draft.text, position)
    if found is None:
        return None
    if draft.clock is None:
        draft.clock, draft.carried, draft.precision = found.clock, found.carried, found.precision
        draft.has_fraction = found.has_fraction
    return found.end


def _zone(draft: Draft, position: int) -> int | None:
    found = pieces.zone_at(draft.text, position, after_clock=draft.clock is not None)
    if found is None:
        return None
    if draft.zone is None or (fixed_offset(found[0]) is not None and fixed_offset(draft.zone) is None):
        draft.zone = found[0]  # an offset in figures beats the abbreviation before it
    return found[1]


def _weekday(draft: Draft, position: int) -> int | None:
    found = pieces.weekday_at(draft.text, position)
    if found is None:
        return None
    draft.weekday = found[0]
    return found[1]


def _filler(draft: Draft, position: int) -> int | None:
    return pieces.filler_at(draft.text, position)


PIECES: tuple[Callable[[Draft, int], int | None], ...] = (_day, _year, _relative, _clock, _zone, _weekday, _filler)

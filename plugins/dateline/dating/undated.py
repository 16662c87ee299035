"""The clocks of a page that state no day: gathered, put into one zone, and dated by what is there.

An entry's own better clock or its id lends the day (:mod:`dateline.dating.lent`); what is left is dated as a column
(:mod:`dateline.dating.rollover`), for every zone that the page may be in. Where all zones and all readings of the
page agree on an instant it is exact, else the entry is bounded by all of them. Pinned entries stand outside the
column: their place tells nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo

from dateline.dating.direction import ways_of
from dateline.dating.frame import Frame
from dateline.dating.headings import Heading
from dateline.dating.lent import Known, nearest, zone_shown
from dateline.dating.marks import Mark, redated
from dateline.dating.rollover import Bounds, Column, Limits, placed, united
from dateline.dating.spans import resolve, span, utc
from dateline.dating.stated import Stated
from dateline.dating.walk import Row
from dateline.dating.zones import zone_named
from dateline.errors import DatingError
from dateline.model import Block, Conflict, Dating, Order, Precision, Role

ANY_ZONE: tuple[tzinfo, ...] = tuple(
    timezone(timedelta(minutes=minutes))
    for minutes in (*range(-720, 841, 60), -570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765)
)
"""Every offset in civil use, for clocks of which nothing is known."""

_HOUR = timedelta(hours=1)
_SOME_DAY = datetime(2020, 1, 1, tzinfo=UTC)  # only the difference of two zones is wanted of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """What the dating of clocks without a day looks at."""

    blocks: Sequence[Block]
    marks: Sequence[Mark]
    known: Sequence[Known]
    headings: Sequence[Heading]
    order: Order
    limits: Limits
    frame: Frame


def date_clocks(page: Undated) -> tuple[list[Mark], list[Conflict]]:
    """Date each clock that states no day as well as the page allows; say where the page's zone is refuted."""
    if not any(mark.is_wall for mark in page.marks):
        return list(page.marks), []
    zones, conflicts = _zones(page, _shown_zone(page))
    lent = [_lent(mark, page, zones) if mark.is_wall else mark for mark in page.marks]
    return _column(lent, page, zones), conflicts


def clocks_without_day(marks: Sequence[Mark], blocks: Sequence[Block]) -> list[time]:
    """Return the clocks that nothing could date, one an entry, in page order: they show which way the page runs."""
    found = {
        mark.block: mark.stated.clock
        for mark in marks
        if mark.is_clock_only and mark.stated is not None and mark.stated.clock is not None
        if mark.role in {Role.PUBLISHED, Role.SHOWN} and not blocks[mark.block].is_pinned
    }
    return [found[block] for block in sorted(found)]


def own_zone(mark: Mark, frame: Frame) -> tzinfo | None:
    """Return the zone that a clock states itself, or None."""
    if mark.stated is None or mark.stated.zone is None:
        return None
    return zone_named(mark.stated.zone, frame.zone)


def _shown_zone(page: Undated) -> timezone | None:
    clocks = {
        mark.block: mark.stated.clock
        for mark in page.marks
        if mark.is_wall and mark.role in {Role.PUBLISHED, Role.SHOWN} and mark.stated and mark.stated.clock
        if mark.stated.zone is None or mark.zone is not None
    }
    return zone_shown(clocks, page.known)


def _zones(page: Undated, shown: timezone | None) -> tuple[tuple[tzinfo, ...], list[Conflict]]:
    """Return the zones to try: what the clocks themselves show, unless the page's zone says the same."""
    if shown is None:
        return page.frame.zones, []
    instants = [at for one in page.known if (at := one.at or one.created) is not None]
    agreeing = [zone for zone in page.frame.zones if all(_offset(zone, at) == shown.utcoffset(None) for at in instants)]
    if agreeing or not page.frame.is_zone_stated:
        return tuple(agreeing[:1]) or (shown,), []
    why = "the entries' better clocks or ids show another offset"
    return (shown,), [Conflict(where="page", about="zone", kept=str(shown), other=str(page.frame.zone), why=why)]


def _offset(zone: tzinfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _lent(mark: Mark, page: Undated, zones: Sequence[tzinfo]) -> Mark:
    """Date a clock by what else is known of its entry; one that has its day gets the zone that the page shows."""
    stated = mark.stated
    if stated is None or stated.clock is None:
        return mark
    own = own_zone(mark, page.frame)
    if own is not None and (mark.zone is None or not zones):
        zones = (own,)
    if not mark.is_clock_only:
        return _in_zones(mark, stated, page.frame, zones) if own is None else mark
    found = [one for zone in zones for one in nearest(stated.clock, page.known[mark.block], zone)]
    return _spanned(mark, (min(found), max(found)), page.frame) if found else mark


def _in_zones(mark: Mark, stated: Stated, frame: Frame, zones: Sequence[tzinfo]) -> Mark:
    if tuple(zones) == frame.zones or stated.ago is not None:
        return mark
    try:
        dating = resolve(stated, replace(frame, zones=tuple(zones)), mark.basis, mark.dating.stated or "")
    except DatingError:
        return mark
    return redated(mark, dating)


def _spanned(mark: Mark, bounds: Bounds, frame: Frame) -> Mark:
    """Give a clock the bounds that were found for it; exact where they are one instant."""
    first, last = bounds
    if mark.stated is None or (first is None and last is None):
        return mark
    words = mark.dating.stated or ""
    if first is not None and last is not None:
        try:
            dating = span((first, last), mark.stated, frame, mark.basis, words)
        except DatingError:
            return mark
    else:
        dating = Dating(
            earliest=utc(first) if first else None,
            latest=utc(last + timedelta(minutes=1)) if last else None,
            precision=Precision.BOUNDED,
            basis=mark.basis,
            stated=words,
        )
    return redated(mark, dating)


def _column(marks: Sequence[Mark], page: Undated, zones: Sequence[tzinfo]) -> list[Mark]:
    waiting = {place: mark for place, mark in enumerate(marks) if _waits(mark, page)}
    if not waiting:
        return list(marks)
    try_zones = _column_zones(list(waiting.values()), page.frame) or tuple(zones) or ANY_ZONE
    found: list[Mapping[int, Bounds]] = []
    for zone in try_zones:
        found += _in_zone(marks, waiting, page, zone)
    result = list(marks)
    for place, mark in waiting.items():
        bounds = [each[mark.block] for each in found if mark.block in each]
        if bounds:
            held = united(bounds)
            result[place] = _spanned(mark, held if try_zones is not ANY_ZONE else _wider(held), page.frame)
    return result


def _wider(bounds: Bounds) -> Bounds:
    """Allow for a change to or from summer time that a zone nobody knows may have made meanwhile."""
    first, last = bounds
    return (first - _HOUR if first else None, last + _HOUR if last else None)


def _waits(mark: Mark, page: Undated) -> bool:
    block = page.blocks[mark.block]
    return mark.is_clock_only and mark.role in {Role.PUBLISHED, Role.SHOWN} and not block.is_pinned


def _column_zones(waiting: Sequence[Mark], frame: Frame) -> tuple[tzinfo, ...]:
    """Return the zone that the column's clocks state: the commonest, into which the others are turned."""
    stated = [zone for mark in waiting if mark.zone is None and (zone := own_zone(mark, frame)) is not None]
    return (max(set(stated), key=stated.count),) if stated else ()


def _in_zone(
    marks: Sequence[Mark], waiting: Mapping[int, Mark], page: Undated, zone: tzinfo
) -> list[Mapping[int, Bounds]]:
    rows = _rows(marks, waiting, page, zone)
    found: list[Mapping[int, Bounds]] = []
    for newest_first in ways_of(page.order, list(rows.values()), page.headings):
        column = Column(
            rows=tuple(rows.values()),
            places=tuple(rows),
            headings=tuple(page.headings),
            newest_first=newest_first,
        )
        bounds = placed(column, page.limits, zone)
        if bounds is not None:
            found.append(dict(zip(rows, bounds, strict=True)))
    return found


def _rows(marks: Sequence[Mark], waiting: Mapping[int, Mark], page: Undated, zone: tzinfo) -> dict[int, Row]:
    """Return one row an entry, in page order: the clocks that wait, and the dated ones that hold the walk."""
    rows: dict[int, Row] = {}
    for place, mark in enumerate(marks):
        if mark.role not in {Role.PUBLISHED, Role.SHOWN} or page.blocks[mark.block].is_pinned:
            continue
        row = _waiting_row(mark, page, zone) if place in waiting else _dated_row(mark, zone)
        if row is not None and (mark.block not in rows or row.day is not None):
            rows[mark.block] = row
    return dict(sorted(rows.items()))


def _waiting_row(mark: Mark, page: Undated, zone: tzinfo) -> Row | None:
    if mark.stated is None or mark.stated.clock is None:
        return None
    own = own_zone(mark, page.frame) if mark.zone is None else None
    if own is None or own == zone:
        return Row(clock=mark.stated.clock)
    return Row(clock=_turned(mark.stated.clock, own, zone, page.limits))


def _turned(clock: time, own: tzinfo, zone: tzinfo, limits: Limits) -> time:
    """Turn a clock of one zone into another's, on a day near the page's own."""
    near = limits.published or limits.modified or limits.captured or _SOME_DAY
    local = datetime.combine(near.date(), clock, tzinfo=own)
    return local.astimezone(zone).time()


def _dated_row(mark: Mark, zone: tzinfo) -> Row | None:
    """Make a row of a clock whose day is known: exactly, or on its own wall."""
    if mark.is_exact and mark.dating.at is not None:
        local = mark.dating.at.astimezone(zone)
        return Row(clock=local.time(), day=local.date())
    stated = mark.stated
    if stated is None or stated.clock is None or stated.day is None or stated.swapped is not None:
        return None
    return Row(clock=stated.clock, day=stated.day)

"""The clocks of a page that state no day: gathered, put into one zone, and dated by what is there.

An entry's own better clock or its id lends the day (:mod:`dateline.dating.lent`); what is left is dated as a column
(:mod:`dateline.dating.rollover`), for every zone that the page may be in. Where all zones and all readings of the
page agree on an instant it is exact, else the entry is bounded by all of them. Pinned entries stand outside the
column: their place tells nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta, timezone, tzinfo

from dateline.dating.columns import Undated, columns_in, depends_on_zone, own_zone, waits, zones_stated
from dateline.dating.frame import Frame
from dateline.dating.lent import nearest, zone_shown
from dateline.dating.marks import Mark, redated
from dateline.dating.rollover import Bounds, Column, placed, united
from dateline.dating.spans import resolve, span, utc
from dateline.dating.stated import Stated
from dateline.errors import DatingError
from dateline.model import Block, Conflict, Dating, Precision, Role

ANY_ZONE: tuple[tzinfo, ...] = tuple(timezone(timedelta(hours=hours)) for hours in range(-12, 15, 2))
"""Offsets that stand for all in civil use, for clocks of which nothing is known."""

_BETWEEN = timedelta(hours=3)
"""Two hours lie between these, and a clock's day may change anywhere between; summer time moves one more."""


def date_clocks(page: Undated) -> tuple[list[Mark], list[Conflict]]:
    """Date each clock that states no day as well as the page allows; say where the page's zone is refuted."""
    if not any(mark.is_wall for mark in page.marks):
        return list(page.marks), []
    zones, conflicts = _zones(page, _shown_zone(page))
    lent = [_lent(mark, page, zones) if mark.is_wall else mark for mark in page.marks]
    return _in_column(lent, page, zones), conflicts


def clocks_without_day(marks: Sequence[Mark], blocks: Sequence[Block]) -> list[time]:
    """Return the clocks that nothing could date, one an entry, in page order: they show which way the page runs."""
    found = {
        mark.block: mark.stated.clock
        for mark in marks
        if mark.is_clock_only and mark.stated is not None and mark.stated.clock is not None
        if mark.role in {Role.PUBLISHED, Role.SHOWN} and not blocks[mark.block].is_pinned
    }
    return [found[block] for block in sorted(found)]


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


def _in_column(marks: Sequence[Mark], page: Undated, zones: Sequence[tzinfo]) -> list[Mark]:
    """Date the clocks that still wait by their places on the page."""
    waiting = {place: mark for place, mark in enumerate(marks) if waits(mark, page)}
    if not waiting:
        return list(marks)
    try_zones = zones_stated(list(waiting.values()), page.frame) or tuple(zones) or ANY_ZONE
    found = list(_placed(marks, waiting, page, try_zones))
    result = list(marks)
    for place, mark in waiting.items():
        bounds = [each[mark.block] for each in found if mark.block in each]
        if bounds:
            held = united(bounds)
            result[place] = _spanned(mark, held if try_zones is not ANY_ZONE else _wider(held), page.frame)
    return result


def _placed(
    marks: Sequence[Mark], waiting: Mapping[int, Mark], page: Undated, zones: Sequence[tzinfo]
) -> Iterator[Mapping[int, Bounds]]:
    """Yield the bounds of each entry, for each zone and each way in which the page may run."""
    columns: list[Column] = []
    for zone in zones:
        if not columns or depends_on_zone(marks, page):
            columns = columns_in(marks, waiting, page, zone)
        for column in columns:
            bounds = placed(column, page.limits, zone)
            if bounds is not None:
                yield dict(zip(column.places, bounds, strict=True))


def _wider(bounds: Bounds) -> Bounds:
    """Allow for the offsets between those tried, and for a change to or from summer time meanwhile."""
    first, last = bounds
    return (first - _BETWEEN if first else None, last + _BETWEEN if last else None)

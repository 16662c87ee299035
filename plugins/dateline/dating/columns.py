"""The column of clocks that a page shows: one row an entry, those that wait and those that hold the walk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, tzinfo

from dateline.dating.direction import ways_of
from dateline.dating.frame import Frame
from dateline.dating.headings import Heading
from dateline.dating.lent import Known
from dateline.dating.marks import Mark
from dateline.dating.rollover import Column, Limits
from dateline.dating.walk import Row
from dateline.dating.zones import zone_named
from dateline.model import Block, Order, Role

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


def own_zone(mark: Mark, frame: Frame) -> tzinfo | None:
    """Return the zone that a clock states itself, or None."""
    if mark.stated is None or mark.stated.zone is None:
        return None
    return zone_named(mark.stated.zone, frame.zone)


def waits(mark: Mark, page: Undated) -> bool:
    """Say whether a clock can only be dated by its place: it has no day, and its entry is not pinned."""
    block = page.blocks[mark.block]
    return mark.is_clock_only and mark.role in {Role.PUBLISHED, Role.SHOWN} and not block.is_pinned


def zones_stated(waiting: Sequence[Mark], frame: Frame) -> tuple[tzinfo, ...]:
    """Return the zone that the column's clocks state: the commonest, into which the others are turned."""
    stated = [zone for mark in waiting if mark.zone is None and (zone := own_zone(mark, frame)) is not None]
    return (max(set(stated), key=stated.count),) if stated else ()


def columns_in(marks: Sequence[Mark], waiting: Mapping[int, Mark], page: Undated, zone: tzinfo) -> list[Column]:
    """Return the column of a page's clocks in a zone, once for each way in which the page may run."""
    rows = _rows(marks, waiting, page, zone)
    return [
        Column(rows=tuple(rows.values()), places=tuple(rows), headings=tuple(page.headings), newest_first=newest_first)
        for newest_first in ways_of(page.order, list(rows.values()), page.headings)
    ]


def depends_on_zone(marks: Sequence[Mark], page: Undated) -> bool:
    """Say whether the rows differ from zone to zone: instants do, bare clocks do not."""
    return any(mark.is_exact or own_zone(mark, page.frame) is not None for mark in marks)


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

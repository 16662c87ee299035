"""What one page states twice and differently: kept as evidence beside the time that is believed.

- two clocks of one entry that name instants more than a minute apart;
- a publication more than a minute before the creation that its id or another clock gives;
- a change more than a minute before the publication (a second or two is the machines' own disorder);
- a time after the capture, an hour that the night of the change to summer time never showed;
- a page that says it was last changed before its newest entry was published.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from dateline.dating.choice import best
from dateline.dating.frame import Frame
from dateline.dating.marks import Mark
from dateline.dating.spans import between, plain
from dateline.dating.zones import is_skipped, zone_named
from dateline.model import Conflict, Dating, Entry, Role

_MINUTE = timedelta(minutes=1)
_SKEW = timedelta(minutes=2)


def conflicts_of_entry(where: str, entry: Entry, marks: Sequence[Mark], frame: Frame) -> Iterator[Conflict]:
    """Name what an entry's clocks say against each other."""
    if len(marks) > 1:
        yield from _between_clocks(where, marks)
    yield from _out_of_turn(where, entry)
    yield from _impossible(where, entry.published, frame)
    for mark in marks:
        if _was_never_shown(mark, frame):
            yield _conflict(where, mark.role, mark.dating, mark.dating, "a night's change of clocks skipped this hour")


def conflicts_of_page(where: str, modified: Dating, entries: Iterable[Entry]) -> Iterator[Conflict]:
    """Name what a page's own clock says against its entries."""
    newest = max((entry.published.at for entry in entries if entry.published.at is not None), default=None)
    if newest is None or modified.latest is None or between(modified.latest, newest) <= _MINUTE:
        return
    yield Conflict(
        where=where,
        about="modified",
        kept=str(modified.stated),
        other=newest.isoformat(),
        why="the page says it was last changed before its newest entry was published",
    )


def _between_clocks(where: str, marks: Sequence[Mark]) -> Iterator[Conflict]:
    for role in (Role.CREATED, Role.PUBLISHED, Role.MODIFIED):
        speaking = [one for one in marks if one.role is role and one.is_exact]
        kept = best(speaking) if len(speaking) > 1 and _spread(speaking) > _MINUTE else None
        if kept is None:
            continue
        for other in speaking:
            if other is not kept and _apart(kept.dating, other.dating) > _MINUTE:
                yield _conflict(where, role, kept.dating, other.dating, f"{kept.basis} and {other.basis} disagree")


def _spread(marks: Sequence[Mark]) -> timedelta:
    """Return how far apart the marks' instants lie at most: nearly always nothing, and cheap to see."""
    instants = [one.dating.at for one in marks if one.dating.at is not None]
    return between(min(instants), max(instants))


def _apart(one: Dating, other: Dating) -> timedelta:
    """Return the distance between two spans, zero where they touch."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return timedelta()
    return max(between(other.latest, one.earliest), between(one.latest, other.earliest), timedelta())


def _out_of_turn(where: str, entry: Entry) -> Iterator[Conflict]:
    published, created, modified = entry.published, entry.created, entry.modified
    if _precedes(published, created):
        yield _conflict(where, Role.PUBLISHED, published, created, "published before it was created")
    if _precedes(modified, published):
        yield _conflict(where, Role.MODIFIED, modified, published, "changed before it was published")


def _precedes(one: Dating, other: Dating) -> bool:
    """Say whether one instant lies more than a minute before another."""
    if one.at is None or other.at is None:
        return False
    return between(one.latest or one.at, other.at) > _MINUTE


def _impossible(where: str, published: Dating, frame: Frame) -> Iterator[Conflict]:
    captured = frame.captured_at
    if captured is not None and published.at is not None and between(captured, published.at) > _SKEW:
        yield Conflict(
            where=where,
            about=Role.PUBLISHED,
            kept=str(published.stated),
            other=captured.isoformat(),
            why="dated after its capture",
        )


def _was_never_shown(mark: Mark, frame: Frame) -> bool:
    stated, at = mark.stated, mark.dating.at
    if stated is None or stated.clock is None or stated.instant is not None or at is None or not mark.is_exact:
        return False
    zone = _zone_of(mark, frame)
    return isinstance(zone, ZoneInfo) and _skipped_near(at, stated.clock.replace(second=0), zone)


def _zone_of(mark: Mark, frame: Frame) -> tzinfo | None:
    stated = mark.stated
    return zone_named(stated.zone, frame.zone) if stated is not None and stated.zone else frame.zone


def _skipped_near(at: datetime, clock: time, zone: ZoneInfo) -> bool:
    local = plain(at).astimezone(zone)
    if local.time().replace(second=0, microsecond=0) == clock:
        return False
    return is_skipped(datetime.combine(local.date(), clock), zone)


def _conflict(where: str, about: str, kept: Dating, other: Dating, why: str) -> Conflict:
    return Conflict(where=where, about=about, kept=str(kept.stated), other=str(other.stated), why=why)

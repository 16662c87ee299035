"""False zones: clocks of one channel that are off by the same whole hours from a channel that is better founded, or from the ids.

Some pages write ``Z`` behind a wall clock. The sign is a constant gap: the same multiple of a quarter of an hour (not zero) between the two channels on nine in ten
of at least three entries. The better founded channel is the one that the ids' creation times do not contradict; then an epoch number,
then a clock with an offset that is not zero, then one that says ``Z``, then one whose zone the page lends; then JSON-LD before markup.

Against ids the gap is a floor, not a constant, since publication follows creation by minutes, rarely by two hours. A publication before its
creation is impossible, so a negative gap shows with three entries; a positive one needs five, none of them below
it, and a median that lies within twenty minutes above it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dateline.dating.ids import EARLY
from dateline.dating.marks import Mark
from dateline.dating.spans import between, utc
from dateline.model import Basis, Conflict, Dating, Role

QUARTER = timedelta(minutes=15)
ZERO = timedelta()
_NEAR = timedelta(seconds=90)
_USUAL_LAG = timedelta(minutes=20)
_HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Channel:
    """Clocks that one hand wrote: one role, one basis, and either epochs or wall clocks."""

    role: Role
    basis: Basis
    is_epoch: bool


def mend_false_zones(marks: Sequence[Mark], created: Sequence[datetime | None]) -> tuple[list[Mark], list[Conflict]]:
    """Move the channels whose zone is false by their gap; say which, and by how much."""
    channels = _channels(marks)
    gaps = {channel: _gap_to_ids(times, created) for channel, times in channels.items()}
    ranked = sorted(channels, key=lambda one: _standing(one, gaps[one], marks))
    shifts: dict[Channel, timedelta] = {}
    for number, channel in enumerate(ranked):
        references = [_moved(channels[better], shifts.get(better, ZERO)) for better in ranked[:number]]
        gap = gaps[channel] or next(
            (found for one in references if (found := constant_gap(channels[channel], one)) is not None), None
        )
        if gap:
            shifts[channel] = gap
    return _mended(marks, shifts), [_conflict(channel, gap) for channel, gap in shifts.items()]


def constant_gap(times: Mapping[int, datetime], better: Mapping[int, datetime]) -> timedelta | None:
    """Return by how much a channel runs ahead of a better one, if it does so constantly on three entries; zero if they agree."""
    gaps = [between(better[block], times[block]) for block in times.keys() & better.keys()]
    if len(gaps) < 3:
        return None
    rounded = [round(gap / QUARTER) * QUARTER for gap in gaps]
    usual = max(set(rounded), key=rounded.count)
    agreeing = sum(1 for gap in gaps if abs(gap - usual) <= _NEAR)
    return usual if agreeing >= 0.9 * len(gaps) else None


def gap_to_creation(lags: Sequence[timedelta]) -> timedelta | None:
    """Return the false offset that a page's lags of publication behind creation show; zero for sound ones, None where they do not tell."""
    if len(lags) < 3:
        return None
    ordered = sorted(lags)
    floor = ordered[len(ordered) // 20]  # one in twenty may be an oddity
    gap = (floor + EARLY) // _HALF_HOUR * _HALF_HOUR
    if gap == ZERO:
        return ZERO
    if ordered[len(ordered) // 2] - gap > _USUAL_LAG or abs(gap) > timedelta(hours=14):
        return None
    return gap if gap < ZERO or len(lags) >= 5 else None


def _channels(marks: Sequence[Mark]) -> dict[Channel, dict[int, datetime]]:
    """Gather each channel's times of publication by entry."""
    found: dict[Channel, dict[int, datetime]] = {}
    for mark in marks:
        if mark.role is Role.PUBLISHED and mark.is_exact and mark.dating.at is not None:
            found.setdefault(_channel(mark), {}).setdefault(mark.block, mark.dating.at)
    return found


def _channel(mark: Mark) -> Channel:
    return Channel(mark.role, mark.basis, mark.stated is not None and mark.stated.clock is None)


def _gap_to_ids(times: Mapping[int, datetime], created: Sequence[datetime | None]) -> timedelta | None:
    return gap_to_creation([between(born, at) for block, at in times.items() if (born := created[block]) is not None])


def _standing(channel: Channel, gap: timedelta | None, marks: Sequence[Mark]) -> tuple[int, int, int]:
    """Rank a channel, the best founded first."""
    zones = {mark.stated.zone for mark in marks if mark.stated is not None and _channel(mark) == channel}
    by_ids = 0 if gap == ZERO else 2 if gap else 1
    return by_ids, _zone_standing(channel, zones), list(Basis).index(channel.basis)


def _zone_standing(channel: Channel, zones: Iterable[str | None]) -> int:
    if channel.is_epoch:
        return 0
    known = {zone for zone in zones if zone}
    if not known:
        return 3
    return 2 if known <= {"Z", "z", "+00:00", "+0000", "GMT", "UTC"} else 1


def _moved(times: Mapping[int, datetime], gap: timedelta) -> dict[int, datetime]:
    return {block: at - gap for block, at in times.items()}


def _mended(marks: Sequence[Mark], shifts: Mapping[Channel, timedelta]) -> list[Mark]:
    """Move a channel's publications, and the other wall clocks of the same hand."""
    if not shifts:
        return list(marks)
    by_hand = {(one.basis, one.is_epoch): gap for one, gap in shifts.items()}
    return [_shifted(mark, by_hand.get((mark.basis, _channel(mark).is_epoch))) for mark in marks]


def _shifted(mark: Mark, gap: timedelta | None) -> Mark:
    if gap is None or not mark.is_exact:
        return mark
    return replace(mark, dating=moved_back(mark.dating, gap))


def moved_back(dating: Dating, gap: timedelta) -> Dating:
    """Return the dating moved back by a gap."""
    at, earliest, latest = (utc(one - gap) if one else None for one in (dating.at, dating.earliest, dating.latest))
    return replace(dating, at=at, earliest=earliest, latest=latest)


def _conflict(channel: Channel, gap: timedelta) -> Conflict:
    minutes = int(gap.total_seconds() // 60)
    return Conflict(
        where=f"every {channel.role} of {channel.basis}",
        about=channel.role,
        kept=f"moved by {-minutes:+d} minutes",
        other="as stated",
        why="a constant gap to a better founded clock: a local time under a false zone",
    )

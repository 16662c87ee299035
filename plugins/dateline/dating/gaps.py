"""False zones: clocks of one channel that are constantly off from a better founded one, or from the ids.

Some pages write ``Z`` behind a wall clock. The sign is a constant gap: the same multiple of a quarter of an hour
(not zero) between the two channels on nine in ten of at least three entries. The better founded channel is the one
that the ids' creation times do not contradict; then an epoch number, then a clock with an offset that is not zero,
then one that says ``Z``, then one whose zone the page lends; then JSON-LD before markup.

Against ids the gap is a floor, not a constant, since publication follows creation by minutes, rarely by two hours.
A publication before its creation is impossible, so a negative gap shows with three entries; a positive one needs
five, none of them below it, and a median that lies within twenty minutes above it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dateline.dating.ids import EARLY
from dateline.dating.marks import Mark
from dateline.dating.spans import between, plain, utc
from dateline.model import Basis, Conflict, Dating, Role

QUARTER = timedelta(minutes=15)
ZERO = timedelta()
_NEAR = timedelta(seconds=90)
_USUAL_LAG = timedelta(minutes=20)
_HALF_HOUR = timedelta(minutes=30)


@dataclass(slots=True)
class Channel:
    """The publications, or shown times, that one hand wrote: one basis, and either epochs or wall clocks, by entry."""

    role: Role
    basis: Basis
    is_epoch: bool
    times: dict[int, datetime] = field(default_factory=dict)
    zones: set[str | None] = field(default_factory=set)
    gap: timedelta = ZERO


def mend_false_zones(marks: Sequence[Mark], created: Sequence[datetime | None]) -> tuple[list[Mark], list[Conflict]]:
    """Move the channels whose zone is false by their gap; say which, and by how much."""
    channels = _channels(marks)
    by_ids = [_gap_to_ids(one.times, created) if one.role is Role.PUBLISHED else None for one in channels]
    ranked = sorted(zip(channels, by_ids, strict=True), key=lambda one: _standing(*one))
    for number, (channel, gap) in enumerate(ranked):
        found = gap or _first_gap(channel, [better for better, _ in ranked[:number]])
        if found:
            channel.gap = found
    false = [channel for channel in channels if channel.gap]
    return _mended(marks, false), [_conflict(channel) for channel in false]


def _first_gap(channel: Channel, better: Iterable[Channel]) -> timedelta | None:
    for one in better:
        gap = constant_gap(channel.times, {block: at - one.gap for block, at in one.times.items()})
        if gap is not None:
            return gap
    return None


def constant_gap(times: Mapping[int, datetime], better: Mapping[int, datetime]) -> timedelta | None:
    """Return by how much a channel constantly runs ahead of a better one; None without three entries that say so."""
    gaps = [between(better[block], times[block]) for block in times.keys() & better.keys()]
    if len(gaps) < 3:
        return None
    rounded = [round(gap / QUARTER) * QUARTER for gap in gaps]
    usual = max(set(rounded), key=rounded.count)
    agreeing = sum(1 for gap in gaps if abs(gap - usual) <= _NEAR)
    return usual if agreeing >= 0.9 * len(gaps) else None


def gap_to_creation(lags: Sequence[timedelta]) -> timedelta | None:
    """Return the false offset that lags of publication behind creation show: zero for sound ones, None for no proof."""
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


def _channels(marks: Sequence[Mark]) -> list[Channel]:
    """Gather each channel's times of publication by entry."""
    found: list[Channel] = []
    for mark in marks:
        if mark.role is not Role.PUBLISHED and mark.role is not Role.SHOWN:
            continue
        if not mark.is_exact or mark.dating.at is None or mark.stated is None:
            continue
        channel = _of(mark, found)
        if channel is None:
            channel = Channel(mark.role, mark.basis, mark.stated.clock is None)
            found.append(channel)
        channel.times.setdefault(mark.block, mark.stated.instant or plain(mark.dating.at))
        channel.zones.add(mark.stated.zone)
    return found


def _of(mark: Mark, channels: Iterable[Channel]) -> Channel | None:
    """Find the hand that wrote a clock; times of change and of creation are written by the hand of publication."""
    is_epoch = mark.stated is not None and mark.stated.clock is None
    is_shown = mark.role is Role.SHOWN
    for one in channels:
        if one.basis is mark.basis and one.is_epoch == is_epoch and (one.role is Role.SHOWN) == is_shown:
            return one
    return None


def _gap_to_ids(times: Mapping[int, datetime], created: Sequence[datetime | None]) -> timedelta | None:
    return gap_to_creation([between(born, at) for block, at in times.items() if (born := created[block]) is not None])


def _standing(channel: Channel, gap: timedelta | None) -> tuple[bool, int, int, int]:
    """Rank a channel, the best founded first; what is shown proves nothing about what is published."""
    by_ids = 0 if gap == ZERO else 2 if gap else 1
    return channel.role is Role.SHOWN, by_ids, _zone_standing(channel), list(Basis).index(channel.basis)


def _zone_standing(channel: Channel) -> int:
    if channel.is_epoch:
        return 0
    known = {zone for zone in channel.zones if zone}
    if not known:
        return 3
    return 2 if known <= {"Z", "z", "+00:00", "+0000", "GMT", "UTC"} else 1


def _mended(marks: Sequence[Mark], false: Sequence[Channel]) -> list[Mark]:
    """Move a channel's publications, and the other clocks of the same hand."""
    if not false:
        return list(marks)
    return [
        replace(mark, dating=moved_back(mark.dating, channel.gap))
        if mark.is_exact and (channel := _of(mark, false)) is not None
        else mark
        for mark in marks
    ]


def moved_back(dating: Dating, gap: timedelta) -> Dating:
    """Return the dating moved back by a gap."""
    at, earliest, latest = (utc(one - gap) if one else None for one in (dating.at, dating.earliest, dating.latest))
    return replace(dating, at=at, earliest=earliest, latest=latest)


def _conflict(channel: Channel) -> Conflict:
    minutes = int(channel.gap.total_seconds() // 60)
    return Conflict(
        where=f"every {channel.role} of {channel.basis}",
        about=channel.role,
        kept=f"moved by {-minutes:+d} minutes",
        other="as stated",
        why="a constant gap to a better founded clock: a local time under a false zone",
    )

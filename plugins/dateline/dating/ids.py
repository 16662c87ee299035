"""Times that ids carry: Mongo ObjectIds, milliseconds, UUIDs of version 1, 6 and 7, ULIDs.

An id is believed only where the page's ids as a whole make sense: nine in ten of those of one kind lie between 2000
and a little after the capture, and more than half of them differ. Ids that count positions (``post1``) carry no
time; bare seconds of ten digits look like any counter and snowflakes differ in epoch from maker to maker, so
neither is read. Most ids tell when a post was *created*; publication follows by a median of two minutes and a 99th
percentile of two hours, and never comes a minute before.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from dateline.dating.frame import AHEAD, NEWEST

EARLY = timedelta(minutes=1)
"""How much a publication may seem to come before its id's creation: two machines' clocks."""

_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_OBJECT_ID = re.compile(r"(?<![0-9a-f])([0-9a-f]{24})(?![0-9a-f])", re.IGNORECASE)
_UUID = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-([167])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE
)
_ULID = re.compile(r"(?<![0-9A-Za-z])([0-7][0-9A-HJKMNP-TV-Z]{25})(?![0-9A-Za-z])")
_MILLISECONDS = re.compile(r"(?<!\d)(1\d{12})(?!\d)")
_CROCKFORD = {letter: value for value, letter in enumerate("0123456789ABCDEFGHJKMNPQRSTVWXYZ")}
_GREGORIAN = datetime(1582, 10, 15, tzinfo=UTC)


def created_by_ids(anchors: Sequence[str | None], captured_at: datetime | None) -> list[datetime | None]:
    """Read the time that each anchor carries; all None where the page's ids do not make sense as times."""
    newest = captured_at + AHEAD if captured_at else NEWEST
    for read in _READERS:
        found = [read(anchor) if anchor else None for anchor in anchors]
        if _make_sense([one for one in found if one is not None], newest):
            return [one if one is not None and _FIRST <= one <= newest else None for one in found]
    return [None] * len(anchors)


def is_epoch(anchor: str | None) -> bool:
    """Say whether an anchor holds milliseconds: some desks put the publication, not the creation, there."""
    return anchor is not None and _MILLISECONDS.search(anchor) is not None


def _make_sense(times: Sequence[datetime], newest: datetime) -> bool:
    plausible = [one for one in times if _FIRST <= one <= newest]
    if not times or len(plausible) < 0.9 * len(times):
        return False
    return len(times) < 3 or len(set(plausible)) * 2 > len(plausible)


def _object_id(anchor: str) -> datetime | None:
    match = _OBJECT_ID.search(anchor)
    return datetime.fromtimestamp(int(match[1][:8], 16), UTC) if match else None


def _uuid(anchor: str) -> datetime | None:
    match = _UUID.search(anchor)
    if match is None:
        return None
    if match[1] == "7":
        return _from_milliseconds(UUID(match[0]).int >> 80)
    value = UUID(match[0])
    ticks = value.time if match[1] == "1" else _version_six(value)
    return _GREGORIAN + timedelta(microseconds=ticks // 10)


def _version_six(value: UUID) -> int:
    return (value.time_low << 28) | (value.time_mid << 12) | (value.time_hi_version & 0x0FFF)


def _ulid(anchor: str) -> datetime | None:
    match = _ULID.search(anchor)
    if match is None:
        return None
    value = 0
    for letter in match[1][:10]:
        value = value * 32 + _CROCKFORD[letter]
    return _from_milliseconds(value)


def _milliseconds(anchor: str) -> datetime | None:
    match = _MILLISECONDS.search(anchor)
    return _from_milliseconds(int(match[1])) if match else None


def _from_milliseconds(value: int) -> datetime | None:
    if value > 4_102_444_800_000:  # the year 2100
        return None
    return datetime.fromtimestamp(value // 1000, UTC) + timedelta(milliseconds=value % 1000)


_READERS: tuple[Callable[[str], datetime | None], ...] = (_object_id, _uuid, _ulid, _milliseconds)

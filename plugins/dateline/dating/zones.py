"""Which zone a clock is in: offsets, IANA names, abbreviations, and what is possible where none is stated.

An abbreviation means what it means in the zone of the page, if that zone uses it: ``IST`` is +05:30 on an Indian
page, +01:00 on an Irish one, +02:00 on an Israeli one. Elsewhere a table of those with one meaning decides (those
of RFC 822 have the meaning that the standard gives them); the rest (``IST``, ``AST``, ``SST`` …) is unknown, never
a guess. A wall clock in the hour that a night repeats names two instants, one in the hour that a night skips names
the instant to which clocks were moved.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from dateline.dating.zone_names import AMBIGUOUS, IANA, OFFSETS, SHORT, UNIVERSAL

EARLIEST_OFFSET, LATEST_OFFSET = timedelta(hours=-12), timedelta(hours=14)
"""Every civil offset lies between these: what a clock without a zone can still mean."""

_OFFSET = re.compile(
    r"(?:GMT|UTC|UT|Z)?\s*([+\-\u2212\u2013])\s*(\d{1,2})(?::?([0-5]\d))?(?::?[0-5]\d)?", re.IGNORECASE
)

LONG_NAME = re.compile(
    rf"(?:{'|'.join(sorted((re.escape(name) for name in (*SHORT, *IANA) if ' ' in name), key=len, reverse=True))})"
    r"(?![^\W_])",
    re.IGNORECASE,
)
"""A zone in words, the longest first."""


def is_zone(word: str) -> bool:
    """Say whether a word names a zone, be it one that needs the page to tell which."""
    lowered = word.lower()
    return any(lowered in known for known in (OFFSETS, IANA, SHORT, AMBIGUOUS)) or _iana(word) is not None


@cache
def zone_named(word: str, near: tzinfo | None = None) -> tzinfo | None:
    """Return the zone that a word or offset names on a page whose own zone is ``near``; None where it stays open.

    >>> zone_named("+0530").utcoffset(None)
    datetime.timedelta(seconds=19800)
    >>> zone_named("IST") is None, zone_named("IST", ZoneInfo("Asia/Kolkata")).utcoffset(None)
    (True, datetime.timedelta(seconds=19800))
    """
    word = word.strip(" ()[]")
    match = _OFFSET.fullmatch(word)
    if match:
        return _offset(match)
    lowered = " ".join(word.lower().split())
    lowered = SHORT.get(lowered, lowered)
    local = _as_used_in(near, lowered)
    if local is not None:
        return local
    return OFFSETS.get(lowered) or _iana(IANA.get(lowered, word))


def fixed_offset(word: str) -> tzinfo | None:
    """Return the offset that a word states whatever the page: +05:30, GMT, UTC."""
    match = _OFFSET.fullmatch(word.strip(" ()[]"))
    if match:
        return _offset(match)
    return UTC if word.lower() in UNIVERSAL else None


def instants(local: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """Return the instants (UTC) that a wall clock can mean in a zone, in order: one, or two in a repeated hour."""
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if isinstance(zone, timezone):
        return (first,)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return (first, second) if first < second else (first,)


def is_skipped(local: datetime, zone: tzinfo) -> bool:
    """Say whether a zone's clocks never showed this time: they were moved forward over it."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local


def range_of(local: datetime, zones: Iterable[tzinfo]) -> tuple[datetime, datetime]:
    """Return the first and the last instant that a wall clock can mean in any of the zones; no zones: anywhere."""
    found = [instant for zone in zones for instant in instants(local, zone)]
    if found:
        return min(found), max(found)
    anywhere = local.replace(tzinfo=UTC)
    return anywhere - LATEST_OFFSET, anywhere - EARLIEST_OFFSET


def _offset(match: re.Match[str]) -> tzinfo | None:
    sign = 1 if match[1] == "+" else -1
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if not EARLIEST_OFFSET <= sign * size <= LATEST_OFFSET:
        return None
    return timezone(sign * size) if size else UTC


@cache
def _as_used_in(zone: tzinfo | None, abbreviation: str) -> tzinfo | None:
    """Find the offset that a zone itself calls so, in winter or in summer."""
    if not isinstance(zone, ZoneInfo):
        return None
    for month in (1, 7):
        moment = datetime(2020, month, 1, tzinfo=zone)
        name = (moment.tzname() or "").lower()
        if name == abbreviation or (len(abbreviation) == 3 and name == "a" + abbreviation):  # Australia's EST is AEST
            return timezone(moment.utcoffset() or timedelta())
    return None


@cache
def _iana(name: str) -> ZoneInfo | None:
    """Return the zone of the IANA database of that name; only names with a place in them count."""
    if "/" not in name or not re.fullmatch(r"[A-Za-z]+(?:/[A-Za-z0-9_+\-]+){1,2}", name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None

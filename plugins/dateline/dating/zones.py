"""Which zone a clock is in: offsets, IANA names, abbreviations, and what is possible where none is stated.

An abbreviation means what it means in the zone of the page, if that zone uses it: ``IST`` is +05:30 on an Indian
page, +01:00 on an Irish one, +02:00 on an Israeli one. Elsewhere a table of those with one meaning decides (those of
RFC 822 have the meaning that the standard gives them); the rest (``IST``, ``AST``, ``SST`` …) is unknown, never a guess.
A wall clock in the hour that a night repeats names two instants, one in the hour that a night skips names the
instant to which clocks were moved.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

EARLIEST_OFFSET, LATEST_OFFSET = timedelta(hours=-12), timedelta(hours=14)
"""Every civil offset lies between these: what a clock without a zone can still mean."""

_OFFSET = re.compile(
    r"(?:GMT|UTC|UT|Z)?\s*([+\-\u2212\u2013])\s*(\d{1,2})(?::?([0-5]\d))?(?::?[0-5]\d)?", re.IGNORECASE
)

_HOURS: dict[str, float] = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "zulu": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "cedt": 2, "met": 1,
    "mest": 2, "mesz": 2, "mez": 1, "oez": 2, "oesz": 3, "seč": 1, "selč": 2, "eet": 2, "eest": 3, "msk": 3, "trt": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8,
    "hst": -10, "nst": -3.5, "ndt": -2.5, "adt": -3, "brt": -3, "art": -3, "clt": -4, "clst": -3, "pet": -5, "wat": 1,
    "cat": 2, "sast": 2, "eat": 3, "pkt": 5, "npt": 5.75, "mmt": 6.5, "ict": 7, "wib": 7, "wita": 8, "wit": 9, "sgt": 8,
    "hkt": 8, "myt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12,
    "nzdt": 13, "uzt": 5, "almt": 6, "get": 4, "azt": 4,
}  # fmt: skip

_PLACES = {
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "akt": "America/Anchorage", "uk": "Europe/London", "ire": "Europe/Dublin",
}  # fmt: skip

_NAMES = {
    "greenwich mean time": "gmt", "british summer time": "bst", "coordinated universal time": "utc", "universal time": "utc",
    "central european time": "cet", "central european summer time": "cest", "central european standard time": "cet",
    "eastern european time": "eet", "eastern european summer time": "eest", "eastern european standard time": "eet",
    "western european time": "wet", "western european summer time": "west", "moscow standard time": "msk", "moscow time": "msk",
    "eastern standard time": "est", "eastern daylight time": "edt", "eastern time": "et",
    "central standard time": "cst", "central daylight time": "cdt", "central time": "ct", "mountain time": "mt",
    "mountain standard time": "mst", "mountain daylight time": "mdt", "pacific time": "pt", "pacific standard time": "pst",
    "pacific daylight time": "pdt", "australian eastern standard time": "aest", "australian eastern daylight time": "aedt",
    "australian western standard time": "awst", "india standard time": "Asia/Kolkata", "indian standard time": "Asia/Kolkata",
    "irish standard time": "Europe/Dublin", "irish time": "Europe/Dublin", "israel standard time": "Asia/Jerusalem",
    "israel daylight time": "Asia/Jerusalem", "japan standard time": "jst", "singapore standard time": "sgt",
    "hong kong standard time": "hkt", "new zealand standard time": "nzst", "new zealand daylight time": "nzdt",
    "east africa time": "eat", "west africa time": "wat", "central africa time": "cat", "south africa standard time": "sast",
    "pakistan standard time": "pkt", "gulf standard time": "Asia/Dubai", "uk time": "uk", "london time": "uk", "uk": "uk",
    "new york time": "et", "paris time": "Europe/Paris", "heure de paris": "Europe/Paris", "berlin time": "Europe/Berlin",
    "mitteleuropäische zeit": "cet", "mitteleuropäische sommerzeit": "cest",
}  # fmt: skip
"""Zones in words, as BBC and others write them out."""

AMBIGUOUS = frozenset(["ist", "ast", "sst", "wst", "gst", "amt", "bdt", "ect", "pyt", "cot", "bt", "lt"])
"""Known abbreviations of several places: they need the page's zone."""

LONG_NAME = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})(?![^\W_])",
    re.IGNORECASE,
)
"""A zone in words, the longest first."""

_UNIVERSAL = frozenset({"z", "gmt", "utc", "ut", "zulu", "greenwich mean time", "coordinated universal time"})


def is_zone(word: str) -> bool:
    """Say whether a word names a zone, be it one that needs the page to tell which."""
    lowered = word.lower()
    return (
        lowered in _HOURS or lowered in _PLACES or lowered in _NAMES or lowered in AMBIGUOUS or _iana(word) is not None
    )


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
    lowered = _NAMES.get(lowered, lowered)
    local = _as_used_in(near, lowered)
    if local is not None:
        return local
    if lowered in _HOURS:
        return UTC if _HOURS[lowered] == 0 else timezone(timedelta(hours=_HOURS[lowered]))
    return _iana(_PLACES.get(lowered, word if "/" not in lowered else lowered if "/" not in word else word))


def fixed_offset(word: str) -> tzinfo | None:
    """Return the offset that a word states whatever the page: +05:30, GMT, UTC."""
    match = _OFFSET.fullmatch(word.strip(" ()[]"))
    if match:
        return _offset(match)
    return UTC if word.lower() in _UNIVERSAL else None


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

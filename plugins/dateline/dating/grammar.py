"""One stated time, as a string, to what it says: strict, and a refusal rather than a guess.

Machine shapes come first: ISO 8601, RFC 822 and 2822, epochs by their magnitude. Everything else goes through a
scan in which every piece must be known (a day, a clock, a zone, a weekday, an "ago", a filler word): one unknown
word and the string is refused with :class:`DatingError`. Libraries that guess read "1e9", "12" and "NaN" as dates
and drop zones they do not know; so only their tables of words are used here.

Two clocks glued together (``5.02pm GMT17:02``, ``21 mins ago11:48``) are one statement made twice: the first
absolute one counts. Seconds of 60 become 59, 24:00 is the next day's midnight, anything else out of range is
refused.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from dateline.dating.scan import scan
from dateline.dating.stated import MAX_LENGTH, Stated, clock_of
from dateline.dating.zones import zone_named
from dateline.errors import DatingError
from dateline.model import Precision

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt _](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?"
    r"\s?([Zz]|[+\-]\d\d(?::?\d\d)?)?(?:\[([A-Za-z_/]+)\])?"
)
_ISO_BASIC = re.compile(
    r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d{1,9})\d*)?)?([Zz]|[+\-]\d\d(?::?\d\d)?)?()"
)
_EPOCH = re.compile(r"(\d{9,10})(?:\.(\d{1,9}))?|(\d{13})|(\d{15,16})|(\d{18,19})")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_COMMENT = re.compile(r"([+-]\d\d:?\d\d) ?\([^()]*\)$")  # the zone's name after its offset, as RFC 2822 allows
_SPACES = re.compile(r"\s+")
_ODD = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u200e": "", "\u200f": "", "\ufeff": "", "\u2019": "'"}
)


YEARS = range(1900, 2200)
"""Years that a page may name; at the edges of the calendar a neighbouring day or zone would not exist."""


@lru_cache(maxsize=8192)
def parse(stated: str) -> Stated:
    """Read one stated time into its parts. Raises :class:`DatingError` where any piece of it is not understood.

    >>> parse("2024-03-02T21:43:18.345Z").instant.isoformat()
    '2024-03-02T21:43:18.345000+00:00'
    >>> parse("9:43PM").clock.isoformat()
    '21:43:00'
    >>> parse("published at 23:46 Greenwich Mean Time 2 March").month_day
    (3, 2)
    """
    if len(stated) > MAX_LENGTH:
        raise DatingError(f"{stated[:20]!r}…: {len(stated):,} characters, more than {MAX_LENGTH} are no date")
    text = _COMMENT.sub(r"\1", _SPACES.sub(" ", stated.translate(_ODD)).strip())
    try:
        found = _iso(text) or _compact(text) or _epoch(text) or scan(text)
    except (ValueError, OverflowError) as error:
        raise DatingError(f"{stated!r}: {error}") from error
    if found.day is not None and found.day.year not in YEARS:
        raise DatingError(f"{stated!r}: no page speaks of the year {found.day.year}")
    return found


def _iso(text: str) -> Stated | None:
    match = _ISO.fullmatch(text) or _ISO_BASIC.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset, place = match.groups()
    moment, carried = clock_of(int(hour), int(minute), int(second or 0), fraction)
    on = date(int(year), int(month), int(day)) + carried
    precision = Precision.SECOND if second else Precision.MINUTE
    zone = zone_named(offset) if offset else None
    if offset and zone is None:
        raise DatingError(f"{text!r}: {offset} is no offset")
    if zone is None:
        return Stated(precision=precision, day=on, clock=moment, zone=place, has_fraction=bool(fraction))
    instant = datetime.combine(on, moment, tzinfo=zone).astimezone(UTC)
    return Stated(precision=precision, instant=instant, day=on, clock=moment, zone=offset, has_fraction=bool(fraction))


def _compact(text: str) -> Stated | None:
    match = _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = match.groups()
    on = date(int(year), int(month), int(day))
    if hour is None:
        return Stated(precision=Precision.DAY, day=on)
    moment, carried = clock_of(int(hour), int(minute), int(second or 0))
    return Stated(precision=Precision.SECOND if second else Precision.MINUTE, day=on + carried, clock=moment)


def _epoch(text: str) -> Stated | None:
    match = _EPOCH.fullmatch(text)
    if match is None:
        return None
    seconds, fraction, milli, micro, nano = match.groups()
    whole, part = (
        (int(seconds), (fraction or "").ljust(6, "0")[:6])
        if seconds
        else _split(milli or micro or nano, 3 if milli else 6 if micro else 9)
    )
    instant = datetime.fromtimestamp(whole, UTC) + timedelta(microseconds=int(part))
    return Stated(precision=Precision.SECOND, instant=instant, has_fraction=bool(fraction) or not seconds, zone="Z")


def _split(digits: str, places: int) -> tuple[int, str]:
    return int(digits[:-places]), digits[-places:].ljust(6, "0")[:6]

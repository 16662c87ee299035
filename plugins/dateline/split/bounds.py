"""Bounds for the entries of a copy that lost its clocks and has no original: what date, order and text allow.

No instant is ever claimed. An entry cannot be newer than the copy that holds it: the document's date bounds it above.
The text adds two kinds, and only where its wording leaves no doubt on which side of the time the writer stood:

* something still to come, "today", at a clock with a zone (``is due to begin at 7am GMT today``): the entry is not
  newer than that clock on the document's last day;
* something reported of a weekday (``said on Thursday evening``), and not planned for it (``will be held on Thursday``,
  ``said the vote takes place on Thursday``): the entry is not older than the beginning of that part of the last such
  day before the document's date, wherever on earth it was written.

Entries in order lend each other these bounds.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pendulum
from pendulum import DateTime

from dateline.dating.grammar import parse
from dateline.dating.neighbours import bounded_by_neighbours
from dateline.dating.zones import instants, zone_named
from dateline.errors import DatingError
from dateline.model import Basis, Dating, Entry, Order, Precision, Reading

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS = {"morning": 4, "afternoon": 12, "evening": 16, "night": 18}
_EAST = timedelta(hours=14)  # the first place on earth where a day begins
_TO_COME = re.compile(
    r"\b(?:is|are) (?:set|due|expected|poised|scheduled|about) to\b(?P<between>[^.!?]{0,120}?)"
    r"(?P<clock>\b\d{1,2}(?:[.:]\d{2})? ?[ap]m (?:GMT|BST|UTC|CEST|CET|EDT|EST|PDT|PST|AEST|AEDT)\b)"
    r"(?P<behind>[^.!?]{0,60})"
)
_REPORTED = re.compile(
    r"\b(?:said|told|added|announced|confirmed|reported|warned|wrote|tweeted|arrived|died|began|ended|held|met)\b"
    rf"(?P<between>[^.!?]{{0,90}}?)\bon (?P<day>{'|'.join(_DAYS)})(?: (?P<part>{'|'.join(_PARTS)}))?"
    r"(?! last\b| week\b| next\b)"
)
_PLANNED = re.compile(r"\b(?:be|being)(?: \w+){0,3} $")  # to be (formally) held: that day may still come
_MOST_BEFORE = 80
_AHEAD = re.compile(
    r"\b(?:will|would|shall|should|could|can|may|might|must|to|next|last|until|before|by|if|when|due|planned|scheduled"
    r"|is|are|takes?|starts?|begins?|opens?|meets?)\b|['’]ll\b"
)


def bound(reading: Reading) -> Reading:
    """Bound the entries of a split copy that have no time of their own; every other reading comes back unchanged."""
    is_cut = any(one.boundary_probability is not None for one in reading.entries)
    last = reading.published.latest or reading.modified.latest
    if not is_cut or last is None:
        return reading
    newest = max(one for one in (reading.published.latest, reading.modified.latest) if one is not None)
    day = _day_of(reading)
    stated = [_from_text(entry, day, newest) if _is_open(entry) else entry.published for entry in reading.entries]
    times = bounded_by_neighbours(stated, reading.order if reading.order is not Order.EDITORIAL else Order.UNKNOWN)
    entries = tuple(replace(entry, published=time) for entry, time in zip(reading.entries, times, strict=True))
    return replace(reading, entries=entries)


def _is_open(entry: Entry) -> bool:
    return entry.published.precision is Precision.UNKNOWN


def _day_of(reading: Reading) -> DateTime | None:
    """Return the midnight that begins the document's day, as stated, zone aside."""
    known = reading.published if reading.published.at is not None else reading.modified
    return known.at.start_of("day") if known.at is not None else None


def _from_text(entry: Entry, day: DateTime | None, newest: DateTime) -> Dating:
    """Return what an entry's own words and the document's date say of its time."""
    latest, earliest = newest, None
    basis, stated = Basis.PAGE_DATE, None
    for at, words in _clocks_to_come(entry.text, day):
        if at < latest:
            latest, basis, stated = at, Basis.TEXT_CLOCK, words
    for at, words in _days_reported(entry.text, day):
        if at <= latest and (earliest is None or at > earliest):
            earliest, basis, stated = at, Basis.TEXT_CLOCK, words
    return Dating(earliest=earliest, latest=latest, precision=Precision.BOUNDED, basis=basis, stated=stated)


def _clocks_to_come(text: str, day: DateTime | None) -> Iterator[tuple[DateTime, str]]:
    """Yield the latest instants that clocks of things to come today can mean."""
    for match in _TO_COME.finditer(text):
        if day is None or "today" not in match["between"] + match["behind"]:
            continue
        try:
            stated = parse(match["clock"])
        except DatingError:
            continue
        zone = zone_named(stated.zone) if stated.zone else None
        if stated.clock is not None and zone is not None:
            at = instants(datetime.combine(day.date(), stated.clock), zone)[-1]
            yield pendulum.instance(at), match["clock"]


def _days_reported(text: str, day: DateTime | None) -> Iterator[tuple[DateTime, str]]:
    """Yield the earliest instants at which what is reported of a weekday can have been written."""
    for match in _REPORTED.finditer(text):
        before = text[max(0, match.start() - _MOST_BEFORE) : match.start()].lower()
        if day is None or _PLANNED.search(before) or _AHEAD.search(match["between"]):
            continue
        back = (day.weekday() - _DAYS.index(match["day"])) % 7
        begins = datetime.combine(
            day.date() - timedelta(days=back), time(_PARTS.get(match["part"] or "", 0)), tzinfo=UTC
        )
        words = f"on {match['day']}" + (f" {match['part']}" if match["part"] else "")
        yield pendulum.instance(begins - _EAST), words

"""The pieces of a time in words and figures, each found at a position of a text."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from dateline.dating.relative import relative_at
from dateline.dating.stated import clock_of
from dateline.dating.words import folded, listed, months, weekdays
from dateline.dating.zones import LONG_NAME, is_zone
from dateline.errors import DatingError
from dateline.model import Precision

__all__ = ["YEAR", "ClockPiece", "DayPiece", "clock_at", "day_at", "filler_at", "relative_at", "weekday_at", "zone_at"]

FILLERS = frozenset(
    listed("""
    published posted updated update first last modified created time date edited live since from the by of and
    at on local um am der den el la las los il le das à a às as alle ore kl klo kello o om op de del dal du em
    en e et und y i u w в г uur uhr น heures heure h hrs hora horas godz klokken klockan mis jour stand vom
    feira year года publié publiée veröffentlicht aktualisiert publicado publicada actualizado atualizado
    pubblicato aggiornato opublikowano aktualizacja опубликовано обновлено gepubliceerd bijgewerkt publicerad
    uppdaterad publisert oppdatert opdateret offentliggjort
    """)
)
"""Words beside a time that say nothing about it."""

YEAR = re.compile(r"(?:19|20)\d\d(?![\d:])")

_YMD = re.compile(
    r"(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)[Tt]?|(\d{4})[年년]\s?()(\d{1,2})[月월]\s?(\d{1,2})[日일]"
)
_YEAR_NAME_DAY = re.compile(r"(\d{4})[-/ ]([^\W\d_]+)[-/ ](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d:])")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?!\s?\d{4}|\d)|(\d{1,2})月\s?(\d{1,2})日")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|re|[ºª°])?[ .,\-/]*(?:(?:of|de|di) |d'|ta' )?([^\W\d_]+)"
    r"(?:[ .,\-/]*(?:(?:del?|г) )?(\d{4})(?![\d:])|(?:-|[. ]'|/)(\d{2})(?![\d:.h])|[ .](\d{2})(?= \d{1,2}:\d\d))?"
)
_MONTH_DAY = re.compile(
    r"([^\W\d_]+)[. \-/]{0,2}(\d{1,2})(?:st|nd|rd|th)?(?![\d:h]|\.\d|\s?[ap]\.?m)"
    r"(?:,?[ \-/]*(?:del? )?(\d{4})(?![\d:])|, ?'(\d{2})(?!\d))?"
)
_CLOCK = re.compile(
    r"(\d{1,2})(?:(?:[:時时]| ?h) ?(\d{1,2})(?::(\d{1,2})(?:[.,:](\d{1,9}))?)?|\.(\d{2})(?:\.(\d{2}))?(?![.\d]))?"
    r"(?:\s?(am|pm|a\. ?m\.?|p\. ?m\.?|μμ|πμ|π\.μ\.|μ\.μ\.)(?![^\W\d_])"
    r"|\s?(h|uhr|uur|heures?|klok|分|时|時)(?![^\W\d_]))?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"(?:(?:GMT|UTC|UT)\s?)?[+\-](?:\d{2}:?\d{2}(?:\.0)?|\d{1,2}(?:\.0)?)(?![\d:])"
    r"|[A-Za-z]+/[A-Za-z_]+(?:/[A-Za-z_]+)?|[^\W\d_]{1,5}(?![^\W\d_])",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_LOWER_CASE_ZONES = frozenset(listed("gmt utc bst cet cest est edt ist pst pdt mez mesz aest aedt uk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPiece:
    """A day, whole or without its year, and where it ends. ``swapped`` is the other reading of 11-12-2026."""

    end: int
    day: date | None = None
    swapped: date | None = None
    day_first: bool | None = None
    month_day: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPiece:
    """A time of day, the days that 24:00 carries, and where it ends."""

    end: int
    clock: time
    carried: timedelta
    precision: Precision
    has_fraction: bool


def day_at(text: str, position: int) -> DayPiece | None:
    """Find a day in figures or in words. Raises ValueError for one that no calendar has."""
    if (match := _YMD.match(text, position)) is not None:
        year, _, month, day = (one for one in match.groups() if one is not None)
        return DayPiece(end=match.end(), day=date(int(year), int(month), int(day)))
    if (match := _NUMBERS.match(text, position)) is not None:
        return _numbers(match)
    if (match := _DOTTED.match(text, position)) is not None:
        day, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return DayPiece(end=match.end(), month_day=_month_day(int(month), int(day)))
    return _named_day(text, position)


def _numbers(match: re.Match[str]) -> DayPiece:
    first, mark, second, year = int(match[1]), match[2], int(match[3]), _whole_year(match[4])
    if mark == "-" and len(match[4]) == 2:
        raise DatingError(f"{match[0]}: its year may stand first or last")
    if first > 12 or second > 12 or mark == "." or first == second:
        day, month = (second, first) if second > 12 else (first, second)
        shown = None if mark == "." or first == second else first > 12
        return DayPiece(end=match.end(), day=date(year, month, day), day_first=shown)
    return DayPiece(end=match.end(), day=date(year, second, first), swapped=date(year, first, second))


def _named_day(text: str, position: int) -> DayPiece | None:
    match = _YEAR_NAME_DAY.match(text, position)
    if match is not None and (month := months().get(folded(match[2]))) is not None:
        return DayPiece(end=match.end(), day=date(int(match[1]), month, int(match[3])))
    match = _DAY_MONTH.match(text, position)
    if match is not None and (month := months().get(folded(match[2]))) is not None:
        return _with_year(match, month, int(match[1]), match[3] or match[4] or match[5])
    match = _MONTH_DAY.match(text, position)
    if match is not None and (month := months().get(folded(match[1]))) is not None:
        return _with_year(match, month, int(match[2]), match[3] or match[4])
    return None


def _with_year(match: re.Match[str], month: int, day: int, year: str | None) -> DayPiece:
    if year is None:
        return DayPiece(end=match.end(), month_day=_month_day(month, day))
    return DayPiece(end=match.end(), day=date(_whole_year(year), month, day))


def _month_day(month: int, day: int) -> tuple[int, int]:
    date(2000, month, day)  # a leap year: 29 February is a day
    return month, day


def _whole_year(year: str) -> int:
    """Complete a year of two digits as RFC 2822 does: 00 to 49 are ours, 50 to 99 the last century's."""
    number = int(year)
    return number if len(year) > 2 else number + (2000 if number < 50 else 1900)


def clock_at(text: str, position: int) -> ClockPiece | None:
    """Find a time of day: it has minutes, or am or pm, or a word for the hour. Raises ValueError out of range."""
    match = _CLOCK.match(text, position)
    if match is None:
        return None
    hour, colon, second, fraction, dotted, dotted_second, half, word = match.groups()
    minute = colon or dotted
    if minute is None and half is None and word is None:
        return None
    clock, carried = clock_of(_hour(int(hour), half), int(minute or 0), int(second or dotted_second or 0), fraction)
    precision = Precision.SECOND if second or dotted_second else Precision.MINUTE if minute else Precision.HOUR
    end = match.end()
    return ClockPiece(end=end, clock=clock, carried=carried, precision=precision, has_fraction=bool(fraction))


def _hour(hour: int, half: str | None) -> int:
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half.lower()[0] in "pμ" else 0)


def zone_at(text: str, position: int, *, after_clock: bool) -> tuple[str, int] | None:
    """Find a zone: its name in words, an offset, an IANA name or an abbreviation in capitals."""
    match = LONG_NAME.match(text, position)
    if match is not None:
        return match[0], match.end()
    match = _ZONE.match(text, position)
    if match is None:
        return None
    word = match[0].strip()
    if any(one.isdigit() for one in word):
        is_glued = position > 0 and text[position - 1].isdigit()  # 2020-07-20+08:00
        return (word, match.end()) if after_clock or is_glued else None
    if is_zone(word) and (word.isupper() or "/" in word or (after_clock and word.lower() in _LOWER_CASE_ZONES)):
        return word, match.end()
    return None


def weekday_at(text: str, position: int) -> tuple[int | None, int] | None:
    """Find a weekday; None stands for a short form that languages use for different days."""
    match = _WORD.match(text, position)
    if match is None or (folded(match[0]) not in weekdays()):
        return None
    return weekdays()[folded(match[0])], match.end()


def filler_at(text: str, position: int) -> int | None:
    """Find a word that says nothing about time, or a weekday's "-feira", and return where it ends."""
    match = _WORD.match(text, position)
    return match.end() if match is not None and folded(match[0]) in FILLERS else None

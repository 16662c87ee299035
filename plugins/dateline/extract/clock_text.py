"""Words that show a time: a clock that opens a line, an element that is nothing but a time, a line that is a day.

Only shapes are recognised here, in the ways that desks of many languages write them (``12.31 Uhr``, ``9:43PM``,
``20h15``, ``kl. 14.05``, ``21 mins ago``, ``May 6, 4:05 p.m.``); what they mean is for dating to judge. The text
is passed on as stated, without what only decorates it (``+++``, ``Updated:``).
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

_MONTHS = (
    r"jan|feb|fév|mar|mär|mrz|apr|avr|abr|may|mai|mag|maj|jun|juin|giu|cze|jul|juil|lug|lip|aug|ao[uû]|ago|sie|sep|set"
    r"|wrz|oct|okt|ott|out|paź|nov|lis|dec|dez|déc|dic|gru|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек"
)
_WEEKDAYS = (
    r"mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lun|mar|mer|jeu"
    r"|ven|sam|dim|mié|jue|vie|sáb|dom|gio|segunda|terça|quarta|quinta|sexta|maandag|dinsdag|woensdag|donderdag|vrijdag"
    r"|zaterdag|zondag|mån|tis|ons|tor|fre|lör|sön|man|tir|lør|søn|pon|wto|śro|czw|pią|sob|nie"
)
_WEEKDAY = rf"(?:{_WEEKDAYS})[^\W\d_]{{0,8}}\.?"
_YEAR = r"(?:(?:19|20)\d\d)"
_NAMED_DAY = (
    rf"(?:\d{{1,2}}(?:\.|st|nd|rd|th|er|º)?\s(?:de\s|of\s)?(?:{_MONTHS})[^\W\d_]{{0,8}}\.?(?:,?\s(?:de\s)?{_YEAR})?"
    rf"|(?:{_MONTHS})[^\W\d_]{{0,8}}\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?![\d:.h])(?:,?\s{_YEAR})?)"
)
_NUMBERED_DAY = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:{_YEAR}|\d\d(?!\d))|{_YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}"
    r"|\d{1,2}\.\d{1,2}\.(?=[\s,]))"
)
_RELATIVE_DAY = r"(?:today|yesterday|heute|gestern|hier|aujourd['’]hui|ayer|hoy|oggi|ieri|ontem|hoje|vandaag|gisteren)"
_DAY = rf"(?:{_WEEKDAY},?\s)?(?:den\s|le\s|the\s)?(?:{_NAMED_DAY}|{_NUMBERED_DAY})|{_RELATIVE_DAY}|{_WEEKDAY}"

_AM_PM = r"(?:[ap]\.?\s?m\b\.?)"
_WORD = r"(?:Uhr|uur\b|hrs?\b|horas?\b|heures?\b|h\b|น\.)"
_ZONE = (
    r"(?:\(?(?:UTC|GMT|BST|IST|CES?T|MES?Z|WES?T|EES?T|MSK|[ECMP][SD]?T|A[ECW][SD]?T|NZ[SD]T|SGT|HKT|JST|KST|WI[BT]|SAST|EAT"
    r"|PKT|ICT|BRT|ART)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?(?![A-Za-z])\)?|(?:[a-z]+\s){1,3}time\b)"
)
_HHMM = r"(?:[01]?\d|2[0-4])\s?[:.h：時时]\s?[0-5]\d(?::[0-5]\d|分)?(?![\d%€$£]|[.,:]\d)"
_HOUR = rf"(?:0?[1-9]|1[0-2])\s?{_AM_PM}"
_CLOCK = rf"(?:{_HHMM}(?:\s?{_AM_PM})?(?:\s?{_WORD})?|{_HOUR})(?:\s?{_ZONE})?"

_OPENS = re.compile(
    r"(?P<decoration>[\s+*•●▪►|–—\-\[(]*)(?:update[d]?\b[.:,]?\s+|(?P<word>um|kl|klo|ore|alle|às|à|a las?|at)\b\.?\s+)?"
    rf"(?P<stated>(?:(?:{_DAY})(?:\s?[,|–—-])?\s+(?:(?:um|at|à|às|alle)\s)?)?(?P<clock>{_CLOCK})"
    rf"(?:\s?[,|–—-]?\s(?:{_NAMED_DAY}|{_NUMBERED_DAY}))?)(?-i:(?![a-z\d%/]))",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    rf"[\s,|·–—-]+(?:(?:um|at|à|às|alle)\s)?(?P<stated>(?:(?:{_DAY})(?:\s?[,|–—-])?\s+)?(?P<clock>{_CLOCK}))[)\]\s]*$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:\+\+\+|[:|–—\-\])•,.]+(?=\s|$)|:)?\s*")
_LEAVES_NO_DOUBT = re.compile(rf"{_AM_PM}|Uhr|{_ZONE}|:", re.IGNORECASE)

_UNIT = (
    r"(?:[smhd]\b|sec\w*|min\w*|hours?|hrs?|days?|std\.?|sekund\w*|stunden?|tage?n?|heures?|jours?|horas?|d[ií]as?|or[ae]"
    r"|giorn\w+|uur|timm?\w*|godz\w*)"
)
_AGO = (
    r"(?:(?:about|over|vor|hace|há|il y a|fa|för|for)\s)?(?:\d{1,3}|an?|one|einer|einem|une?)\s?"
    rf"{_UNIT}(?:,?\s\d{{1,2}}\s?{_UNIT})?"
    r"(?:\s(?:ago|fa|geleden|sedan|siden|atrás|temu))?|(?:just )?now|gerade eben|à l['’]instant|ahora"
)
_LABEL = (
    r"(?:(?:first )?(?:published|posted|(?:last )?updated|created|edited|stand|live|aktualisiert|publié|mis à jour"
    r"|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|publisert|oppdatert|uppdaterad|publicerad|opdateret)"
    r"(?: at| on| le| el| il)?:?\s)"
)
_LABELLED = re.compile(rf"^[\s+(\[]*{_LABEL}", re.IGNORECASE)
_AT = r"(?:(?:at|um|à|às|alle|ore|kl\.?|klo|a las?|om)\s)?"
_BETWEEN = r"[,|·•/\s–—-]*"
_SHOWS_TIME = re.compile(
    rf"[\s+(\[]*{_LABEL}?(?:(?:{_AGO}){_BETWEEN}(?:{_CLOCK})?"
    rf"|(?:(?:{_DAY}|\d{{1,2}}[./]\d{{1,2}}\.?){_BETWEEN})?{_AT}{_CLOCK}(?:{_BETWEEN}(?:on\s)?(?:{_DAY}))?(?:\s?{_CLOCK})?)"
    r"[\s+:|)\].]*",
    re.IGNORECASE,
)
_IS_DAY = re.compile(
    rf"\W{{0,4}}(?:{_WEEKDAY},?\s)?(?:den\s|the\s|le\s)?(?:{_NAMED_DAY}|{_NUMBERED_DAY})\W{{0,4}}", re.IGNORECASE
)
_NUMBERS = re.compile(r"(\d{1,2})(?:\s?[:.h：時时]\s?(\d{2}))?(?::\d\d)?\s?([ap])?", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NO_DIGIT = re.compile(r"\b(?:now|an?|one|eben|einer|einem|une?|instant|ahora)\b", re.IGNORECASE)
MAX_SHOWN = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A clock that opens a line: as stated, the minute of the day it names, and what follows it on the line."""

    stated: str
    minute: int
    rest: str
    end: int  # characters of the line up to the end of the clock
    is_certain: bool  # written so that it cannot be a price or a score


def opening_clock(line: str) -> Opening | None:
    """Return the clock that a line opens with, or None."""
    if not _DIGIT.search(line[:40]):  # most lines: the large pattern need not be tried
        return None
    found = _OPENS.match(line[:120])
    if found is None:
        return None
    stated = found["stated"].strip(" ,|–—-")
    rest = line[found.end() :]
    separator = _SEPARATOR.match(rest)
    is_parted = separator is not None and separator[0].strip() != ""
    rest = rest[separator.end() :] if separator else rest
    rest = rest.strip(" +").strip()
    if found["word"] and rest and not is_parted and rest[:1].islower():  # "At 8.20 a.m. he left" is a sentence
        return None
    certain = "+" in found["decoration"] or _LEAVES_NO_DOUBT.search(found["clock"]) is not None
    if not certain and rest[:1].islower():  # "3.15 million people"
        return None
    return Opening(stated=stated, minute=minute_of_day(found["clock"]), rest=rest, end=found.end(), is_certain=certain)


def closing_clock(line: str) -> Opening | None:
    """Return the clock that a byline ends with ("Mira Aalto, 12:31"); ``rest`` is what stands before it."""
    if not _DIGIT.search(line[-20:]):
        return None
    found = _CLOSES.search(line[-80:])
    if found is None:
        return None
    before = line[: len(line) - len(found[0])].strip(" ,|·–—-")
    return Opening(
        stated=found["stated"], minute=minute_of_day(found["clock"]), rest=before, end=len(line), is_certain=True
    )


def shows_time(text: str) -> bool:
    """Say whether a text is nothing but a time as readers are shown it: a clock, a day and a clock, "5 min ago"."""
    if not 2 <= len(text) <= MAX_SHOWN or not (_DIGIT.search(text) or _NO_DIGIT.search(text)):
        return False
    return _SHOWS_TIME.fullmatch(text) is not None


def bare_time(shown: str) -> str:
    """Return a shown time without what labels and decorates it: "Updated: 12:31 |" is "12:31"."""
    return _LABELLED.sub("", shown).strip(" |·•,()[]+")


def is_day(line: str) -> bool:
    """Say whether a line is nothing but a day."""
    return 5 <= len(line) <= 40 and _DIGIT.search(line) is not None and _IS_DAY.fullmatch(line) is not None


def minute_of_day(clock: str) -> int:
    """Return the minute of the day that a clock names, to compare clocks of one page with each other."""
    found = _NUMBERS.search(clock)
    if found is None:
        return 0
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    return hour * 60 + minute


def run_one_way(minutes: Sequence[int]) -> bool:
    """Say whether clocks, read down a page, run one way through the day in three of four steps.

    Midnight may be passed freely.
    """
    steps = [(later - former + 720) % 1440 - 720 for former, later in itertools.pairwise(minutes)]
    moving = [step for step in steps if step]
    if not moving:
        return bool(steps)
    forwards = sum(1 for step in moving if step > 0)
    return max(forwards, len(moving) - forwards) * 4 >= len(moving) * 3

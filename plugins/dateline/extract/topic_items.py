"""Find the items of a topic page in its lines, whether it came as text or as HTML.

An item opens with a fixed little head: the carrier on a line of its own, a date on the next, then the
category and the carrier again (in text as ``- Politics`` and ``- Yahoo``), then the title. What follows, up
to the next head, is the item's body. The head is recognised by its shape alone: a short line, a line
that is nothing but a date, and behind it either a line that opens with a dash or the carrier again.

Nothing is cleaned here: adverts, credits and captions stay in the body for :mod:`dateline.split`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.model import Basis, Clock, Document, Kind, Role

_MONTHS = "jan|feb|mar|mär|apr|may|mai|mag|jun|giu|jul|lug|aug|ago|sep|set|oct|okt|ott|out|nov|dec|dez|dic|déc"
_DAY = re.compile(
    r"\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    rf"|(?:\d{{1,2}}\.? (?:de )?)?(?:{_MONTHS})[^\W\d]*\.?,? (?:de )?(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?\d{{4}}",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:about |over |il y a |vor |hace |há )?(?:\d{1,3}|an?|une?|einem|einer|uma?) ?"
    r"(?:[smhdw]|sec\w*|min\w*|hours?|hrs?|days?|weeks?|months?|years?|sekunden?|minuten?|stunden?|tag\w*|wochen?"
    r"|monat\w*|jahr\w*|heures?|jours?|semaines?|mois|ans?|horas?|d[ií]as?|semanas?|mes\w*|a[ñn]os?)(?: ago| atrás)?"
    r"|just now|yesterday|today|gestern|heute|hier|aujourd'hui|ayer|hoy|ontem|hoje",
    re.IGNORECASE,
)
_MAX_NAME = 80
_MAX_TITLE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """Where an item's head stands: its first line, and the first line behind it."""

    start: int
    end: int


def items_in(lines: Sequence[str], format_name: str) -> tuple[list[str], list[Document]]:
    """Return the lines before the first item, and the items in page order; no items where no head is found."""
    heads = _heads(lines)
    if not heads:
        return list(lines), []
    ends = [one.start for one in heads[1:]] + [len(lines)]
    items = [_item(lines, head, end, format_name) for head, end in zip(heads, ends, strict=True)]
    return list(lines[: heads[0].start]), items


def clock_of_date_line(line: str) -> Clock | None:
    """Return the clock of a line that is nothing but a date, absolute or relative."""
    stated = line.strip()
    if _DAY.fullmatch(stated):
        return Clock(role=Role.PUBLISHED, stated=stated, basis=Basis.PAGE_DATE)
    return Clock(role=Role.PUBLISHED, stated=stated, basis=Basis.RELATIVE) if _AGO.fullmatch(stated) else None


def _heads(lines: Sequence[str]) -> list[_Head]:
    heads: list[_Head] = []
    number = 0
    while number + 3 < len(lines):
        head = _head_at(lines, number)
        if head is not None:
            heads.append(head)
        number = head.end if head else number + 1
    return heads


def _head_at(lines: Sequence[str], start: int) -> _Head | None:
    carrier = _bare(lines, start)
    if not carrier or len(carrier) > _MAX_NAME or clock_of_date_line(lines[start + 1]) is None:
        return None
    end = start + 2
    while end < len(lines) and end < start + 8 and _is_label(lines[end]):
        end += 1
    if end == start + 2 and _bare(lines, start + 3) == carrier:
        end = start + 4
    is_titled = end > start + 2 and end < len(lines) and 0 < len(lines[end].strip()) <= _MAX_TITLE
    return _Head(start=start, end=end) if is_titled else None


def _item(lines: Sequence[str], head: _Head, end: int, format_name: str) -> Document:
    carrier = _bare(lines, head.start)
    clock = clock_of_date_line(lines[head.start + 1])
    labels = [_bare(lines, number) for number in range(head.start + 2, head.end)]
    body = [line.strip() for line in lines[head.end + 1 : end]]
    return Document(
        format=format_name,
        kind=Kind.ARTICLE,
        title=lines[head.end].strip(),
        carrier=carrier,
        categories=tuple(one for one in labels if one and one != carrier),
        clocks=(clock,) if clock else (),
        text="\n".join(line for line in body if line),
    )


def _is_label(line: str) -> bool:
    return re.match(r"\s*[-–—•*]\s+\S", line) is not None and len(line) <= _MAX_NAME


def _bare(lines: Sequence[str], number: int) -> str:
    return lines[number].strip().lstrip("-–—•* ").strip() if number < len(lines) else ""

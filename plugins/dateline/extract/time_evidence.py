"""Where a page of an unknown publisher carries times: attributes, ``time`` elements, ids, short lines with a clock.

The names of attributes and classes are not known beforehand. So the values speak: an attribute is a clock where
three elements or more carry an epoch or an ISO time in it, an id where it ends in a Mongo ObjectId or in
milliseconds. Whatever stands inside a quotation is the quoted post's, not the page's.

What a clock says is read off its name: ``update`` and ``modif`` speak of a change, ``creat`` of the draft, any other
of publication.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from selectolax.lexbor import LexborNode

from dateline.extract.clock_text import opening_clock, shows_time
from dateline.extract.lines import Sheet
from dateline.extract.page import Page
from dateline.model import Basis, Clock, Role

_ISO = r"20\d\d-[01]\d-[0-3]\d[T ]\d\d:\d\d|20\d\d[01]\d[0-3]\dT\d{4}"
_TIMED = re.compile(rf"=[\"']?(?:1\d{{9}}(?:\d{{3}})?|(?:{_ISO})[^\"'\s<>]{{0,24}})[\"'\s>]")
_NAME_BEFORE = re.compile(r"[\s\"']([a-zA-Z][\w-]{1,40})$")
_TIMED_NAME = re.compile(r".{0,40}?(?:[0-9a-f]{24}|1\d{12})")
_ID = re.compile(r" id=[\"']?([\w-]{0,40}?)(?:[0-9a-f]{24}|1\d{12})[\"'\s>]")
_STATED = re.compile(rf"1\d{{9}}(?:\d{{3}})?|(?:{_ISO}).{{0,24}}")
_NO_CLOCKS = frozenset({"content", "value", "href", "src", "srcset", "id", "name", "for", "class", "alt", "width"})
_CLOCK_INSIDE = re.compile(r"(?<![\d.,:])\d{1,2}\s?[:.h]\s?[0-5]\d(?![\d%])", re.IGNORECASE)
_QUOTING = frozenset({"blockquote", "amp-twitter", "iframe", "template"})
MAX_META_LINE = 70
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One element that carries a time; ``clock`` is None where only its id or a line of its text does."""

    node: LexborNode
    clock: Clock | None
    instant: float | None  # seconds since 1970, where the stated time is absolute; only ever compared
    is_fine: bool  # names a time of day


def evidence_of(page: Page, sheet: Sheet) -> list[Evidence]:
    """Return every element that carries a time, with what it states."""
    found = [*_in_attributes(page), *_in_time_elements(page), *_in_ids(page), *_in_lines(sheet)]
    return [one for one in found if not _is_quoted(one.node)]


def _in_attributes(page: Page) -> Iterator[Evidence]:
    names = Counter(_names_of_timed_attributes(page.text))
    for name, count in names.items():
        if count < 3 or name in _NO_CLOCKS or name == "datetime":
            continue
        for node in page.html.css(f"[{name}]"):
            stated = (node.attributes.get(name) or "").strip()
            if _STATED.fullmatch(stated):
                clock = Clock(role=role_of(name), stated=stated, basis=Basis.DOM)
                yield Evidence(node=node, clock=clock, instant=instant_of(stated), is_fine=True)


def _names_of_timed_attributes(text: str) -> Iterator[str]:
    """Yield the name before each value that is a time; searching for the value first is what makes it fast."""
    for value in _TIMED.finditer(text):
        name = _NAME_BEFORE.search(text, max(0, value.start() - 42), value.start())
        if name:
            yield name[1].lower()


def _in_time_elements(page: Page) -> Iterator[Evidence]:
    for node in page.html.css("time, amp-timeago, relative-time, time-ago"):
        stated = (node.attributes.get("datetime") or "").strip()[:64]
        shown = " ".join(node.text().split())
        if not stated and not (shows_time(shown) or _CLOCK_INSIDE.search(shown[:64])):
            continue
        around = f"{node.attributes.get('class') or ''} {node.attributes.get('itemprop') or ''} {shown[:20]}"
        if stated:
            clock = Clock(role=role_of(around), stated=stated, basis=Basis.DOM)
            yield Evidence(
                node=node, clock=clock, instant=instant_of(stated), is_fine=":" in stated or stated.isdigit()
            )
        else:
            yield Evidence(node=node, clock=None, instant=None, is_fine=True)


def _in_ids(page: Page) -> Iterator[Evidence]:
    prefixes = Counter(_ID.findall(page.text))
    for prefix, count in prefixes.items():
        if count >= 3:
            css = f'[id^="{prefix}"]' if prefix else "[id]"
            for node in page.html.css(css):
                if _ID.fullmatch(f' id="{node.id}">') or _ID.fullmatch(f' id="{node.id}"'):
                    yield Evidence(node=node, clock=None, instant=None, is_fine=True)


def _in_lines(sheet: Sheet) -> Iterator[Evidence]:
    for line in sheet.lines:
        if len(line.text) <= MAX_META_LINE:
            if shows_time(line.text) or _CLOCK_INSIDE.search(line.text):
                yield Evidence(node=line.node, clock=None, instant=None, is_fine=True)
        elif line.text[0].isdigit() and opening_clock(line.text):
            yield Evidence(node=line.node, clock=None, instant=None, is_fine=True)


def _is_quoted(node: LexborNode) -> bool:
    current: LexborNode | None = node
    for _ in range(MAX_DEPTH):
        if current is None:
            return False
        if current.tag in _QUOTING:
            return True
        current = current.parent
    return False


def carries_time(name: str | None) -> bool:
    """Say whether an id ends in a Mongo ObjectId or in milliseconds."""
    return name is not None and _TIMED_NAME.fullmatch(name) is not None


def role_of(words: str) -> Role:
    """Read the moment that a clock speaks of off the words that name it."""
    lowered = words.lower()
    if any(one in lowered for one in ("updat", "modif", "edit", "aktualis", "changed")):
        return Role.MODIFIED
    return Role.CREATED if "creat" in lowered else Role.PUBLISHED


def instant_of(stated: str) -> float | None:
    """Return an epoch or ISO time as seconds, to compare it with others of its page; never a dating."""
    if stated.isdigit():
        return int(stated) / (1000 if len(stated) == 13 else 1)
    try:
        moment = datetime.fromisoformat(stated.strip())
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

"""The words of a repeated block: its headline, its author and its text, told from what is the page's own.

- A line that is a time, or that most blocks say alike ("Share", "Copy link", "3 comments"), is the page's.
- The author stands beside the clock, or alone among the first lines as in other blocks too.
- The headline is the first heading; else a line in an element that is named as a title; else a bold line that
  stands first. Where a page marks headlines by none of these, it is the first line, if nearly every block begins
  with a line in an element of one and the same dress that no other line of the block wears, and if most of these
  lines do not end like sentences.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from dateline.extract.clock_text import closing_clock, opening_clock, shows_time
from dateline.extract.lines import Line
from dateline.extract.live_signs import words_of
from dateline.extract.page_blocks import Member, classes_of

_NAME = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*\s){1,3}[A-ZÀ-ÖØ-Þ][\w'’-]+")
_BYLINE = re.compile(r"(?:by|von|par|por|di|door|av|af)\s+\S.{0,60}", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:^|[\s_-])(?:title|headline|heading|subhead|titel|titre|titolo|t[ií]tulo|rubrik|overskrift|kop)(?:$|[\s_-])",
    re.IGNORECASE,
)
_Dress = tuple[str | None, frozenset[str], frozenset[str]]
MAX_HEADLINE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What blocks say alike: a line of most blocks is the page's own, a name at the top of several is an author's."""

    furniture: frozenset[str]
    names: frozenset[str]
    title: _Dress | None = None  # the element that opens every block, where nothing else marks a headline


NOTHING_COMMON = Common(furniture=frozenset(), names=frozenset())


def author_in(lines: Sequence[Line], common: Common) -> str | None:
    """Return the name that stands beside the clock, or alone at the top as it does in other blocks too."""
    for line in (*lines[:4], *lines[-2:]):
        beside = opening_clock(line.text)
        if beside is not None and _is_byline(beside.rest):
            return beside.rest
        before = closing_clock(line.text)
        if before is not None and _is_byline(before.rest):
            return before.rest
        if line.text in common.names:
            return line.text
    return None


def _is_byline(text: str) -> bool:
    return 0 < len(text) <= 60 and bool(_NAME.fullmatch(text) or _BYLINE.fullmatch(text)) and text[-1] not in ".!?:"


def common_to(members: Sequence[Member]) -> Common:
    """Compare the blocks of a page: what do most of them say, who signs several, what opens each?"""
    lines = Counter(text for one in members for text in {_bare(line) for line in one.lines if _may_be_furniture(line)})
    tops = Counter(text for one in members for text in {line.text for line in one.lines[:4] if not line.heading})
    common = Common(
        furniture=frozenset(text for text, count in lines.items() if count >= 3 and count * 2 > len(members)),
        names=frozenset(text for text, count in tops.items() if count >= 2 and _NAME.fullmatch(text)),
    )
    bodies = [[line for line in one.lines if not is_furniture(line, None, common)] for one in members]
    return replace(common, title=_opening_dress(bodies))


def _may_be_furniture(line: Line) -> bool:
    return not line.heading and len(line.text) <= 60  # desks repeat headlines: nine posts of ten "Women's World Cup"


def _bare(line: Line) -> str:
    """Return the line with its numbers set aside where it may be a counter: "3 comments"."""
    return re.sub(r"\d+", "#", line.text) if len(line.text) <= 20 else line.text


def is_furniture(line: Line, author: str | None, common: Common) -> bool:
    """Say whether a line is the page's own, a time, or the author's name."""
    if (
        shows_time(line.text)
        or (_may_be_furniture(line) and _bare(line) in common.furniture)
        or line.text in common.names
    ):
        return True
    if author is None:
        return _is_byline(line.text) and _BYLINE.fullmatch(line.text) is not None
    return author in line.text and len(line.text) <= len(author) + 30


def headline_of(lines: Sequence[Line], common: Common = NOTHING_COMMON) -> tuple[str | None, list[str]]:
    """Tell the headline from the body; a clock that opens the headline or the body is not part of it."""
    texts = [_without_clock(one) for one in lines]
    place = _place_of_headline(lines, texts, common)
    if place is None or not 0 < len(texts[place]) <= MAX_HEADLINE:
        return None, [text for text in texts if text]
    return texts[place], [text for n, text in enumerate(texts) if text and n != place]


def _place_of_headline(lines: Sequence[Line], texts: Sequence[str], common: Common) -> int | None:
    first = [n for n in range(min(4, len(lines))) if texts[n]]
    place = next((n for n in first if lines[n].heading), None)
    if place is None:
        place = next((n for n in first if _is_named_title(lines[n].node)), None)
    if place is None and first and ((len(lines) > 1 and lines[0].is_bold) or dress_of(lines[0]) == common.title):
        place = first[0]
    return place


def _is_named_title(node: LexborNode) -> bool:
    """Say whether an element, or the one right around it, is named as a title."""
    above = node.parent
    return bool(_TITLE.search(words_of(node)) or (above is not None and _TITLE.search(words_of(above))))


def dress_of(line: Line) -> _Dress:
    """Return what tells a line's element from those of other lines: its tag, its classes and those around it."""
    above = line.node.parent
    return line.node.tag, classes_of(line.node), classes_of(above) if above is not None else frozenset()


def _opening_dress(bodies: Sequence[Sequence[Line]]) -> _Dress | None:
    """Find the dress of a first line that nearly every block begins with and that no other line wears."""
    opened = [lines for lines in bodies if lines]
    if not opened or any(one.heading for lines in opened for one in lines[:4]):
        return None
    dress, count = Counter(dress_of(lines[0]) for lines in opened).most_common(1)[0]
    firsts = [lines[0].text for lines in opened if dress_of(lines[0]) == dress]
    is_alone = sum(1 for lines in opened if all(dress_of(one) != dress for one in lines[1:])) * 5 >= len(opened) * 4
    is_short = sum(1 for text in firsts if len(text) <= 150 and text[-1] not in ".!?…:") * 2 >= len(firsts)
    return dress if (dress[1] or dress[2]) and count * 5 >= len(opened) * 4 and is_alone and is_short else None


def _without_clock(line: Line) -> str:
    if not (line.text[0].isdigit() or line.bold or line.text[0] in "+([•"):
        return line.text
    opening = opening_clock(line.text)
    return line.text if opening is None else opening.rest

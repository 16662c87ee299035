"""Plain text: one flattened copy, or an article. Which of the two it is, :mod:`dateline.split` decides.

The text is kept as it is. Its first line is the title only where it is plainly one: short, without
a clock and without a full stop, and the only such line; where several lines look like headlines, they
are those of posts.
"""

import re

from dateline.errors import ExtractError
from dateline.extract import Rank
from dateline.extract.page import Page
from dateline.model import Document, Kind
from dateline.source import Source

RANK = Rank.COPY
SYNTAX = frozenset({"text"})
MARKS = ()

_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_MAX_TITLE = 200
_ENDS = (".", "!", ":", ",", ";", "…", "。")


def extract(page: Page, source: Source) -> Document | None:
    """Take a plain text as one document of kind article; None for markup, JSON and empty bodies.

    Raises :class:`ExtractError` where so much of it is no text that it must be something binary.
    """
    if page.looks_like != "text":
        return None
    head = page.text[:10_000]
    if len(_UNREADABLE.findall(head)) * 20 > len(head):
        raise ExtractError("not text: more than one character in twenty is unreadable")
    text = page.text.replace("\r\n", "\n").strip("\ufeff\n ")
    title, rest = _titled(text)
    return Document(
        format="copy",
        kind=Kind.ARTICLE,
        url=page.snapshot.url,
        title=title,
        carrier=source.publisher,
        language=source.language,
        text=rest,
    )


def _titled(text: str) -> tuple[str | None, str]:
    first, _, rest = text.partition("\n")
    lines = [one for one in text.split("\n") if one.strip()]
    if len(lines) < 2 or not _is_headline(first) or any(_is_headline(one) for one in lines[1:]):
        return None, text
    return first.strip(), rest.strip("\n")


def _is_headline(line: str) -> bool:
    stated = line.strip()
    is_short = 0 < len(stated) <= _MAX_TITLE and len(stated.split()) >= 2
    return is_short and not stated.endswith(_ENDS) and not _CLOCK.search(stated) and "://" not in stated

"""The clocks by which copies date their entries, and the ways in which they stand in a text.

At the beginning of a line, or alone on it: ``11:01 PM GMT``, ``4:20PM``, ``12.28pm BST``, ``12.31 Uhr: …``, ``+++
12:41 … +++``, ``**17.00** …``, ``5.02pm GMT17:02 …`` (one clock said twice), ``21 mins ago11:48``; with the author
behind it, ``22:16 , Ada Finch``; at the end of a headline, ``… 19:02(IST)``. In text without line breaks: said
twice, or with an author, anywhere; otherwise only where a sentence or a line could end before it and begin after it,
and never after ``at``, ``by``, ``from`` and their like: that is a clock in speech.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TIME = r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?!\d|[.,:]\d)"
_HALF = r"[ \u00a0\u202f]?(?:[ap]\.?m\b\.?|[AP]\.?M\b\.?)"
_NAMED_ZONE = r"(?:GMT|UTC|BST|IST|Uhr|hrs?|[A-Z]{1,4}[SD]?T)(?:[+-]\d{1,2}(?::?\d\d)?)?(?![A-Za-z])"
_ZONE = rf"[ \u00a0]?(?:\(?{_NAMED_ZONE}\)?|\((?:[A-Z]{{2,5}})\))"
_CLOCK = rf"(?:{_TIME}(?:{_HALF})?|(?:1[0-2]|0?[1-9]){_HALF})(?:{_ZONE})?"
_TWICE = rf"{_TIME}(?:{_HALF})?(?:{_ZONE})?(?=\d){_TIME}"
_AGO = rf"\d{{1,2}} ?(?:min(?:ute)?s?|hours?|hrs?|[mh]) ago(?:[ ]?{_TIME})?"
_AUTHOR = r"[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|de|da|van|von|der|al|bin|and|&))*"

_LINE = re.compile(
    rf"^[ \t]*(?:[*•+#>-]+[ \t]*)?(?P<clock>{_TWICE}|{_AGO}|{_CLOCK})(?P<bold>\*\*|__)?"
    rf"(?:[ \u00a0]*,[ \u00a0]*(?P<author>{_AUTHOR})[ \t]*$|[ \t]*(?P<mark>[:|–—-])?[ \t]*(?P<rest>[^\n]*)$)",
    re.MULTILINE,
)
_LINE_END = re.compile(
    rf"^(?P<title>[^\n]{{8,200}}?)[ \t]+(?P<clock>{_TIME}(?:{_HALF})?[ ]?\((?:[A-Z]{{2,5}})\))[ \t]*$",
    re.MULTILINE,
)
_WRITER = rf"(?!(?:{_ZONE}))[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w.'’-]+)?"
_INLINE = re.compile(
    rf"(?<![\w:.,£$€#/-])(?P<clock>(?P<twice>{_TWICE})|{_CLOCK})(?:[ ]?,[ ](?P<author>{_WRITER}))?(?=[\s:–—-])"
)
_BEFORE_SPOKEN_CLOCKS = """
at by from until till to since around about before after between and or for the on of is was a an than past over under
approximately nearly almost just only this that um gegen ab bis seit vers dès las alle à
"""
_SPEECH = frozenset(_BEFORE_SPOKEN_CLOCKS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A clock that may begin an entry: the span it takes out of the text, and how it stands there."""

    start: int
    end: int
    stated: str
    style: str  # "alone", "leads", "trails", "author", "twice", "inline"; spelling follows a bar
    author: str | None = None

    @property
    def minutes(self) -> int | None:
        """The minute of the day, None for a relative clock alone."""
        found = re.search(rf"({_TIME})\s*([apAP])?|(\d{{1,2}})\s*([apAP])\.?[mM]", self.stated)
        if found is None:
            return None
        hour, _, minute = re.sub(r"[.h]", ":", found[1] or f"{found[3]}:00").partition(":")
        half = (found[2] or found[4] or "").lower()
        return ((int(hour) % 12 + 12 * (half == "p")) if half else int(hour) % 24) * 60 + int(minute)


def line_markers(text: str) -> Iterator[Marker]:
    """Yield the clocks that begin or end a line."""
    for match in _LINE.finditer(text):
        style = "author" if match["author"] else "leads" if match["rest"].strip(" +*") else "alone"
        if style == "leads" and not _can_begin(match):
            continue
        end = match.start("rest") if style == "leads" else match.end()
        yield Marker(
            start=match.start(),
            end=end,
            stated=match["clock"].strip(),
            style=f"{style}|{_spelling(match['clock'])}",
            author=match["author"],
        )
    for match in _LINE_END.finditer(text):
        if not _LINE.match(match[0]):
            stated = match["clock"].strip()
            yield Marker(
                start=match.start("clock"), end=match.end(), stated=stated, style=f"trails|{_spelling(stated)}"
            )


def inline_markers(text: str) -> Iterator[Marker]:
    """Yield the clocks inside lines that may begin an entry."""
    for match in _INLINE.finditer(text):
        style = "twice" if match["twice"] else "author" if match["author"] else "inline"
        if style == "inline" and not _stands_free(text, match):
            continue
        yield Marker(
            start=match.start(),
            end=match.end(),
            stated=match["clock"].strip(),
            style=f"{style}|{_spelling(match['clock'])}",
            author=match["author"],
        )


def _can_begin(match: re.Match[str]) -> bool:
    """Say whether what follows a clock on its line can begin a headline or a sentence."""
    rest = match["rest"].lstrip(" *_+")
    return bool(match["mark"] or match["bold"]) or rest[0].isupper() or not rest[0].isalpha()


def _stands_free(text: str, match: re.Match[str]) -> bool:
    before = text[max(match.start() - 80, 0) : match.start()].rstrip()
    after = text[match.end() : match.end() + 4].lstrip(" :–—-")
    if not after or after[0].islower() or after[0] in ",.;)":
        return False
    last = before.rsplit(None, 1)[-1] if before else ""
    if not last or last[-1] in ".!?…\"'’”)":
        return True
    return last.lower().strip("(") not in _SPEECH and last[-1] not in ",;:" and bool(re.search(_ZONE, match["clock"]))


def _spelling(stated: str) -> str:
    """Name how a clock is spelt: half of the day, zone, separator."""
    half = "12h" if re.search(r"\d\s?[ap]\.?m", stated, re.IGNORECASE) else "24h"
    zone = "zone" if re.search(_ZONE, stated) else "bare"
    return f"{half} {zone} {'ago' if 'ago' in stated else ':' if ':' in stated else '.'}"

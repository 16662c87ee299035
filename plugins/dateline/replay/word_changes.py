"""What an edit changed, word by word: pieces that were kept, taken out and put in."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 6_000
"""Beyond this many words on either side, comparing takes seconds: the whole text counts as rewritten."""


class Part(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text, and what became of it."""

    part: Part
    text: str


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two wordings by words; the pieces kept and out spell the first, those kept and in the second.

    >>> [(one.part.value, one.text) for one in word_changes("Two boats sank", "Three boats sank")]
    [('out', 'Two'), ('in', 'Three'), ('kept', ' boats sank')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return _pieces([(Part.OUT, before), (Part.IN, after)])
    found: list[tuple[Part, str]] = []
    for operation, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            found.append((Part.KEPT, "".join(old[start:end])))
        else:
            found += [(Part.OUT, "".join(old[start:end])), (Part.IN, "".join(new[new_start:new_end]))]
    return _pieces(_without_islands(found))


def _without_islands(found: list[tuple[Part, str]]) -> list[tuple[Part, str]]:
    """Count a lone space between two changes as changed too: a rewritten phrase reads as one, not word for word."""
    merged: list[tuple[Part, str]] = []
    for number, (part, text) in enumerate(found):
        is_island = part is Part.KEPT and not text.strip() and 0 < number < len(found) - 1 and "\n" not in text
        merged += [(Part.OUT, text), (Part.IN, text)] if is_island else [(part, text)]
    out, into, joined = "", "", []
    for part, text in [*merged, (Part.KEPT, "")]:
        if part is Part.KEPT:
            joined += [(Part.OUT, out), (Part.IN, into), (Part.KEPT, text)]
            out = into = ""
        elif part is Part.OUT:
            out += text
        else:
            into += text
    return joined


def _pieces(found: list[tuple[Part, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(part=part, text=text) for part, text in found if text)

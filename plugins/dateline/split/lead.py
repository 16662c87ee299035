"""Where the lead in front of a copy's entries ends.

An aggregator sets a short article before a live blog's entries. It ends where coverage is opened, closed or summed up
in so many words in the first third of the text: at the start of the section that says so in its first two sentences,
else at the sentence itself. Where nothing of the kind is said no lead is seen, and the text begins with an entry.
"""

from collections.abc import Sequence
from itertools import chain

from dateline.split.formulas import CLOSING, OPENING, SUMMARY

_FIRST_PART = 1 / 3


def lead_end(text: str, starts: Sequence[int], places: Sequence[int]) -> int:
    """Return the offset where the first entry begins; 0 where no lead is seen.

    ``starts`` are the offsets where sections begin, ``places`` all offsets where one could; both ascend.
    """
    edges = [0, *places, len(text)]
    first_part = [start for start in edges if start <= len(text) * _FIRST_PART]
    after_next = dict(zip(edges, [*edges[2:], len(text), len(text)], strict=True))
    begin = frozenset(starts)
    chosen = (start for start in first_part if start in begin and _says_so(text[start : after_next[start]]))
    spoken = (start for start, end in zip(first_part, edges[1:], strict=False) if _says_so(text[start:end]))
    return next(chain(chosen, spoken), 0)


def _says_so(text: str) -> bool:
    return any(one.search(text) for one in (CLOSING, OPENING, SUMMARY))

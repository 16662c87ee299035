"""Where the lead in front of a copy's entries ends.

An aggregator sets a short article before a live blog's entries. It ends before the first section that opens or closes
coverage in so many words, if that section begins in the first third of the text; otherwise nothing shows a lead, and
the text begins with an entry.
"""

from collections.abc import Sequence

from dateline.split.formulas import CLOSING, OPENING, SUMMARY

_FIRST_PART = 1 / 3
_OPENING_LENGTH = 260  # characters of a section in which a formula must begin


def lead_end(text: str, starts: Sequence[int]) -> int:
    """Return the index of the first start that is an entry; those before it belong to the lead."""
    for at, start in enumerate(starts):
        if start > len(text) * _FIRST_PART:
            return 0
        head = text[start : start + _OPENING_LENGTH]
        if any(one.search(head) for one in (CLOSING, OPENING, SUMMARY)):
            return at
    return 0

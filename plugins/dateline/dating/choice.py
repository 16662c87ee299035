"""Which of an entry's clocks is believed for each moment.

A second beats a minute, a minute an hour, an hour a day, a day bounds; among equals the channel decides: an API,
then JSON-LD, then the markup, a feed, an id, text, a relative time. What is refused on the whole page (constant or
midnight clocks, false zones) has lost its time before the choice is made.
"""

from collections.abc import Iterable, Sequence

from dateline.dating.marks import Mark
from dateline.model import UNKNOWN_TIME, Basis, Dating, Precision, Role

_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}
_TRUST = {
    basis: rank
    for rank, basis in enumerate(
        (Basis.API, Basis.JSON_LD, Basis.DOM, Basis.FEED, Basis.ID, Basis.TEXT_CLOCK, Basis.RELATIVE)
    )
}


def best(marks: Iterable[Mark]) -> Mark | None:
    """Choose the clock to believe among those that speak of one moment."""
    speaking = list(marks)
    if len(speaking) < 2:
        return speaking[0] if speaking else None
    return min(speaking, key=lambda one: (_FINENESS[one.dating.precision], _TRUST.get(one.basis, len(_TRUST))))


def believed(marks: Sequence[Mark], role: Role) -> Dating:
    """Return the dating of the best clock of a role; unknown, with its words, where none has a time."""
    chosen = best([one for one in marks if one.role is role])
    return chosen.dating if chosen is not None else UNKNOWN_TIME

"""Stories: documents that carry one text, gathered around the document that stands for them.

A chain A ~ B ~ C does not make A and C one story: each member must be linked to the headline document
itself. So boilerplate that slips through can join two documents, never thousands, and a refuted link
takes its one document out.

The headline is chosen by evidence that a later arrival cannot change: a document that its own carrier
wrote goes before one that it only carried, then the one that we saw first, then the earlier claim, then
the id. A claimed time alone never wins over what we saw, because anybody can claim one. So adding a
document that arrives later and brings no own authorship never flips a headline.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pendulum import DateTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One document of a story, with what decides whether it can stand for it."""

    document_id: str
    is_own_work: bool
    first_seen: DateTime | None
    earliest: DateTime | None

    @property
    def precedence(self) -> tuple[bool, bool, str, bool, str, str]:
        """Sort key: the headline first."""
        return (
            not self.is_own_work,
            self.first_seen is None,
            self.first_seen.isoformat() if self.first_seen else "",
            self.earliest is None,
            self.earliest.isoformat() if self.earliest else "",
            self.document_id,
        )


def stories(members: Iterable[Member], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the headline document of each document that has a link; a headline is its own."""
    linked: dict[str, set[str]] = defaultdict(set)
    for one, other in links:
        linked[one].add(other)
        linked[other].add(one)
    headline: dict[str, str] = {}
    for member in sorted(members, key=lambda one: one.precedence):
        if member.document_id in headline or member.document_id not in linked:
            continue
        headline[member.document_id] = member.document_id
        for neighbour in linked[member.document_id]:
            headline.setdefault(neighbour, member.document_id)
    return headline

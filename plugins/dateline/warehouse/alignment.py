"""Alignment by order: a post that stands between the same neighbours as one before it, and reads like it.

Candidates share the nearest known neighbour above or below; the likest pair is settled first. A post
without a publisher's id that is alone in its gap, as the one before was, and of the same minute, needs no
likeness: it was rewritten. One whose id and time are both others is another post, however alike: posts on
the same matter are written in the same words.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from dateline.warehouse.likeness import SAME_POST, likeness
from dateline.warehouse.past import EntryState, Statement
from dateline.warehouse.times import agree, contradict

MOST_CANDIDATES = 40  # a page that changed through and through must not cost the square of its length
REWRITTEN = 0.4  # stands for the likeness of a post that was rewritten in its place

Sides = tuple[str | None, str | None]


@dataclass(slots=True, kw_only=True)
class Matching:
    """Work in progress: which places have their entry, and which entries are left to be found.

    ``page`` gives the place of each entry on the newest page before this one.
    """

    statements: tuple[Statement, ...]
    ids: list[str | None]
    left: dict[str, EntryState]
    page: dict[str, int]
    uses_anchors: bool
    new: dict[str, str] = field(default_factory=dict)

    def open_places(self) -> list[int]:
        """Return the places that have no entry yet, tombstones left out."""
        return [at for at, one in enumerate(self.statements) if self.ids[at] is None and not one.is_deleted]

    def settle(self, place: int, entry_id: str) -> None:
        """Say which entry stands at a place."""
        self.ids[place] = entry_id
        self.left.pop(entry_id, None)

    def changes_id(self, statement: Statement, entry: EntryState) -> bool:
        """Say whether to pair these two would mean that the publisher's id has changed."""
        return bool(self.uses_anchors and statement.anchor and entry.statement.anchor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Where the open posts stand now and the lost entries stood then, by their neighbours on both pages."""

    now: dict[int, Sides]
    then: dict[str, Sides]

    def is_alone(self, place: int, entry_id: str) -> bool:
        """Say whether post and entry each have the same gap to themselves."""
        here = self.now[place]
        if here != self.then[entry_id]:
            return False
        return Counter(self.now.values())[here] == 1 and Counter(self.then.values())[here] == 1


def pair_neighbours(work: Matching) -> None:
    """Settle the posts that stand where a like one stood on the page before."""
    gaps = _gaps(work)
    if not gaps.now or not gaps.then:
        return
    scored = [
        (-score, place, work.page[entry_id], entry_id)
        for place, candidates in _candidates(work, gaps).items()
        for entry_id in candidates
        if (score := _score(work, gaps, place, entry_id)) > 0
    ]
    for _, place, _, entry_id in sorted(scored):
        if work.ids[place] is None and entry_id in work.left:
            work.settle(place, entry_id)


def _gaps(work: Matching) -> Gaps:
    on_both: set[str | None] = {one for one in work.ids if one in work.page}
    page = list(work.page)
    then = dict(zip(page, _sides(page, on_both), strict=True))
    now = dict(enumerate(_sides(work.ids, on_both)))
    return Gaps(
        now={place: now[place] for place in work.open_places()},
        then={one: sides for one, sides in then.items() if one in work.left},
    )


def _sides(page: Sequence[str | None], known: set[str | None]) -> list[Sides]:
    """Return for each place the nearest known entry above and below it."""
    above, below = _nearest_before(page, known), _nearest_before(page[::-1], known)[::-1]
    return list(zip(above, below, strict=True))


def _nearest_before(page: Sequence[str | None], known: set[str | None]) -> list[str | None]:
    nearest: str | None = None
    found = []
    for one in page:
        found.append(nearest)
        nearest = one if one in known else nearest
    return found


def _candidates(work: Matching, gaps: Gaps) -> dict[int, list[str]]:
    above: dict[str | None, list[str]] = defaultdict(list)
    below: dict[str | None, list[str]] = defaultdict(list)
    for entry_id, (upper, lower) in gaps.then.items():
        above[upper].append(entry_id)
        below[lower].append(entry_id)
    standing = {one: place for place, one in enumerate(work.ids)}
    found = {}
    for place, (upper, lower) in gaps.now.items():
        expected = place + (work.page[upper] - standing[upper] if upper else 0)
        nearby = [(abs(work.page[one] - expected), one) for one in dict.fromkeys(above[upper] + below[lower])]
        found[place] = [one for _, one in nsmallest(MOST_CANDIDATES, nearby)]
    return found


def _score(work: Matching, gaps: Gaps, place: int, entry_id: str) -> float:
    statement, entry = work.statements[place], work.left[entry_id]
    found = likeness(statement.text, entry.statement.text)
    changes_id = work.changes_id(statement, entry)
    if changes_id and contradict(statement.published, entry.statement.published):
        return 0.0
    if found >= SAME_POST:
        return found
    if changes_id or not agree(statement.published, entry.statement.published):
        return 0.0
    return REWRITTEN if gaps.is_alone(place, entry_id) else 0.0

"""Which places of a live blog a page covers, and whether an entry's absence from it proves anything.

A page proves nothing if its time of capture is unknown, if it is cut off, empty, or refuses more pieces
than this document's pages usually do, if it states more entries than it shows, if its own modified time
lies before one already seen (a stale copy), or if it lacks more than half of what stood before (a broken
or half-loaded page, whatever it says of itself).

A page that holds every entry covers every place. A page that shows the latest or a part covers what lies
between the times of its entries, and above them where it shows the latest; only while its times run one
way. A page that calls itself whole but drops as many posts at its end as it gains at its head is
*rolling*: from then on the document's pages count as showing the latest, until one gains posts and drops none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pendulum import DateTime

from dateline.model import Dating
from dateline.warehouse.past import DocumentState, Edition, EntryState, LastPage, Showing
from dateline.warehouse.times import is_precise

FEWEST_FOR_MASS_LOSS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The span of a live blog that a page shows. None is open: everything on that side is covered."""

    is_known: bool
    after: DateTime | None = None
    before: DateTime | None = None

    def covers(self, published: Dating) -> bool:
        """Say whether an entry of this time would have to be on the page."""
        if not self.is_known:
            return False
        if self.after is None and self.before is None:
            return True
        if not is_precise(published) or published.at is None:
            return False
        is_after = self.after is None or published.at > self.after
        return is_after and (self.before is None or published.at < self.before)


def coverage_of(page: LastPage | Edition, entry_ids: Iterable[str | None], state: DocumentState) -> Coverage:
    """Say which span of a document a page covers; ``state`` knows the entries on it and their times."""
    if page.is_complete and not state.is_rolling:
        return Coverage(is_known=True)
    if not page.is_complete and page.shows not in {"all", "latest", "page"}:
        return Coverage(is_known=False)
    times = [
        _time_of(state.entries[one]) for one in dict.fromkeys(entry_ids) if one and not state.entries[one].is_pinned
    ]
    stated = [one for one in times if one is not None]
    if len(stated) < 2 or len(stated) < len(times) or not _runs_one_way(stated):
        return Coverage(is_known=False)
    shows_newest = page.shows == "latest" or page.page == 1 or page.is_complete
    return Coverage(is_known=True, after=min(stated), before=None if shows_newest else max(stated))


def is_proof(state: DocumentState, showing: Showing, coverage: Coverage, present: Mapping[str, object]) -> bool:
    """Say whether a page is sound enough for an absence from it to count; ``state`` is that before the page."""
    edition = showing.edition
    if showing.captured_at is None or edition.is_cut or not edition.statements:
        return False
    if state.least_refused is not None and edition.refused > state.least_refused:
        return False
    if edition.total is not None and edition.total > len(edition.statements):
        return False
    stated = edition.facts.modified.at
    if stated and state.newest_modified and stated < state.newest_modified:
        return False
    return not _loses_the_most(state, coverage, present)


def is_rolling_after(state: DocumentState, edition: Edition, present: Iterable[str]) -> bool:
    """Say whether a document's whole pages drop their old end to make room, as this page and the one before show.

    A page that gains posts at one end and loses as many at the other rolls. One that gains posts and loses none has
    room, so it does not, whatever was thought before.
    """
    last, now = state.last, list(present)
    standing = set(now)
    fresh = {one for one in now if one not in state.entries}
    if last is None or not (edition.is_complete and last.is_complete) or not fresh:
        return state.is_rolling
    before = [one for one in dict.fromkeys(last.entry_ids) if one]
    lost = [one for one in before if one not in standing]
    if not lost and len(now) == len(before) + len(fresh):
        return False
    count = len(fresh)
    if len(lost) != count or len(before) != len(now):
        return state.is_rolling
    from_head = fresh == set(now[:count]) and lost == before[-count:]
    from_tail = fresh == set(now[-count:]) and lost == before[:count]
    return state.is_rolling or from_head or from_tail


def _loses_the_most(state: DocumentState, coverage: Coverage, present: Mapping[str, object]) -> bool:
    """Compare with all that should be there, not with the page before: a broken page may be served for hours."""
    wanted = [one for one in state.entries.values() if one.missing_snapshot_id is None and not one.is_deleted]
    lost = sum(one.entry_id not in present and coverage.covers(one.published) for one in wanted)
    kept = sum(one.entry_id in present for one in wanted)
    return lost >= FEWEST_FOR_MASS_LOSS and lost > kept


def _time_of(entry: EntryState) -> DateTime | None:
    return entry.published.at if is_precise(entry.published) else None


def _runs_one_way(times: Sequence[DateTime]) -> bool:
    steps = list(pairwise(times))
    return all(one >= other for one, other in steps) or all(one <= other for one, other in steps)

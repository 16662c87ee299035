"""What happened to an entry between the page before and this one, with the captures that bound when.

Each event says the last capture that proves it had not happened yet and the first that proves it had.
*Moved* is said of the fewest entries that explain a new order: those outside the longest run that kept its
order. *Re-dated* is said only where two precise times cannot be one moment, and never on a page whose
times have collapsed, nor where the time before was of such a page.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pendulum import DateTime

from dateline.model import Dating, digest_within
from dateline.warehouse.coverage import Coverage
from dateline.warehouse.entry_tables import EventKind
from dateline.warehouse.past import EntryState, Event, LastPage, Showing
from dateline.warehouse.times import contradict


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The earlier capture of an event; both None where no capture bounds it."""

    at: DateTime | None = None
    snapshot_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The page before and this one: what an event happened between."""

    last: LastPage | None
    last_coverage: Coverage
    showing: Showing
    is_collapsed: bool

    def last_seen(self, entry: EntryState) -> Bound:
        """Return the last capture that showed an entry."""
        if entry.last_snapshot_id is not None:
            return Bound(at=entry.last_seen_at, snapshot_id=entry.last_snapshot_id)
        return Bound(at=self.last.captured_at, snapshot_id=self.last.snapshot_id) if self.last else Bound()

    def last_without(self, published: Dating) -> Bound:
        """Return the page before, if an entry of that time would have stood on it."""
        if self.last is None or self.last.captured_at is None or not self.last_coverage.covers(published):
            return Bound()
        return Bound(at=self.last.captured_at, snapshot_id=self.last.snapshot_id)

    def absent_until(self, entry: EntryState) -> Bound:
        """Return the last capture that proves a deleted entry absent."""
        later = self.last_without(entry.published)
        return later if later.snapshot_id else Bound(at=entry.missing_since_at, snapshot_id=entry.missing_snapshot_id)


def events_of(before: EntryState | None, after: EntryState, between: Between) -> list[Event]:
    """Say what a page shows to have happened to an entry that stands on it."""
    if before is None:
        bound = between.last_without(after.published)
        return [_event(EventKind.POSTED, after, bound, between, claimed_at=after.published.at)]
    found = []
    if before.is_deleted:
        found.append(_event(EventKind.RESTORED, after, between.absent_until(before), between))
    seen = between.last_seen(before)
    if before.version.version_id != after.version.version_id:
        found.append(_edited(before, after, seen, between))
    if before.is_pinned != after.is_pinned:
        kind = EventKind.PINNED if after.is_pinned else EventKind.UNPINNED
        found.append(_event(kind, after, seen, between))
    is_sound = not (between.is_collapsed or before.is_time_collapsed)
    was, now = before.shown.at, after.shown.at
    if is_sound and was and now and contradict(before.shown, after.shown):
        found.append(_event(EventKind.RE_DATED, after, seen, between, stated=(_iso(was), _iso(now)), claimed_at=now))
    return found


def moved_events(entries: Mapping[str, EntryState], ids: Sequence[str], between: Between) -> list[Event]:
    """Say which of the entries that stand on both pages, pinned on neither, have changed places."""
    if between.last is None:
        return []
    then = {one: place for place, one in enumerate(dict.fromkeys(i for i in between.last.entry_ids if i))}
    both = [one for one in ids if one in then]
    places = [then[one] for one in both]
    if all(one < other for one, other in pairwise(places)):
        return []
    kept = longest_run(places)
    bound = Bound(at=between.last.captured_at, snapshot_id=between.last.snapshot_id)
    now = {one: place for place, one in enumerate(ids)}
    return [
        _event(EventKind.MOVED, entries[one], bound, between, stated=(str(then[one]), str(now[one])))
        for one in both
        if then[one] not in kept
    ]


def deleted_event(entry: EntryState, between: Between, proof_snapshot_id: str | None = None) -> Event:
    """Say that an entry is gone; ``entry`` carries the first capture without it."""
    bound = between.last_seen(entry)
    after = entry.missing_snapshot_id or between.showing.snapshot_id
    return Event(
        event_id=_event_id(EventKind.DELETED, entry, after, between),
        entry_id=entry.entry_id,
        kind=EventKind.DELETED,
        earliest_at=bound.at,
        latest_at=entry.missing_since_at,
        before_snapshot_id=bound.snapshot_id,
        after_snapshot_id=after,
        proof_snapshot_id=proof_snapshot_id,
        before_version_id=entry.version.version_id,
    )


def _edited(before: EntryState, after: EntryState, bound: Bound, between: Between) -> Event:
    return _event(
        EventKind.EDITED,
        after,
        bound,
        between,
        before_version_id=before.version.version_id,
        claimed_at=after.version.claimed_at,
    )


def _event(
    kind: EventKind,
    entry: EntryState,
    bound: Bound,
    between: Between,
    *,
    before_version_id: str | None = None,
    stated: tuple[str, str] | tuple[None, None] = (None, None),
    claimed_at: DateTime | None = None,
) -> Event:
    showing = between.showing
    return Event(
        event_id=_event_id(kind, entry, showing.snapshot_id, between),
        entry_id=entry.entry_id,
        kind=kind,
        earliest_at=bound.at,
        latest_at=showing.captured_at,
        before_snapshot_id=bound.snapshot_id,
        after_snapshot_id=showing.snapshot_id,
        before_version_id=before_version_id,
        after_version_id=entry.version.version_id,
        before_stated=stated[0],
        after_stated=stated[1],
        claimed_at=claimed_at,
    )


def _event_id(kind: EventKind, entry: EntryState, snapshot_id: str, between: Between) -> str:
    return digest_within(entry.entry_id, "event", kind, snapshot_id, str(between.showing.place))


def _iso(moment: DateTime) -> str:
    return moment.in_timezone("UTC").isoformat(timespec="seconds")


def longest_run(places: Sequence[int]) -> set[int]:
    """Return the longest increasing run, which need not be contiguous (the first one found)."""
    tails: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for number, place in enumerate(places):
        length = bisect_left(tails, place)
        tails[length : length + 1] = [place]
        at[length : length + 1] = [number]
        previous.append(at[length - 1] if length else -1)
    run = set()
    number = at[-1] if at else -1
    while number >= 0:
        run.add(places[number])
        number = previous[number]
    return run

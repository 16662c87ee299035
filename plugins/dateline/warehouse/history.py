"""The history of a document: a fold over what its pages said, in the order of their capture.

The state after all snapshots is a function of the *set* of them: sorted, then taken in one by one by
:func:`step`. The newest snapshot is one step on the stored state; a late one folds that document anew. So any
order, repetition, batching or parallelism of loads ends in the same rows. Nothing here knows a database.

A deletion needs a tombstone, or two pages that prove an absence (see :mod:`~dateline.warehouse.coverage`).
A page of lower rank than the best one known (an item of a feed, once the document's own page has been read)
says nothing about entries; the first page of a higher rank starts the entries anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pendulum import DateTime

from dateline.model import UNKNOWN_TIME, Dating, digest_within
from dateline.warehouse.coverage import Coverage, coverage_of, is_proof, is_rolling_after
from dateline.warehouse.entry_tables import Proof
from dateline.warehouse.events import Between, deleted_event, events_of, moved_events
from dateline.warehouse.identity import Identified, identify
from dateline.warehouse.past import (
    DocumentState,
    Earlier,
    Edition,
    EntryState,
    Event,
    LastPage,
    Showing,
    Statement,
    Step,
    Version,
)
from dateline.warehouse.times import better, has_collapsed, is_precise, newest

EntryIds = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What showings made of one document: its state, their versions and events, the entries of their editions."""

    state: DocumentState
    versions: Mapping[str, Version]
    events: Mapping[str, Event]
    entry_ids: Mapping[str, EntryIds]


def fold(document_id: str, showings: Iterable[Showing]) -> History:
    """Derive the history of a document from everything that showed it, given in any order."""
    state = DocumentState(document_id=document_id)
    versions: dict[str, Version] = {}
    events: dict[str, Event] = {}
    entry_ids: dict[str, EntryIds] = {}
    shown_at: dict[str, DateTime | None] = {}
    for showing in sorted(showings, key=lambda one: one.order_key):
        edition_id = showing.edition.edition_id
        known = entry_ids.get(edition_id)
        first = shown_at.setdefault(edition_id, showing.captured_at)
        taken = step(state, showing, None if known is None else Earlier(entry_ids=known, shown_at=first))
        if taken.state.rank > state.rank:
            versions, events = {}, {}
            entry_ids = {one: (None,) * len(ids) for one, ids in entry_ids.items()}
        state = taken.state
        versions |= {one.version_id: one for one in taken.versions}
        events |= {one.event_id: one for one in taken.events}
        entry_ids[edition_id] = taken.entry_ids
    return History(state=state, versions=versions, events=events, entry_ids=entry_ids)


def step(state: DocumentState, showing: Showing, earlier: Earlier | None = None) -> Step:
    """Take one more showing into a document's history; it must be the newest so far.

    ``earlier`` is what is known of the same edition from an earlier showing: one face, one identity.
    """
    edition = showing.edition
    if edition.rank < state.rank:
        return Step(state=state, entry_ids=(None,) * len(edition.statements))
    if edition.rank > state.rank:
        state = DocumentState(
            document_id=state.document_id, first_seen_at=state.first_seen_at, last_seen_at=state.last_seen_at
        )
    found = _identified(state, edition, earlier.entry_ids if earlier else None)
    return _Stepping.begin(state, showing, earlier, found).end(state, found)


def _identified(state: DocumentState, edition: Edition, known_ids: EntryIds | None) -> Identified:
    """Find the entries of a page; whose tombstones it shows may be known by now, if another page came between."""
    is_last = state.last is not None and state.last.edition_id == edition.edition_id
    is_settled = any(known_ids or ()) and not any(one.is_deleted for one in edition.statements)
    if known_ids is not None and (is_last or is_settled) and state.rank == edition.rank:
        return Identified(entry_ids=known_ids, new={}, has_positional_anchors=state.has_positional_anchors)
    return identify(state, edition.statements, edition.order, is_cut=edition.is_cut)


@dataclass(slots=True, kw_only=True)
class _Stepping:
    """One step at work: entries as they become, and what has been noted of them."""

    between: Between
    earlier: Earlier | None
    entries: dict[str, EntryState]
    present: dict[str, Statement]
    pinned: set[str]
    versions: list[Version]
    events: list[Event]

    @classmethod
    def begin(cls, state: DocumentState, showing: Showing, earlier: Earlier | None, found: Identified) -> "_Stepping":
        statements = showing.edition.statements
        standing = [
            (one, _uncut(state, showing.edition, one, by))
            for one, by in zip(found.entry_ids, statements, strict=True)
            if one and not by.is_deleted
        ]
        present: dict[str, Statement] = {}
        for entry_id, statement in standing:
            if entry_id not in present or present[entry_id].is_pinned:
                present[entry_id] = statement
        last = state.last
        between = Between(
            last=last,
            last_coverage=coverage_of(last, last.entry_ids, state) if last else Coverage(is_known=False),
            showing=showing,
            is_collapsed=has_collapsed(one.published for one in statements),
        )
        pinned = {entry_id for entry_id, statement in standing if statement.is_pinned}
        return cls(
            between=between,
            earlier=earlier,
            entries=dict(state.entries),
            present=present,
            pinned=pinned,
            versions=[],
            events=[],
        )

    def end(self, state: DocumentState, found: Identified) -> Step:
        for entry_id, statement in self.present.items():
            self._stand(entry_id, statement, found.new.get(entry_id, ""))
        unpinned = [one for one in self.present if not self.entries[one].is_pinned and not _was_pinned(state, one)]
        self.events.extend(moved_events(self.entries, unpinned, self.between))
        is_rolling = is_rolling_after(state, self.between.showing.edition, self.present)
        after = _advanced(state, self.between.showing, self.entries, found, is_rolling=is_rolling)
        self._leave(state, after, found)
        return Step(
            state=after,
            entry_ids=found.entry_ids,
            versions=tuple(self.versions),
            events=tuple(self.events),
        )

    def _stand(self, entry_id: str, statement: Statement, identity: str) -> None:
        before = self.entries.get(entry_id)
        if before is not None and self._stands_unchanged(before, statement):
            return
        after = self._posted(entry_id, identity, statement) if before is None else self._seen(before, statement)
        self.entries[entry_id] = after
        if before is None or before.version != after.version:
            self.versions.append(after.version)
        self.events.extend(events_of(before, after, self.between))

    def _stands_unchanged(self, before: EntryState, statement: Statement) -> bool:
        """Say whether a post stood on the page before just so: most do, and cost nothing then."""
        return (
            before.statement.statement_id == statement.statement_id
            and before.last_snapshot_id is None
            and before.missing_snapshot_id is None
            and before.is_pinned == (before.entry_id in self.pinned)
            and before.first_seen_at is not None
            and before.version.first_seen_at is not None
            and not before.is_time_collapsed
            and not before.is_deleted
        )

    def _posted(self, entry_id: str, identity: str, statement: Statement) -> EntryState:
        showing = self.between.showing
        return EntryState(
            entry_id=entry_id,
            identity=identity,
            statement=statement,
            version=Version(
                version_id=_version_id(entry_id, 1, statement.wording_id),
                entry_id=entry_id,
                number=1,
                wording_id=statement.wording_id,
                claimed_at=statement.published.at,
                unseen_at=self.between.last_without(statement.published).at,
                first_seen_at=showing.captured_at,
                first_snapshot_id=showing.snapshot_id,
            ),
            created=statement.created,
            published=statement.published,
            modified=statement.modified,
            shown=shown_time(statement),
            is_time_collapsed=self.between.is_collapsed,
            is_pinned=entry_id in self.pinned,
            first_seen_at=showing.captured_at,
            first_snapshot_id=showing.snapshot_id,
        )

    def _seen(self, before: EntryState, statement: Statement) -> EntryState:
        captured_at = self.between.showing.captured_at
        is_better = better(
            before.published,
            statement.published,
            kept_collapsed=before.is_time_collapsed,
            new_collapsed=self.between.is_collapsed,
        )
        is_collapsed = self.between.is_collapsed if is_better else before.is_time_collapsed
        is_republished = self.between.is_collapsed and not is_collapsed
        return replace(
            before,
            statement=statement,
            version=self._version(before, statement),
            created=statement.created if better(before.created, statement.created) else before.created,
            published=statement.published if is_better else before.published,
            modified=newest(before.modified, statement.modified),
            # Follow what readers are shown, but not to the times of a re-publication where better ones are known.
            shown=before.shown if is_republished else newest(before.shown, shown_time(statement)),
            is_time_collapsed=is_collapsed,
            is_pinned=before.entry_id in self.pinned,
            first_seen_at=before.first_seen_at or captured_at,
            last_seen_at=None,
            last_snapshot_id=None,
            missing_since_at=None,
            missing_snapshot_id=None,
            deleted_proof=None,
        )

    def _version(self, before: EntryState, statement: Statement) -> Version:
        """Go on with the spell of a wording, or close it and begin the next."""
        version, showing = before.version, self.between.showing
        if version.wording_id == statement.wording_id:
            first_seen_at = version.first_seen_at or showing.captured_at
            return replace(version, first_seen_at=first_seen_at, last_seen_at=None, last_snapshot_id=None)
        bound = self.between.last_seen(before)
        self.versions.append(replace(version, last_seen_at=bound.at, last_snapshot_id=bound.snapshot_id))
        return Version(
            version_id=_version_id(before.entry_id, version.number + 1, statement.wording_id),
            entry_id=before.entry_id,
            number=version.number + 1,
            wording_id=statement.wording_id,
            claimed_at=_claimed(before.statement.modified, statement.modified),
            unseen_at=bound.at,
            first_seen_at=showing.captured_at,
            first_snapshot_id=showing.snapshot_id,
        )

    def _leave(self, state: DocumentState, after: DocumentState, found: Identified) -> None:
        """Settle what is not on this page: seen no longer, missing, or proved to be gone."""
        showing = self.between.showing
        tombstones = {
            one for one, by in zip(found.entry_ids, showing.edition.statements, strict=True) if one and by.is_deleted
        }
        coverage = coverage_of(showing.edition, self.present, after)
        proves = is_proof(state, showing, coverage, self.present)
        for entry_id, entry in self.entries.items():
            if entry_id in self.present:
                continue
            left = self._closed(entry)
            if entry_id in tombstones:
                left = self._buried(left)
            elif proves and not entry.is_deleted and coverage.covers(entry.published) and not self._is_older(entry):
                left = self._missed(left)
            self.entries[entry_id] = left

    def _is_older(self, entry: EntryState) -> bool:
        """Say whether this face was shown before the entry was, and so may be a stale copy: it proves nothing of it.

        A page that states when it was modified tells by that.
        """
        if self.earlier is None or entry.first_seen_at is None or self.between.showing.edition.facts.modified.at:
            return False
        return self.earlier.shown_at is None or self.earlier.shown_at < entry.first_seen_at

    def _closed(self, entry: EntryState) -> EntryState:
        if entry.last_snapshot_id is not None:
            return entry
        bound = self.between.last_seen(entry)
        version = replace(entry.version, last_seen_at=bound.at, last_snapshot_id=bound.snapshot_id)
        self.versions.append(version)
        return replace(entry, version=version, last_seen_at=bound.at, last_snapshot_id=bound.snapshot_id)

    def _buried(self, entry: EntryState) -> EntryState:
        if entry.is_deleted:
            return entry
        showing = self.between.showing
        gone = replace(
            entry,
            missing_since_at=entry.missing_since_at or showing.captured_at,
            missing_snapshot_id=entry.missing_snapshot_id or showing.snapshot_id,
            deleted_proof=Proof.TOMBSTONE,
        )
        self.events.append(deleted_event(gone, self.between))
        return gone

    def _missed(self, entry: EntryState) -> EntryState:
        showing = self.between.showing
        if entry.missing_snapshot_id is None:
            return replace(entry, missing_since_at=showing.captured_at, missing_snapshot_id=showing.snapshot_id)
        if entry.missing_since_at == showing.captured_at:
            return entry
        gone = replace(entry, deleted_proof=Proof.TWO_PAGES)
        self.events.append(deleted_event(gone, self.between, showing.snapshot_id))
        return gone


def _uncut(state: DocumentState, edition: Edition, entry_id: str, statement: Statement) -> Statement:
    """Return the statement of a post; where a page was cut off in the midst of one that is known, the known one."""
    known = state.entries.get(entry_id)
    is_cut_off = edition.is_cut and statement is edition.statements[-1]
    if known and is_cut_off and known.statement.text.startswith(statement.text.rstrip()):
        return known.statement
    return statement


def _advanced(
    state: DocumentState, showing: Showing, entries: Mapping[str, EntryState], found: Identified, *, is_rolling: bool
) -> DocumentState:
    """Return the state after a page; ``entries`` go on to change until the page is taken in."""
    edition = showing.edition
    facts = edition.facts
    stated = [one for one in (state.newest_modified, facts.modified.at) if one]
    counts = bool(edition.statements) and not edition.is_cut
    refused = [one for one in (state.least_refused, edition.refused if counts else None) if one is not None]
    return replace(
        state,
        rank=edition.rank,
        kind=edition.kind,
        order=edition.order,
        is_item=edition.is_item,
        facts=facts,
        published=facts.published if better(state.published, facts.published) else state.published,
        last=LastPage(
            snapshot_id=showing.snapshot_id,
            place=showing.place,
            captured_at=showing.captured_at,
            edition_id=edition.edition_id,
            is_complete=edition.is_complete,
            shows=edition.shows,
            page=edition.page,
            entry_ids=standing_ids(found.entry_ids, edition.statements),
        ),
        entries=entries,
        first_seen_at=state.first_seen_at or showing.captured_at,
        last_seen_at=showing.captured_at or state.last_seen_at,
        has_positional_anchors=found.has_positional_anchors,
        is_rolling=is_rolling,
        least_refused=min(refused) if refused else None,
        newest_modified=max(stated) if stated else None,
    )


def standing_ids(entry_ids: EntryIds, statements: Iterable[Statement]) -> EntryIds:
    """Leave out the tombstones: their entries do not stand on the page."""
    return tuple(None if by.is_deleted else one for one, by in zip(entry_ids, statements, strict=True))


def _was_pinned(state: DocumentState, entry_id: str) -> bool:
    before = state.entries.get(entry_id)
    return before is not None and before.is_pinned


def shown_time(statement: Statement) -> Dating:
    """Return the time that readers see beside a post: its shown clock, or where it has none its published one."""
    is_better = is_precise(statement.published) and not is_precise(statement.shown)
    return statement.published if is_better or statement.shown == UNKNOWN_TIME else statement.shown


def _claimed(before: Dating, after: Dating) -> DateTime | None:
    """Return when the publisher says that an edit was made: its modified time, if that is a new one."""
    return after.at if after.at != before.at else None


def _version_id(entry_id: str, number: int, wording_id: str) -> str:
    return digest_within(entry_id, "version", str(number), wording_id)

"""Writing a document's history: one step where the new showing is the newest, a fold anew where it came late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, bindparam, exists, select, update

from dateline.model import Kind
from dateline.warehouse.change import Changes, added_only, write_difference
from dateline.warehouse.derived import document_row, entry_row, event_row, publisher_rows, version_row
from dateline.warehouse.document_tables import dim_documents, dim_publishers
from dateline.warehouse.editions import EditionRows
from dateline.warehouse.entry_tables import fct_entries, fct_entry_events, fct_entry_versions
from dateline.warehouse.history import EntryIds, fold, step
from dateline.warehouse.match_queue import ask_heirs_of
from dateline.warehouse.past import DocumentState, Earlier, Event, Showing, Version, rank_of
from dateline.warehouse.reading_tables import fct_editions, fct_readings, fct_sightings
from dateline.warehouse.rows import fetch, in_portions, insert_missing
from dateline.warehouse.stored import editions_by_id, showings, sighted, stored_state

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What has come in of one document: showings, editions not yet kept, and whether older ones changed.

    A showing of an edition that is kept may come without its statements: they are read when needed.
    """

    document_id: str
    showings: tuple[Showing, ...]
    fresh: Mapping[str, EditionRows]
    has_rewritten: bool


def chronicle(connection: Connection, news: News, changes: Changes) -> None:
    """Take what has come in of a document into its history; the same set of showings ends in the same rows."""
    stored = fetch(connection, dim_documents, dim_documents.c.document_id == news.document_id)
    document = stored[0] if stored else None
    coming = sorted(news.showings, key=lambda one: one.order_key)
    if document is None or news.has_rewritten or any(_is_late(one, document) for one in coming):
        _fold_anew(connection, news, document, changes)
        return
    counting = [one for one in coming if one.order_key > _stands_at(document)]
    repeats = all(_repeats(one, document) for one in counting)
    if counting and not (repeats and not _awaits_proof(connection, news.document_id)):
        _step_on(connection, news, document, counting, changes)
    else:
        _seen_again(connection, document, counting, changes)
        _keep_sightings(connection, news, {}, changes)


def _stands_at(document: Row) -> tuple[str, str, int]:
    captured_at = document["last_captured_at"]
    when = captured_at.isoformat(timespec="microseconds") if captured_at else ""
    return (when, document["last_snapshot_id"], document["last_place"])


def _is_late(showing: Showing, document: Row) -> bool:
    """Say whether a showing changes the past: one of lower rank does so only before the first."""
    if showing.order_key > _stands_at(document):
        return False
    if showing.edition.rank >= _rank(document):
        return True
    first = document["first_seen_at"]
    return showing.captured_at is not None and (first is None or showing.captured_at < first)


def _rank(document: Row) -> int:
    return rank_of(Kind(document["kind"]), is_item=document["is_item"])


def _repeats(showing: Showing, document: Row) -> bool:
    """Say whether a showing tells nothing new: the same face again, or one that is outranked."""
    if showing.edition.rank < _rank(document):
        return True
    return showing.edition.edition_id == document["last_edition_id"] and document["last_captured_at"] is not None


def _awaits_proof(connection: Connection, document_id: str) -> bool:
    """Say whether an entry is missing: then even the same face again is news, a second proof."""
    missing = (
        (fct_entries.c.document_id == document_id)
        & fct_entries.c.missing_snapshot_id.is_not(None)
        & fct_entries.c.deleted_proof.is_(None)
    )
    return bool(connection.execute(select(exists().where(missing))).scalar_one())


def _seen_again(connection: Connection, document: Row, coming: list[Showing], changes: Changes) -> None:
    same = [one for one in coming if one.edition.rank >= _rank(document)]
    if not same:
        return
    newest = same[-1]
    after = {
        **document,
        "last_captured_at": newest.captured_at,
        "last_snapshot_id": newest.snapshot_id,
        "last_place": newest.place,
        "last_seen_at": newest.captured_at,
    }
    write_difference(connection, dim_documents, [document], [after], changes)


def _step_on(connection: Connection, news: News, document: Row, coming: list[Showing], changes: Changes) -> None:
    before = state = stored_state(connection, document)
    versions: dict[str, Version] = {}
    events: dict[str, Event] = {}
    entry_ids: dict[str, EntryIds] = {}
    earlier: dict[str, Earlier] = {}
    for showing in _filled(connection, coming, news):
        if showing.edition.rank > state.rank:
            _fold_anew(connection, news, document, changes)
            return
        edition_id = showing.edition.edition_id
        known = earlier.get(edition_id) or _sighted_before(connection, news, edition_id)
        taken = step(state, showing, known)
        shown_at = known.shown_at if known else showing.captured_at
        earlier[edition_id] = Earlier(entry_ids=taken.entry_ids, shown_at=shown_at)
        state = taken.state
        versions |= {one.version_id: one for one in taken.versions}
        events |= {one.event_id: one for one in taken.events}
        entry_ids[edition_id] = taken.entry_ids
    _write_document(connection, document, state, changes)
    _write_entries(connection, before, state, changes)
    _write_touched(connection, news.document_id, versions, events, changes)
    _keep_sightings(connection, news, entry_ids, changes)


def _filled(connection: Connection, coming: list[Showing], news: News) -> list[Showing]:
    kept = {one.edition.edition_id for one in coming} - news.fresh.keys()
    whole = editions_by_id(connection, kept)
    return [replace(one, edition=whole.get(one.edition.edition_id, one.edition)) for one in coming]


def _sighted_before(connection: Connection, news: News, edition_id: str) -> Earlier | None:
    if edition_id in news.fresh:
        return None
    found = sighted(connection, edition_id)
    return Earlier(entry_ids=found, shown_at=_first_shown(connection, news, edition_id)) if any(found) else None


def _first_shown(connection: Connection, news: News, edition_id: str) -> DateTime | None:
    """Return when an edition was first captured; None where a capture of it has no time: that counts as first."""
    columns = fct_readings.c
    shown = select(columns.captured_at).where(columns.document_id == news.document_id, columns.edition_id == edition_id)
    return connection.execute(shown.order_by(columns.captured_at.nulls_first()).limit(1)).scalar()


def _fold_anew(connection: Connection, news: News, document: Row | None, changes: Changes) -> None:
    fresh = {edition_id: one.edition for edition_id, one in news.fresh.items()}
    is_first = document is None and not any(one.edition.edition_id not in fresh for one in news.showings)
    known = list(news.showings) if is_first else showings(connection, news.document_id, fresh)
    if not known:
        ask_heirs_of(connection, news.document_id)
        write_difference(connection, dim_documents, [document] if document else [], [], changes)
        return
    history = fold(news.document_id, known)
    document_id = news.document_id
    _write_document(connection, document, history.state, changes)
    new = (
        (fct_entries, [entry_row(one, document_id) for one in history.state.entries.values()]),
        (fct_entry_versions, [version_row(one, document_id) for one in history.versions.values()]),
        (fct_entry_events, [event_row(one, document_id) for one in history.events.values()]),
    )
    for table, rows in new:
        stored = fetch(connection, table, table.c.document_id == document_id) if document else []
        write_difference(connection, table, stored, rows, changes)
    _keep_sightings(connection, news, history.entry_ids, changes)
    if document:
        _rewrite_sightings(connection, news, history.entry_ids, changes)


def _write_document(connection: Connection, document: Row | None, state: DocumentState, changes: Changes) -> None:
    insert_missing(connection, dim_publishers, publisher_rows(state))
    write_difference(connection, dim_documents, [document] if document else [], [document_row(state)], changes)


def _write_entries(connection: Connection, before: DocumentState, after: DocumentState, changes: Changes) -> None:
    """Write the entries that a step changed; a step never takes one away."""
    changed = [one for one in after.entries.values() if before.entries.get(one.entry_id) is not one]
    known = [before.entries[one.entry_id] for one in changed if one.entry_id in before.entries]
    document_id = after.document_id
    write_difference(
        connection,
        fct_entries,
        [entry_row(one, document_id) for one in known],
        [entry_row(one, document_id) for one in changed],
        changes,
    )


def _write_touched(
    connection: Connection,
    document_id: str,
    versions: Mapping[str, Version],
    events: Mapping[str, Event],
    changes: Changes,
) -> None:
    stored: list[Row] = []
    for portion in in_portions(versions):
        stored += fetch(connection, fct_entry_versions, fct_entry_versions.c.version_id.in_(portion))
    rows = [version_row(one, document_id) for one in versions.values()]
    write_difference(connection, fct_entry_versions, stored, rows, changes)
    added_only(connection, fct_entry_events, [event_row(one, document_id) for one in events.values()], changes)


def _keep_sightings(connection: Connection, news: News, entry_ids: Mapping[str, EntryIds], changes: Changes) -> None:
    """Insert the sightings of the editions that are new, each with the entry that it is of."""
    rows: list[Row] = []
    for edition_id, one in news.fresh.items():
        ids = entry_ids.get(edition_id) or (None,) * len(one.sightings)
        rows += [{**row, "entry_id": entry_id} for row, entry_id in zip(one.sightings, ids, strict=True)]
    added_only(connection, fct_sightings, rows, changes)


def _rewrite_sightings(connection: Connection, news: News, entry_ids: Mapping[str, EntryIds], changes: Changes) -> None:
    """Correct which entry stands where in editions that were kept before."""
    of_document = select(fct_editions.c.edition_id).where(fct_editions.c.document_id == news.document_id)
    standing = select(fct_sightings.c.edition_id, fct_sightings.c.position, fct_sightings.c.entry_id)
    rows = connection.execute(standing.where(fct_sightings.c.edition_id.in_(of_document)))
    wrong = [
        {"at_edition": one.edition_id, "at_position": one.position, "now": entry_ids[one.edition_id][one.position]}
        for one in rows
        if one.edition_id in entry_ids and entry_ids[one.edition_id][one.position] != one.entry_id
    ]
    if wrong:
        at = (fct_sightings.c.edition_id == bindparam("at_edition")) & (
            fct_sightings.c.position == bindparam("at_position")
        )
        connection.execute(update(fct_sightings).where(at).values(entry_id=bindparam("now")), _ordered(wrong))
    changes.note(fct_sightings, changed=len(wrong))


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda one: (one["at_edition"], one["at_position"]))

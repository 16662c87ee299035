"""Reading the past back from the tables: states for one more step, or all showings for a fold.

All of it is read for many documents at once: a batch of a hundred documents asks as often as one of a single one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from dateline.model import Kind, Order
from dateline.warehouse.dating_rows import dating_of, unlisted
from dateline.warehouse.editions import compared_text, edition_from
from dateline.warehouse.entry_tables import Proof, fct_entries, fct_entry_versions
from dateline.warehouse.past import DocumentState, Earlier, Edition, EntryState, LastPage, Showing, Statement, Version
from dateline.warehouse.reading_tables import dim_statements, dim_wordings, fct_editions, fct_readings, fct_sightings
from dateline.warehouse.rows import fetch_named, one_of_names, rows_of

Row = Mapping[str, Any]
SHOWINGS_AT_ONCE = 500  # read back together: the pages of many small documents, or of one large one


def stored_states(connection: Connection, documents: Iterable[Row]) -> dict[str, DocumentState]:
    """Read the states that the histories of documents stand at, given their rows of ``dim_documents``."""
    rows = list(documents)
    last = {row["last_edition_id"] for row in rows}
    shells, standing = edition_shells(connection, last), _standing(connection, last)
    entries = _entries(connection, [row["document_id"] for row in rows])
    return {
        row["document_id"]: _state(
            row,
            _last_page(row, shells[row["last_edition_id"]], standing[row["last_edition_id"]]),
            shells[row["last_edition_id"]],
            entries[row["document_id"]],
        )
        for row in rows
    }


def showings(
    connection: Connection, document_ids: Iterable[str], fresh: Mapping[str, Edition]
) -> Iterator[dict[str, list[Showing]]]:
    """Read everything that ever showed each of these documents, in no order, some documents at a time.

    ``fresh`` are editions that are not kept whole yet.
    """
    readings: dict[str, list[Row]] = {one: [] for one in sorted(document_ids)}
    for row in fetch_named(connection, fct_readings.c.document_id, readings):
        readings[row["document_id"]].append(row)
    for group in _grouped(readings):
        rows = [row for document_id in group for row in readings[document_id]]
        known = {**editions_by_id(connection, {row["edition_id"] for row in rows} - fresh.keys()), **fresh}
        yield {one: [showing_from(row, known) for row in readings[one]] for one in group}


def _grouped(readings: Mapping[str, list[Row]]) -> Iterator[list[str]]:
    group: list[str] = []
    room = SHOWINGS_AT_ONCE
    for document_id, rows in readings.items():
        if group and len(rows) > room:
            yield group
            group, room = [], SHOWINGS_AT_ONCE
        group.append(document_id)
        room -= len(rows)
    if group:
        yield group


def showing_from(row: Row, editions: Mapping[str, Edition]) -> Showing:
    """Make the value of a row of ``fct_readings``."""
    return Showing(
        snapshot_id=row["snapshot_id"],
        place=row["place"],
        captured_at=row["captured_at"],
        edition=editions[row["edition_id"]],
    )


def editions_by_id(connection: Connection, edition_ids: Iterable[str]) -> dict[str, Edition]:
    """Read editions whole: their statements in page order."""
    shells = edition_shells(connection, edition_ids)
    if not shells:
        return {}
    places: dict[str, list[str]] = defaultdict(list)
    sightings = fct_sightings.c
    standing = select(sightings.edition_id, sightings.statement_id)
    ordered = standing.where(one_of_names(connection, sightings.edition_id, shells)).order_by("edition_id", "position")
    for edition_id, statement_id in connection.execute(ordered):
        places[edition_id].append(statement_id)
    known = _statements(connection, {one for standing_ in places.values() for one in standing_})
    return {
        edition_id: replace(shell, statements=tuple(known[one] for one in places[edition_id]))
        for edition_id, shell in shells.items()
    }


def edition_shells(connection: Connection, edition_ids: Iterable[str]) -> dict[str, Edition]:
    """Read editions without their statements."""
    wanted = set(edition_ids)
    rows = fetch_named(connection, fct_editions.c.edition_id, wanted) if wanted else []
    return {row["edition_id"]: edition_from(row, ()) for row in rows}


def earlier_showings(connection: Connection, edition_ids: Iterable[str]) -> dict[str, Earlier]:
    """Read what is known of stored editions: the entry at each place, and when each was first captured.

    A capture of unknown time counts as the first.
    """
    wanted = set(edition_ids)
    if not wanted:
        return {}
    readings, editions = fct_readings.c, fct_editions.c
    first = (
        select(readings.captured_at)
        .where(readings.document_id == editions.document_id, readings.edition_id == editions.edition_id)
        .order_by(readings.captured_at.nulls_first())
        .limit(1)
        .scalar_subquery()
    )
    shown = select(editions.edition_id, first).where(one_of_names(connection, editions.edition_id, wanted))
    sightings = fct_sightings.c
    sighted = select(sightings.edition_id, sightings.entry_id).order_by("edition_id", "position")
    entry_ids: dict[str, list[str | None]] = defaultdict(list)
    for edition_id, entry_id in connection.execute(
        sighted.where(one_of_names(connection, sightings.edition_id, wanted))
    ):
        entry_ids[edition_id].append(entry_id)
    return {
        edition_id: Earlier(entry_ids=tuple(entry_ids[edition_id]), shown_at=shown_at)
        for edition_id, shown_at in connection.execute(shown)
    }


def _state(document: Row, last: LastPage, shell: Edition, entries: Mapping[str, EntryState]) -> DocumentState:
    return DocumentState(
        document_id=document["document_id"],
        rank=shell.rank,
        kind=Kind(document["kind"]),
        order=Order(document["entry_order"]),
        is_item=document["is_item"],
        facts=shell.facts,
        published=dating_of("published", document),
        last=last,
        entries=entries,
        first_seen_at=document["first_seen_at"],
        last_seen_at=document["last_seen_at"],
        has_positional_anchors=document["has_positional_anchors"],
        is_rolling=document["is_rolling"],
        least_refused=document["least_refused"],
        newest_modified=document["newest_modified_at"],
    )


def _last_page(document: Row, edition: Edition, entry_ids: Iterable[str | None]) -> LastPage:
    return LastPage(
        snapshot_id=document["last_snapshot_id"],
        place=document["last_place"],
        captured_at=document["last_captured_at"],
        edition_id=edition.edition_id,
        is_complete=edition.is_complete,
        shows=edition.shows,
        page=edition.page,
        entry_ids=tuple(entry_ids),
    )


def _standing(connection: Connection, edition_ids: Iterable[str]) -> Mapping[str, list[str | None]]:
    """Return the entry at each place of editions; none stands where a tombstone does."""
    wanted = (
        select(fct_sightings.c.edition_id, fct_sightings.c.entry_id, dim_statements.c.is_deleted)
        .join(dim_statements, dim_statements.c.statement_id == fct_sightings.c.statement_id)
        .where(one_of_names(connection, fct_sightings.c.edition_id, edition_ids))
        .order_by(fct_sightings.c.edition_id, fct_sightings.c.position)
    )
    found: dict[str, list[str | None]] = defaultdict(list)
    for edition_id, entry_id, is_deleted in connection.execute(wanted):
        found[edition_id].append(None if is_deleted else entry_id)
    return found


def _entries(connection: Connection, document_ids: Iterable[str]) -> Mapping[str, dict[str, EntryState]]:
    entries = fetch_named(connection, fct_entries.c.document_id, document_ids)
    versions = fetch_named(connection, fct_entry_versions.c.version_id, [one["version_id"] for one in entries])
    spells = {one["version_id"]: version_from(one) for one in versions}
    statements = _statements(connection, {one["statement_id"] for one in entries})
    found: dict[str, dict[str, EntryState]] = defaultdict(dict)
    for one in entries:
        state = _entry(one, statements[one["statement_id"]], spells[one["version_id"]])
        found[one["document_id"]][state.entry_id] = state
    return found


def _statements(connection: Connection, statement_ids: Iterable[str]) -> dict[str, Statement]:
    wanted = (
        select(dim_statements, dim_wordings.c.headline, dim_wordings.c.body)
        .join(dim_wordings, dim_wordings.c.wording_id == dim_statements.c.wording_id)
        .where(one_of_names(connection, dim_statements.c.statement_id, statement_ids))
    )
    return {one["statement_id"]: _statement(one) for one in rows_of(connection, wanted)}


def _statement(row: Mapping[Any, Any]) -> Statement:
    datings = row["datings"]
    return Statement(
        statement_id=row["statement_id"],
        wording_id=row["wording_id"],
        text=compared_text(row["headline"], row["body"]),
        anchor=row["anchor"],
        created=unlisted(datings["created"]),
        published=unlisted(datings["published"]),
        modified=unlisted(datings["modified"]),
        shown=unlisted(datings["shown"]),
        is_pinned=row["is_pinned"],
        is_key_event=row["is_key_event"],
        is_summary=row["is_summary"],
        is_deleted=row["is_deleted"],
    )


def version_from(row: Row) -> Version:
    """Make the value of a row of ``fct_entry_versions``."""
    return Version(
        version_id=row["version_id"],
        entry_id=row["entry_id"],
        number=row["number"],
        wording_id=row["wording_id"],
        claimed_at=row["claimed_at"],
        unseen_at=row["unseen_at"],
        first_seen_at=row["first_seen_at"],
        first_snapshot_id=row["first_snapshot_id"],
        last_seen_at=row["last_seen_at"],
        last_snapshot_id=row["last_snapshot_id"],
    )


def _entry(row: Row, statement: Statement, version: Version) -> EntryState:
    return EntryState(
        entry_id=row["entry_id"],
        identity=row["identity"],
        statement=statement,
        version=version,
        published=dating_of("published", row),
        created=dating_of("created", row),
        modified=dating_of("modified", row),
        shown=dating_of("shown", row),
        is_time_collapsed=row["is_time_collapsed"],
        is_pinned=row["is_pinned"],
        first_seen_at=row["first_seen_at"],
        first_snapshot_id=row["first_snapshot_id"],
        last_seen_at=row["last_seen_at"],
        last_snapshot_id=row["last_snapshot_id"],
        missing_since_at=row["missing_since_at"],
        missing_snapshot_id=row["missing_snapshot_id"],
        deleted_proof=Proof(row["deleted_proof"]) if row["deleted_proof"] else None,
    )

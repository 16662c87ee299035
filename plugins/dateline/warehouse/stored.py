"""Reading the past back from the tables: a document's state for one more step, or all its showings for a fold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, select

from dateline.model import Kind, Order
from dateline.warehouse.dating_rows import dating_of, unlisted
from dateline.warehouse.editions import compared_text, edition_from
from dateline.warehouse.entry_tables import Proof, fct_entries, fct_entry_versions
from dateline.warehouse.facts import facts_of
from dateline.warehouse.past import DocumentState, Edition, EntryState, LastPage, Showing, Statement, Version
from dateline.warehouse.reading_tables import dim_statements, dim_wordings, fct_editions, fct_readings, fct_sightings
from dateline.warehouse.rows import in_portions

Row = Mapping[str, Any]


def stored_state(connection: Connection, document: Row) -> DocumentState:
    """Read the state that a document's history stands at; ``document`` is its row of ``dim_documents``."""
    document_id = document["document_id"]
    edition = rows_of(connection, select(fct_editions).where(fct_editions.c.edition_id == document["last_edition_id"]))[
        0
    ]
    shell = edition_from(edition, ())
    return DocumentState(
        document_id=document_id,
        rank=shell.rank,
        kind=Kind(document["kind"]),
        order=Order(document["entry_order"]),
        is_item=document["is_item"],
        facts=facts_of(edition["stated"], edition["title"]),
        published=dating_of("published", document),
        last=_last_page(connection, document, shell),
        entries=_entries(connection, document_id),
        first_seen_at=document["first_seen_at"],
        last_seen_at=document["last_seen_at"],
        has_positional_anchors=document["has_positional_anchors"],
        is_rolling=document["is_rolling"],
        least_refused=document["least_refused"],
        newest_modified=document["newest_modified_at"],
    )


def showings(connection: Connection, document_id: str, fresh: Mapping[str, Edition]) -> list[Showing]:
    """Read everything that ever showed a document, in no order; ``fresh`` are editions just being written."""
    wanted = select(fct_readings).where(fct_readings.c.document_id == document_id)
    readings = rows_of(connection, wanted)
    known = {**editions(connection, document_id), **fresh}
    return [
        Showing(
            snapshot_id=one["snapshot_id"],
            place=one["place"],
            captured_at=one["captured_at"],
            edition=known[one["edition_id"]],
        )
        for one in readings
    ]


def editions(connection: Connection, document_id: str) -> dict[str, Edition]:
    """Read every face of a document, whole."""
    of_document = select(fct_editions.c.edition_id).where(fct_editions.c.document_id == document_id)
    return editions_by_id(connection, connection.execute(of_document).scalars())


def editions_by_id(connection: Connection, edition_ids: Iterable[str]) -> dict[str, Edition]:
    """Read editions whole: their statements in page order."""
    shells = edition_shells(connection, edition_ids)
    places: dict[str, list[str]] = defaultdict(list)
    for portion in in_portions(shells):
        standing = select(fct_sightings.c.edition_id, fct_sightings.c.position, fct_sightings.c.statement_id)
        ordered = standing.where(fct_sightings.c.edition_id.in_(portion)).order_by("edition_id", "position")
        for one in connection.execute(ordered):
            places[one.edition_id].append(one.statement_id)
    known = _statements(connection, {one for standing_ in places.values() for one in standing_})
    return {
        edition_id: replace(shell, statements=tuple(known[one] for one in places[edition_id]))
        for edition_id, shell in shells.items()
    }


def edition_shells(connection: Connection, edition_ids: Iterable[str]) -> dict[str, Edition]:
    """Read editions without their statements."""
    found: dict[str, Edition] = {}
    for portion in in_portions(edition_ids):
        rows = rows_of(connection, select(fct_editions).where(fct_editions.c.edition_id.in_(portion)))
        found |= {one["edition_id"]: edition_from(one, ()) for one in rows}
    return found


def sighted(connection: Connection, edition_id: str) -> tuple[str | None, ...]:
    """Return the entry at each place of a stored edition."""
    wanted = select(fct_sightings.c.entry_id).where(fct_sightings.c.edition_id == edition_id)
    return tuple(connection.execute(wanted.order_by(fct_sightings.c.position)).scalars())


def rows_of(connection: Connection, statement: Select[Any]) -> list[dict[str, Any]]:
    """Run a query and return its rows as plain dicts: names are looked up once, not once a row."""
    found = connection.execute(statement)
    names = tuple(found.keys())
    return [dict(zip(names, one, strict=True)) for one in found]


def _last_page(connection: Connection, document: Row, edition: Edition) -> LastPage:
    standing = (
        select(fct_sightings.c.entry_id, dim_statements.c.is_deleted)
        .join(dim_statements, dim_statements.c.statement_id == fct_sightings.c.statement_id)
        .where(fct_sightings.c.edition_id == edition.edition_id)
        .order_by(fct_sightings.c.position)
    )
    return LastPage(
        snapshot_id=document["last_snapshot_id"],
        place=document["last_place"],
        captured_at=document["last_captured_at"],
        edition_id=edition.edition_id,
        is_complete=edition.is_complete,
        shows=edition.shows,
        page=edition.page,
        entry_ids=tuple(None if one.is_deleted else one.entry_id for one in connection.execute(standing)),
    )


def _entries(connection: Connection, document_id: str) -> dict[str, EntryState]:
    entries = rows_of(connection, select(fct_entries).where(fct_entries.c.document_id == document_id))
    of_document = select(fct_entries.c.version_id).where(fct_entries.c.document_id == document_id)
    versions = rows_of(connection, select(fct_entry_versions).where(fct_entry_versions.c.version_id.in_(of_document)))
    spells = {one["version_id"]: version_from(one) for one in versions}
    statements = _statements(connection, {one["statement_id"] for one in entries})
    return {one["entry_id"]: _entry(one, statements[one["statement_id"]], spells[one["version_id"]]) for one in entries}


def _statements(connection: Connection, statement_ids: Iterable[str]) -> dict[str, Statement]:
    found: dict[str, Statement] = {}
    for portion in in_portions(statement_ids):
        wanted = (
            select(dim_statements, dim_wordings.c.headline, dim_wordings.c.body)
            .join(dim_wordings, dim_wordings.c.wording_id == dim_statements.c.wording_id)
            .where(dim_statements.c.statement_id.in_(portion))
        )
        found |= {one["statement_id"]: _statement(one) for one in rows_of(connection, wanted)}
    return found


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

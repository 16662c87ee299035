"""A live blog as it was at an instant: as its readers saw it, or as its publisher claims that it stood.

*Seen*: the newest page captured by then, post by post in its order; of a blog in several pages, the first one.
If that page showed only a part, the posts known by then and not known to be gone follow after it, in the order
of their times; they are marked as not on the page. *Published*: every post whose claimed time has come, in its
newest wording by the publisher's own modified times (by our first sight of it, where the publisher states none).
"""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, false, func, select

from dateline.errors import ReplayError
from dateline.model import Kind
from dateline.replay.documents import LIST
from dateline.replay.posts import EntrySeen, Row, has_come, in_order, numbered, off_page, on_page, standing
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.engine import reading_from
from dateline.warehouse.entry_tables import EventKind, fct_entries, fct_entry_events, fct_entry_versions
from dateline.warehouse.past import rank_of
from dateline.warehouse.reading_tables import dim_statements, dim_wordings, fct_editions, fct_readings, fct_sightings


class Axis(StrEnum):
    """Which time is meant: when readers saw it, or when the publisher claims to have published it."""

    SEEN = "seen"
    PUBLISHED = "published"


def as_of(engine: Engine, document_id: str, at: DateTime, axis: Axis = Axis.SEEN) -> list[EntrySeen]:
    """Return a live blog's posts at an instant, in order; empty before its first capture.

    Raises :class:`ReplayError` for a document that the warehouse does not have.
    """
    with reading_from(engine) as connection:
        document = document_row(connection, document_id)
        look = _as_seen if axis is Axis.SEEN else _as_published
        return numbered(look(connection, document, at))


def gone_by(engine: Engine, document_id: str, at: DateTime) -> set[str]:
    """Return the entries that had been deleted, and not restored, by an instant."""
    with reading_from(engine) as connection:
        return _gone_by(connection, document_id, at)


def document_row(connection: Connection, document_id: str) -> Row:
    """Return a document's row. Raises :class:`ReplayError` where the warehouse does not have it."""
    found = connection.execute(select(dim_documents).where(dim_documents.c.document_id == document_id))
    document = found.mappings().one_or_none()
    if document is None:
        raise ReplayError(f"no document {document_id} is in the warehouse. {LIST}")
    return dict(document)


def pages_of(document: Row, *columns: Any) -> Select[Any]:
    """Select the dated pages of the rank that a document's history is told from."""
    rank = rank_of(Kind(document["kind"]), is_item=document["is_item"])
    kinds = [one for one in Kind if rank_of(one, is_item=document["is_item"]) == rank]
    return (
        select(*columns)
        .join(fct_readings, fct_readings.c.edition_id == fct_editions.c.edition_id)
        .where(
            fct_readings.c.document_id == document["document_id"],
            fct_readings.c.captured_at.is_not(None),
            fct_editions.c.is_item == document["is_item"],
            fct_editions.c.kind.in_(kinds),
        )
    )


def is_front() -> ColumnElement[bool]:
    """Say of an edition that it is what readers met: a blog's first page, and not torn on its way to us."""
    return and_(func.coalesce(fct_editions.c.page, 1) == 1, fct_editions.c.is_cut == false())


def _as_seen(connection: Connection, document: Row, at: DateTime) -> list[EntrySeen]:
    page = _newest_page(connection, document, at)
    if page is None:
        return []
    there = _standing(connection, page["edition_id"])
    if page["is_complete"] and not document["is_rolling"]:
        return there
    known = _versions_by(connection, document["document_id"], fct_entry_versions.c.first_seen_at, at)
    beyond = {one["entry_id"] for one in known} - {one.entry_id for one in there}
    beyond -= _gone_by(connection, document["document_id"], at)
    return there + in_order([off_page(one) for one in known if one["entry_id"] in beyond], document["entry_order"])


def _as_published(connection: Connection, document: Row, at: DateTime) -> list[EntrySeen]:
    document_id = document["document_id"]
    gone = _gone_by(connection, document_id, at)
    pinned = _last_by(connection, document_id, (EventKind.PINNED, EventKind.UNPINNED), at)
    versions = fct_entry_versions.c
    known = _versions_by(connection, document_id, func.coalesce(versions.claimed_at, versions.first_seen_at), at)
    there = [
        replace(off_page(row), is_pinned=pinned.get(row["entry_id"]) == EventKind.PINNED, is_on_page=True)
        for row in known
        if row["entry_id"] not in gone and has_come(row, at)
    ]
    return sorted(in_order(there, document["entry_order"]), key=lambda one: not one.is_pinned)


def _newest_page(connection: Connection, document: Row, at: DateTime) -> Row | None:
    """Find the newest page by then that is whole and a blog's first; any other only where there is none such."""
    readings = fct_readings.c
    newest = (
        pages_of(document, fct_editions.c.edition_id, fct_editions.c.is_complete)
        .where(readings.captured_at <= at)
        .order_by(readings.captured_at.desc(), readings.snapshot_id.desc(), readings.place.desc())
        .limit(1)
    )
    row = connection.execute(newest.where(is_front())).mappings().one_or_none()
    row = row or connection.execute(newest).mappings().one_or_none()
    return dict(row) if row else None


def _standing(connection: Connection, edition_id: str) -> list[EntrySeen]:
    posts = (
        select(
            fct_sightings.c.position,
            fct_sightings.c.entry_id,
            dim_statements,
            dim_wordings.c.headline,
            dim_wordings.c.body,
            dim_wordings.c.author,
        )
        .join(dim_statements, dim_statements.c.statement_id == fct_sightings.c.statement_id)
        .join(dim_wordings, dim_wordings.c.wording_id == dim_statements.c.wording_id)
        .where(fct_sightings.c.edition_id == edition_id, fct_sightings.c.entry_id.is_not(None))
        .order_by(fct_sightings.c.position)
    )
    rows = connection.execute(posts).mappings()
    return standing(on_page(dict(row)) for row in rows if not row["is_deleted"])


def _versions_by(connection: Connection, document_id: str, moment: Any, at: DateTime) -> list[Row]:
    """Return each entry in the newest version that had come by then."""
    by_then = (
        select(fct_entry_versions.c.entry_id, func.max(fct_entry_versions.c.number).label("number"))
        .where(fct_entry_versions.c.document_id == document_id, moment <= at)
        .group_by(fct_entry_versions.c.entry_id)
        .subquery()
    )
    wanted: Select[Any] = (
        select(fct_entries, dim_wordings.c.headline, dim_wordings.c.body, dim_wordings.c.author)
        .join(by_then, by_then.c.entry_id == fct_entries.c.entry_id)
        .join(
            fct_entry_versions,
            (fct_entry_versions.c.entry_id == by_then.c.entry_id) & (fct_entry_versions.c.number == by_then.c.number),
        )
        .join(dim_wordings, dim_wordings.c.wording_id == fct_entry_versions.c.wording_id)
    )
    return [dict(row) for row in connection.execute(wanted).mappings()]


def _gone_by(connection: Connection, document_id: str, at: DateTime) -> set[str]:
    last = _last_by(connection, document_id, (EventKind.DELETED, EventKind.RESTORED), at)
    return {entry_id for entry_id, kind in last.items() if kind == EventKind.DELETED}


def _last_by(connection: Connection, document_id: str, kinds: tuple[EventKind, ...], at: DateTime) -> dict[str, str]:
    """Return the last of these kinds of event that had happened to each entry by then."""
    events = fct_entry_events.c
    happened = (
        select(events.entry_id, events.kind)
        .where(events.document_id == document_id, events.kind.in_(kinds), events.latest_at <= at)
        .order_by(events.latest_at, events.event_id)
    )
    return {row.entry_id: row.kind for row in connection.execute(happened)}

"""A live blog as it was at an instant: as its readers saw it, or as its publisher claims that it stood.

*Seen*: the newest page captured by then, post by post in its order. If that page showed only a part, the
posts known by then and not known to be gone follow after it, in the order of their times; they are marked
as not on the page. *Published*: every post whose claimed time has come, in its newest wording by the
publisher's own modified times (by our first sight of it, where the publisher states none).
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, Engine, Select, func, select

from dateline.errors import ReplayError
from dateline.model import Dating, Kind, Order
from dateline.warehouse.dating_rows import dating_of, unlisted
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.engine import reading_from
from dateline.warehouse.entry_tables import EventKind, fct_entries, fct_entry_events, fct_entry_versions
from dateline.warehouse.metadata import sortable
from dateline.warehouse.past import rank_of
from dateline.warehouse.reading_tables import dim_statements, dim_wordings, fct_editions, fct_readings, fct_sightings

Row = dict[str, Any]


class Axis(StrEnum):
    """Which time is meant: when readers saw it, or when the publisher claims to have published it."""

    SEEN = "seen"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySeen:
    """One post of a live blog at an instant. ``position`` counts from 0 at the top."""

    position: int
    entry_id: str
    anchor: str | None
    headline: str | None
    text: str
    author: str | None
    published: Dating
    shown: Dating
    is_pinned: bool
    is_key_event: bool
    is_summary: bool
    is_on_page: bool


def as_of(engine: Engine, document_id: str, at: DateTime, axis: Axis = Axis.SEEN) -> list[EntrySeen]:
    """Return a live blog's posts at an instant, in order; empty before its first capture.

    Raises :class:`ReplayError` for a document that the warehouse does not have.
    """
    with reading_from(engine) as connection:
        found = connection.execute(select(dim_documents).where(dim_documents.c.document_id == document_id))
        document = found.mappings().one_or_none()
        if document is None:
            raise ReplayError(f"no document {document_id} is in the warehouse. See: dateline query documents")
        look = _as_seen if axis is Axis.SEEN else _as_published
        entries = look(connection, dict(document), at)
    return [replace(one, position=position) for position, one in enumerate(entries)]


def _as_seen(connection: Connection, document: Row, at: DateTime) -> list[EntrySeen]:
    page = _newest_page(connection, document, at)
    if page is None:
        return []
    standing = _standing(connection, page["edition_id"])
    if page["is_complete"] and not document["is_rolling"]:
        return standing
    there = {one.entry_id for one in standing}
    gone = _gone_by(connection, document["document_id"], at)
    known = _versions_by(connection, document["document_id"], fct_entry_versions.c.first_seen_at, at)
    beyond = [_off_page(row) for row in known if row["entry_id"] not in there | gone]
    return standing + _in_order(beyond, document)


def _as_published(connection: Connection, document: Row, at: DateTime) -> list[EntrySeen]:
    document_id = document["document_id"]
    gone = _gone_by(connection, document_id, at)
    pinned = _last_by(connection, document_id, (EventKind.PINNED, EventKind.UNPINNED), at)
    versions = fct_entry_versions.c
    known = _versions_by(connection, document_id, func.coalesce(versions.claimed_at, versions.first_seen_at), at)
    there = [
        replace(_off_page(row), is_pinned=pinned.get(row["entry_id"]) == EventKind.PINNED, is_on_page=True)
        for row in known
        if row["entry_id"] not in gone and _has_come(row, at)
    ]
    return sorted(_in_order(there, document), key=lambda one: not one.is_pinned)


def _newest_page(connection: Connection, document: Row, at: DateTime) -> Row | None:
    """Find the newest page by then, of the rank that the document's history is told from."""
    rank = rank_of(Kind(document["kind"]), is_item=document["is_item"])
    kinds = [one for one in Kind if rank_of(one, is_item=document["is_item"]) == rank]
    pages = (
        select(fct_editions.c.edition_id, fct_editions.c.is_complete)
        .join(fct_readings, fct_readings.c.edition_id == fct_editions.c.edition_id)
        .where(
            fct_readings.c.document_id == document["document_id"],
            fct_readings.c.captured_at <= at,
            fct_editions.c.is_item == document["is_item"],
            fct_editions.c.kind.in_(kinds),
        )
        .order_by(fct_readings.c.captured_at.desc(), fct_readings.c.snapshot_id.desc(), fct_readings.c.place.desc())
        .limit(1)
    )
    row = connection.execute(pages).mappings().one_or_none()
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
        .where(fct_sightings.c.edition_id == edition_id)
        .order_by(fct_sightings.c.position)
    )
    found: dict[str, EntrySeen] = {}
    for row in connection.execute(posts).mappings():
        if row["is_deleted"] or row["entry_id"] is None:
            continue
        if row["entry_id"] in found:  # pinned as well: readers see it at both places, it is one post
            found[row["entry_id"]] = replace(found[row["entry_id"]], is_pinned=True)
            continue
        found[row["entry_id"]] = _on_page(dict(row))
    return list(found.values())


def _on_page(row: Row) -> EntrySeen:
    return _entry(
        row,
        published=unlisted(row["datings"]["published"]),
        shown=unlisted(row["datings"]["shown"]),
        is_pinned=row["is_pinned"],
        is_on_page=True,
    )


def _off_page(row: Row) -> EntrySeen:
    return _entry(
        row, published=dating_of("published", row), shown=dating_of("shown", row), is_pinned=False, is_on_page=False
    )


def _entry(row: Row, *, published: Dating, shown: Dating, is_pinned: bool, is_on_page: bool) -> EntrySeen:
    return EntrySeen(
        position=0,
        entry_id=row["entry_id"],
        anchor=row["anchor"],
        headline=row["headline"],
        text=row["body"],
        author=row["author"],
        published=published,
        shown=shown,
        is_pinned=is_pinned,
        is_key_event=row["is_key_event"],
        is_summary=row["is_summary"],
        is_on_page=is_on_page,
    )


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


def _has_come(row: Row, at: DateTime) -> bool:
    """Say whether a post's claimed time has come; the latest that it can have been, where it is bounded."""
    claimed = row["published_at"] or row["published_latest"] or row["first_seen_at"]
    return claimed is not None and claimed <= at


def _in_order(entries: list[EntrySeen], document: Row) -> list[EntrySeen]:
    """Order by the posts' own times, in the direction of the page; newest first where it has none."""
    newest_first = document["entry_order"] != Order.OLDEST_FIRST
    return sorted(entries, key=_moment, reverse=newest_first)


def _moment(entry: EntrySeen) -> tuple[str, str]:
    known = entry.published.at or entry.published.earliest or entry.published.latest
    return (sortable(known) if known else "", entry.entry_id)

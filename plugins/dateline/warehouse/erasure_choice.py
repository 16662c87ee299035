"""Which captures a rule of erasure names.

A rule of a publisher or an address takes every capture that carries it: its own pages, and the pages of others
that list it or copy it whole (a feed, a topic page). A capture goes as a whole, because an archived answer that
was edited would be no evidence of anything.
"""

from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection, Row, Text, and_, func, literal_column, or_, select

from dateline.model import digest_of, normal_url
from dateline.warehouse.document_tables import dim_documents, dim_publishers
from dateline.warehouse.erasure_log import Rule
from dateline.warehouse.ledger import StoredSnapshot, stored_from
from dateline.warehouse.ledger_tables import dim_sources, fct_snapshots
from dateline.warehouse.reading_tables import fct_editions, fct_readings, fct_rejects

ERASED = "erased"
"""Why a capture is quarantined whose own page was erased before; its bytes go when the next expired ones do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShare:
    """What a rule takes of one source: captures, the span that they cover, and their bytes in the archive."""

    source_id: str
    snapshots: int
    first_at: DateTime | None
    last_at: DateTime | None
    archive_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an erasure would take. ``others`` counts the captures that are pages of somebody else's.

    ``copies_elsewhere`` are documents of other carriers that name the publisher as their origin: they stay.
    """

    sources: tuple[SourceShare, ...]
    others: int
    documents_gone: int
    documents_kept: int  # these lose some of their captures
    copies_elsewhere: int

    @property
    def snapshots(self) -> int:
        """Count the captures."""
        return sum(one.snapshots for one in self.sources)

    @property
    def archive_bytes(self) -> int:
        """Add up their bytes in the archive."""
        return sum(one.archive_bytes for one in self.sources)


Condition = ColumnElement[bool]


def chosen(connection: Connection, rule: Rule) -> Condition:
    """Return the condition on ``fct_snapshots`` that a rule stands for."""
    return and_(*_parts(connection, rule, is_own=False))


def preview(connection: Connection, rule: Rule) -> Preview:
    """Count what a rule would take."""
    condition = chosen(connection, rule)
    own = and_(*_parts(connection, rule, is_own=True))
    columns = fct_snapshots.c
    per_source = (
        select(
            columns.source_id,
            func.count().label("snapshots"),
            func.min(columns.captured_at).label("first_at"),
            func.max(columns.captured_at).label("last_at"),
            func.coalesce(func.sum(columns.archive_bytes), 0).label("archive_bytes"),
        )
        .where(condition)
        .group_by(columns.source_id)
        .order_by(columns.source_id)
    )
    shares = tuple(_share(row) for row in connection.execute(per_source))
    others = connection.scalar(select(func.count()).select_from(fct_snapshots).where(condition, ~own))
    touched = _touched(condition)
    staying = select(fct_readings.c.document_id).where(
        fct_readings.c.document_id.in_(touched), fct_readings.c.snapshot_id.not_in(_ids(condition))
    )
    every = connection.scalar(select(func.count()).select_from(touched.subquery())) or 0
    kept = connection.scalar(select(func.count()).select_from(staying.distinct().subquery())) or 0
    return Preview(
        sources=shares,
        others=others or 0,
        documents_gone=every - kept,
        documents_kept=kept,
        copies_elsewhere=_copies(connection, rule),
    )


def _copies(connection: Connection, rule: Rule) -> int:
    if rule.publisher is None:
        return 0
    names = names_of(connection, rule.publisher)
    ours = select(dim_publishers.c.publisher_id).where(dim_publishers.c.name.in_(names))
    columns = dim_documents.c
    by_others = or_(columns.carrier_id.is_(None), columns.carrier_id.not_in(ours))
    counted = select(func.count()).select_from(dim_documents).where(columns.origin_id.in_(ours), by_others)
    return connection.scalar(counted) or 0


def portion(connection: Connection, condition: Condition, limit: int) -> list[StoredSnapshot]:
    """Return some of the captures that are to go, one address after the other, the newest first.

    In this order the record that holds a body mostly goes after those that refer to it.
    """
    columns = fct_snapshots.c
    order = (columns.url, columns.captured_at.desc(), columns.snapshot_id)
    rows = connection.execute(select(fct_snapshots).where(condition).order_by(*order).limit(limit)).mappings()
    return [stored_from(dict(row)) for row in rows]


def names_of(connection: Connection, publisher: str) -> set[str]:
    """Return the spellings of a publisher's name that pages have stated."""
    folded = publisher.casefold()
    stated = connection.scalars(select(dim_publishers.c.name))
    return {publisher} | {name for name in stated if name.casefold() == folded}


def sources_at(connection: Connection, address: str) -> set[str]:
    """Return the declared sources that watch an address."""
    rows = connection.execute(select(dim_sources.c.source_id, dim_sources.c.url))
    return {row.source_id for row in rows if row.url and normal_url(row.url) == address}


def sources_by(connection: Connection, publisher: str) -> set[str]:
    """Return the sources that are declared as a publisher's."""
    rows = connection.execute(select(dim_sources.c.source_id, dim_sources.c.publisher))
    folded = publisher.casefold()
    return {row.source_id for row in rows if (row.publisher or "").casefold() == folded}


def _parts(connection: Connection, rule: Rule, *, is_own: bool) -> list[Condition]:
    """List what a rule asks of a capture; ``is_own``: it is the page itself, not one that lists it."""
    columns = fct_snapshots.c
    found: list[Condition] = []
    if rule.source_id:
        found.append(columns.source_id == rule.source_id)
    if rule.before:
        found.append(func.coalesce(columns.captured_at, columns.stored_at) < rule.before)
    if rule.address:
        found.append(_at(connection, rule.address, is_own=is_own))
    if rule.publisher:
        found.append(_by(connection, rule.publisher, is_own=is_own))
    return found


def _at(connection: Connection, address: str, *, is_own: bool) -> Condition:
    columns = fct_snapshots.c
    urls = [url for url in connection.scalars(select(columns.url).distinct()) if url and normal_url(url) == address]
    shown = _shows(fct_readings.c.document_id.in_(_documents_at(connection, address)), is_own=is_own)
    return or_(func.coalesce(columns.url, "").in_(urls), columns.source_id.in_(sources_at(connection, address)), shown)


def _by(connection: Connection, publisher: str, *, is_own: bool) -> Condition:
    carrier = fct_editions.c.stated.op("->>", return_type=Text())(literal_column("'carrier'"))
    editions = select(fct_editions.c.edition_id).where(carrier.in_(names_of(connection, publisher)))
    shown = _shows(fct_readings.c.edition_id.in_(editions), is_own=is_own)
    return or_(fct_snapshots.c.source_id.in_(sources_by(connection, publisher)), shown)


def _documents_at(connection: Connection, address: str) -> list[str]:
    columns = dim_documents.c
    rows = connection.execute(select(columns.document_id, columns.url, columns.canonical_url))
    listed = {row.document_id for row in rows if address in {normal_url(one) for one in row[1:] if one}}
    return sorted({digest_of("url", address), *listed})


def _shows(condition: Condition, *, is_own: bool) -> Condition:
    wanted = select(fct_readings.c.snapshot_id).where(condition)
    return fct_snapshots.c.snapshot_id.in_(wanted.where(fct_readings.c.place == 0) if is_own else wanted)


def _ids(condition: Condition) -> Any:
    return select(fct_snapshots.c.snapshot_id).where(condition)


def _touched(condition: Condition) -> Any:
    return select(fct_readings.c.document_id).where(fct_readings.c.snapshot_id.in_(_ids(condition))).distinct()


def _share(row: Row[Any]) -> SourceShare:
    return SourceShare(
        source_id=row.source_id,
        snapshots=row.snapshots,
        first_at=row.first_at,
        last_at=row.last_at,
        archive_bytes=int(row.archive_bytes),
    )


def why_erased(erasure_id: str) -> str:
    """Say why a capture, or an item of one, is not taken in."""
    return f"it was erased before, by erasure {erasure_id}"


def come_back(erasure_id: str) -> Condition:
    """Return the condition for captures that came in after an erasure and were recognised when they were read."""
    refused = select(fct_rejects.c.snapshot_id).where(fct_rejects.c.why == why_erased(erasure_id))
    columns = fct_snapshots.c
    return and_(columns.reason == ERASED, columns.snapshot_id.in_(refused))

"""What a load brought, one page at a time: which document, from which snapshot of which source, and what it refused."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine, select

from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.engine import reading_from
from dateline.warehouse.ledger_tables import fct_snapshots
from dateline.warehouse.reading_tables import fct_readings, fct_rejects
from dateline.warehouse.rows import in_portions


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A document on a snapshot; ``piece`` and ``why`` where a piece of the page was refused, one arrival for each."""

    document_id: str
    title: str | None
    snapshot_id: str
    source_id: str
    url: str | None
    piece: str | None
    why: str | None


def arrivals(engine: Engine, snapshot_ids: Iterable[str]) -> list[Arrival]:
    """Return the documents that stand on these snapshots, in the order of source and document."""
    query = (
        select(
            fct_readings.c.document_id,
            dim_documents.c.title,
            fct_snapshots.c.snapshot_id,
            fct_snapshots.c.source_id,
            fct_snapshots.c.url,
            fct_rejects.c.piece,
            fct_rejects.c.why,
        )
        .join(fct_snapshots, fct_snapshots.c.snapshot_id == fct_readings.c.snapshot_id)
        .join(dim_documents, dim_documents.c.document_id == fct_readings.c.document_id)
        .outerjoin(
            fct_rejects,
            (fct_rejects.c.edition_id == fct_readings.c.edition_id)
            & (fct_rejects.c.document_id == fct_readings.c.document_id),
        )
    )
    found: list[Arrival] = []
    with reading_from(engine) as connection:
        for portion in in_portions(set(snapshot_ids)):
            rows = connection.execute(query.where(fct_readings.c.snapshot_id.in_(portion)))
            found += [Arrival(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name
    return sorted(found, key=lambda one: (one.source_id, one.document_id, one.snapshot_id, one.piece or ""))

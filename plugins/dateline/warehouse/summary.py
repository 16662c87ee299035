"""What is in a warehouse, in numbers: what ``make run`` prints."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Table, func, select

from dateline.model import Precision
from dateline.warehouse.alignment_tables import fct_inheritances
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.engine import reading_from
from dateline.warehouse.entry_tables import fct_entries, fct_entry_events, fct_entry_versions
from dateline.warehouse.ledger_tables import fct_fetches, fct_snapshots
from dateline.warehouse.print_tables import fct_syndications
from dateline.warehouse.reading_tables import fct_conflicts, fct_rejects, fct_sightings


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The numbers of a warehouse; mappings go from a word to a count."""

    documents: Mapping[str, int]  # by kind
    snapshots: Mapping[str, int]  # by state
    entries: int
    deleted_entries: int
    versions: int
    sightings: int
    times: Mapping[str, int]  # entries by the precision of their published time, the finest first
    bases: Mapping[str, int]  # by the evidence for it
    inherited_times: int  # entries of copies that have no exact time, and took over an original's: not among the above
    events: Mapping[str, int]  # by kind
    copies: Mapping[str, int]  # links by level, refuted ones left out
    rejects: int
    conflicts: int
    fetches: int


def summarise(engine: Engine) -> Summary:
    """Count what is in the warehouse, all of one moment."""
    with reading_from(engine) as connection:
        times = _by(connection, fct_entries, "published_precision")
        return Summary(
            documents=_by(connection, dim_documents, "kind"),
            snapshots=_by(connection, fct_snapshots, "state"),
            entries=_count(connection, fct_entries),
            deleted_entries=_count(connection, fct_entries, fct_entries.c.deleted_proof.is_not(None)),
            versions=_count(connection, fct_entry_versions),
            sightings=_count(connection, fct_sightings),
            times={one: times[one] for one in Precision if one in times},
            bases=_by(connection, fct_entries, "published_basis"),
            inherited_times=_count(connection, fct_inheritances, fct_inheritances.c.published_at.is_not(None)),
            events=_by(connection, fct_entry_events, "kind"),
            copies=_by(connection, fct_syndications, "level", ~fct_syndications.c.is_refuted),
            rejects=_count(connection, fct_rejects),
            conflicts=_count(connection, fct_conflicts),
            fetches=_count(connection, fct_fetches),
        )


def _count(connection: Connection, table: Table, *conditions: object) -> int:
    return int(connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())  # type: ignore[arg-type]


def _by(connection: Connection, table: Table, column: str, *conditions: object) -> dict[str, int]:
    named = table.c[column]
    counted = select(named, func.count()).where(*conditions).group_by(named).order_by(named)  # type: ignore[arg-type]
    return {str(word or "none"): int(count) for word, count in connection.execute(counted)}

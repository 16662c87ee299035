"""The rows of a warehouse in a form that two warehouses can be compared by: same captures in, same digests out.

Left out is what depends on when and how they were loaded: ledger times, places in the archive, schedules.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Table, select

from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.engine import reading_from
from dateline.warehouse.entry_tables import fct_entries, fct_entry_events, fct_entry_versions
from dateline.warehouse.ledger_tables import fct_snapshots
from dateline.warehouse.metadata import sortable
from dateline.warehouse.reading_tables import (
    dim_statements,
    dim_wordings,
    fct_conflicts,
    fct_editions,
    fct_readings,
    fct_rejects,
    fct_sightings,
)

COMPARED: tuple[Table, ...] = (
    dim_documents,
    dim_wordings,
    dim_statements,
    fct_snapshots,
    fct_readings,
    fct_editions,
    fct_sightings,
    fct_entries,
    fct_entry_versions,
    fct_entry_events,
    fct_rejects,
    fct_conflicts,
)
NOT_COMPARED = frozenset({
    "stored_at", "settled_at", "archive_path", "archive_offset", "archive_bytes", "archive_digest",
})  # fmt: skip


def row_digests(engine: Engine) -> dict[str, str]:
    """Return a digest of each table's rows, all of one moment."""
    with reading_from(engine) as connection:
        return {table.name: _digest(connection, table) for table in COMPARED}


def rows_of_table(engine: Engine, table: Table) -> list[str]:
    """Return a table's rows as sorted lines of JSON, to see where two warehouses differ."""
    with reading_from(engine) as connection:
        return sorted(_lines(connection, table))


def _digest(connection: Connection, table: Table) -> str:
    return hashlib.sha256("\n".join(sorted(_lines(connection, table))).encode()).hexdigest()


def _lines(connection: Connection, table: Table) -> Iterator[str]:
    columns = [one for one in table.columns if one.name not in NOT_COMPARED]
    for row in connection.execute(select(*columns)).mappings():
        plain = {str(name): value for name, value in row.items()}
        yield orjson.dumps(plain, default=_written, option=orjson.OPT_SORT_KEYS | _PASS_TIMES).decode()


_PASS_TIMES = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS


def _written(value: Any) -> str:
    return sortable(value) if hasattr(value, "tzinfo") else str(value)


__all__ = ["COMPARED", "row_digests", "rows_of_table"]

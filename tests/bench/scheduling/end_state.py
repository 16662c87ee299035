"""What a warehouse ends as, for comparison row by row: everything but when and where Dateline itself did it."""

import json

from sqlalchemy import Engine

from dateline.warehouse.engine import reading_from
from dateline.warehouse.metadata import metadata

OF_THE_RUN = {"stored_at", "settled_at", "archive_path", "archive_offset", "archive_bytes", "archive_digest"}
"""When a row was written, and in which file its bytes are."""

WATCHED = (
    "dim_documents", "dim_publishers", "fct_snapshots", "fct_readings", "fct_editions", "fct_sightings", "fct_entries",
    "fct_entry_versions", "fct_entry_events", "fct_conflicts", "fct_rejects",
)  # fmt: skip


def rows(engine: Engine) -> dict[str, list[str]]:
    """Return every row of the coverage as one comparable line, by table."""
    found = {}
    with reading_from(engine) as connection:
        for name in WATCHED:
            if name in metadata.tables:
                table = metadata.tables[name]
                columns = [one for one in table.columns if one.name not in OF_THE_RUN]
                listed = connection.execute(table.select().with_only_columns(*columns))
                found[name] = sorted(repr(tuple(map(_plain, row))) for row in listed)
    return found


def _plain(value: object) -> object:
    """Make values comparable: PostgreSQL keeps the keys of a JSON object in an order of its own."""
    return json.dumps(value, sort_keys=True) if isinstance(value, (dict, list)) else value


def differences(engine: Engine, reference: Engine) -> list[str]:
    """Say in which tables two warehouses differ, and by how many rows."""
    mine, theirs = rows(engine), rows(reference)
    found = []
    for name, expected in theirs.items():
        missing, extra = set(expected) - set(mine[name]), set(mine[name]) - set(expected)
        if missing or extra or len(mine[name]) != len(expected):
            found.append(f"{name}: {len(missing)} rows missing, {len(extra)} too many")
    return found

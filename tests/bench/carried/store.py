"""Many documents put into a warehouse at once, as a loader would have left them."""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dateline.warehouse.engine import open_warehouse, write_in
from dateline.warehouse.migrate import migrate
from dateline.warehouse.views import publish_views
from matching.stored import document_rows, put_rows

__all__ = ["document_rows", "empty_warehouse", "put"]


def empty_warehouse(address: str) -> Engine:
    """Make a warehouse with all tables and views."""
    engine = open_warehouse(address)
    migrate(engine)
    publish_views(engine)
    return engine


def put(engine: Engine, documents: Iterable[dict], at_once: int = 2_000) -> None:
    """Write documents, some thousands a transaction."""
    batch: list[dict] = []
    for one in documents:
        batch.append(one)
        if len(batch) >= at_once:
            _write(engine, batch)
            batch = []
    _write(engine, batch)


def _write(engine: Engine, batch: list[dict]) -> None:
    merged = defaultdict(list)
    for one in batch:
        for table, rows in one.items():
            merged[table] += rows
    if merged:
        write_in(engine, lambda connection: put_rows(connection, merged))

"""Many documents put into a warehouse at once, as a loader would have left them."""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dateline.matching.units import mark_matched, pending, printed, store
from dateline.warehouse.engine import open_warehouse, reading_from, write_in
from dateline.warehouse.migrate import migrate
from dateline.warehouse.views import publish_views
from matching.stored import document_rows, put_rows

__all__ = ["document_rows", "empty_warehouse", "print_only", "put"]


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


def print_only(engine: Engine, at_once: int = 10_000) -> int:
    """Print all that waits and count it as matched: how a store of strangers comes to be, without comparing them."""
    count = 0
    while True:
        with reading_from(engine) as connection:
            waiting = pending(connection, at_once)
        if not waiting:
            return count
        batch = printed(waiting.units)

        def work(connection, batch=batch, waiting=waiting):
            store(connection, batch)
            mark_matched(connection, waiting)

        write_in(engine, work)
        count += len(waiting.units)


def _write(engine: Engine, batch: list[dict]) -> None:
    merged = defaultdict(list)
    for one in batch:
        for table, rows in one.items():
            merged[table] += rows
    if merged:
        write_in(engine, lambda connection: put_rows(connection, merged))

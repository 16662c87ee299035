"""The warehouse: the tables, how snapshots become rows in them, and how questions are asked of them.

>>> from dateline.warehouse import open_warehouse, migrate
>>> engine = open_warehouse("sqlite://")
>>> migrate(engine) > "0000"
True
"""

from dateline.warehouse.engine import open_warehouse
from dateline.warehouse.ledger import (
    StoredSnapshot,
    declare_sources,
    pending,
    quarantine,
    remember,
    stored_snapshot,
)
from dateline.warehouse.load import LoadReport, load, load_batch
from dateline.warehouse.metadata import metadata
from dateline.warehouse.migrate import migrate, require_current
from dateline.warehouse.showing import ReadSnapshot

__all__ = [
    "LoadReport",
    "ReadSnapshot",
    "StoredSnapshot",
    "declare_sources",
    "load",
    "load_batch",
    "metadata",
    "migrate",
    "open_warehouse",
    "pending",
    "quarantine",
    "remember",
    "require_current",
    "stored_snapshot",
]

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
    remember,
    stored_snapshot,
)
from dateline.warehouse.load import LoadReport, load, load_batch, quarantine
from dateline.warehouse.metadata import metadata
from dateline.warehouse.migrate import migrate, require_current
from dateline.warehouse.query import Result, query
from dateline.warehouse.showing import ReadSnapshot
from dateline.warehouse.summary import Summary, summarise
from dateline.warehouse.views import CheckResult, publish_views, run_checks

__all__ = [
    "CheckResult",
    "LoadReport",
    "ReadSnapshot",
    "Result",
    "StoredSnapshot",
    "Summary",
    "declare_sources",
    "load",
    "load_batch",
    "metadata",
    "migrate",
    "open_warehouse",
    "pending",
    "publish_views",
    "quarantine",
    "query",
    "remember",
    "require_current",
    "run_checks",
    "stored_snapshot",
    "summarise",
]

"""Every table of the warehouse: importing this module fills the shared metadata."""

from dateline.warehouse import (
    alignment_tables,
    document_tables,
    entry_tables,
    erasure_tables,
    ledger_tables,
    print_tables,
    reading_tables,
    results_tables,
    schedule_tables,
)
from dateline.warehouse.metadata import metadata

TABLE_MODULES = (
    alignment_tables,
    document_tables,
    entry_tables,
    erasure_tables,
    ledger_tables,
    print_tables,
    reading_tables,
    results_tables,
    schedule_tables,
)

__all__ = ["TABLE_MODULES", "metadata"]

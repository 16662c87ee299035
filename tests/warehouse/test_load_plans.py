"""Loading the next snapshot reads by keys and indexes alone, so it costs the same in a large warehouse."""

import pytest
from sqlalchemy import text

from dateline.warehouse import load_batch
from dateline.warehouse.tables import metadata
from ferry import snapshots
from plans import scans_of


def test_no_statement_of_a_load_scans_a_table(warehouse):
    captures = snapshots()
    load_batch(warehouse, captures[:4])

    def load_the_rest():
        load_batch(warehouse, captures[4:5])
        load_batch(warehouse, captures[6:])
        load_batch(warehouse, captures[5:6])  # comes late: the document is folded anew

    said, scans = scans_of(warehouse, load_the_rest)
    assert said > 20
    assert not scans


FEW = {("dim_documents", "origin_id")}
"""References to a table of some hundred rows, which loses one only where all of a publisher is erased."""


def test_what_hangs_on_a_deleted_row_is_found_by_an_index():
    """Neither engine indexes the referring side by itself: each deleted entry would read all links."""
    unled = set()
    for table in metadata.sorted_tables:
        leading = {next(iter(one.columns)).name for one in (table.primary_key, *table.indexes) if len(one.columns)}
        unled |= {(table.name, one.parent.name) for one in table.foreign_keys if one.parent.name not in leading}
    assert unled == FEW


@pytest.mark.parametrize("table", ["fct_entries", "fct_snapshots"])
def test_deleting_a_row_reads_no_other_table_whole(sqlite_warehouse, table):
    key = next(iter(metadata.tables[table].primary_key.columns)).name
    gone = text(f"delete from {table} where {key} = 'x'")  # noqa: S608 - names of ours

    def delete_one():
        with sqlite_warehouse.begin() as connection:
            connection.execute(gone)

    said, scans = scans_of(sqlite_warehouse, delete_one)
    assert said == 1
    assert not scans

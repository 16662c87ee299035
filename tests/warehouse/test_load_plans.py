"""Loading the next snapshot reads by keys and indexes alone, so it costs the same in a large warehouse."""

from dateline.warehouse import load_batch
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

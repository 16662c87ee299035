"""Loading the next snapshot reads by keys and indexes alone, so it costs the same in a large warehouse."""

import re

from sqlalchemy import event

from dateline.warehouse import load_batch
from ferry import snapshots

PLANNED = ("select", "update", "delete")
SCAN = r"Seq Scan on|^SCAN (?!json_each|wanted|\d+ CONSTANT)|\(state=\?\)$"
"""A search by a capture's state alone reads nearly all captures: nearly all are loaded."""


def test_no_statement_of_a_load_scans_a_table(warehouse):
    captures = snapshots()
    load_batch(warehouse, captures[:4])
    said = []

    def note(_connection, _cursor, statement, parameters, _context, is_many):
        said.append((statement, parameters[0] if is_many else parameters))

    event.listen(warehouse, "before_cursor_execute", note)
    load_batch(warehouse, captures[4:5])
    load_batch(warehouse, captures[6:])
    load_batch(warehouse, captures[5:6])  # comes late: the document is folded anew
    event.remove(warehouse, "before_cursor_execute", note)
    planned = [one for one in said if one[0].lstrip().lower().startswith(PLANNED)]
    assert len(planned) > 20
    is_postgresql = warehouse.dialect.name == "postgresql"
    with warehouse.connect() as connection:
        if is_postgresql:
            connection.exec_driver_sql("set enable_seqscan = off")  # so small tables show whether an index fits
        for statement, parameters in planned:
            explain = "explain " if is_postgresql else "explain query plan "
            plan = [str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters)]
            scans = [line for line in plan if re.search(SCAN, line)]
            assert not scans, (statement, plan)

"""How the statements of an action are carried out: which of them walk through a whole table."""

import re

from sqlalchemy import event

PLANNED = ("select", "update", "delete", "with")


def scans_of(engine, act, allowed=r"json_each|wanted|\d+ CONSTANT"):
    """Run ``act``; return how many of its statements were planned, and those that scan a table, with their plans.

    On PostgreSQL sequential scans are made dear first, so that small tables show whether an index fits.
    """
    said = []

    def note(_connection, _cursor, statement, parameters, _context, is_many):
        if statement.lstrip().lower().startswith(PLANNED):
            said.append((statement, parameters[0] if is_many else parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    is_postgresql = engine.dialect.name == "postgresql"
    explain = "explain " if is_postgresql else "explain query plan "
    # A search by a capture's state alone reads nearly all captures: nearly all are loaded.
    scan = rf"Seq Scan on (?!{allowed})|^SCAN (?!{allowed}|.*VIRTUAL TABLE)|\(state=\?\)$"
    found = []
    with engine.connect() as connection:
        if is_postgresql:
            connection.exec_driver_sql("set enable_seqscan = off")
        for statement, parameters in said:
            plan = [str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters)]
            if any(re.search(scan, line) for line in plan):
                found.append((statement, plan))
    return len(said), found

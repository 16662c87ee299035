"""A question reads what its period holds, never a whole table of facts: so it costs the same in a large warehouse."""

import re

import pytest

from dateline.warehouse import publish_views
from dateline.warehouse.library import statements_in

SMALL = {"sources", "dim_sources", "fct_erasures"}
"""Tables that do not grow with what is captured."""
WITHOUT_STATISTICS = {"coverage_overview": {"documents"}, "longest_silences": {"documents"}}
"""Undated live blogs: without statistics, as here, SQLite takes documents in the order of its groups."""
VALUES = {"since": "2026-03-01T00:00:00Z", "words": "tide", "url": "https://courier.example/a", "at": "2026-03-02"}
QUESTIONS = statements_in("queries", "sqlite")


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_no_question_scans_a_table_that_grows(sqlite_warehouse, name):
    publish_views(sqlite_warehouse)
    with sqlite_warehouse.connect() as connection:
        given = {key: VALUES[key] for key in QUESTIONS[name].given}
        plan = connection.connection.cursor().execute(f"explain query plan {QUESTIONS[name].sql}", given).fetchall()
        made = connection.exec_driver_sql("select sql from sqlite_master where type = 'view'").scalars()
        views = " ".join(made)
    sql = QUESTIONS[name].sql
    steps = {*re.findall(r"\b(\w+) as \(", sql), *re.findall(r"\) as (\w+)", views)}
    steps |= {view for view in statements_in("views", "sqlite") if view in sql}
    steps |= {alias for step, alias in re.findall(r"from (\w+) as (\w+)", sql) if step in steps}
    scanned = {found.group(1) for row in plan if (found := re.match(r"SCAN (\w+)(?! VIRTUAL)\b", row[3]))}
    assert plan
    assert scanned - steps - SMALL <= WITHOUT_STATISTICS.get(name, set()), [row[3] for row in plan]

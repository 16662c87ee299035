"""Matching the next documents reads by keys and indexes alone, so it costs about the same in a large warehouse."""

from dateline.matching import match
from matching.stored import prose
from plans import scans_of

SMALL = r"dim_boilerplate_prints|fct_verdicts|fct_match_queue"
"""What people and matching have learnt, and what waits: read whole, on purpose."""
STEPS = r"anon_\d+|json_each|CONSTANT ROW"
"""Parts of a statement that are tables of their own: what waits, and values given."""
PENDING = r"fct_print_units USING INDEX ix_fct_print_units_pending"
"""An index that holds nothing but what waits."""


def test_no_statement_of_a_match_scans_a_table(shelf):
    for number in range(12):
        shelf.put(f"stored-{number}", prose(number), prose(100 + number), carrier=f"Carrier {number}", day=number)
    match(shelf.engine)
    shelf.put("copy", prose(3), prose(103), carrier="Copier", day=4)
    shelf.put("stranger", prose(77), carrier="Stranger", day=4)
    said, scans = scans_of(shelf.engine, lambda: match(shelf.engine), allowed=f"{SMALL}|{STEPS}|{PENDING}")
    assert said > 10
    assert not scans

"""What is erased is gone from every byte and row, and the rest is as if it had never been there."""

import pendulum
import pytest

from dateline.archive import plan_merges
from dateline.errors import WarehouseError
from dateline.ingest.archive_care import compact, prove
from dateline.ingest.erasing import erase, preview
from dateline.matching import match
from dateline.model import normal_url
from dateline.warehouse.canonical import row_digests, rows_of_table
from dateline.warehouse.erasure_log import erasures, rule_of
from dateline.warehouse.print_tables import fct_story_copies, fct_syndications
from dateline.warehouse.query import query
from dateline.warehouse.tables import metadata
from ingest.erased_world import (
    BLOG,
    LIVE,
    NOW,
    RULES,
    SOURCES,
    WORLD,
    bytes_of,
    filled,
    lines_of,
    snapshot_id,
    staying,
)


@pytest.mark.parametrize("name", RULES)
def test_the_rest_is_as_if_what_was_erased_had_never_come_in(world, archive, tmp_path, elsewhere, name):
    stated, is_gone = RULES[name]
    done = erase(world, archive, rule_of(**stated), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    left = elsewhere(staying(is_gone))
    assert done.snapshots == len(WORLD) - len(staying(is_gone)) > 2
    assert done.finished_at is not None
    assert row_digests(world) == row_digests(left)
    match(world)
    match(left)
    assert rows_of_table(world, fct_syndications) == rows_of_table(left, fct_syndications)
    assert rows_of_table(world, fct_story_copies) == rows_of_table(left, fct_story_copies)
    proof = prove(world, archive)
    assert (proof.faults, proof.unknown_files) == ((), ())
    assert proof.records == len(staying(is_gone))


@pytest.mark.parametrize(
    ("stated", "is_gone"),
    [
        ({"source_id": LIVE}, lambda one: one.source_id == LIVE),
        ({"publisher": "the harbour courier"}, None),
        ({"address": BLOG + "/?utm_source=x"}, None),
    ],
)
def test_no_byte_and_no_value_is_left(world, archive, tmp_path, stated, is_gone):
    before = bytes_of(world, tmp_path / "archive")
    erase(world, archive, rule_of(**stated), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    gone = {row[0] for row in query(world, "select snapshot_id from fct_erased_snapshots").rows}
    is_gone = is_gone or (lambda one: snapshot_id(one) in gone)
    standing = b"".join(one.snapshot.body for one in staying(is_gone))
    marks = {line.encode() for line in lines_of(filter(is_gone, WORLD))}
    marks = {line for line in marks if line in before and line not in standing}
    assert len(marks) > 5
    after = bytes_of(world, tmp_path / "archive")
    assert [line for line in marks if line in after] == []


def test_the_word_index_knows_no_erased_word(world, archive):
    erase(world, archive, rule_of(before=NOW), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    raw = world.raw_connection()
    segments = raw.execute("select count(*) from wording_search_data where id > 10").fetchone()
    assert segments == (0,)  # only what describes the empty index is left
    raw.close()


def test_an_address_takes_the_pages_of_others_that_carry_it_and_says_so(world, archive):
    seen = preview(world, rule_of(address=BLOG))
    assert {one.source_id for one in seen.sources} > {LIVE}
    assert 0 < seen.others < seen.snapshots
    assert seen.documents_gone > 0
    erase(world, archive, rule_of(address=BLOG), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    urls = [row[0] for row in query(world, "select url from dim_documents").rows]
    assert BLOG not in urls
    assert urls
    assert preview(world, rule_of(address=BLOG)).snapshots == 0


def test_a_preview_writes_nothing(world):
    rows = row_digests(world)
    assert preview(world, rule_of(source_id=LIVE)).snapshots > 3
    assert (row_digests(world), erasures(world)) == (rows, [])


def test_the_log_says_what_when_who_and_how_much_and_holds_none_of_it(world, archive):
    done = erase(world, archive, rule_of(source_id=LIVE), asked_by="R. Tide", sources=SOURCES, clock=lambda: NOW)
    (entry,) = erasures(world)
    assert entry == done
    assert (entry.asked_by, entry.rule.words, entry.asked_at) == ("R. Tide", f"source {LIVE}", NOW)
    assert entry.removed["fct_snapshots"] == entry.snapshots
    assert entry.removed["fct_entry_versions"] > 5
    assert entry.archive_bytes > 1000
    digests = {one.snapshot.digest for one in WORLD if one.source_id == LIVE}
    assert {row[0] for row in query(world, "select body_digest from fct_erased_snapshots").rows} == digests


def test_erasing_after_joining_and_joining_after_erasing(world, archive):
    compact(world, archive)
    erase(world, archive, rule_of(source_id=LIVE), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    compact(world, archive)
    proof = prove(world, archive)
    assert (proof.faults, proof.unknown_files) == ((), ())
    assert plan_merges(archive.files()) == []


def test_an_erasure_names_something():
    with pytest.raises(WarehouseError, match="nothing was named to erase"):
        rule_of()
    assert rule_of(address="https://www.a.example/x/").address == normal_url("http://a.example/x")


def test_postgresql_forgets_the_same(warehouse, archive, elsewhere):
    if warehouse.dialect.name != "postgresql":
        pytest.skip("the other tests are about SQLite")
    match(filled(warehouse, archive, WORLD))
    for stated in ({"source_id": LIVE, "before": pendulum.datetime(2026, 3, 15)}, {"publisher": "Meridian News"}):
        erase(warehouse, archive, rule_of(**stated), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    gone = {row[0] for row in query(warehouse, "select snapshot_id from fct_erased_snapshots").rows}
    left = elsewhere(staying(lambda one: snapshot_id(one) in gone))
    assert row_digests(warehouse) == row_digests(left)
    match(warehouse)
    match(left)
    assert rows_of_table(warehouse, fct_syndications) == rows_of_table(left, fct_syndications)
    compact(warehouse, archive)
    proof = prove(warehouse, archive)
    assert (proof.records, proof.faults, proof.unknown_files) == (len(WORLD) - len(gone), (), ())
    assert "Meridian News" not in [row[0] for row in query(warehouse, "select name from dim_publishers").rows]


GOES_WITH_CAPTURES = {
    "dim_documents", "dim_publishers", "dim_statements", "dim_wordings", "fct_check_results", "fct_conflicts",
    "fct_editions", "fct_entries", "fct_entry_events", "fct_entry_versions", "fct_fetches", "fct_print_units",
    "fct_prints", "fct_readings", "fct_rejects", "fct_sightings", "fct_snapshots", "fct_story_copies",
    "fct_syndications", "fct_verdicts", "fct_match_queue", "fct_alignments", "fct_aligned_pairs",
    "fct_align_queue", "fct_inheritances",
}  # fmt: skip
GOES_WITH_SOURCES = {
    "dim_sources", "source_schedules", "followed_pages", "source_opt_outs", "websub_subscriptions",
}  # fmt: skip
HOLDS_NOTHING_OF_A_PAGE = {
    "data_dictionary", "dim_boilerplate_prints", "fct_erasures", "fct_erased_snapshots", "host_turns", "robots_files",
}  # fmt: skip


def test_of_every_table_it_is_decided_what_an_erasure_does_to_it():
    decided = GOES_WITH_CAPTURES | GOES_WITH_SOURCES | HOLDS_NOTHING_OF_A_PAGE
    assert {table.name for table in metadata.sorted_tables} == decided

"""Loading: the same captures end in the same rows, on both engines."""

from dataclasses import replace

import pytest

from dateline.errors import WarehouseError
from dateline.model import Kind, Precision
from dateline.warehouse import ReadSnapshot, load, load_batch, migrate, open_warehouse, pending, quarantine, remember
from dateline.warehouse.canonical import row_digests
from dateline.warehouse.engine import RefusedRowsError
from dateline.warehouse.ledger import fates
from dateline.warehouse.query import query
from fabricate import BLOG, DAY, article, minute, post, reading, stored
from ferry import NINE, TEN, TUG, snapshots


def count(engine, table):
    return query(engine, f"select count(*) as n from {table}").rows[0][0]  # noqa: S608 - our own names


def test_a_load_can_be_repeated(warehouse):
    for one in snapshots():
        load(warehouse, one.stored, one.readings)
    once = row_digests(warehouse)
    report = load_batch(warehouse, snapshots())
    assert not report.changes
    assert row_digests(warehouse) == once


def test_both_engines_and_any_order_end_in_the_same_rows(warehouse, tmp_path):
    other = open_warehouse(f"sqlite:///{tmp_path}/other.db")
    migrate(other)
    load_batch(other, snapshots())
    for one in reversed(snapshots()):
        load_batch(warehouse, [one])
    assert row_digests(warehouse) == row_digests(other)


def test_a_late_snapshot_slots_in(warehouse):
    late = snapshots()[2]
    load_batch(warehouse, [one for one in snapshots() if one is not late and one.stored != late.stored])
    assert count(warehouse, "fct_entry_versions") == 3
    load_batch(warehouse, [late])
    assert count(warehouse, "fct_entry_versions") == 5


def test_an_article_captured_nobody_knows_when_slots_in_between_item_and_live_blog(sqlite_warehouse, tmp_path):
    feed = reading(url="https://harbour-courier.example/feed", kind=Kind.FEED)
    captures = [
        ReadSnapshot(stored=stored(11, url=feed.document.url), readings=(feed, reading(NINE))),
        ReadSnapshot(stored=stored(37), readings=(reading(NINE, TEN),)),
        ReadSnapshot(stored=stored(None), readings=(article("A report", url=BLOG),)),
    ]
    other = open_warehouse(f"sqlite:///{tmp_path}/other.db")
    migrate(other)
    load_batch(other, captures)
    for one in captures:
        load_batch(sqlite_warehouse, [one])
    assert row_digests(sqlite_warehouse) == row_digests(other)


GONE = replace(TEN, is_deleted=True)
PIECE = replace(TEN, text="The engine failed", anchor=None)  # of a page that was cut off


@pytest.mark.parametrize(
    ("pages", "nameless"),
    [
        pytest.param([(TUG, GONE, NINE), (TUG, TEN, NINE), (TUG, GONE, NINE)], 0, id="known by now"),
        pytest.param([(TEN, GONE, NINE), (TEN, GONE, NINE)], 1, id="tombstone beside its post"),
        pytest.param([(TUG, TEN, NINE), (PIECE,), (PIECE,)], 1, id="piece"),
    ],
)
def test_which_posts_a_page_shown_again_names_does_not_depend_on_the_order(warehouse, tmp_path, pages, nameless):
    captures = [
        ReadSnapshot(stored=stored(at, is_cut=posts == (PIECE,)), readings=(reading(*posts),))
        for at, posts in enumerate(pages)
    ]
    other = open_warehouse(f"sqlite:///{tmp_path}/other.db")
    migrate(other)
    load_batch(other, captures)
    for one in captures:
        load_batch(warehouse, [one])
    assert row_digests(warehouse) == row_digests(other)
    assert query(warehouse, "select count(*) as n from fct_sightings where entry_id is null").rows == ((nameless,),)


def test_a_poll_that_changes_nothing_writes_three_rows(warehouse):
    load_batch(warehouse, snapshots())
    changed = load(warehouse, stored(20), [reading(TUG, NINE)]).changes.tables
    assert {name for name, one in changed.items() if one} == {"fct_readings", "dim_documents"}
    assert changed["dim_documents"].changed == 1


def test_loading_one_document_leaves_the_others_alone(warehouse):
    load_batch(warehouse, snapshots())
    elsewhere = f"{BLOG}-two"
    report = load(warehouse, stored(9, url=elsewhere), [reading(TEN, url=elsewhere)])
    assert len(report.document_ids) == 1
    assert report.changes.tables["fct_entries"].changed == 0


def test_a_body_captured_again_counts_as_its_first_capture_said(warehouse):
    def ago(latest):
        return replace(minute(latest), precision=Precision.BOUNDED, at=None, stated="21 mins ago")

    early, late = (
        ReadSnapshot(stored=stored(at, body="cached"), readings=(reading(replace(TEN, published=ago(at - 21))),))
        for at in (30, 60)
    )
    load_batch(warehouse, [late])
    load_batch(warehouse, [early])
    backwards = row_digests(warehouse)
    assert fates(warehouse, [late.stored])[late.stored.snapshot_id].reason is None
    load_batch(warehouse, [early, replace(late, readings=None)])
    assert row_digests(warehouse) == backwards
    assert query(warehouse, "select published_latest from fct_entries").rows == (("2026-03-02T09:09:59.000000Z",),)


def test_a_body_is_not_taken_as_read_when_its_first_capture_is_gone(warehouse):
    with pytest.raises(WarehouseError, match="gone"):
        load_batch(warehouse, [ReadSnapshot(stored=stored(5), readings=None)])


def test_items_of_a_feed_are_documents_of_their_own(warehouse):
    feed = reading(url="https://harbour-courier.example/feed", kind=Kind.FEED)
    items = [article(f"Report number {n} of the day", url=f"https://harbour-courier.example/{n}") for n in range(3)]
    load(warehouse, stored(1, url=feed.document.url), [feed, *items])
    assert count(warehouse, "dim_documents") == 4
    assert query(warehouse, "select count(*) as n from dim_documents where is_item").rows == ((3,),)


def test_quarantine_takes_back_what_was_read_before(warehouse):
    first, second = snapshots()[:2]
    load_batch(warehouse, [first])
    alone = row_digests(warehouse)
    load_batch(warehouse, [second])
    quarantine(warehouse, second.stored, "unreadable", "nothing in it")
    after = row_digests(warehouse)
    assert {name for name in alone if alone[name] != after[name]} == {"fct_snapshots", "fct_rejects"}


def test_stored_snapshots_wait_in_the_order_of_their_capture(warehouse):
    remember(warehouse, [stored(9), stored(None), stored(3)], DAY)
    assert [one.captured_at for one in pending(warehouse, 10)] == [None, DAY.add(minutes=3), DAY.add(minutes=9)]
    load(warehouse, stored(3), [reading(NINE)])
    assert len(pending(warehouse, 10)) == 2


def test_shards_deal_every_source_to_exactly_one_worker(warehouse):
    remember(warehouse, [stored(n, source_id=f"source-{n}") for n in range(12)], DAY)
    dealt = [one.source_id for k in range(3) for one in pending(warehouse, 50, shard=(k, 3))]
    assert sorted(dealt) == sorted(f"source-{n}" for n in range(12))


def test_text_that_a_database_refuses_is_scrubbed(warehouse):
    odd = replace(NINE, text="a\x00b\ud800c", headline="\ufeffd", author="e\x00", anchor="f\x00")
    load(warehouse, stored(1), [replace(reading(odd), document=replace(reading(odd).document, title="g\x00\udfff"))])
    assert query(warehouse, "select body, author from dim_wordings").rows == (("ab\ufffdc", "e"),)


def test_quotes_and_semicolons_are_only_text(warehouse):
    nasty = "'); drop table dim_documents; --"
    load(warehouse, stored(1, source_id="any"), [reading(post(nasty, anchor=nasty), title=nasty, carrier=nasty)])
    assert query(warehouse, "select title from dim_documents").rows == ((nasty,),)


def test_rows_that_break_a_rule_are_refused_whole(warehouse):
    wrong = replace(minute(5), earliest=DAY.add(minutes=9))
    with pytest.raises(RefusedRowsError, match="bounds"):
        load(warehouse, stored(1), [reading(replace(NINE, published=wrong))])
    assert count(warehouse, "fct_snapshots") == count(warehouse, "dim_wordings") == 0


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("fct_editions", "edition_id"),
        ("fct_entries", "entry_id"),
        ("fct_entry_versions", "version_id"),
        ("fct_entry_events", "event_id"),
    ],
)
def test_what_belongs_to_a_document_lies_together(sqlite_warehouse, table, key):
    load_batch(sqlite_warehouse, snapshots())
    named = query(sqlite_warehouse, f"select {key}, document_id from {table}").rows  # noqa: S608 - our own names
    assert len(named) > 2
    assert all(one.startswith(document_id[:6]) for one, document_id in named)
    assert len({one for one, _ in named}) == len(named)


def test_snapshots_stand_in_the_order_of_their_capture():
    ids = [stored(n).snapshot_id for n in (1, 2, 500, 100_000)]
    assert ids == sorted(ids)
    assert stored(None).snapshot_id < ids[0]


def test_an_anchor_of_nine_kilobytes_is_kept(warehouse):
    load(warehouse, stored(1), [reading(post("A long way home", anchor="x" * 9000))])
    assert query(warehouse, "select length(anchor) as n from fct_entries").rows == ((9000,),)


def test_a_dry_run_says_what_would_change_and_writes_nothing(warehouse):
    report = load_batch(warehouse, snapshots(), is_dry_run=True)
    assert report.changes.tables["fct_entries"].added == 3
    assert count(warehouse, "fct_snapshots") == 0

"""A live blog as of an instant: what its readers saw, and what its publisher claims."""

from dataclasses import replace

import pytest

from dateline.errors import ReplayError
from dateline.model import Order, Window
from dateline.replay import Axis, as_of
from dateline.warehouse import ReadSnapshot, load_batch
from dateline.warehouse.query import query
from fabricate import DAY, minute, post, reading, stored
from ferry import EDITED, NINE, STORY, TEN, TUG, snapshots

LATEST = Window(shows="latest")


def load_pages(engine, *pages):
    """Load pages given as (minute of capture, reading); return the document's id."""
    load_batch(engine, [ReadSnapshot(stored=stored(at), readings=(page,)) for at, page in pages])
    return query(engine, "select document_id from dim_documents").rows[0][0]


def texts(entries):
    return [one.text for one in entries]


def test_every_observed_instant_gives_the_page_that_was_served(warehouse):
    load_batch(warehouse, snapshots())
    document_id = query(warehouse, "select document_id from dim_documents").rows[0][0]
    for at, posts in STORY:
        seen = as_of(warehouse, document_id, DAY.add(minutes=at, seconds=30))
        assert texts(seen) == [one.text for one in posts]
        assert [one.position for one in seen] == list(range(len(posts)))


def test_before_the_first_capture_nothing_is_seen(warehouse):
    document_id = load_pages(warehouse, (5, reading(NINE)))
    assert as_of(warehouse, document_id, DAY) == []


def test_posts_beyond_a_page_of_the_latest_follow_after_it(warehouse):
    many = [post(f"Post number {n} with words of its own to tell", at=n, anchor=f"p{n}") for n in range(8)]
    pages = [(n, reading(*reversed(many[max(0, n - 2) : n + 1]), window=LATEST)) for n in range(8)]
    document_id = load_pages(warehouse, *pages)
    seen = as_of(warehouse, document_id, DAY.add(minutes=6))
    assert [one.anchor for one in seen] == [f"p{n}" for n in range(6, -1, -1)]
    assert [one.is_on_page for one in seen] == [True] * 3 + [False] * 4


def test_a_deleted_post_is_gone_and_a_restored_one_is_back(warehouse):
    shown = [TUG, TEN, NINE]
    pages = [(10, shown), (11, [TUG, NINE]), (12, [TUG, NINE]), (20, shown)]
    document_id = load_pages(warehouse, *[(at, reading(*posts)) for at, posts in pages])
    for axis in Axis:
        there = [TEN.text in texts(as_of(warehouse, document_id, DAY.add(minutes=at), axis)) for at in (10, 13, 21)]
        assert there == [True, False, True], axis


def test_a_pinned_post_stands_on_top_once(warehouse):
    document_id = load_pages(warehouse, (10, reading(replace(NINE, is_pinned=True), TUG, TEN, NINE)))
    seen = as_of(warehouse, document_id, DAY.add(minutes=10))
    assert [(one.anchor, one.is_pinned) for one in seen] == [("a", True), ("c", False), ("b", False)]


def test_the_publishers_axis_goes_by_claimed_times(warehouse):
    edited = replace(EDITED, modified=minute(7))
    document_id = load_pages(warehouse, (40, reading(TUG, TEN, NINE)), (50, reading(TUG, edited, NINE)))
    at_six, at_eight, at_ten = (as_of(warehouse, document_id, DAY.add(minutes=at), Axis.PUBLISHED) for at in (6, 8, 10))
    assert texts(at_six) == [TEN.text, NINE.text]
    assert texts(at_eight) == [EDITED.text, NINE.text]
    assert texts(at_ten) == [TUG.text, EDITED.text, NINE.text]


def test_an_oldest_first_blog_stays_oldest_first(warehouse):
    page = reading(NINE, TEN, TUG, order=Order.OLDEST_FIRST)
    document_id = load_pages(warehouse, (10, page))
    assert [one.anchor for one in as_of(warehouse, document_id, DAY.add(hours=1), Axis.PUBLISHED)] == ["a", "b", "c"]


def test_an_unknown_document_is_said(warehouse):
    with pytest.raises(ReplayError, match="no document"):
        as_of(warehouse, "nowhere", DAY)

"""What reading teaches the schedule: news and none, closed coverage, and which source a feed wakes."""

from dataclasses import replace

import pytest

from dateline.fetch import NEW, plan
from dateline.ingest.lessons import learn, lesson_of, named_in
from dateline.ingest.schedule import keep_states, states_of
from dateline.model import Basis as Evidence
from dateline.model import Clock, Kind, Role
from dateline.source import Source, SourceKind
from dateline.warehouse import ReadSnapshot
from dateline.warehouse.engine import write_in
from dateline.warehouse.ledger import declare_sources
from fabricate import BLOG, DAY, article, minute, post, reading, stored

FERRY = Source(source_id="ferry", url=BLOG)
FEED = Source(source_id="feed", url="https://harbour-courier.example/feed.xml", kind=SourceKind.FEED)
SOURCES = {one.source_id: one for one in (FERRY, FEED)}
NINE = post("The ferry left the harbour at nine", at=0, anchor="a")
TEN = post("The engine failed off the lighthouse", at=5, anchor="b")


@pytest.fixture
def polled(warehouse):
    """A warehouse in which both sources were asked at the beginning, and not read yet."""
    declare_sources(warehouse, SOURCES.values())
    asked = [(one, replace(NEW, polls=1, polled_at=DAY, changes=(DAY,))) for one in SOURCES.values()]
    write_in(warehouse, lambda connection: keep_states(connection, asked, DAY))
    return warehouse


def taught(engine, *pages, source_id="ferry"):
    read = [ReadSnapshot(stored=stored(at, source_id=source_id), readings=readings) for at, *readings in pages]
    read = [replace(one, readings=tuple(one.readings)) for one in read]
    learn(engine, read, SOURCES, DAY.add(minutes=60))
    return states_of(engine, SOURCES)


def feed(*items):
    return (reading(kind=Kind.FEED, url=FEED.url, coverage={"ttl": "30"}), *items)


def test_what_stands_around_the_posts_is_no_news():
    plain = reading(NINE, TEN)
    ticking = reading(TEN, NINE, clocks=(Clock(role=Role.SHOWN, stated="now", basis=Evidence.DOM),))
    assert lesson_of([plain]).told == lesson_of([ticking]).told


@pytest.mark.parametrize(
    "changed",
    [
        reading(NINE),
        reading(NINE, replace(TEN, text="The engine failed twice")),
        reading(NINE, replace(TEN, is_deleted=True)),
        reading(NINE, TEN, title="Ferry towed home"),
    ],
)
def test_a_post_added_changed_or_gone_and_a_new_title_are_news(changed):
    assert lesson_of([changed]).told != lesson_of([reading(NINE, TEN)]).told


@pytest.mark.parametrize(("coverage", "is_closed"), [({}, None), ({"state": "live"}, False), ({"state": "over"}, True)])
def test_only_what_a_page_says_closes_coverage(coverage, is_closed):
    assert lesson_of([reading(NINE, coverage=coverage)]).is_closed is is_closed


@pytest.mark.parametrize(
    ("stated", "seconds"), [("30", 1800), ("0", None), ("soon", None), ("99999", None), ("٣", None)]
)
def test_a_ttl_counts_in_minutes_where_it_is_one(stated, seconds):
    assert lesson_of([reading(NINE, coverage={"ttl": stated})]).ttl == seconds


def test_news_keep_a_page_moving_and_the_same_posts_let_it_cool(polled):
    first = taught(polled, (1, reading(NINE)))["ferry"]
    same = taught(polled, (11, reading(NINE)))["ferry"]
    more = taught(polled, (21, reading(NINE, TEN)))["ferry"]
    assert first.changes == same.changes == (DAY.add(minutes=1),)
    assert more.changes == (DAY.add(minutes=1), DAY.add(minutes=21))


def test_captures_read_in_any_order_or_twice_teach_the_same(polled):
    pages = [(1, reading(NINE)), (11, reading(NINE)), (21, reading(NINE, TEN))]
    once = taught(polled, *reversed(pages))
    assert taught(polled, *pages) == once


def test_closed_coverage_slows_the_plan(polled):
    state = taught(polled, (1, reading(NINE, coverage={"state": "over"})))["ferry"]
    assert "closed" in plan(FERRY, state, DAY).why


def test_a_feed_wakes_the_source_whose_page_it_names_as_newer(polled):
    item = replace(article("", url=BLOG), published=minute(2), modified=minute(30))
    state = taught(polled, (31, *feed(item)), source_id="feed")["ferry"]
    assert state.woken_at == DAY.add(minutes=30)
    assert plan(FERRY, state, DAY.add(minutes=31)).next_at == DAY.add(minutes=31)


def test_what_a_feed_named_before_the_last_poll_wakes_nobody(polled):
    item = replace(article("", url=BLOG), published=minute(-30))
    state = taught(polled, (31, *feed(item)), source_id="feed")["ferry"]
    assert plan(FERRY, state, DAY).why != "another source, or its hub, names it as changed"


def test_a_wrong_clock_ahead_counts_as_the_captures_own_time():
    item = replace(article("", url=BLOG), published=minute(100_000))
    assert [moment for _, moment in named_in(feed(item), DAY)] == [DAY]


def test_a_source_that_was_never_polled_learns_nothing(warehouse):
    assert taught(warehouse, (1, reading(NINE))) == {}

"""Feeds, topic pages and articles: their own times, and how items bound each other."""

from datetime import UTC, datetime

import pendulum

from dateline.dating import date
from dateline.model import Basis, Clock, Document, Kind, Order, Precision, Role


def item(stated: str | None, basis: Basis = Basis.DOM, **more) -> Document:
    clocks = (Clock(role=Role.PUBLISHED, stated=stated, basis=basis),) if stated else ()
    return Document(format="topic_page", kind=Kind.ARTICLE, title=stated, text="A text.", clocks=clocks, **more)


def topic_page(*items: Document, kind: Kind = Kind.TOPIC_PAGE, **more) -> Document:
    return Document(format="topic_page", kind=kind, items=items, **more)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_six_days_ago_without_a_capture_is_bounded_by_the_next_item_alone():
    page = topic_page(item("6 days ago", Basis.RELATIVE), item("21-05-2025"), item("16-05-2025"), item("16-05-2025"))
    own, first, second, *_ = date(page, captured_at=None)
    assert own.order is Order.NEWEST_FIRST
    assert (first.published.at, first.published.precision) == (None, Precision.BOUNDED)
    assert (first.published.earliest, first.published.latest) == (utc(2025, 5, 21), None)
    assert (first.published.basis, first.published.stated) == (Basis.RELATIVE, "6 days ago")
    assert (second.published.at, second.published.precision) == (utc(2025, 5, 21), Precision.DAY)


def test_an_article_shares_its_bounds_with_its_one_entry():
    page = topic_page(item("6 days ago", Basis.RELATIVE), item("21-05-2025"))
    first = date(page, captured_at=None)[1]
    assert [one.published for one in first.entries] == [first.published]


def test_six_days_ago_with_a_capture_needs_no_neighbour():
    page = topic_page(item("6 days ago", Basis.RELATIVE), item("21-05-2025"))
    found = date(page, captured_at=pendulum.datetime(2025, 5, 29, 12))[1].published
    assert (found.at, found.precision) == (utc(2025, 5, 23, 12), Precision.DAY)


def test_a_day_of_two_readings_is_read_as_its_neighbours_write_theirs():
    readings = date(topic_page(item("11-12-2026"), item("21-05-2026")), captured_at=None)
    assert readings[1].published.at == utc(2026, 12, 11)
    alone = date(topic_page(item("11-12-2026"), item("10-12-2026")), captured_at=None)
    assert alone[1].published.precision is Precision.BOUNDED


def test_an_undated_item_at_the_bottom_is_bounded_above():
    last = date(topic_page(item("21-05-2025"), item("16-05-2025"), item(None)), captured_at=None)[-1].published
    assert (last.precision, last.earliest, last.basis) == (Precision.BOUNDED, None, Basis.ORDER)


def test_a_feed_in_no_order_lends_no_bounds():
    stamps = ("2025-05-21T10:00:00Z", "2025-05-01T10:00:00Z", "2025-05-19T10:00:00Z", "2025-05-02T10:00:00Z", None)
    own, *items = date(topic_page(*(item(one) for one in stamps), kind=Kind.FEED), captured_at=None)
    assert own.order is Order.EDITORIAL
    assert items[-1].published.precision is Precision.UNKNOWN


def test_a_feed_and_a_topic_page_have_no_entries_of_their_own():
    own, one = date(topic_page(item("2025-05-21T10:00:00Z"), kind=Kind.FEED), captured_at=None)
    assert own.entries == ()
    assert len(one.entries) == 1
    assert one.entries[0].text == "A text."


def test_items_read_their_clocks_in_the_zone_of_their_page():
    page = topic_page(item("21 May 2025 10:00"), item("20 May 2025 10:00"), zone="Asia/Kolkata")
    assert date(page, captured_at=None)[1].published.at == utc(2025, 5, 21, 4, 30)


def test_days_of_items_are_those_of_the_page_that_prints_them_not_of_their_carriers():
    one = date(topic_page(item("21-05-2025", carrier="BBC News"), item("20-05-2025")), captured_at=None)[1]
    assert one.published.at == utc(2025, 5, 21)
    german = topic_page(item("21-05-2025"), url="https://www.example.de/thema")
    assert date(german, captured_at=None)[1].published.earliest == utc(2025, 5, 20, 22)


def test_a_date_that_no_calendar_has_is_a_reject_of_its_item():
    readings = date(topic_page(item("30-02-2025"), item("21-05-2025")), captured_at=None)
    assert readings[1].published.stated == "30-02-2025"
    assert len(readings[1].rejects) == 1
    assert readings[0].rejects == readings[2].rejects == ()


def test_an_empty_page_is_dated_without_complaint():
    for kind in Kind:
        own, *items = date(Document(format="any", kind=kind), captured_at=None)
        assert (own.published.precision, items) == (Precision.UNKNOWN, [])


def test_an_item_that_states_its_change_alone_was_published_no_later_than_that():
    changed = Clock(role=Role.MODIFIED, stated="2026-05-23T12:00:00Z", basis=Basis.FEED)
    found = date(
        Document(format="feed", kind=Kind.ARTICLE, title="Ice road opens", clocks=(changed,)), captured_at=None
    )
    published = found[0].published
    assert (published.at, published.precision, published.basis) == (None, Precision.BOUNDED, Basis.FEED)
    assert (published.earliest, published.latest) == (None, found[0].modified.latest)
    assert [one.published for one in found[0].entries] == [published]

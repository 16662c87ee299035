"""Whatever a page states, dating answers: no error, and every dating keeps the shape that the model promises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import DateTime, datetime

from dateline.dating import date
from dateline.model import Basis, Block, Clock, DateHeading, Dating, Document, Kind, Order, Precision, Role, Snapshot
from dateline.reading import read

WORDS = [
    *("", "0", "1709333411000", "2024-03-02T21:43:18Z", "2024-03-02 21:43", "20:42", "21 mins ago", "2 March", "00:00"),
    *("2024-03-02T00:00:00Z", "x" * 100, "5000 years ago", "9999-12-31", "0001-01-01", "Sunday", "yesterday", "24:00"),
    *("11-12-2024", "5.02pm GMT", "19:02 IST", "31 December", "Thu, 01 Jan 1970 00:00:00 GMT", "2.3.2024", "just now"),
]
ZONES = [None, None, "Europe/London", "America/New_York", "IST", "nonsense", "+25:00", "-05:00"]
URLS = [
    None,
    "https://a.example.de/x",
    "http://[bad",
    "https://x.example.us/2024/mar/02/",
    "https://x.example/2024/13/40/",
]
ANCHORS = [None, "post1", "block-6579e3a48f08e3b7ab1a3236", "1709415798345", "block-ffffffffffffffffffffffff"]

clocks = st.lists(
    st.builds(
        Clock,
        role=st.sampled_from(Role),
        stated=st.one_of(st.sampled_from(WORDS), st.text(max_size=20)),
        basis=st.sampled_from(Basis),
        zone=st.sampled_from(ZONES),
    ),
    max_size=4,
).map(tuple)
blocks = st.lists(
    st.builds(
        Block,
        where=st.just("somewhere"),
        anchor=st.sampled_from(ANCHORS),
        clocks=clocks,
        is_pinned=st.booleans(),
        is_summary=st.booleans(),
    ),
    max_size=9,
).map(tuple)
headings = st.lists(
    st.builds(DateHeading, position=st.integers(-1, 11), stated=st.sampled_from(WORDS)), max_size=3
).map(tuple)
documents = st.builds(
    Document,
    format=st.just("any"),
    kind=st.sampled_from(Kind),
    url=st.sampled_from(URLS),
    language=st.sampled_from([None, "de", "en-GB", "xx", ""]),
    clocks=clocks,
    zone=st.sampled_from(ZONES),
    order=st.sampled_from(Order),
    blocks=blocks,
    headings=headings,
)


def keeps_its_shape(found: Dating) -> bool:
    known = [one for one in (found.earliest, found.at, found.latest) if one is not None]
    if known != sorted(known) or any(not isinstance(one, DateTime) or one.utcoffset() for one in known):
        return False
    if found.precision is Precision.UNKNOWN:
        return not known
    if found.precision is Precision.BOUNDED:
        return found.at is None and bool(known)
    return len(known) == 3 and found.basis is not None


@settings(max_examples=120, deadline=None)
@given(
    document=documents,
    items=st.lists(documents, max_size=3).map(tuple),
    captured_at=st.sampled_from([None, datetime(2024, 3, 3), datetime(1995, 1, 1), datetime(9999, 12, 31, 23)]),
    zone=st.sampled_from(ZONES),
)
def test_every_dating_keeps_the_shape_that_the_model_promises(document, items, captured_at, zone):
    page = Document(format="any", kind=document.kind, items=(document, *items))
    for reading in date(page, captured_at=captured_at, zone=zone) + date(document, captured_at=captured_at, zone=zone):
        times = [reading.published, reading.modified]
        times += [t for one in reading.entries for t in (one.created, one.published, one.modified, one.shown)]
        assert [one for one in times if not keeps_its_shape(one)] == []
        assert len(reading.entries) == len(reading.document.blocks) or not reading.document.blocks


@settings(max_examples=50, deadline=None)
@given(document=documents, captured_at=st.sampled_from([None, datetime(2024, 3, 3)]))
def test_one_page_is_dated_one_way(document, captured_at):
    assert date(document, captured_at=captured_at) == date(document, captured_at=captured_at)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1 January 0001"])
def test_a_heading_at_the_edge_of_the_calendar_dates_nothing(day):
    clock = Clock(role=Role.PUBLISHED, stated="00:00", basis=Basis.TEXT_CLOCK)
    document = Document(
        format="any",
        kind=Kind.LIVE_BLOG,
        blocks=(Block(where="somewhere", text="Words.", clocks=(clock,)),),
        headings=(DateHeading(position=0, stated=day),),
    )
    assert date(document, captured_at=None)[0].entries[0].published.at is None


def test_a_live_blog_without_a_post_has_no_entry():
    head = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Storm, live"}</script>'
    body = f"<!doctype html><html><head>{head}</head><body><h1>Storm, live</h1></body></html>".encode()
    (found,) = read(Snapshot(body=body, url="https://harbour-courier.example/live/storm"))
    assert (found.document.kind, found.entries) == ("live_blog", ())

"""The whole life of a live blog: at every instant what `as_of` gives, and what happened in between."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dateline.errors import ReplayError
from dateline.model import Order, Window
from dateline.replay import Axis, as_of
from dateline.replay.changes import ChangeKind
from dateline.replay.posts import numbered
from dateline.replay.tape import tape_of
from dateline.warehouse import ReadSnapshot, load_batch, migrate, open_warehouse
from dateline.warehouse.query import query
from fabricate import DAY, minute, post, reading, stored
from ferry import NINE, TEN, TUG, snapshots

POSTS = [post(f"News number {n} from the harbour, told in words of its own", at=n, anchor=f"p{n}") for n in range(6)]


def told(tape):
    return [
        (int((look.at - DAY).total_minutes()), change.kind, change.post.anchor)
        for look in tape.looks
        for change in look.changes
    ]


def hold_to_as_of(engine, document_id):
    """Hold every look of both axes, and the instant before it, to what `as_of` says."""
    for axis in Axis:
        tape = tape_of(engine, document_id, axis=axis)
        for look in tape.looks:
            assert numbered(look.posts) == as_of(engine, document_id, look.at, axis)
            just_before = look.at.subtract(microseconds=1)
            assert numbered(tape.posts_at(just_before)) == as_of(engine, document_id, just_before, axis)


def test_a_tape_tells_what_happened_and_when(ferry_warehouse, ferry_id):
    tape = tape_of(ferry_warehouse, ferry_id)
    assert told(tape) == [
        (1, ChangeKind.POSTED, "a"),
        (6, ChangeKind.POSTED, "b"),
        (7, ChangeKind.EDITED, "b"),
        (8, ChangeKind.EDITED, "b"),
        (10, ChangeKind.POSTED, "c"),
        (11, ChangeKind.DELETED, "b"),
    ]
    assert (tape.title, tape.publisher) == ("Ferry adrift", "Harbour Courier")
    assert tape.looks[2].earliest == DAY.add(minutes=6)


def test_a_tape_is_what_as_of_gives_at_every_instant(warehouse):
    load_batch(warehouse, snapshots())
    document_id = query(warehouse, "select document_id from dim_documents").rows[0][0]
    hold_to_as_of(warehouse, document_id)


@pytest.fixture(scope="module")
def shared():
    """One warehouse for all examples, each a document of its own."""
    engine = open_warehouse("sqlite://")
    migrate(engine)
    yield engine
    engine.dispose()


pages = st.lists(
    st.tuples(
        st.lists(st.integers(0, 5), min_size=1, max_size=6, unique=True),
        st.sets(st.integers(0, 5), max_size=2),
        st.sampled_from([None, Window(shows="latest"), Window(page=1, pages=2), Window(page=2, pages=2)]),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=7,
)


NO_LONGER_SHOWN = [
    ([1, 0], set(), None, True, False),
    ([1], set(), Window(shows="latest"), True, False),
    ([0], set(), None, False, False),
]


@given(pages, st.sampled_from([Order.NEWEST_FIRST, Order.OLDEST_FIRST]))
@example(NO_LONGER_SHOWN, Order.NEWEST_FIRST)  # nothing happened but that a post went further down
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_any_blog_is_on_tape_as_it_was(shared, pages, order):
    url, batch = f"https://harbour-courier.example/live/{uuid4()}", []
    for at, (numbers, edited, window, has_pin, is_cut) in enumerate(pages):
        posts = [
            replace(POSTS[n], text=f"{POSTS[n].text}. Put right", modified=minute(at)) if n in edited else POSTS[n]
            for n in numbers
        ]
        posts[0] = replace(posts[0], is_pinned=has_pin)
        page = reading(*posts, window=window, order=order, url=url)
        batch.append(ReadSnapshot(stored=stored(at + 10, is_cut=is_cut, url=url), readings=(page,)))
    load_batch(shared, batch)
    hold_to_as_of(shared, page.document.document_id)


def test_a_span_opens_with_what_stood_then(ferry_warehouse, ferry_id):
    tape = tape_of(ferry_warehouse, ferry_id, since=DAY.add(minutes=8, seconds=30), until=DAY.add(minutes=10))
    assert [[one.anchor for one in look.posts] for look in tape.looks] == [["b", "a"], ["c", "b", "a"]]


def test_before_and_after_a_tape(ferry_warehouse, ferry_id):
    tape = tape_of(ferry_warehouse, ferry_id)
    assert tape.posts_at(DAY) == ()
    assert [one.anchor for one in tape.posts_at(DAY.add(days=9))] == ["c", "a"]


def test_a_post_that_comes_back_is_restored(warehouse):
    shown = [TUG, TEN, NINE]
    story = [(10, shown), (11, [TUG, NINE]), (12, [TUG, NINE]), (20, shown)]
    load_batch(warehouse, [ReadSnapshot(stored=stored(at), readings=(reading(*posts),)) for at, posts in story])
    tape = tape_of(warehouse, query(warehouse, "select document_id from dim_documents").rows[0][0])
    assert told(tape)[3:] == [(11, ChangeKind.DELETED, "b"), (20, ChangeKind.RESTORED, "b")]


def test_an_unknown_document_is_said(ferry_warehouse):
    with pytest.raises(ReplayError, match="no document"):
        tape_of(ferry_warehouse, "nowhere")

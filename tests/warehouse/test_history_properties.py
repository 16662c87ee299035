"""The promise that order does not matter: the same set of pages gives the same history and the same rows."""

import zlib
from dataclasses import replace
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.model import Kind, Order, Window
from dateline.warehouse import ReadSnapshot, load_batch, migrate, open_warehouse
from dateline.warehouse.canonical import row_digests
from dateline.warehouse.history import fold
from fabricate import minute, post, reading, showing, stored

WORDS = (
    "Rain has set in over the whole valley since the early hours",
    "Rain has set in over the whole valley since the early hours, and more is forecast",
    "The bridge at the mill is closed to lorries until further notice",
    "Goal!",
    "",
    "Nobody has been hurt, says the fire brigade, which has left for the night",
)
WINDOWS = (Window(is_complete=True, shows="all"), Window(shows="latest"), Window(), Window(is_complete=True, total=9))

posts = st.builds(
    lambda number, wording, anchored, at, pinned, dead: post(
        f"{WORDS[wording]} ({number % 3})" if wording < 4 else WORDS[wording],
        at=at,
        anchor=f"p{number}" if anchored else None,
        is_pinned=pinned,
        is_deleted=dead and anchored,
    ),
    st.integers(0, 5),
    st.integers(0, len(WORDS) - 1),
    st.booleans(),
    st.one_of(st.none(), st.integers(0, 12)),
    st.sampled_from([False, False, False, True]),
    st.sampled_from([False] * 9 + [True]),
)

pages = st.builds(
    lambda listed, window, order, modified, rejects, kind: replace(
        reading(*listed, window=window, order=order, rejects=rejects, kind=kind),
        modified=reading().modified if modified is None else minute(modified),
    ),
    st.lists(posts, max_size=6),
    st.sampled_from(WINDOWS),
    st.sampled_from([Order.NEWEST_FIRST, Order.OLDEST_FIRST, Order.UNKNOWN]),
    st.one_of(st.none(), st.integers(0, 20)),
    st.sampled_from([0, 0, 0, 1]),
    st.sampled_from([Kind.LIVE_BLOG, Kind.LIVE_BLOG, Kind.LIVE_BLOG, Kind.ARTICLE]),
)

captures = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 40)), pages, st.sampled_from([False, False, False, True])), max_size=9
)


def seen(capture):
    at, page, is_item = capture
    return showing(at, page, is_item=is_item, place=int(is_item))


@given(captures=captures, data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_in_which_pages_arrive_does_not_matter(captures, data):
    showings = [seen(one) for one in captures]
    shuffled = data.draw(st.permutations(showings))
    assert fold("doc", shuffled) == fold("doc", showings)


@given(captures=captures)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_history_is_consistent_in_itself(captures):
    found = fold("doc", [seen(one) for one in captures])
    for entry in found.state.entries.values():
        spells = sorted(
            (one for one in found.versions.values() if one.entry_id == entry.entry_id), key=lambda v: v.number
        )
        assert [one.number for one in spells] == list(range(1, len(spells) + 1))
        assert spells[-1] == entry.version
        assert all(one.wording_id != other.wording_id for one, other in pairwise(spells))
        assert all(one.last_snapshot_id is not None for one in spells[:-1])
    assert all(
        one.earliest_at is None or one.latest_at is None or one.earliest_at <= one.latest_at
        for one in found.events.values()
    )


def read_snapshots(captures):
    """Snapshots of two bodies at most a minute: some captures share a body, as a cache would have it."""
    read = {}
    for at, page, is_item in captures:
        readings = (reading(url="https://harbour-courier.example/feed", kind=Kind.FEED), page) if is_item else (page,)
        ledger = stored(at, body=f"{zlib.crc32(repr((is_item, page)).encode()) % 5}" if at is not None else repr(page))
        read.setdefault(ledger.snapshot_id, ReadSnapshot(stored=ledger, readings=readings))
    return list(read.values())


def digests(batches):
    engine = open_warehouse("sqlite://")
    migrate(engine)
    for batch in batches:
        load_batch(engine, batch)
    found = row_digests(engine)
    engine.dispose()
    return found


@given(captures=captures, data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_order_batching_and_repetition_ends_in_the_same_rows(captures, data):
    one_body = {}
    snapshots = []
    for one in read_snapshots(captures):
        # A body reads alike whenever it was captured: only then may the first reading stand for all.
        readings = one_body.setdefault(one.stored.body_digest, one.readings)
        snapshots.append(replace(one, readings=readings))
    in_order = digests([[one] for one in sorted(snapshots, key=lambda one: str(one.stored.captured_at))])
    shuffled = data.draw(st.permutations(snapshots))
    cut = data.draw(st.integers(0, len(shuffled)))
    again = data.draw(st.lists(st.sampled_from(snapshots), max_size=3)) if snapshots else []
    assert digests([shuffled[:cut], shuffled[cut:], *([one] for one in again)]) == in_order

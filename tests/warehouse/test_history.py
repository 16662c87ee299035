"""What a document's history makes of what its pages showed."""

from dataclasses import replace

from dateline.model import UNKNOWN_TIME, Basis, Dating, Kind, Order, Precision, Window
from dateline.warehouse.entry_tables import EventKind, Proof
from dateline.warehouse.history import fold
from fabricate import DAY, minute, post, reading, showing
from ferry import EDITED, NINE, TEN, TUG

LATEST = Window(shows="latest")


def history(*pages):
    """Fold pages given as (minute of capture, posts…)."""
    return fold("doc", [showing(at, reading(*posts)) for at, *posts in pages])


def entry(found, anchor):
    return next(one for one in found.state.entries.values() if one.statement.anchor == anchor)


def events(found, kind):
    return sorted((one for one in found.events.values() if one.kind is kind), key=lambda one: str(one.latest_at))


def test_an_edit_keeps_the_entry_and_adds_a_version():
    found = history((1, NINE), (6, TEN, NINE), (7, EDITED, NINE))
    assert len(found.state.entries) == 2
    assert entry(found, "b").version.number == 2
    (edit,) = events(found, EventKind.EDITED)
    assert (edit.earliest_at, edit.latest_at) == (DAY.add(minutes=6), DAY.add(minutes=7))


def test_wording_that_comes_back_is_a_third_spell():
    found = history((6, TEN, NINE), (7, EDITED, NINE), (8, TEN, NINE))
    spells = sorted((one for one in found.versions.values() if one.number), key=lambda one: one.number)
    of_ten = [one for one in spells if one.entry_id == entry(found, "b").entry_id]
    assert [one.number for one in of_ten] == [1, 2, 3]
    assert of_ten[0].wording_id == of_ten[2].wording_id != of_ten[1].wording_id


def test_a_post_is_bounded_by_the_last_page_without_it():
    found = history((1, NINE), (6, TEN, NINE))
    posted = {one.entry_id: one for one in events(found, EventKind.POSTED)}
    assert posted[entry(found, "a").entry_id].earliest_at is None
    assert posted[entry(found, "b").entry_id].earliest_at == DAY.add(minutes=1)


def test_one_page_without_a_post_deletes_nothing():
    found = history((10, TUG, TEN, NINE), (11, TUG, NINE))
    assert not entry(found, "b").is_deleted
    assert entry(found, "b").missing_since_at == DAY.add(minutes=11)


def test_two_whole_pages_without_a_post_prove_it_gone():
    found = history((10, TUG, TEN, NINE), (11, TUG, NINE), (12, TUG, NINE))
    assert entry(found, "b").deleted_proof is Proof.TWO_PAGES
    (gone,) = events(found, EventKind.DELETED)
    assert (gone.earliest_at, gone.latest_at) == (DAY.add(minutes=10), DAY.add(minutes=11))
    assert gone.proof_snapshot_id != gone.after_snapshot_id


def test_a_tombstone_deletes_at_once():
    found = history((10, TUG, TEN, NINE), (11, TUG, replace(TEN, text="", is_deleted=True), NINE))
    assert entry(found, "b").deleted_proof is Proof.TOMBSTONE


def test_a_tombstone_of_a_post_never_seen_makes_no_entry():
    found = history((10, TUG, replace(TEN, is_deleted=True), NINE))
    assert len(found.state.entries) == 2


def test_a_deleted_post_that_comes_back_is_restored():
    found = history((10, TUG, TEN, NINE), (11, TUG, NINE), (12, TUG, NINE), (13, TUG, TEN, NINE))
    assert not entry(found, "b").is_deleted
    (back,) = events(found, EventKind.RESTORED)
    assert (back.earliest_at, back.latest_at) == (DAY.add(minutes=12), DAY.add(minutes=13))


def pages_without_ten(**changes):
    whole = showing(10, reading(TUG, TEN, NINE))
    return fold("doc", [whole, *(showing(at, reading(TUG, NINE, **changes)) for at in (11, 12, 13))])


def test_a_cut_off_page_proves_no_absence():
    pages = [showing(10, reading(TUG, TEN, NINE))]
    pages += [showing(at, reading(TUG, NINE), is_cut=True) for at in (11, 12, 13)]
    assert not entry(fold("doc", pages), "b").is_deleted


def test_a_page_that_refuses_a_piece_proves_no_absence():
    assert not entry(pages_without_ten(rejects=1), "b").is_deleted


def test_a_page_of_unknown_extent_proves_no_absence():
    assert not entry(pages_without_ten(window=Window()), "b").is_deleted


def test_a_page_that_states_more_posts_than_it_shows_proves_no_absence():
    assert not entry(pages_without_ten(window=Window(is_complete=True, total=3)), "b").is_deleted


def test_an_empty_page_proves_no_absence():
    pages = [showing(10, reading(TUG, TEN, NINE)), *(showing(at, reading()) for at in (11, 12, 13))]
    assert not any(one.is_deleted for one in fold("doc", pages).state.entries.values())


def test_a_capture_of_unknown_time_proves_no_absence():
    pages = [showing(None, reading(TUG, TEN, NINE)), showing(None, reading(TUG, NINE)), showing(5, reading(TUG, NINE))]
    assert not entry(fold("doc", pages), "b").is_deleted


def test_a_stale_copy_proves_no_absence():
    fresh = showing(10, replace(reading(TUG, TEN, NINE), modified=minute(10)))
    stale = [showing(at, replace(reading(NINE), modified=minute(1))) for at in (11, 12, 13)]
    assert not entry(fold("doc", [fresh, *stale]), "b").is_deleted


def test_a_page_that_lost_most_of_its_posts_proves_no_absence_however_long_it_is_served():
    many = [post(f"Post number {n} with words of its own to tell", at=n, anchor=f"p{n}") for n in range(10)]
    pages = [showing(20, reading(*reversed(many)))]
    pages += [showing(at, reading(*reversed(many[-3:]))) for at in range(21, 30)]
    assert not any(one.is_deleted for one in fold("doc", pages).state.entries.values())


def test_a_stale_copy_of_a_page_without_a_date_deletes_nothing_however_often_it_comes():
    found = history((10, TEN, NINE), (11, TUG, TEN, NINE), (12, TEN, NINE), (13, TEN, NINE), (14, TEN, NINE))
    assert not entry(found, "c").is_deleted


def test_a_page_that_came_before_still_proves_the_absence_of_what_it_followed():
    found = history((10, TUG, TEN, NINE), (11, TUG, NINE), (12, TUG, TEN, NINE), (13, TUG, NINE), (14, TUG, NINE))
    assert entry(found, "b").is_deleted


def test_a_post_that_left_is_deleted_once_the_page_shows_another_face():
    late = post("Tow line parted.", at=14, anchor="d")
    pages = [(10, TEN, NINE), (11, TUG, TEN, NINE), (12, TEN, NINE), (13, late, TEN, NINE), (14, late, TEN, NINE)]
    assert entry(history(*pages), "c").is_deleted


def test_a_post_paginated_away_is_not_deleted():
    many = [post(f"Post number {n} with words of its own to tell", at=n, anchor=f"p{n}") for n in range(12)]
    pages = [showing(n, reading(*reversed(many[max(0, n - 4) : n + 1]), window=LATEST)) for n in range(12)]
    found = fold("doc", pages)
    assert not any(one.is_deleted or one.missing_since_at for one in found.state.entries.values())


def test_a_page_that_calls_itself_whole_and_drops_its_end_is_found_out():
    many = [post(f"Post number {n} with words of its own to tell", at=n, anchor=f"p{n}") for n in range(12)]
    pages = [showing(n, reading(*reversed(many[max(0, n - 4) : n + 1]))) for n in range(12)]
    pages += [showing(20 + n, reading(*reversed(many[-5:]))) for n in range(3)]
    found = fold("doc", pages)
    assert found.state.is_rolling
    assert not any(one.is_deleted for one in found.state.entries.values())


def test_the_newest_post_withdrawn_as_another_comes_is_deleted_and_the_page_does_not_roll():
    found = history((10, TEN, NINE), (11, TUG, NINE), (12, TUG, NINE))
    assert entry(found, "b").is_deleted
    assert not found.state.is_rolling


def test_a_page_that_grows_on_does_not_roll_though_it_lost_its_oldest_once():
    late = post("Tow line parted.", at=14, anchor="d")
    found = history((10, TEN, NINE), (11, TUG, TEN), (12, late, TUG, TEN), (13, late, TUG, TEN))
    assert not found.state.is_rolling
    assert entry(found, "a").is_deleted


def test_the_piece_of_a_post_at_the_end_of_a_cut_page_is_neither_a_post_nor_an_edit():
    nameless = replace(NINE, anchor=None, published=UNKNOWN_TIME, text="Ferry")
    shortened = replace(NINE, text=NINE.text[:-4])
    for piece in (nameless, shortened):
        cut = showing(11, reading(TUG, TEN, piece, window=Window()), is_cut=True)
        pages = [showing(10, reading(TUG, TEN, NINE)), cut, *(showing(at, reading(TUG, TEN, NINE)) for at in (12, 13))]
        found = fold("doc", pages)
        assert len(found.state.entries) == 3
        assert not events(found, EventKind.EDITED)
        assert not any(one.is_deleted for one in found.state.entries.values())


def test_a_new_post_that_a_cut_page_ends_with_is_kept():
    cut = showing(11, reading(TEN, NINE, TUG, window=Window(), order=Order.OLDEST_FIRST), is_cut=True)
    found = fold("doc", [showing(10, reading(TEN, NINE, order=Order.OLDEST_FIRST)), cut])
    assert entry(found, "c").statement.text == TUG.text


def test_a_page_of_the_latest_posts_proves_what_is_gone_between_them():
    many = [post(f"Post number {n} with words of its own to tell", at=n, anchor=f"p{n}") for n in range(8)]
    shown = list(reversed(many))
    without = [one for one in shown if one.anchor != "p6"]
    pages = [showing(20, reading(*shown[:5], window=LATEST))]
    pages += [showing(at, reading(*without[:4], window=LATEST)) for at in (21, 22)]
    found = fold("doc", pages)
    assert entry(found, "p6").is_deleted
    assert sum(one.is_deleted for one in found.state.entries.values()) == 1


def test_the_newest_post_can_be_proved_gone_from_a_page_of_the_latest():
    shown = [TUG, TEN, NINE]
    pages = [showing(20, reading(*shown, window=LATEST))]
    pages += [showing(at, reading(*shown[1:], window=LATEST)) for at in (21, 22)]
    assert entry(fold("doc", pages), "c").is_deleted


def test_a_republication_never_replaces_a_good_time():
    many = [post(f"Post number {n} with words of its own to tell", at=n, anchor=f"p{n}") for n in range(8)]
    collapsed = [replace(one, published=minute(600)) for one in many]
    for pages in ([(20, *many), (700, *collapsed)], [(20, *collapsed), (700, *many)]):
        found = history(*pages)
        assert [entry(found, f"p{n}").published for n in range(8)] == [minute(n) for n in range(8)]
        assert not events(found, EventKind.RE_DATED)


def test_a_republication_shown_twice_says_nothing_new():
    many = [post(f"Post number {n} with words of its own to tell", anchor=f"p{n}") for n in range(8)]
    collapsed = [replace(one, published=minute(600)) for one in many]
    once, twice = (history((20, *many), *((at, *collapsed) for at in captured)) for captured in ((700,), (700, 701)))
    assert once.state.entries == twice.state.entries


def test_a_finer_time_replaces_a_coarser_one():
    at = DAY.add(minutes=5, seconds=7)
    finer = replace(
        TEN,
        published=Dating(at=at, earliest=at, latest=at, precision=Precision.SECOND, basis=Basis.API, stated="9:05:07"),
    )
    assert entry(history((10, TEN), (11, finer)), "b").published.precision is Precision.SECOND
    assert entry(history((10, finer), (11, TEN)), "b").published.precision is Precision.SECOND


def test_a_time_that_the_publisher_changes_is_re_dated_and_the_first_one_stays():
    found = history((10, TUG, TEN, NINE), (80, replace(TEN, published=minute(75)), TUG, NINE))
    (event,) = events(found, EventKind.RE_DATED)
    assert event.claimed_at == DAY.add(minutes=75)
    assert entry(found, "b").published == minute(5)
    assert [one.entry_id for one in events(found, EventKind.MOVED)] == [entry(found, "b").entry_id]


def test_a_post_is_pinned_and_unpinned():
    pinned = replace(NINE, is_pinned=True)
    found = history((10, TUG, TEN, NINE), (11, pinned, TUG, TEN), (12, TUG, TEN, NINE))
    assert [len(events(found, kind)) for kind in (EventKind.PINNED, EventKind.UNPINNED, EventKind.MOVED)] == [1, 1, 0]


def test_a_pinned_copy_is_the_same_entry():
    found = history((10, replace(NINE, is_pinned=True), TUG, TEN, NINE))
    assert len(found.state.entries) == 3
    assert entry(found, "a").is_pinned


def test_an_item_of_a_feed_says_nothing_once_the_page_itself_was_read():
    summary = showing(2, reading(post("A summary in a feed"), kind=Kind.ARTICLE), is_item=True, place=3)
    page = showing(5, reading(TEN, NINE))
    later = showing(9, reading(post("Another summary in a feed"), kind=Kind.ARTICLE), is_item=True, place=3)
    found = fold("doc", [summary, page, later])
    assert {one.statement.anchor for one in found.state.entries.values()} == {"a", "b"}
    assert not found.state.is_item
    assert found.state.first_seen_at == DAY.add(minutes=2)
    assert found.state.last_seen_at == DAY.add(minutes=5)


def test_an_unchanged_page_changes_nothing_but_when_it_was_seen_last():
    once, twice = history((5, TEN, NINE)), history((5, TEN, NINE), (6, TEN, NINE))
    assert once.versions == twice.versions
    assert once.events == twice.events
    assert once.state.entries == twice.state.entries
    assert twice.state.last_seen_at == DAY.add(minutes=6)


def test_a_relative_time_is_resolved_once():
    def ago(latest):
        return Dating(
            latest=DAY.add(minutes=latest), precision=Precision.BOUNDED, basis=Basis.RELATIVE, stated="3 mins ago"
        )

    found = history((5, replace(TEN, published=ago(2))), (30, replace(TEN, published=ago(27))))
    assert entry(found, "b").published == ago(2)


def test_a_new_order_moves_the_fewest_posts():
    posts = [post(f"Post number {n} with words of its own to tell", anchor=f"p{n}") for n in range(6)]
    found = fold(
        "doc",
        [
            showing(1, reading(*posts, order=Order.EDITORIAL)),
            showing(2, reading(posts[4], *posts[:4], posts[5], order=Order.EDITORIAL)),
        ],
    )
    (moved,) = events(found, EventKind.MOVED)
    assert (moved.before_stated, moved.after_stated) == ("4", "0")


def test_a_post_without_any_time_is_still_an_entry():
    found = history((5, post("", anchor="x"), TEN))
    assert entry(found, "x").published == UNKNOWN_TIME

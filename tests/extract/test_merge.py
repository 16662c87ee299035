"""Two channels of one page become one list of posts."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.folding import folded
from dateline.extract.merge import merge
from dateline.extract.same_post import match
from dateline.model import Basis, Block, Clock, Document, Kind, Role

WORDS = "The harbour is closed, and the ferries stay in port until the wind has turned to the east. "


def clock(stated: str, basis: Basis = Basis.DOM) -> Clock:
    return Clock(role=Role.PUBLISHED, stated=stated, basis=basis)


def blog(*blocks: Block, **more) -> Document:
    return Document(format="schema_org", kind=Kind.LIVE_BLOG, blocks=blocks, **more)


def post(number: int, basis: Basis = Basis.DOM, **more) -> Block:
    told = {"anchor": str(10_000 + number), "text": f"{number}. {WORDS}", "clocks": (clock(f"t{number}", basis),)}
    return Block(where=f"post {number}", **(told | more))


def test_one_post_keeps_the_clocks_of_both_channels():
    (one,) = merge(blog(post(1)), blog(post(1, Basis.JSON_LD))).blocks
    assert [c.basis for c in one.clocks] == [Basis.DOM, Basis.JSON_LD]


def test_posts_without_ids_meet_by_the_opening_of_their_text():
    cut = post(1, Basis.JSON_LD, anchor=None, text=f"1. {WORDS}"[:70])
    (one,) = merge(blog(post(1)), blog(cut)).blocks
    assert (one.anchor, one.text) == ("10001", f"1. {WORDS}")


def test_posts_that_only_the_data_holds_stand_in_their_place():
    shown = blog(post(5), post(3))
    stated = blog(*(post(n, Basis.JSON_LD) for n in (6, 5, 4, 3, 2)))
    assert [one.anchor for one in merge(shown, stated).blocks] == ["10006", "10005", "10004", "10003", "10002"]


def test_posts_that_only_the_page_shows_stay():
    merged = merge(blog(post(3), post(2), post(1)), blog(post(2, Basis.JSON_LD)))
    assert [one.anchor for one in merged.blocks] == ["10003", "10002", "10001"]


def test_one_time_on_all_updates_is_the_pages_own():
    shown = blog(*(post(n) for n in range(4)))
    stated = blog(*(post(n, Basis.JSON_LD, clocks=(clock("2031-01-01T00:01:00Z", Basis.JSON_LD),)) for n in range(4)))
    merged = merge(shown, stated)
    assert {c.basis for one in merged.blocks for c in one.clocks} == {Basis.DOM}
    assert [(one.about, one.other) for one in merged.conflicts] == [("published", "2031-01-01T00:01:00Z")]


def test_two_updates_may_share_a_time():
    shown, same = blog(post(1), post(2)), (clock("2031-01-01T00:01:00Z", Basis.JSON_LD),)
    merged = merge(shown, blog(post(1, clocks=same), post(2, clocks=same)))
    assert all(same[0] in one.clocks for one in merged.blocks)


def test_the_pages_author_on_every_update_is_not_who_wrote_it():
    shown = blog(*(post(n, author="Frida Noll") for n in range(3)))
    stated = blog(*(post(n, author="Gus Amery") for n in range(3)), credits={"author": "Gus Amery"})
    merged = merge(shown, stated)
    assert {one.author for one in merged.blocks} == {"Frida Noll"}
    assert not merged.conflicts


def test_a_headline_that_differs_is_kept_as_evidence():
    merged = merge(blog(post(1, headline="Quay closed")), blog(post(1, headline="Quay open")))
    assert [(one.about, one.kept, one.other) for one in merged.conflicts] == [("headline", "Quay closed", "Quay open")]
    assert merged.blocks[0].headline == "Quay closed"


def test_case_and_quotes_are_no_disagreement():
    assert not merge(blog(post(1, headline="“Sit down”")), blog(post(1, headline="'SIT DOWN'"))).conflicts


def test_a_text_cut_on_the_page_is_completed_from_the_data():
    shown = blog(post(1, text="The harbour is closed, and the ferries…"))
    assert merge(shown, blog(post(1, text=WORDS))).blocks[0].text == WORDS


def test_a_longer_text_in_the_data_does_not_replace_what_readers_saw():
    stated = blog(post(1, text=f"1. {WORDS} Image: a caption. Read more."))
    assert merge(blog(post(1)), stated).blocks[0].text == f"1. {WORDS}"


def test_wordless_updates_between_matched_neighbours_are_paired_in_order():
    shown = blog(post(3), post(2, text=""), post(1))
    stated = blog(post(3, anchor=None), post(2, anchor=None, text=""), post(1, anchor=None))
    assert match(shown.blocks, stated.blocks) == {0: 0, 1: 1, 2: 2}


def test_a_pinned_copy_marks_the_original_in_its_place():
    document = folded(blog(post(1, is_pinned=True), post(3), post(2), post(1)))
    assert [(one.anchor, one.is_pinned) for one in document.blocks] == [
        ("10003", False),
        ("10002", False),
        ("10001", True),
    ]


def test_colliding_ids_identify_neither_post():
    document = folded(blog(post(1, anchor="7"), post(2, anchor="7", text="A ferry sails at noon.")))
    assert [one.anchor for one in document.blocks] == [None, None]
    assert [one.about for one in document.conflicts] == ["anchor"]


NUMBERS = st.lists(st.integers(0, 30), unique=True, max_size=12)


@given(NUMBERS, NUMBERS)
def test_no_post_is_lost_and_none_doubled(shown, stated):
    merged = merge(blog(*map(post, shown)), blog(*(post(n, Basis.JSON_LD) for n in stated)))
    anchors = [one.anchor for one in merged.blocks]
    assert sorted(anchors) == sorted({str(10_000 + n) for n in (*shown, *stated)})
    assert [one for one in anchors if int(one) - 10_000 in shown] == [str(10_000 + n) for n in shown]


@given(NUMBERS)
def test_folding_is_stable(numbers):
    once = folded(blog(*map(post, numbers), *map(post, numbers)))
    assert folded(once) == once
    assert len(once.blocks) == len(numbers)

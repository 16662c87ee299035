"""An id has one form, whichever channel states it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.anchors import anchor, anchor_of_url, without_positions
from dateline.model import Block

UUID = "c0166a3e-82f3-4ba2-ab47-cbf614fcbe5e"


@pytest.mark.parametrize(
    ("stated", "normal"),
    [
        ("post-1550004", "1550004"),
        ("#liveblogPost1550004", "1550004"),
        ("https://news.example.test/a#liveblogPost1550004", "1550004"),
        ("1709415798345", "1709415798345"),
        (4410923, "4410923"),
        ("block-646219928f08e408b758af95", "block-646219928f08e408b758af95"),
        ("646219928f08e408b758af95", "block-646219928f08e408b758af95"),
        ("post_5f0f3b2c8f08e408b758af95", "post_5f0f3b2c8f08e408b758af95"),
        ("live-1924698-qq0im", "live-1924698-qq0im"),
        (f"asset:{UUID}", UUID),
        (f"post-asset:{UUID}", UUID),
        ("km-42", "km-42"),
        ("", None),
        ("#", None),
        (None, None),
        (True, None),
        ("two words", None),
        ("x" * 500, None),
    ],
)
def test_an_id_has_one_form(stated, normal):
    assert anchor(stated) == normal


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://a.test/live#p-7", "p-7"),
        (f"https://a.test/live?post=asset%3A{UUID}#post", UUID),
        ("https://a.test/live?page=with:block-646219928f08e408b758af95", "block-646219928f08e408b758af95"),
        ("https://a.test/live?page=2#p-7", "p-7"),
        ("https://a.test/live/card/x7", "x7"),
        ("https://a.test/live", None),
        ("https://a.test/live/", None),
        ("http://[broken#p-7", "p-7"),
        (None, None),
    ],
)
def test_an_address_names_its_post(url, found):
    assert anchor_of_url(url, "https://a.test/live") == found


def posts(*anchors):
    return [Block(where=str(n), anchor=one) for n, one in enumerate(anchors)]


@pytest.mark.parametrize("anchors", [("post1", "post2", "post3"), ("0", "1"), ("e-1", "e-2", "e-3", "e-4")])
def test_ids_that_count_from_the_top_are_dropped(anchors):
    assert {one.anchor for one in without_positions(posts(*anchors))} == {None}


@pytest.mark.parametrize("anchors", [("post3", "post2", "post1"), ("p1",), ("p1", "p3"), ("101", "102"), ("p1", None)])
def test_other_ids_stay(anchors):
    assert [one.anchor for one in without_positions(posts(*anchors))] == list(anchors)


def test_positions_may_have_gaps_where_slots_are_counted():
    gaps = [f"post{n}" for n in (1, 2, 3, 5, 6, 8, 9, 11)]
    assert {one.anchor for one in without_positions(posts(*gaps))} == {None}
    assert [one.anchor for one in without_positions(posts(*gaps[:7]))] == gaps[:7]


@given(st.text(max_size=60))
def test_normal_form_is_stable(stated):
    once = anchor(stated)
    assert anchor(once) == once

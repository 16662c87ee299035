"""JSON in pages is read as pages write it, within bounds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ExtractError
from dateline.extract.page import Page
from dateline.extract.scripts import assigned, json_ld_objects, tolerant_json
from dateline.model import Snapshot

ATOMS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    ATOMS, lambda one: st.lists(one) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), one)
)


@given(VALUES)
def test_what_is_json_is_read_as_it_is(value):
    assert tolerant_json(json.dumps(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "b",}',
        "{'a': 'b'}",
        '{"a": "b"};',
        '\ufeff {"a": "b"}',
        '/* <![CDATA[ */ {"a": "b"} /* ]]> */',
        '<!-- {"a": "b"} -->',
        '{"a": "b" // why not\n}',
        "{&quot;a&quot;: &quot;b&quot;}",
    ],
)
def test_what_people_write_is_read_as_meant(text):
    assert tolerant_json(text) == {"a": "b"}


def test_a_raw_line_break_in_a_string_stays_one():
    assert tolerant_json('{"a": "b\nc"}') == {"a": "b\nc"}


@pytest.mark.parametrize("text", ["", "{", "[[[", '{"a": "', "nonsense", "[" * 100_000, '{"a":' * 50_000])
def test_what_nobody_can_read_is_refused(text):
    with pytest.raises(ExtractError):
        tolerant_json(text)


def test_too_much_is_refused_before_it_is_read():
    with pytest.raises(ExtractError, match="more than 5,000,000"):
        tolerant_json('"' + "x" * 5_000_001 + '"')


@pytest.mark.parametrize("odd", ["NaN", "Infinity", "-Infinity"])
def test_endless_numbers_become_nothing(odd):
    assert tolerant_json(f'{{"a": {odd}}}') == {"a": None}


def test_half_a_surrogate_is_replaced():
    assert tolerant_json('{"a": "x\\ud800y"}') == {"a": "x\ufffdy"}


def test_two_halves_become_their_emoji():
    assert tolerant_json('{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


def test_lists_and_graphs_are_walked_in_page_order():
    value = [{"n": 1, "@graph": [{"n": 2}, {"n": 3, "mainEntity": {"n": 4}}]}, {"n": 5}]
    assert [one["n"] for one in json_ld_objects(value)] == [1, 2, 3, 4, 5]


def test_a_graph_without_end_is_refused_but_not_what_came_before():
    deep: dict[str, object] = {}
    inner = deep
    for _ in range(100):
        inner["@graph"] = [{}]
        inner = inner["@graph"][0]
    body = "".join(f'<script type="application/ld+json">{one}</script>' for one in (json.dumps(deep), '{"n": 1}'))
    page = Page(Snapshot(body=body.encode()))
    assert page.json_ld[-1] == {"n": 1}
    assert "beyond the limits" in page.rejects[0].why


def test_an_assignment_may_hold_a_literal_or_a_text():
    assert assigned("<script>window.__DATA__ = {a: 1};</script>", "__DATA__") == {"a": 1}
    assert assigned('<script>window.__DATA__="{\\"a\\":1}";</script>', "__DATA__") == {"a": 1}
    with pytest.raises(ExtractError, match="no __DATA__"):
        assigned("<script></script>", "__DATA__")

"""One form for typeset, plain and tokenised text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.split.normal_form import CAPITAL, LOWER, OTHER, UNKNOWN, UPPER, tokens_of

RAW = (
    "“We don't know,” she said – 'the players' union' won't talk. See https://gull.example/x @ada #storm, 1,200 of them"
)
TOKENISED = (
    "`` we do n't know , '' she said - 'the players ' union ' wo n't talk . see https://gull.example/x @ ada # storm , "
    "1,200 of them"
)


def test_typeset_and_tokenised_text_come_to_one_form():
    assert tokens_of(RAW).forms == tokens_of(TOKENISED).forms


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("'No,' he said.", "‹ no , › he said ."),
        ("the players' coach", "the players coach"),
        ("it should be 'betrayed' now", "it should be ‹ betrayed › now"),
        ("Skerry's boats weren't late", "skerry s boats were n t late"),
        ("‘see gull.example/storm and/or bit.ly/X7’", "‹ see <url> and / or <url> ›"),
        ("20:45 on 3 March 2025", "00:00 on 0 march 0000"),
    ],
)
def test_quotes_and_apostrophes_are_told_apart(text, forms):
    assert " ".join(tokens_of(text).forms) == forms


def test_cases_are_kept_where_the_text_has_any():
    assert tokens_of("The BBC said so.").cases == [CAPITAL, UPPER, LOWER, LOWER, OTHER]


def test_text_without_capitals_has_no_known_case():
    tokens = tokens_of("the wall fell at eight and nobody was hurt in the lower town of wrackton .")
    assert not tokens.is_cased
    assert set(tokens.cases) == {UNKNOWN, OTHER}


@given(st.text(max_size=300))
def test_tokens_are_in_order_apart_and_inside_the_text(text):
    tokens = tokens_of(text)
    edges = [edge for span in zip(tokens.starts, tokens.ends, strict=True) for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
    assert len(tokens.forms) == len(tokens.cases) == len(tokens.starts)

"""Formulas show where a lead ends and which way the entries run."""

import pytest

from dateline.model import Order
from dateline.split.formulas import formulas_in, order_by_formulas
from dateline.split.lead import lead_end

LEAD = "A storm has hit the coast. The wall is gone. "
BODY = "The wall fell at eight. Nobody was hurt. " * 8


def test_a_section_that_closes_coverage_ends_the_lead():
    text = LEAD + "Thanks for following our coverage today. " + BODY
    assert lead_end(text, [0, len(LEAD)], [27, len(LEAD), len(LEAD) + 41]) == len(LEAD)


def test_the_formula_itself_ends_the_lead_where_no_section_begins():
    text = LEAD + "Thanks for following our coverage today. " + BODY
    assert lead_end(text, [0], [27, len(LEAD), len(LEAD) + 41]) == len(LEAD)


def test_a_text_that_opens_with_the_formula_has_no_lead():
    text = "It is late. Thanks for following our coverage today. " + BODY
    assert lead_end(text, [0, 53], [12, 53, 77]) == 0


def test_a_formula_far_down_ends_no_lead():
    text = BODY + "Thanks for following our coverage today."
    assert lead_end(text, [0, len(BODY)], [len(BODY)]) == 0


@pytest.mark.parametrize(
    ("first", "last", "order"),
    [
        ("Thanks for following.", "Welcome to our live coverage.", Order.NEWEST_FIRST),
        ("Good morning and welcome.", "That's all for today.", Order.OLDEST_FIRST),
        ("The wall fell.", "Nobody was hurt.", None),
        ("Good evening and welcome.", "Good evening and welcome.", None),
    ],
)
def test_formulas_at_the_edges_show_the_order(first, last, order):
    middle = "The sea was rough all day and the boats stayed in. " * 30
    assert order_by_formulas(f"{first} {middle}{last}") is order


def test_an_article_that_says_good_night_once_has_one_formula():
    middle = "The sea was rough all day and the boats stayed in. " * 30
    assert formulas_in(middle + "Good night, he said.") == 1
    assert formulas_in(middle) == 0

"""Copies that lost their clocks: where they are cut, where never, and what is said of it."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Order
from dateline.split.clockless import cut, places_of, verdict
from dateline.split.normal_form import tokens_of
from dateline.split.sentences import units_of

COVERAGE = json.loads(Path(__file__).with_name("harbour_live.json").read_text(encoding="utf-8"))
PARAGRAPHS = [paragraph for one in COVERAGE for paragraph in one["paragraphs"]]


def true_starts(gap: str) -> list[int]:
    starts, at = [], 0
    for one in COVERAGE:
        starts.append(at)
        at += len(gap.join(one["paragraphs"])) + len(gap)
    return starts


def joined(gap: str) -> str:
    return gap.join(PARAGRAPHS)


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_most_entries_are_found(gap):
    found = [one.start for one in cut(joined(gap)).sections]
    true = true_starts(gap)
    hits = len(set(found) & set(true))
    assert hits / len(true) > 0.6
    assert hits / len(found) > 0.6


def test_every_boundary_says_how_sure_it_is():
    found = cut(joined(" "))
    threshold = places_of(joined(" ")).threshold
    assert all(one.probability >= threshold for one in found.sections)


def test_what_is_too_doubtful_stays_joined_and_the_entry_says_so():
    text = joined(" ")
    found, places = cut(text), places_of(text)
    for one in found.sections:
        inside = [chance for at, chance in zip(places.offsets, places.chances, strict=True) if one.start < at < one.end]
        assert one.joined_probability == (round(float(max(inside)), 4) if inside else None)
        assert one.joined_probability is None or one.joined_probability < places.threshold


ARTICLE = (
    "The harbour master looked at the wall and thought of the winter in which it had been built. "
    "He had been a boy then. His father had carried stones for it, and his mother had brought the soup. "
)


def test_a_cut_that_is_forced_says_that_the_text_reads_like_an_article():
    assert cut(ARTICLE * 3) is None
    found = cut(ARTICLE * 3, is_forced=True)
    assert "".join((ARTICLE * 3)[one.start : one.end] for one in found.sections) == ARTICLE * 3
    assert not found.verdict.is_coverage


def test_a_title_that_says_live_makes_up_for_what_a_short_copy_has_no_room_for():
    text = ARTICLE * 10
    known = places_of(text)
    places = replace(known, chances=np.array([0.6] * 5 + [0.1] * (len(known.offsets) - 5)))
    assert not verdict(text, places).is_coverage
    assert not verdict(text, places, "Where to live: ten harbour towns").is_coverage
    assert verdict(text, places, "Storm Hedda live: harbour wall breached").is_coverage


def test_a_closing_formula_at_the_beginning_means_newest_first():
    assert cut(joined(" ")).order is Order.NEWEST_FIRST


def test_the_lead_before_the_coverage_is_no_entry():
    lead = (
        "Hundreds of people have left their homes after a storm broke the harbour wall of Wrackton. The town has "
        "asked for the army's help. It was the worst night on this coast for forty years. "
    )
    found = cut(lead + joined(" "))
    assert found.sections[0].start == len(lead)


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=12, max_size=30), st.sampled_from([" ", "\n", "\n\n"]))
@settings(deadline=None, max_examples=25)
def test_any_cut_joined_gives_the_text_back(paragraphs, gap):
    text = gap.join(["Welcome to our live coverage of the day.", *paragraphs, "Thanks for following."])
    found = cut(text)
    if found is None:
        return
    edges = [(one.start, one.end) for one in found.sections]
    assert all(end == start for (_, end), (start, _) in pairwise(edges))
    assert edges[-1][1] == len(text)
    assert all(0 <= start < end <= len(text) for start, end in edges)


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=12, max_size=30), st.booleans())
@settings(deadline=None, max_examples=25)
def test_every_boundary_is_a_candidate_and_paragraphs_are_never_cut(paragraphs, keeps_lines):
    text = ("\n" if keeps_lines else " ").join(paragraphs)
    places = places_of(text)
    tokens = tokens_of(text)
    units = units_of(text, tokens)
    allowed = {
        tokens.starts[at] for at, line in zip(units.starts, units.begins_line, strict=True) if line or not keeps_lines
    }
    assert places is None or set(places.offsets) <= allowed


@pytest.mark.parametrize("text", ["", "   ", "The wall fell.", "one two three " * 20])
def test_short_texts_are_left_alone(text):
    assert cut(text) is None


def test_an_article_is_not_cut():
    sentence = "The harbour master looked at the wall and thought of the winter in which it had been built. "
    more = "He had been a boy then. His father had carried stones for it, and his mother had brought the soup. "
    assert cut((sentence + more) * 15) is None


def test_an_interview_is_not_cut():
    asked = "What did you see when you came to the quay? "
    answer = "I saw the water first, and then I heard it. We had been told that it would hold, and it did not. "
    assert cut((asked + answer) * 20) is None


def test_a_recipe_is_not_cut():
    steps = "Beat the eggs with the sugar. Add the flour and stir. Bake for 40 minutes at 180 degrees. "
    assert cut("A cake for stormy nights. " + steps * 20) is None


def test_another_language_is_scored_without_the_network():
    german = (
        "Der Deich bei Wrackhafen ist gebrochen, teilte die Feuerwehr mit. Die Straße am Kai steht unter Wasser. "
        "Rund 400 Menschen sind in der Stadthalle untergebracht. Die Fähren fahren erst am Montag wieder. "
    )
    assert places_of(german * 12).scored_by == "cohesion"
    assert places_of(joined(" ")).scored_by == "network"

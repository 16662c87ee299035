"""The places where an entry could begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.split.normal_form import tokens_of
from dateline.split.sentences import Ending, units_of


def pieces(text: str) -> list[str]:
    tokens = tokens_of(text)
    starts = [tokens.starts[at] for at in units_of(text, tokens).starts]
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The wall fell.", "Nobody was hurt."],
        ["'We lost the shop.'", "The cat lived."],
        ["Who knows?", "Not Mr. Marl, nor J. R. Finch, nor anyone at the U.S. embassy."],
        ["It fell at 8 p.m. yesterday.", "“Run,” he said."],
        ["Bad night ahead pic.twitter.com/abc123", "The mayor spoke."],
        ["Stay inside — Ada Finch (@ada) March 3, 2025", "The mayor spoke."],
        ["Picture by the quay.", "Credit: Reuters", "Officials arrived."],
        ["He was tired and wet", "Meanwhile, the sea rose."],
        ["first line without a stop\n", "second line"],
    ],
)
def test_a_text_comes_apart_at_its_candidate_places(parts):
    assert pieces(" ".join(parts)) == [part.strip() for part in parts]


def test_a_name_after_a_word_is_no_place():
    assert pieces("He met Ines Tallow and Ada Finch of The Gull") == ["He met Ines Tallow and Ada Finch of The Gull"]


@pytest.mark.parametrize(
    "text", ["She told reporters: The wall will hold", "Bad night ahead gull.example/storm — Ada Finch (@ada)"]
)
def test_a_colon_or_an_address_before_a_signature_is_no_place(text):
    assert pieces(text) == [text]


def test_lower_cased_text_comes_apart_at_its_stops():
    text = "the wall fell at eight in the evening . nobody in the lower town was hurt . mr. marl lost a shop ."
    assert len(pieces(text)) == 3


def test_a_line_break_is_always_a_place():
    text = "one\ntwo\nthree"
    units = units_of(text, tokens_of(text))
    assert units.begins_line == [True, True, True]
    assert units.endings == [Ending.START, Ending.LINE, Ending.LINE]


@given(st.text(max_size=300))
def test_units_cover_the_text_whatever_it_is(text):
    tokens = tokens_of(text)
    units = units_of(text, tokens)
    assert units.starts == sorted(set(units.starts))
    assert (units.starts[:1] == [0]) == bool(len(tokens))
    assert len(units.starts) == len(units.endings) == len(units.begins_line)

"""What two texts share is counted exactly, and boilerplate counts for nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.syndication.fingerprint import prints
from dateline.syndication.normalise import figures
from dateline.syndication.verify import NOTHING, Text, verify

STORY = (
    "The ferry left Port Elva at dawn with ninety people aboard. Harbour officials said the swell was moderate and "
    "that the crossing would take about four hours. A second boat follows in the afternoon, weather permitting."
)
NOTICE = "Sign up here for the morning letter of this newsroom and never miss a tide table again, free for all readers."


def test_a_text_shares_all_of_itself():
    overlap = verify(Text(STORY), Text(STORY))
    assert (overlap.share_one, overlap.share_other, overlap.jaccard) == (1.0, 1.0, 1.0)
    assert overlap.longest_run == len(STORY.split())


def test_a_truncated_copy_is_contained_not_similar():
    cut = " ".join(STORY.split()[:12])
    overlap = verify(Text(cut), Text(STORY))
    assert overlap.share_one == 1.0
    assert overlap.share_other < 0.4
    assert overlap.longest_run == 12


def test_the_sample_is_the_longest_run_as_the_first_text_has_it():
    copy = STORY.replace("Harbour officials", "Port spokesmen").replace("The ferry", "“The Ferry”")
    sample = verify(Text(copy), Text(STORY)).sample(Text(copy))
    assert sample.startswith("said the swell was moderate")
    assert sample in copy


def test_a_run_shuffled_to_another_place_is_still_found():
    first, second, third = STORY.split(". ")
    overlap = verify(Text(f"{third} {first}. {second}"), Text(STORY))
    assert sorted(run.words for run in overlap.runs) == [9, 27]


def test_strangers_share_nothing():
    assert (
        verify(Text(STORY), Text("Nothing here was taken from anywhere, and nobody has said any of it before."))
        == NOTHING
    )


@pytest.mark.parametrize("empty", ["", "one", "🙂", "x" * 1_000_000])
def test_a_text_without_words_shares_nothing(empty):
    assert verify(Text(empty), Text(empty)) == NOTHING


def test_a_run_of_known_boilerplate_counts_for_nothing_on_either_side():
    one, other = Text(f"{STORY} {NOTICE}"), Text(f"A wholly different report on the price of salt. {NOTICE}")
    assert verify(one, other).shared > 10
    known = prints(NOTICE)
    overlap = verify(one, other, known)
    assert overlap.shared <= 4
    assert overlap.longest_run < 12
    assert verify(one, Text(STORY), known).share_other == 1.0


def test_repetition_gains_nothing_and_costs_little():
    chant = Text("we want the boat back now " * 50_000)
    before = time.perf_counter()
    overlap = verify(chant, chant)
    assert overlap.shared == 6
    assert time.perf_counter() - before < 5


words = st.lists(st.sampled_from([f"w{number}" for number in range(12)]), max_size=60)


def _longest(one, other):
    best = 0
    lengths = [0] * (len(other) + 1)
    for left in one:
        lengths = [0] + [lengths[n] + 1 if left == right else 0 for n, right in enumerate(other)]
        best = max(best, *lengths)
    return best


@given(words, words)
def test_the_numbers_agree_with_counting_by_hand(one, other):
    left = {tuple(one[n : n + 5]) for n in range(len(one) - 4)}
    right = {tuple(other[n : n + 5]) for n in range(len(other) - 4)}
    overlap = verify(Text(" ".join(one)), Text(" ".join(other)))
    assert overlap.shared == len(left & right)
    if overlap.shared:
        assert (overlap.size_one, overlap.size_other) == (len(left), len(right))
        assert 5 <= overlap.longest_run <= _longest(one, other)


@pytest.mark.parametrize("mark", ["", " é"])
def test_figures_are_found_between_letters_and_marks(mark):
    found = figures(f"v2.0 took 1,200. of 3x4 at 7/8, 5,,6 on 01/02/2024: {mark}")
    assert found == {"2.0", "1,200", "3", "4", "7/8", "5", "6", "01/02/2024"}

"""Prints are the same for every copy of a passage, for ever, on every machine."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.syndication.fingerprint import FLOOR, PRINT_VERSION, SHINGLE, WINDOW, prints, prints_of, shingles

FERRY = "The ferry left Port Elva at dawn with ninety people aboard."
NUMBERED = " ".join(f"word{number}" for number in range(60))


@pytest.mark.parametrize(
    ("text", "first", "count"),
    [
        (FERRY, 0x317C794C49D46528, 7),
        ("Паром вышел из порта Эльва на рассвете, на борту девяносто человек.", 0x5BAEABFCD2439284, 7),
        ("渡轮在黎明时分离开艾尔瓦港，船上有九十人。", 0x0953C706D73A05A9, 8),
        ("غادرت العبارة ميناء إلفا عند الفجر وعلى متنها تسعون شخصا", 0x1574BA0713C5AEC3, 6),
        (NUMBERED, 0x0204D2A7949DAD7E, 9),
    ],
)
def test_version_two_gives_these_prints_and_no_others(text, first, count):
    assert PRINT_VERSION == 2, "a new procedure needs new known answers here"
    found = prints(text)
    assert (int(found[0]), len(found)) == (first, count)


@pytest.mark.parametrize(
    "copy",
    [
        "“The FERRY left – Port Elva” at dawn, with ninety people aboard!",
        "The ferry\nleft Port\u00a0Elva at dawn   with\tninety people aboard",
        "The fer\u00adry left Port El\u200bva at dawn with ninety people aboard.",
        "Ｔｈｅ ferry left Port Elva at dawn with ninety people aboard.",
    ],
)
def test_case_quotes_dashes_and_layout_do_not_count(copy):
    assert prints(copy).tolist() == prints(FERRY).tolist()


def test_vowel_points_and_direction_marks_do_not_count():
    assert (
        prints("\u202bשָׁלוֹם לכל הנוסעים על המעבורת לאי\u202c").tolist()
        == prints("שלום לכל הנוסעים על המעבורת לאי").tolist()
    )


@pytest.mark.parametrize("text", ["", " ", "one", "one two three four", "🙂 🙂 🙂 🙂 🙂 🙂", "x" * 1_000_000])
def test_a_text_without_five_words_has_no_prints(text):
    assert len(prints(text)) == 0


@pytest.mark.parametrize("text", ["字" * 1_000_000, "word " * 1_000_000, "ก" * 100_000])
def test_one_thing_said_a_million_times_is_one_thing(text):
    assert len(prints(text)) <= 8


def test_a_word_hashes_alike_in_ascii_and_among_other_letters():
    text = " ".join(f"Word{number}" for number in range(60))
    assert shingles(text + " É")[:-1].tolist() == shingles(text).tolist()


def test_letters_that_change_their_word_make_another_shingle():
    assert len({int(shingles(f"{one} b c d e")[0]) for one in ("ab", "ba", "a", "aa", "aab", "abb")}) == 6
    assert shingles("xab cd e f g")[0] != shingles("ab xcd e f g")[0]


words = st.lists(st.sampled_from([f"w{number}" for number in range(40)]), max_size=90).map(" ".join)


@given(words)
def test_prints_are_the_minima_of_all_windows_and_the_smallest_few(text):
    hashes = shingles(text).tolist()
    expected = {min(hashes[start : start + WINDOW]) for start in range(len(hashes) - WINDOW + 1)}
    expected.update(sorted(set(hashes))[:FLOOR])
    assert prints(text).tolist() == sorted(expected)


@given(st.lists(words | st.text(max_size=200), max_size=8))
def test_a_batch_prints_each_text_as_if_alone(texts):
    owners, found = prints_of(texts)
    for number, text in enumerate(texts):
        assert found[owners == number].tolist() == prints(text).tolist()


@given(words, words, st.integers(min_value=0, max_value=10_000))
def test_any_shared_run_of_twenty_words_shares_a_print(before, after, seed):
    numbers = np.random.default_rng(seed).integers(0, 1_000_000, WINDOW + SHINGLE - 1)
    run = " ".join(f"run{number}" for number in numbers)
    page = f"{before} {' '.join(f'pad{n}' for n in range(30))} {run} {after}"
    other = f"{' '.join(f'other{n}' for n in range(30))} {run}"
    assert np.intersect1d(prints(page), prints(other)).size >= 1


def test_a_shift_of_an_unspaced_text_still_shares_prints():
    text = "渡轮在黎明时分离开艾尔瓦港船上有九十人港务局说风浪不大预计中午抵达对岸旅客请带好行李"
    assert np.intersect1d(prints(text), prints("据报道" + text)).size >= 2

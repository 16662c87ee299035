"""A copy is matched with its original post by post, whatever the splitter made of it and whichever came first."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.split.align import align, glued_headline

COVERAGE = json.loads(Path(__file__).with_name("harbour_live.json").read_text(encoding="utf-8"))
BODIES = [" ".join(one["paragraphs"]) for one in COVERAGE]
ORIGINAL = [[f"{one['headline']}\n{body}"] for one, body in zip(COVERAGE, BODIES, strict=True)]
EVERY = list(range(len(BODIES)))


def texts(copy, match):
    return [copy[span.entry][span.start : span.end] for span in match.spans]


def originals(matches):
    return [one.original for one in matches]


def test_a_copy_cut_rightly_is_matched_post_by_post():
    found = align(BODIES, ORIGINAL)
    assert originals(found) == EVERY
    assert [texts(BODIES, one) for one in found] == [[body] for body in BODIES]


def test_a_copy_in_one_piece_is_parted():
    copy = [" ".join(BODIES)]
    found = align(copy, ORIGINAL)
    assert [texts(copy, one) for one in found] == [[body] for body in BODIES]


def test_an_entry_cut_in_two_is_one_match_of_two_spans():
    first, second = BODIES[3].split(" 'We lost", 1)
    copy = [*BODIES[:3], first, f"'We lost{second}", *BODIES[4:]]
    found = align(copy, ORIGINAL)
    assert originals(found) == EVERY
    assert texts(copy, found[3]) == [first, f"'We lost{second}"]


def test_what_the_copy_adds_matches_nothing():
    added = "The carrier's own desk adds that its readers may send pictures of the flood to the usual address."
    found = align([BODIES[0], added, BODIES[1]], ORIGINAL)
    assert [(one.original, one.spans[0].entry) for one in found] == [(0, 0), (1, 2)]


def test_a_copy_in_another_order_is_matched_all_the_same():
    assert originals(align(BODIES[::-1], ORIGINAL)) == EVERY[::-1]


def test_an_entry_without_words_is_passed_over():
    assert [one.spans[0].entry for one in align([BODIES[0], "", BODIES[1]], ORIGINAL)] == [0, 2]


def test_a_light_edit_still_matches():
    edited = [body.replace("said", "says").replace("Wrackton", "Wreckton") for body in BODIES]
    assert len(align(edited, ORIGINAL)) >= len(BODIES) - 1


def test_a_former_wording_of_the_original_matches_too():
    rewritten = [["Nothing of what stood here before is left in this post, not one single sentence.", BODIES[2]]]
    (match,) = align([BODIES[2]], [*ORIGINAL[:2], *rewritten, *ORIGINAL[3:]])
    assert match.original == 2
    assert match.of_copy == 1.0


def test_text_that_stands_in_two_posts_of_the_original_matches_neither():
    assert align([BODIES[5]], [*ORIGINAL, [BODIES[5]]]) == []


def test_the_evidence_says_what_is_shared():
    (match,) = align([BODIES[2]], ORIGINAL)
    assert match.shared_words == len(BODIES[2].replace("o'clock", "o clock").split())
    assert match.of_copy == 1.0
    assert 0.8 < match.of_original <= 1.0


SHORT = [*ORIGINAL[:2], ["Quay shut"], ["Earlier today\nPictures from the harbour"], ["Ferries"], *ORIGINAL[2:]]


def test_a_post_too_short_for_a_run_is_found_between_its_neighbours():
    copy = ["\n\n".join([*BODIES[:2], "Quay shut", "Earlier today Pictures from the harbour", "Ferries", *BODIES[2:]])]
    found = align(copy, SHORT)
    assert originals(found) == list(range(len(SHORT)))
    assert texts(copy, found[2]) == ["Quay shut"]


def test_a_short_post_that_lost_its_headline_is_found_by_what_is_left():
    found = align([*BODIES[:2], "Pictures from the harbour", *BODIES[2:]], SHORT)
    assert originals(found)[:4] == [0, 1, 3, 5]


def test_a_link_below_a_short_post_is_not_its_own():
    copy = ["\n".join([*BODIES[:2], "Quay shut", "https://pictures.example/4711", *BODIES[2:]])]
    found = {one.original: texts(copy, one) for one in align(copy, SHORT)}
    assert found[2] == ["Quay shut"]


def test_a_short_post_elsewhere_on_the_page_matches_nothing():
    assert originals(align([*BODIES, "Ferries"], SHORT)) == [0, 1, *range(5, len(SHORT))]
    assert originals(align(["Ferries", *BODIES], SHORT)) == [0, 1, *range(5, len(SHORT))]


def test_the_words_of_a_short_post_inside_a_sentence_match_nothing():
    copy = [f"{BODIES[0]} {BODIES[1]}", "The harbour master says that the Ferries line sails again.", *BODIES[2:]]
    assert 4 not in originals(align(copy, SHORT))


def test_nothing_in_common_matches_nothing():
    assert (
        align(["A recipe for lemon cake needs four eggs, sugar, flour and the juice of two ripe lemons."], ORIGINAL)
        == []
    )


@pytest.mark.parametrize("gap", [" ", ": ", ". ", "\n"])
def test_a_headline_that_was_glued_on_is_told_from_the_text(gap):
    at = glued_headline(f"Quay shut{gap}The quay is under water.", "Quay shut")
    assert f"Quay shut{gap}The quay is under water."[at:] == "The quay is under water."


@pytest.mark.parametrize(
    "text", ["Quay shut for repairs.", "Quay shut, and the ferry with it.", "Quay shut", "The quay."]
)
def test_a_sentence_that_begins_like_the_headline_is_none(text):
    assert glued_headline(text, "Quay shut") == 0


@given(st.data())
def test_however_a_copy_was_cut_the_same_words_are_the_same_posts(data):
    words = " ".join(BODIES).split()
    cuts = data.draw(st.lists(st.integers(1, len(words) - 1), max_size=12).map(lambda some: sorted(set(some))))
    copy = [" ".join(words[start:end]) for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    found = align(copy, ORIGINAL)
    assert [" ".join(texts(copy, one)).split() for one in found] == [body.split() for body in BODIES]
    spans = [(span.entry, span.start, span.end) for one in found for span in one.spans]
    assert spans == sorted(spans)
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(spans))

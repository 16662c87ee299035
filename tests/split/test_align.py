"""A copy inherits the times of its original, whatever the splitter made of it and whichever came first."""

import json
from dataclasses import replace
from pathlib import Path

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import UNKNOWN_TIME, Basis, Dating, Entry, Precision
from dateline.split.align import align

COVERAGE = json.loads(Path(__file__).with_name("harbour_live.json").read_text(encoding="utf-8"))


def entry(position: int, text: str, *, headline: str | None = None, anchor: str | None = None, time: str | None = None):
    at = pendulum.parse(f"2025-03-03T{time}:00Z") if time else None
    known = Dating(at=at, earliest=at, latest=at, precision=Precision.SECOND, basis=Basis.API, stated=time)
    return Entry(
        position=position,
        anchor=anchor,
        headline=headline,
        text=text,
        author=None,
        created=UNKNOWN_TIME,
        published=known if time else UNKNOWN_TIME,
        modified=UNKNOWN_TIME,
        shown=UNKNOWN_TIME,
    )


@pytest.fixture
def original(coverage):
    return [
        entry(at, "\n".join(one["paragraphs"]), headline=one["headline"], anchor=f"post-{at}", time=one["time"])
        for at, one in enumerate(coverage)
    ]


@pytest.fixture
def bodies(coverage):
    return [" ".join(one["paragraphs"]) for one in coverage]


def times(entries):
    return [one.published.stated for one in entries]


def test_a_copy_cut_rightly_gets_every_time(original, bodies, coverage):
    found = align([entry(at, body) for at, body in enumerate(bodies)], original)
    assert times(found.entries) == [one["time"] for one in coverage]
    assert [one.anchor for one in found.entries] == [one.anchor for one in original]
    assert [one.headline for one in found.entries] == [one["headline"] for one in coverage]
    assert {one.published.basis for one in found.entries} == {Basis.ALIGNED_COPY}


def test_a_copy_in_one_piece_is_parted(original, bodies):
    found = align([entry(0, " ".join(bodies))], original)
    assert [one.text for one in found.entries] == bodies
    assert [one.position for one in found.entries] == list(range(len(bodies)))


def test_an_entry_cut_in_two_is_joined_again(original, bodies):
    first, second = bodies[3].split(" 'We lost", 1)
    pieces = [*bodies[:3], first, f"'We lost{second}", *bodies[4:]]
    found = align([entry(at, piece) for at, piece in enumerate(pieces)], original)
    assert len(found.entries) == len(bodies)
    assert found.entries[3].text.replace("\n", " ") == bodies[3]


def test_an_entry_of_the_copy_alone_keeps_what_it_had(original, bodies):
    added = "The carrier's own desk adds that its readers may send pictures of the flood to the usual address."
    found = align([entry(0, bodies[0]), entry(1, added), entry(2, bodies[1])], original)
    assert [one.anchor for one in found.entries] == ["post-0", None, "post-1"]
    assert found.entries[1].text == added
    assert found.entries[1].published == UNKNOWN_TIME


def test_an_entry_without_words_keeps_its_place(original, bodies):
    found = align([entry(0, bodies[0]), entry(1, ""), entry(2, bodies[1])], original)
    assert [one.text for one in found.entries] == [bodies[0], "", bodies[1]]


def test_an_exact_time_of_its_own_stays(original, bodies):
    own = replace(entry(0, bodies[0], time="23:09"))
    assert times(align([own], original).entries) == ["23:09"]


def test_a_light_edit_still_aligns(original, bodies):
    edited = [body.replace("said", "says").replace("Wrackton", "Wreckton") for body in bodies]
    found = align([entry(at, body) for at, body in enumerate(edited)], original)
    assert sum(one.anchor is not None for one in found.entries) >= len(bodies) - 1


def test_text_that_stands_in_two_entries_of_the_original_gives_no_time(original, bodies):
    twice = [*original, entry(99, original[5].text, anchor="post-99", time="09:00")]
    assert align([entry(0, bodies[5])], twice).entries[0].published == UNKNOWN_TIME


def test_the_links_say_what_is_shared(original, bodies):
    (link,) = align([entry(0, bodies[2])], original).links
    assert (link.copy, link.original) == (0, 2)
    assert link.of_copy == 1.0
    assert link.shared_words == len(bodies[2].replace("o'clock", "o clock").split())
    assert 0.8 < link.of_original <= 1.0


def test_nothing_in_common_changes_nothing(original):
    copy = [entry(7, "A recipe for lemon cake needs four eggs, sugar, flour and the juice of two ripe lemons.")]
    found = align(copy, original)
    assert (found.entries, found.links) == (tuple(copy), ())


@given(st.data())
def test_however_a_copy_was_cut_no_word_is_lost_and_the_times_are_the_same(data):
    coverage_words = " ".join(paragraph for one in COVERAGE for paragraph in one["paragraphs"]).split()
    cuts = data.draw(st.lists(st.integers(1, len(coverage_words) - 1), max_size=12).map(lambda some: sorted(set(some))))
    pieces = [
        " ".join(coverage_words[start:end]) for start, end in zip([0, *cuts], [*cuts, len(coverage_words)], strict=True)
    ]
    blog = [
        entry(at, " ".join(one["paragraphs"]), anchor=f"post-{at}", time=one["time"]) for at, one in enumerate(COVERAGE)
    ]
    found = align([entry(at, piece) for at, piece in enumerate(pieces)], blog)
    assert " ".join(one.text for one in found.entries).split() == coverage_words
    whole = align([entry(0, " ".join(coverage_words))], blog)
    assert [one.anchor for one in found.entries] == [one.anchor for one in whole.entries]

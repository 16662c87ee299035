"""The training script's plumbing: what is held out stays held out, and texts are flattened with true starts."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from splitter.data import FORMS, Blog, example, flatten, page_of, same_page, store, stored
from splitter.measures import f1, pk, window_difference
from splitter.raw_forms import Paragraphs, raw_form

BLOG = Blog(
    name="storm",
    entries=(
        ("Wall gives way", "The wall fell.\nNobody was hurt."),
        ("", "Ferries are stopped."),
        ("Calm", ""),
        ("Good evening", "Welcome to our coverage."),
    ),
)


@pytest.mark.parametrize("form", FORMS)
def test_every_start_of_a_flattened_blog_begins_an_entry(form):
    text, starts = flatten(BLOG, form)
    ends = [*starts[1:], len(text)]
    found = [" ".join(text[start:end].split()) for start, end in zip(starts, ends, strict=True)]
    own = [" ".join(f"{headline if 'head' in form else ''} {body}".split()) for headline, body in BLOG.entries]
    assert found == [one for one in own if one]
    assert ("\n" in text) == form.startswith("paragraphs")


def test_labels_stand_where_the_starts_are():
    found = example(BLOG, "line", None)
    assert found.labels.tolist() == [1, 0, 1, 1]


def test_a_page_is_named_by_its_day_and_words():
    name = page_of("https://www.theguardian.com/world/live/2014/aug/20/storm-hits-the-coast-live")
    assert name == "guardian-2014-08-20-storm-hits-the-coast-live"
    assert same_page(name, frozenset(["guardian-2014-08-20-world-storm-hits-the-coast-li"]))
    assert not same_page(name, frozenset(["guardian-2014-08-21-world-storm-hits-the-coast-li"]))


def test_measures_of_a_perfect_and_of_an_empty_cut():
    true = [100, 220, 400]
    assert (f1(true, true), pk(true, true, 600), window_difference(true, true, 600)) == (1.0, 0.0, 0.0)
    assert f1([], true) == 0.0
    assert pk([], true, 600) > 0.2
    assert f1([100, 300], [100], ignored=[300]) == 1.0


def lower_cased(text: str) -> Blog:
    return Blog(name="quay", entries=(("", text),))


def as_raw(text: str) -> str:
    return raw_form(lower_cased(text), np.random.default_rng(3)).entries[0][1]


def test_a_tweet_is_signed_behind_it_as_on_raw_pages():
    found = as_raw("the wall gave way . ada finch ( @ ada ) the lower town is wet ben marl ( @ marl ) and so am i")
    assert found.startswith("the wall gave way . the lower town is wet")
    first, second = found.index("— ada finch (@ada)"), found.index("— ben marl (@marl)")
    assert found.index("is wet") < first < found.index("and so am i") < second


def test_a_signature_whose_tweet_has_no_known_end_stays():
    text = "ada finch ( @ ada ) the wall " + "and the quay " * 20 + "are gone ."
    assert as_raw(text) == text


def test_a_credit_gets_back_the_word_before_it():
    found = as_raw("the quay at noon . ada finch/afp/getty images the wall held . marl for the guardian")
    assert found == (
        "the quay at noon . photograph : ada finch/afp/getty images the wall held . photograph : marl for the guardian"
    )


def test_every_other_blog_gets_back_the_form_of_its_links():
    text = "all is well . quay reopens after the storm read more"
    blog = lower_cased(text)
    forms = {raw_form(blog, np.random.default_rng(seed)).entries[0][1] for seed in range(12)}
    assert forms == {text, "all is well . related : quay reopens after the storm"}


def test_paragraphs_end_where_they_end_in_cased_blogs():
    sentences = ["One wall of the harbour fell.", "Two of them fell later.", "Nobody was hurt by them."]
    cased = Blog(name="cased", entries=tuple(("", "\n".join(sentences)) for _ in range(40)))
    lost = lower_cased(" ".join(sentences).lower())
    broken = Paragraphs([cased]).broken(lost, np.random.default_rng(1))
    assert broken.entries == (("", "\n".join(sentences).lower()),)


def test_stored_examples_are_read_back(tmp_path):
    kept = {"train": [example(BLOG, form, None) for form in FORMS]}
    store(tmp_path / "examples.npz", kept)
    for found, one in zip(stored(tmp_path / "examples.npz")["train"], kept["train"], strict=True):
        assert (found.name, found.form, found.starts) == (one.name, one.form, one.starts)
        assert (found.labels == one.labels).all()
        assert (found.features.dense == one.features.dense).all()

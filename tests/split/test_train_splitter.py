"""The training script's plumbing: what is held out stays held out, and texts are flattened with true starts."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from splitter.data import FORMS, Blog, example, flatten, page_of, same_page
from splitter.measures import f1, pk, window_difference

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

"""Who carried whose text: known answers."""

from datetime import timedelta

import pytest

from answers.script import END, STORIES, answers, instant_of, iso
from asked import COVERAGE, TIMELINE
from newsroom.pages import copy_text


@answers
def copies_found(rows):
    pairs = {(one["copy_carrier"], one["origin_carrier"], one["origin_title"]) for one in rows}
    scripted = [(one.carrier, COVERAGE.original(one.of)) for one in COVERAGE.copies]
    assert pairs == {(carrier, original.publisher, original.title) for carrier, original in scripted}


@answers
def copies_dated_by_originals(rows):
    lent = {one["original_title"]: one for one in rows}
    assert lent.keys() == {one.title for one in STORIES}
    for story in STORIES:
        taken = TIMELINE.instant(next(one.at for one in COVERAGE.copies if one.of == story.slug))
        assert lent[story.title]["taken_after"] <= iso(taken) <= iso(END)


@answers
def first_to_report(rows):
    firsts = {one["title"]: one["carrier"] for one in rows}
    for copy in COVERAGE.copies:
        original = COVERAGE.original(copy.of)
        assert firsts[original.title] == original.publisher


@answers
def how_copies_relate(rows):
    syndicated = {one["relation"]: one["copies"] for one in rows if one["is_syndication"]}
    assert syndicated["earlier cut-off"] == 2  # the aggregator's page of the storm, and its item on the topic page
    assert sum(syndicated.values()) >= len(COVERAGE.copies)


@answers
def how_late_copies_are(rows):
    ((carrier, most),) = [(one["carrier"], one["most_hours"]) for one in rows]
    article = next(one for one in COVERAGE.copies if one.style == "article")
    lag = article.at - COVERAGE.original(article.of).at
    assert (carrier, most) == (article.carrier, pytest.approx(lag / timedelta(hours=1), abs=0.01))


@answers
def most_carried(rows):
    carried = {(one["origin_carrier"], one["origin_title"]) for one in rows}
    originals = [COVERAGE.original(one.of) for one in COVERAGE.copies]
    assert carried == {(one.publisher, one.title) for one in originals}


@answers
def same_words_elsewhere(rows):
    told = [stated["text"] for story in STORIES for stated in (*story.posts, *story.changes) if "text" in stated]
    told += [one.standfirst for one in STORIES] + [one.text for one in COVERAGE.articles]
    told += [copy_text(COVERAGE, one, TIMELINE, "flattened") for one in COVERAGE.copies]
    originals = [" ".join(one.split()) for one in told]
    assert rows
    for one in rows:
        assert one["documents"] > 1
        assert any(" ".join(one["body"].split()) in original for original in originals), one


@answers
def shared_passages(rows):
    assert any(one["is_same_carrier"] for one in rows)
    assert {one["origin_title"] for one in rows} >= {COVERAGE.original(one.of).title for one in COVERAGE.copies}


@answers
def what_copies_inherit(rows):
    published = {one["id"]: instant_of(one) for story in STORIES for one in story.posts}
    inherited = [one for one in rows if one["published_basis"] == "aligned-copy"]
    assert inherited
    for one in inherited:
        assert one["published_at"] == iso(published[one["anchor"]]), one


@answers
def who_wrote_it(rows):
    assert ("Meridian News", "Harbour Courier") in [(one["carrier"], one["origin"]) for one in rows]

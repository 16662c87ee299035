"""What was published, when and by whom: known answers."""

from collections import Counter
from itertools import pairwise

import pytest

from answers.script import NOON, STORIES, STORM, answers, at, first_sight, iso, live, posts
from asked import COVERAGE, ENGINE, EVERY, TIMELINE
from newsroom.script import seen_by_readers


@answers
def authors(rows):
    signed = {(one["author"], one["carrier"]): one for one in rows}
    by_rasmund = len(posts(STORM)) + sum(one.author == STORM.author for one in COVERAGE.articles)
    assert signed[STORM.author, STORM.publisher]["posts"] == by_rasmund
    assert signed["Tove Brandal", "Harbour Courier"]["posts"] == 1


@answers
def busiest_hours(rows):
    counted = {one["published_hour"]: one["posts"] for one in rows}
    own = Counter(f"{one.published:%H}" for story in STORIES for one in posts(story))
    assert all(counted[hour] >= number for hour, number in own.items())
    assert counted["10"] == own["10"] + 1  # and the report that Meridian took over


@answers
def coverage_overview(rows):
    told = {(one["title"], one["carrier"]): one for one in rows}
    for story in STORIES:
        one, all_posts = told[story.title, story.publisher], posts(story, with_deleted=True)
        edited = {change["post"] for change in story.changes if change["action"] == "edit"}
        assert (one["entries"], one["edited_entries"]) == (len(all_posts), len(edited))
        assert one["deleted_entries"] == sum(post.is_deleted for post in all_posts)
        assert one["first_entry_at"] == iso(min(post.published for post in posts(story)))


@answers
def how_well_times_are_known(rows):
    exact = sum(one["entries"] for one in rows if (one["time_precision"], one["basis"]) == ("second", "json-ld"))
    assert exact >= sum(len(posts(story, with_deleted=True)) for story in STORIES) - 1
    assert sum(one["share"] for one in rows) == pytest.approx(1, abs=0.001)


@answers
def key_events(rows):
    assert [(one["headline"], one["published_at"]) for one in rows] == [(ENGINE.headline, at(5))]


@answers
def latest_posts(rows):
    last = max(one.at for one in COVERAGE.copies if one.style == "article")
    assert (rows[0]["published_at"], len(rows)) == (iso(TIMELINE.instant(last)), 50)


@answers
def longest_silences(rows):
    told = {(one["title"], one["carrier"]): one["longest_gap_seconds"] for one in rows}
    for story in STORIES:
        times = sorted(one.published for one in posts(story))
        longest = max(after - before for before, after in pairwise(times))
        assert told[story.title, story.publisher] == longest.total_seconds()


@answers
def page_as_of(rows):
    seen = [(one["headline"], one["body"]) for one in rows]
    served = seen_by_readers(STORM, TIMELINE, TIMELINE.instant(NOON))
    assert seen == [(one.headline, one.text) for one in served]
    assert [one["is_pinned"] for one in rows] == [one.is_pinned for one in served]


@answers
def posts_by_day(rows):
    told = {(one["published_day"], one["carrier"]): one["posts"] for one in rows}
    own = Counter(f"{one.published:%Y-%m-%d}" for one in posts(STORM))
    assert told["2026-03-14", STORM.publisher] == own["2026-03-14"]
    assert told["2026-03-02", "Harbour Courier"] == 3  # the undated one has no day


@answers
def publication_lag(rows):
    told = {one["carrier"]: one for one in rows}
    for story in STORIES:
        lags = [(first_sight(one.published) - one.published).total_seconds() for one in posts(story)]
        assert told[story.publisher]["shortest_seconds"] <= min(lags)
        assert told[story.publisher]["longest_seconds"] <= EVERY.total_seconds()
    assert told["Harbour Courier"]["longest_seconds"] == 57 * 60


@answers
def search_entries(rows):
    from_storm = {one["body"] for one in live(rows)}
    newest = posts(STORM, with_deleted=True)
    assert from_storm == {
        one.text for one in newest if {"tide", "gates"} <= set(f"{one.headline} {one.text}".lower().split())
    }


@answers
def timeline_by_hour(rows):
    told = {(one["published_hour"], one["document_title"]): one["posts"] for one in live(rows)}
    own = Counter((f"{one.published:%Y-%m-%dT%H:00}", story.title) for story in STORIES for one in posts(story))
    assert {key: told[key] for key in own} == own


@answers
def vaguely_dated(rows):
    told = {one["title"]: (one["posts"], one["vague_posts"], one["undated_posts"]) for one in rows}
    assert told["Ferry safe"] == (4, 1, 1)
    assert {(one["carrier"], one["title"]) for one in rows}.isdisjoint((one.publisher, one.title) for one in STORIES)


@answers
def what_is_quoted(rows):
    embeds = [one["embed"] for story in STORIES for one in story.posts if "embed" in one]
    hosts = Counter((one["kind"], one["url"].split("/")[2]) for one in embeds)
    assert {(one["kind"], one["host"]): one["posts"] for one in rows} == hosts

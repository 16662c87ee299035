"""What happened to posts and titles: known answers."""

from collections import Counter
from datetime import timedelta

from answers.script import SIGHTS, STORIES, STORM, answers, at, changes, first_sight, instant_of, iso, live, posts
from asked import ENGINE, FERRY, NINE, TIMELINE, UNDATED
from fabricate import BLOG
from newsroom.script import offset_of, seen_by_readers


@answers
def back_dated_posts(rows):
    (late,) = rows
    assert (late["claimed_at"], late["still_absent_at"]) == (at(3), at(8))
    assert (late["first_seen_at"], late["least_seconds_late"]) == (at(60), 300)


@answers
def contradictions(rows):
    assert [(one["carrier"], one["contradictions"]) for one in rows if one["why"] == "two clocks"] == [
        ("Harbour Courier", 1)
    ]


@answers
def deleted_posts(rows):
    gone = {(one["carrier"], one["published_at"]) for one in rows}
    withdrawn = [(story, post) for story in STORIES for post in posts(story, with_deleted=True) if post.is_deleted]
    assert gone == {(story.publisher, iso(post.published)) for story, post in withdrawn}


@answers
def edits(rows):
    texts = {one["body_after"].split("\n")[0] for one in rows}
    seen = {
        one
        for story, change in changes("edit")
        if seen_edit(story, change)
        for one in [change["text"].strip().split("\n")[0]]
    }
    assert texts == {*seen, FERRY[2][2][0].text}


@answers
def headline_changes(rows):
    renamed = [(one["carrier"], one["headline_after"]) for one in rows]
    assert renamed == [(story.publisher, one["headline"]) for story, one in changes("edit") if "headline" in one]


@answers
def how_soon_edits_come(rows):
    published = {one["id"]: instant_of(one) for story in STORIES for one in story.posts}
    waits = [
        first_sight(instant_of(one)) - published[one["post"]] for story, one in changes("edit") if seen_edit(story, one)
    ]
    waits.append(timedelta(minutes=8 - 5))
    limits = timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6)
    classes = Counter(1 + sum(wait >= limit for limit in limits) for wait in waits)
    assert {int(one["seen"][0]): one["edits"] for one in rows} == classes


def seen_edit(story, change):
    """Say whether a capture showed the words before an edit: between the post's own time and the edit's."""
    start = next(TIMELINE.instant(offset_of(one["at"])) for one in story.posts if one["id"] == change["post"])
    return any(start <= one < instant_of(change) for one in SIGHTS)


@answers
def most_edited(rows):
    assert all(one["versions"] == 2 for one in rows)
    assert len(rows) == 1 + sum(seen_edit(*one) for one in changes("edit"))


@answers
def pinned_for(rows):
    pinned = {(one["pinned_by"], one["unpinned_by"]) for one in live(rows)}
    begun = [iso(first_sight_of_pin(instant_of(one))) for one in STORM.changes if one["action"] == "pin"]
    ended = [iso(first_sight(instant_of(one))) for one in STORM.changes if one["action"] == "unpin"]
    assert {*zip(begun, ended, strict=True), (at(70), None)} == {one for one in pinned if one[0] > at(0)}


def first_sight_of_pin(pinned):
    """A pin of the newest post looks like no pin: find the first capture that shows a newer post below it."""
    for instant in SIGHTS:
        top, *others = seen_by_readers(STORM, TIMELINE, instant) or [None]
        if instant >= pinned and top and top.is_pinned and any(one.published > top.published for one in others):
            return instant
    raise AssertionError("nobody could have seen the pin")


@answers
def pinned_now(rows):
    assert ("Harbour Courier", NINE.text, at(70)) in [(one["carrier"], one["body"], one["pinned_by"]) for one in rows]


@answers
def posts_at_risk(rows):
    assert [(one["body"], one["missing_since_at"]) for one in rows] == [(UNDATED.text, at(80))]


@answers
def re_dated_posts(rows):
    ((story, change),) = changes("redate")
    (told,) = rows
    assert told["carrier"] == story.publisher
    assert told["after_stated"] == f"{TIMELINE.instant(offset_of(change['to'])):%Y-%m-%dT%H:%M:%S}+00:00"
    assert told["earliest_at"] <= iso(instant_of(change)) <= told["latest_at"]


@answers
def silent_edits(rows):
    (silent,) = rows
    longer = len(FERRY[2][2][0].text) - len(ENGINE.text)
    assert (silent["carrier"], silent["earliest_at"], silent["latest_at"]) == ("Harbour Courier", at(6), at(8))
    assert silent["characters_more"] == longer


@answers
def title_history(rows):
    (renamed,) = rows
    assert (renamed["title_before"], renamed["title_after"]) == ("Ferry adrift", "Ferry safe")
    assert (renamed["url"], renamed["earliest_at"], renamed["latest_at"]) == (BLOG, at(8), at(60))

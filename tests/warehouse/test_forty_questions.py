"""Forty questions and more, each answered on both engines as the scripts of the newsroom and the ferry say.

What is expected is worked out from those scripts, never copied from an answer.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pendulum
import pytest

from asked import BASE, COVERAGE, ENGINE, EVERY, FERRY, NINE, REQUESTS, TIMELINE, UNDATED, answerable, copied
from dateline.errors import WarehouseError
from dateline.warehouse import load_batch, migrate, open_warehouse, publish_views, quarantine
from dateline.warehouse.library import statements_in
from dateline.warehouse.metadata import sortable
from dateline.warehouse.query import query
from fabricate import BLOG, DAY
from ferry import TUG, snapshots
from newsroom.pages import copy_text
from newsroom.record import instants
from newsroom.script import everything, offset_of, seen_by_readers

END = TIMELINE.instant(timedelta(hours=40))
STORM, TRAM = COVERAGE.story("storm-ottilie"), COVERAGE.story("tram-vote")
STORIES = (STORM, TRAM)
SIGHTS = tuple(instants(COVERAGE, TIMELINE, EVERY))
ANSWERS = {}


def answers(judge):
    """Register what judges the answer to the question of the same name."""
    ANSWERS[judge.__name__] = judge
    return judge


def at(minutes):
    return sortable(DAY.add(minutes=minutes))


def iso(instant):
    return sortable(pendulum.instance(instant))


def instant_of(change):
    return TIMELINE.instant(offset_of(change["at"]))


def posts(story, *, with_deleted=False):
    """The posts in the end, each with the time that was stated first: a later one never replaces a good time."""
    first = {one["id"]: instant_of(one) for one in story.posts}
    in_the_end = [replace(one, published=first[one.anchor]) for one in everything(story, TIMELINE, END)]
    return [one for one in in_the_end if with_deleted or not one.is_deleted]


def changes(*actions):
    return [(story, one) for story in STORIES for one in story.changes if one["action"] in actions]


def first_sight(instant):
    return next(one for one in SIGHTS if one >= instant)


def live(rows, name="document_title"):
    """Keep what is told of the two live blogs by their own publishers, and of the ferry."""
    titles = {(one.title, one.publisher) for one in STORIES} | {("Ferry safe", "Harbour Courier")}
    return [one for one in rows if (one[name], one["carrier"]) in titles]


@answers
def archive_by_day(rows):
    days = {one["captured_day"]: one for one in rows}
    assert set(days) == {"2026-03-02", "2026-03-14", "2026-03-15"}
    ferry = days["2026-03-02"]
    assert (ferry["snapshots"], ferry["loaded"], ferry["quarantined"]) == (len(FERRY) + 2, len(FERRY) + 1, 1)


@answers
def authors(rows):
    signed = {(one["author"], one["carrier"]): one for one in rows}
    by_rasmund = len(posts(STORM)) + sum(one.author == STORM.author for one in COVERAGE.articles)
    assert signed[STORM.author, STORM.publisher]["posts"] == by_rasmund
    assert signed["Tove Brandal", "Harbour Courier"]["posts"] == 1


@answers
def back_dated_posts(rows):
    (late,) = rows
    assert (late["claimed_at"], late["still_absent_at"]) == (at(3), at(8))
    assert (late["first_seen_at"], late["least_seconds_late"]) == (at(60), 300)


@answers
def busiest_hours(rows):
    counted = {one["published_hour"]: one["posts"] for one in rows}
    own = Counter(f"{one.published:%H}" for story in STORIES for one in posts(story))
    assert all(counted[hour] >= number for hour, number in own.items())
    assert counted["10"] == own["10"] + 1  # and the report that Meridian took over


@answers
def contradictions(rows):
    assert [(one["carrier"], one["contradictions"]) for one in rows if one["why"] == "two clocks"] == [
        ("Harbour Courier", 1)
    ]


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
def coverage_overview(rows):
    told = {(one["title"], one["carrier"]): one for one in rows}
    for story in STORIES:
        one, all_posts = told[story.title, story.publisher], posts(story, with_deleted=True)
        edited = {change["post"] for change in story.changes if change["action"] == "edit"}
        assert (one["entries"], one["edited_entries"]) == (len(all_posts), len(edited))
        assert one["deleted_entries"] == sum(post.is_deleted for post in all_posts)
        assert one["first_entry_at"] == iso(min(post.published for post in posts(story)))


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
def erasures(rows):
    assert rows == []  # nobody asked for any; tests/ingest/test_erasing.py asks


@answers
def first_to_report(rows):
    firsts = {one["title"]: one["carrier"] for one in rows}
    for copy in COVERAGE.copies:
        original = COVERAGE.original(copy.of)
        assert firsts[original.title] == original.publisher


@answers
def headline_changes(rows):
    renamed = [(one["carrier"], one["headline_after"]) for one in rows]
    assert renamed == [(story.publisher, one["headline"]) for story, one in changes("edit") if "headline" in one]


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
def lying_validators(rows):
    (ferry,) = rows
    verdicts = Counter(verdict for *_, verdict, _ in REQUESTS)
    assert (ferry["requests"], ferry["changes_denied"]) == (len(REQUESTS), verdicts["lied-same"])
    assert (ferry["changes_made_up"], ferry["last_lied_at"]) == (verdicts["lied-changed"], at(70))


@answers
def most_carried(rows):
    carried = {(one["origin_carrier"], one["origin_title"]) for one in rows}
    originals = [COVERAGE.original(one.of) for one in COVERAGE.copies]
    assert carried == {(one.publisher, one.title) for one in originals}


@answers
def most_edited(rows):
    assert all(one["versions"] == 2 for one in rows)
    assert len(rows) == 1 + sum(seen_edit(*one) for one in changes("edit"))


@answers
def page_as_of(rows):
    seen = [(one["headline"], one["body"]) for one in rows]
    served = seen_by_readers(STORM, TIMELINE, TIMELINE.instant(NOON))
    assert seen == [(one.headline, one.text) for one in served]
    assert [one["is_pinned"] for one in rows] == [one.is_pinned for one in served]


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
def quietest_sources(rows):
    ferry = next(one for one in rows if one["source_id"] == "ferry")
    assert (ferry["last_published_at"], ferry["seconds_of_silence"]) == (at(5), 75 * 60)
    assert ferry["is_older_than_expected"] is True
    assert [one["is_older_than_expected"] for one in rows if one["source_id"] == "any"] == [False]


@answers
def re_dated_posts(rows):
    ((story, change),) = changes("redate")
    (told,) = rows
    assert told["carrier"] == story.publisher
    assert told["after_stated"] == f"{TIMELINE.instant(offset_of(change['to'])):%Y-%m-%dT%H:%M:%S}+00:00"
    assert told["earliest_at"] <= iso(instant_of(change)) <= told["latest_at"]


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
def search_entries(rows):
    from_storm = {one["body"] for one in live(rows)}
    newest = posts(STORM, with_deleted=True)
    assert from_storm == {
        one.text for one in newest if {"tide", "gates"} <= set(f"{one.headline} {one.text}".lower().split())
    }


@answers
def shared_passages(rows):
    assert any(one["is_same_carrier"] for one in rows)
    assert {one["origin_title"] for one in rows} >= {COVERAGE.original(one.of).title for one in COVERAGE.copies}


@answers
def silent_edits(rows):
    (silent,) = rows
    longer = len(FERRY[2][2][0].text) - len(ENGINE.text)
    assert (silent["carrier"], silent["earliest_at"], silent["latest_at"]) == ("Harbour Courier", at(6), at(8))
    assert silent["characters_more"] == longer


@answers
def sources_in_trouble(rows):
    troubles = {one["source_id"]: (one["failed_requests"], one["quarantined"]) for one in rows}
    assert troubles == {"ferry": (sum(bool(failure) for *_, failure in REQUESTS), 0), "meridian": (0, 1)}


@answers
def timeline_by_hour(rows):
    told = {(one["published_hour"], one["document_title"]): one["posts"] for one in live(rows)}
    own = Counter((f"{one.published:%Y-%m-%dT%H:00}", story.title) for story in STORIES for one in posts(story))
    assert {key: told[key] for key in own} == own


@answers
def title_history(rows):
    (renamed,) = rows
    assert (renamed["title_before"], renamed["title_after"]) == ("Ferry adrift", "Ferry safe")
    assert (renamed["url"], renamed["earliest_at"], renamed["latest_at"]) == (BLOG, at(8), at(60))


@answers
def unwatched_stretches(rows):
    ferry = [one for one in rows if one["title"] == "Ferry safe"]
    assert [(one["unwatched_from"], one["unwatched_until"], one["seconds"]) for one in ferry] == [(at(8), at(60), 3120)]


@answers
def vaguely_dated(rows):
    told = {one["title"]: (one["posts"], one["vague_posts"], one["undated_posts"]) for one in rows}
    assert told["Ferry safe"] == (4, 1, 1)
    assert {(one["carrier"], one["title"]) for one in rows}.isdisjoint((one.publisher, one.title) for one in STORIES)


@answers
def what_copies_inherit(rows):
    published = {one["id"]: instant_of(one) for story in STORIES for one in story.posts}
    inherited = [one for one in rows if one["published_basis"] == "aligned-copy"]
    assert inherited
    for one in inherited:
        assert one["published_at"] == iso(published[one["anchor"]]), one


@answers
def what_is_quoted(rows):
    embeds = [one["embed"] for story in STORIES for one in story.posts if "embed" in one]
    hosts = Counter((one["kind"], one["url"].split("/")[2]) for one in embeds)
    assert {(one["kind"], one["host"]): one["posts"] for one in rows} == hosts


@answers
def what_was_refused(rows):
    assert {(one["why"], one["refusals"]) for one in rows} == {("no clock", 1), ("it is empty", 1)}


@answers
def who_wrote_it(rows):
    assert ("Meridian News", "Harbour Courier") in [(one["carrier"], one["origin"]) for one in rows]


NOON = timedelta(hours=6, minutes=5)
GIVEN = {"page_as_of": {"url": f"{BASE}{STORM.address}", "at": TIMELINE.instant(NOON).isoformat()}}


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory):
    engine = answerable(tmp_path_factory.mktemp("asked"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def on_postgresql(on_sqlite, own_postgres_url):
    engine = open_warehouse(own_postgres_url)
    migrate(engine)
    yield copied(on_sqlite, engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def asked(request):
    return request.getfixturevalue(f"on_{request.param}")


def test_there_are_forty_questions_and_each_has_its_known_answer():
    for dialect in ("sqlite", "postgresql"):
        assert set(statements_in("queries", dialect)) == set(ANSWERS)
    assert len(ANSWERS) >= 40


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_the_answer_is_what_the_script_says(asked, name):
    ANSWERS[name](query(asked, name, given=GIVEN.get(name)).as_dicts())


@pytest.mark.postgres
def test_both_engines_give_the_same_answers_in_the_same_order(on_sqlite, on_postgresql):
    for name in sorted(ANSWERS):
        one, other = (query(engine, name, given=GIVEN.get(name)) for engine in (on_sqlite, on_postgresql))
        assert one.columns == other.columns, name
        assert one.rows == other.rows, name


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbour master", True),
        ("HARBOUR  Master", True),
        ("harbour unicorn", False),
        ('"harbour" (master*', True),
        ("master OR unicorn", False),
        ("please do not go", True),
        ("don't \\ ' go", False),
        ("", False),
        ("* -", False),
    ],
)
def test_whatever_is_searched_for_is_only_words(asked, words, found):
    assert bool(query(asked, "search_entries", given={"words": words}).rows) is found


def test_what_is_taken_back_is_found_no_more_and_again_when_it_is_read_again(warehouse):
    publish_views(warehouse)
    captures = snapshots()
    words = {"words": "coast guard"}

    def found():
        return len(query(warehouse, "search_entries", given=words).rows)

    load_batch(warehouse, captures[:2])
    assert found() == 1
    quarantine(warehouse, captures[1].stored, "unreadable", "nothing in it")
    assert found() == 0
    if warehouse.dialect.name == "sqlite":
        kept = query(warehouse, "select count(*) as n from search_keys").rows
        assert kept == query(warehouse, "select count(*) as n from dim_wordings").rows
    load_batch(warehouse, captures[:2])
    assert found() == 1


def test_search_survives_a_vacuum(tmp_path):
    engine = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    migrate(engine)
    publish_views(engine)
    load_batch(engine, snapshots())
    quarantine(engine, snapshots()[0].stored, "unreadable", "nothing in it")
    with engine.connect() as connection:
        connection.connection.cursor().execute("vacuum")
        connection.connection.cursor().execute("insert into wording_search (wording_search) values ('integrity-check')")
    found = query(engine, "search_entries", given={"words": "tug tows"}).as_dicts()
    assert [one["body"] for one in found] == [TUG.text]
    engine.dispose()


def test_a_question_says_what_it_may_be_given(asked):
    with pytest.raises(WarehouseError, match="Known: words"):
        query(asked, "search_entries", given={"word": "tide"})
    with pytest.raises(WarehouseError, match="no instant"):
        query(asked, "page_as_of", given={"at": "noon"})

"""A feed leads to live blogs, a page to its further pages, and nothing that two processes learn is lost."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pendulum
import pytest

from dateline.archive import Archive
from dateline.fetch import NEW, Answer
from dateline.fetch.further import MOST_AT_ONCE, MOST_KEPT, due_among, with_asked, with_named
from dateline.ingest import due_sources, poll_sources
from dateline.ingest.erasing import erase
from dateline.ingest.followed import found_by, with_followed
from dateline.ingest.lessons import learn
from dateline.ingest.schedule import keep_states, states_of
from dateline.model import Kind, Snapshot, Window
from dateline.source import Source, SourceKind
from dateline.warehouse import ReadSnapshot
from dateline.warehouse.engine import write_in
from dateline.warehouse.erasure_log import rule_of
from dateline.warehouse.ledger import declare_sources
from fabricate import BLOG, DAY, article, minute, post, reading, stored

FEED = Source(
    source_id="feed",
    url="https://harbour-courier.example/feed.xml",
    kind=SourceKind.FEED,
    publisher="Harbour Courier",
    zone="Europe/London",
    interval=300,
    follow=True,
    allow_private=True,
)
FERRY = Source(source_id="ferry", url=BLOG)
POLLED = replace(NEW, polls=1, polled_at=DAY, changes=(DAY,))


def known(engine, *sources):
    declare_sources(engine, sources)
    write_in(engine, lambda connection: keep_states(connection, [(one, POLLED) for one in sources], DAY))
    return engine


def lists(*items):
    return (reading(kind=Kind.FEED, url=FEED.url), *items)


def item(url, title="Ferry adrift - live", at=30):
    return replace(article("", url=url, title=title), published=minute(at))


def taught(engine, *readings, at=31, source_id="feed", url=FEED.url, sources=(FEED,)):
    read = ReadSnapshot(stored=stored(at, source_id=source_id, url=url), readings=readings)
    by_id = {one.source_id: one for one in with_followed(engine, sources)}
    learn(engine, [read], by_id, DAY.add(minutes=60))


def test_a_feed_leads_to_the_live_blogs_that_it_lists(warehouse):
    known(warehouse, FEED)
    old = item("https://harbour-courier.example/live/old", at=-4000)
    plain = item("https://harbour-courier.example/story", title="A quiet day")
    taught(warehouse, *lists(item(BLOG), old, plain))
    taught(warehouse, *lists(item(BLOG), plain), at=40)
    (one,) = with_followed(warehouse, [FEED])[1:]
    assert (one.url, one.kind, one.publisher, one.zone, one.interval) == (
        BLOG,
        SourceKind.LIVE_PAGE,
        "Harbour Courier",
        "Europe/London",
        60,
    )
    assert one.allow_private
    assert one.source_id.startswith("feed-")
    assert one in [due.source for due in due_sources(warehouse, [FEED], DAY.add(hours=2))]


def test_nothing_is_followed_unless_the_file_says_so_nor_twice(warehouse):
    quiet = replace(FEED, follow=False)
    known(warehouse, quiet, FERRY)
    taught(warehouse, *lists(item(BLOG)), sources=(quiet, FERRY))
    taught(warehouse, *lists(item(BLOG)), sources=(FEED, FERRY))
    assert with_followed(warehouse, [FEED, FERRY]) == [FEED, FERRY]


def test_a_strangers_page_is_followed_without_our_private_addresses_or_our_name(warehouse):
    known(warehouse, FEED)
    taught(warehouse, *lists(item("http://10.0.0.8/live/ferry")))
    (one,) = with_followed(warehouse, [FEED])[1:]
    assert (one.allow_private, one.publisher) == (False, None)


def test_a_page_that_is_no_live_blog_is_left_again(warehouse):
    known(warehouse, FEED)
    taught(warehouse, *lists(item(BLOG)))
    (one,) = with_followed(warehouse, [FEED])[1:]
    taught(warehouse, article("The ferry is home", url=BLOG), source_id=one.source_id, url=BLOG)
    assert with_followed(warehouse, [FEED]) == [FEED]
    assert "no live blog" in found_by(warehouse, "feed")[0]["why"]
    taught(warehouse, *lists(item(BLOG)), at=50)
    assert with_followed(warehouse, [FEED]) == [FEED]


def test_a_live_blog_whose_coverage_is_long_over_is_left(warehouse):
    known(warehouse, FEED)
    taught(warehouse, *lists(item(BLOG)))
    (one,) = with_followed(warehouse, [FEED])[1:]
    late = replace(POLLED, polled_at=DAY.add(days=9), read_at=DAY)
    write_in(warehouse, lambda connection: keep_states(connection, [(one, late)], DAY))
    taught(
        warehouse,
        reading(post("The ferry is home", at=1, anchor="a"), coverage={"state": "over"}),
        at=1,
        source_id=one.source_id,
        url=BLOG,
    )
    assert "closed" in found_by(warehouse, "feed")[0]["why"]
    assert found_by(warehouse, "feed")[0]["ended_at"] is not None


class FakeWeb:
    """Answers every address with a page of its own, and remembers what was asked."""

    def __init__(self):
        self.asked = []

    async def ask(self, request, before_hop=None):
        if not request.url.endswith("/robots.txt"):
            self.asked.append((request.url, request.allow_private))
        body = f"<html>{request.url}</html>".encode()
        is_robots = request.url.endswith("/robots.txt")
        moment = pendulum.now("UTC")
        return Answer(
            snapshot=Snapshot(
                body=b"" if is_robots else body, url=request.url, captured_at=moment, status=404 if is_robots else 200
            ),
            asked=(),
        )


def test_further_pages_are_asked_once_in_the_wake_of_a_poll_and_kept(warehouse, tmp_path):
    ferry = replace(FERRY, allow_private=True)
    known(warehouse, ferry)
    urls = (f"{BLOG}?page=2", "https://posts.example/api/7", "file:///etc/passwd")
    page = reading(post("The ferry left", at=0, anchor="a"), window=Window(page=1, pages=2, next_urls=urls))
    taught(warehouse, page, source_id="ferry", url=BLOG, sources=(ferry,))
    web, archive = FakeWeb(), Archive(str(tmp_path / "archive"))
    for _ in range(2):
        poll_sources([ferry], engine=warehouse, archive=archive, contact="x", web=web)
    assert sorted(set(web.asked)) == [(BLOG, True), (urls[0], True), (urls[1], False)]
    assert len(web.asked) == 4  # the page twice, each further address once
    state = states_of(warehouse, ["ferry"])["ferry"]
    assert [one.asked_at is not None for one in state.further] == [True, True]
    assert state.polls == POLLED.polls + 2


def test_a_further_page_names_more_and_teaches_nothing_else(warehouse):
    known(warehouse, FERRY)
    second = f"{BLOG}?page=2"
    taught(warehouse, reading(window=Window(next_urls=(second,))), source_id="ferry", url=BLOG, sources=(FERRY,))
    before = states_of(warehouse, ["ferry"])["ferry"]
    older = reading(post("An older post", at=0, anchor="z"), window=Window(next_urls=(f"{BLOG}?page=3",)))
    taught(warehouse, older, at=35, source_id="ferry", url=second, sources=(FERRY,))
    after = states_of(warehouse, ["ferry"])["ferry"]
    assert {one.url for one in after.further} == {second, f"{BLOG}?page=3"}
    assert replace(after, further=()) == replace(before, further=())


def test_further_addresses_are_bounded_and_asked_in_turn():
    named = with_named((), [f"https://a.example/{n}" for n in range(100)], DAY, every=3600.0)
    assert len(named) == MOST_KEPT
    first = due_among(named, DAY)
    assert len(first) == MOST_AT_ONCE
    asked = with_asked(named, [one.url for one in first], DAY)
    assert not set(due_among(asked, DAY.add(minutes=1))) & set(first)
    everything = with_asked(named, [one.url for one in named], DAY)
    assert due_among(everything, DAY.add(minutes=59)) == []
    assert len(due_among(everything, DAY.add(minutes=61))) == MOST_AT_ONCE


def test_an_erased_source_is_neither_due_nor_asked(warehouse, tmp_path):
    known(warehouse, FERRY)
    archive = Archive(str(tmp_path / "archive"))
    erase(warehouse, archive, rule_of(address=BLOG), asked_by="a test", clock=lambda: DAY)
    assert due_sources(warehouse, [FERRY], DAY.add(days=1)) == []
    web = FakeWeb()
    report, new = poll_sources([FERRY], engine=warehouse, archive=archive, contact="x", web=web)
    assert (web.asked, new) == ([], [])
    assert "dateline erase --lift" in report.failures[0].why


def test_what_several_processes_learn_of_a_source_is_all_kept(warehouse):
    declare_sources(warehouse, [FERRY])
    url = warehouse.url.render_as_string(hide_password=False)
    path = os.pathsep.join(["plugins", "tests", *filter(None, [os.environ.get("PYTHONPATH")])])
    root = Path(__file__).parents[2]
    runs = [
        subprocess.Popen(
            [sys.executable, str(root / "tests" / "ingest" / "changer.py"), url, what, "15"],
            env={**os.environ, "PYTHONPATH": path},
            cwd=root,
        )
        for what in ("polls", "wakes")
    ]
    assert [one.wait(timeout=120) for one in runs] == [0, 0]
    state = states_of(warehouse, ["ferry"])["ferry"]
    assert (state.polls, state.woken_at) == (15, DAY.add(seconds=15))


@pytest.mark.parametrize("url", ["https://a.example/x", "http://127.0.0.1:9/x"])
def test_a_source_without_follow_costs_no_query_and_leads_nowhere(url):
    one = Source(source_id="a", url=url)
    assert with_followed(None, [one]) == [one]

"""An address is looked at and becomes a source file; what may not be fetched does not."""

from dataclasses import replace

import pendulum
import pytest

from dateline.errors import ExtractError, FetchError, SourceError
from dateline.fetch import Answer, Manners
from dateline.ingest.introducing import introduce, write_source
from dateline.model import Snapshot
from dateline.source import Expect, Source, SourceKind, load_source
from dateline.warehouse import load, migrate, open_warehouse, run_checks
from dateline.warehouse.ledger import declare_sources
from fabricate import BLOG, DAY, article, minute, post, reading, stored
from newsroom.script import Timeline, load_coverage
from newsroom.server import routes

NOW = pendulum.datetime(2026, 3, 2, 12)
SITE = "https://www.harbour-courier.example"
ITEM = "<item><title>{}</title><link>{}</link><pubDate>Mon, 02 Mar 2026 09:0{}:00 GMT</pubDate></item>"
ITEMS = "".join(
    ITEM.format(title, f"{SITE}/{n}", n) for n, title in enumerate(("Ferry adrift – live", "Fog", "Rain", "Sun"))
)
PAGES = {
    "/feed.xml": '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour "now"</title>'
    f"{ITEMS}</channel></rss>",
    "/sitemap.xml": '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
    f"<loc>{SITE}/live/ferry</loc><lastmod>2026-03-02T09:00:00Z</lastmod></url></urlset>",
    "/empty": "<html><body></body></html>",
}


class Web:
    """A site with a robots.txt."""

    def __init__(self, robots="", pages=PAGES):
        self.pages = {"/robots.txt": robots, **pages}

    async def ask(self, request, before_hop=None):
        path = request.url.removeprefix(SITE)
        body = self.pages.get(path)
        snapshot = Snapshot(
            body=(body or "none").encode(), url=request.url, captured_at=NOW, status=404 if body is None else 200
        )
        return Answer(snapshot=snapshot, asked=())


@pytest.fixture
def engine(tmp_path):
    engine = open_warehouse(f"sqlite:///{tmp_path}/w.db")
    migrate(engine)
    yield engine
    engine.dispose()


def proposed(engine, path, web=None, **options):
    options = {"contact": "x", "taken": [], "now": NOW, "manners": Manners(host_interval=0.0), **options}
    return introduce(engine, SITE + path, web=web or Web(), **options)


def test_a_feed_becomes_a_source_that_follows_what_it_calls_live(engine, tmp_path):
    proposal = proposed(engine, "/feed.xml")
    path = write_source(proposal, tmp_path / "sources")
    source = load_source(path)
    assert path.name == "harbour-courier-example-feed-xml.toml"
    assert (source.kind, source.follow, source.interval) == (SourceKind.FEED, True, 300)
    assert source.title == 'Harbour "now"'
    assert source.expect == Expect(min_entries=2, max_entries=200, max_age_hours=48)
    assert "4 items" in proposal.seen
    with pytest.raises(SourceError, match="cannot be written"):
        write_source(proposal, tmp_path / "sources")


def test_a_live_page_and_a_sitemap_are_recognised(engine):
    morning = pendulum.datetime(2026, 3, 14, 12)
    coverage, timeline = load_coverage(), Timeline(anchor=morning.subtract(hours=6))
    storm = routes(coverage, timeline, morning, SITE)["/courier/live/storm-ottilie"][1]()
    web = Web(pages={**PAGES, "/live/storm": storm})
    assert 'kind = "live_page"' in proposed(engine, "/live/storm", web).text
    assert 'kind = "sitemap"' in proposed(engine, "/sitemap.xml").text


def test_what_robots_forbid_is_refused(engine):
    with pytest.raises(FetchError, match=r"robots\.txt forbids"):
        proposed(engine, "/feed.xml", Web(robots="User-agent: *\nDisallow: /\n"))


def test_what_does_not_answer_or_nobody_knows_is_refused(engine):
    with pytest.raises(FetchError, match="answered 404"):
        proposed(engine, "/nothing")
    with pytest.raises((ExtractError, FetchError)):
        proposed(engine, "/empty")


def test_an_address_that_is_watched_already_is_not_added_twice(engine):
    watched = Source(source_id="harbour", url=f"{SITE}/feed.xml?utm_source=x")
    with pytest.raises(SourceError, match=r"harbour\.toml"):
        proposed(engine, "/feed.xml", taken=[watched])


def test_a_name_that_is_taken_gets_a_number(engine):
    taken = Source(source_id="harbour-courier-example-feed-xml", url="https://elsewhere.example/")
    assert proposed(engine, "/feed.xml", taken=[taken]).source_id == "harbour-courier-example-feed-xml-2"


def test_a_source_outside_its_expectations_is_reported(engine):
    ferry = Source(source_id="ferry", url=BLOG, expect=Expect(min_entries=1, max_entries=2, max_age_hours=2))
    feed = Source(source_id="feed", url=f"{SITE}/feed.xml", expect=Expect(min_entries=2))
    declare_sources(engine, [ferry, feed])
    item = replace(article("", url=f"{SITE}/1"), published=minute(1))
    load(engine, stored(31, source_id="feed", url=feed.url), reading_of_feed(item))
    load(engine, stored(30), [reading(post("The ferry left", at=0, anchor="a"))])
    assert offending(engine) == {"feed"}
    load(
        engine,
        stored(32, source_id="feed", url=feed.url, body="two"),
        reading_of_feed(item, replace(item, document=other())),
    )
    assert offending(engine) == set()
    load(engine, stored(300), [reading(post("The ferry left", at=0, anchor="a"))])
    assert offending(engine) == {"ferry"}


def reading_of_feed(*items):
    from dateline.model import Kind

    return [reading(url=f"{SITE}/feed.xml", kind=Kind.FEED), *items]


def other():
    return article("", url=f"{SITE}/2").document


def offending(engine):
    (check,) = [one for one in run_checks(engine, clock=lambda: DAY) if one.name == "sources_within_expectation"]
    return {row["source_id"] for row in check.offending.as_dicts()}


def test_a_hub_that_a_feed_offers_is_named(engine):
    links = '<atom:link rel="self" href="/feed.xml"/><atom:link rel="hub" href="https://hub.example/"/>'
    feed = PAGES["/feed.xml"].replace("<channel>", f'<channel xmlns:atom="http://www.w3.org/2005/Atom">{links}')
    assert proposed(engine, "/feed.xml", Web(pages={"/feed.xml": feed})).hub == "https://hub.example/"
    assert proposed(engine, "/feed.xml").hub is None

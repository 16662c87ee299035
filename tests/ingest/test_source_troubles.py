"""Sources in trouble, from poll to poll: gone, moved, flapping, behind a login, closed by robots; what people then see.

The clock is moved on between polls; requests are real ones on loopback.
"""

from datetime import UTC, datetime

import pendulum
import pytest
from typer.testing import CliRunner

from dateline.archive import Archive
from dateline.cli import app
from dateline.errors import SourceError
from dateline.fetch import Manners
from dateline.ingest import due_sources, load_pending, poll_sources
from dateline.ingest.explaining import explained
from dateline.ingest.moving import accept_move
from dateline.ingest.schedule import states_of
from dateline.source import Source, load_sources
from dateline.warehouse import publish_views
from dateline.warehouse.query import query
from dateline.warehouse.views import run_checks
from fetch.hostile_server import HostileServer

POSTS = "".join(
    f'<article class="block" id="block-65f2a0{n:018x}"><h2>Wave {n}</h2>'
    f'<p class="block-time"><time datetime="2026-03-14T09:{n:02}:00Z">9.{n:02}</time></p>'
    f'<div itemprop="articleBody"><p>The harbour wall held against wave number {n} of the storm.</p></div></article>'
    for n in range(9, 0, -1)
)
LIVE = f"<html><head><title>Storm live</title></head><body><main>{POSTS}</main></body></html>".encode()
LOGIN = b"""<html><head><title>Sign in to continue</title></head><body><form action="/login"><h1>Sign in</h1>
<input name="mail"><input name="word" type="password"><p>You need an account to read this page. It takes a minute, and
your first month costs nothing. By going on you accept our terms of use and our privacy policy.</p></form>
</body></html>"""
CHALLENGE = b"""<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>
<noscript>Enable JavaScript and cookies to continue</noscript></body></html>"""
ERROR = (
    b"<html><head><title>Error</title></head><body><h1>Something went wrong</h1><p>Please try later.</p></body></html>"
)


@pytest.fixture(scope="module")
def server():
    with HostileServer() as running:
        yield running


class Watched:
    """One live page, polled by a clock that the test moves on."""

    def __init__(self, engine, folder, server):
        self.engine, self.server = engine, server
        self.archive = Archive(str(folder / "archive"))
        self.now = pendulum.now("UTC")
        self.source = Source(source_id="storm", url=f"{server.url}/live", allow_private=True, interval=60)
        server.script.clear()
        server.script["/robots.txt"] = [(404, b"", ())]

    def answers(self, status, body=b"", *headers):
        self.server.script["/live"] = [(status, body, headers)]

    def poll(self, **later):
        """Let time pass, and poll; return how often the page was asked."""
        self.now = self.now.add(**later)
        before = self.server.hits["/live"]
        poll_sources(
            [self.source],
            engine=self.engine,
            archive=self.archive,
            contact="none",
            manners=Manners(host_interval=0.0),
            clock=lambda: self.now,
        )
        load_pending(self.engine, self.archive, sources={"storm": self.source}, clock=lambda: self.now)
        return self.server.hits["/live"] - before

    @property
    def state(self):
        return states_of(self.engine, ["storm"])["storm"]

    @property
    def why(self):
        return " ".join(explained(self.engine, [self.source], "storm", self.now))

    def is_due(self, **later):
        return bool(due_sources(self.engine, [self.source], self.now.add(**later)))

    def rows(self, sql):
        return query(self.engine, sql).rows


@pytest.fixture
def page(sqlite_warehouse, tmp_path, server):
    return Watched(sqlite_warehouse, tmp_path, server)


def test_a_page_that_answers_410_twice_in_a_day_rests_for_weeks_and_people_see_why(page):
    page.answers(410)
    page.poll()
    assert not page.is_due(minutes=59)
    assert page.is_due(minutes=61)
    page.poll(hours=1)
    assert not page.is_due(days=20)
    assert page.is_due(days=22)
    publish_views(page.engine)
    ((failure, why),) = page.rows("select last_failure, due_because from source_health where source_id = 'storm'")
    assert (failure, why) == ("gone", "it answers 410 Gone: it rests for 3 weeks")
    page.answers(200, LIVE)
    page.poll(days=22)
    assert page.state.retired_at is None


def test_a_page_that_flaps_is_asked_ever_more_rarely_and_its_soft_errors_count_half(page):
    waits = []
    for status in (404, 500) * 4:
        page.answers(status)
        page.poll(days=2)
        planned = due_at(page)
        waits.append((planned - page.state.polled_at).total_seconds())
    assert page.state.failures == 6.0
    assert waits == sorted(waits)
    assert waits[-1] >= 60 * 2**6
    page.answers(200, LIVE)
    page.poll(days=2)
    assert (page.state.failures, page.state.failed) == (0.0, None)


def due_at(page):
    ((stated,),) = page.rows("select due_at from source_schedules")
    return pendulum.instance(datetime.fromisoformat(stated).astimezone(UTC))


@pytest.mark.parametrize("body", [LOGIN, CHALLENGE, ERROR, b"", b"   \n", b"<html></html>"], ids=range(6))
def test_a_200_that_is_no_page_deletes_nothing_and_is_seen(page, body):
    page.answers(200, LIVE)
    page.poll()
    assert page.rows("select count(*) from fct_entries") == ((9,),)
    page.answers(200, body)
    for _ in range(4):
        page.poll(minutes=30)
    assert page.rows("select count(*) from fct_entries where is_deleted") == ((0,),)
    publish_views(page.engine)
    in_trouble = query(page.engine, "sources_in_trouble").rows
    offends = [one.name for one in run_checks(page.engine) if not one.is_clean]
    assert in_trouble or offends == ["followed_live_blogs_read_as_such"]
    page.answers(200, LIVE)
    page.poll(minutes=30)
    assert page.rows("select count(*) from fct_entries where not is_deleted") == ((9,),)


def test_what_robots_forbid_or_hide_is_not_asked_and_the_plan_says_so(page):
    page.server.script["/robots.txt"] = [(200, b"User-agent: *\nDisallow: /live\n", ())]
    page.answers(200, LIVE)
    assert page.poll() == 0
    assert "refused (robots)" in page.why
    page.server.script["/robots.txt"] = [(503, b"", ())]
    assert page.poll(days=2) == 0  # an older copy still holds
    assert page.state.failed == "robots"
    page.server.script["/robots.txt"] = [(200, b"User-agent: *\nAllow: /\n", ())]
    assert page.poll(days=2) == 1


def test_a_robots_file_is_a_days_by_the_clock_that_is_given(page):
    page.server.script["/robots.txt"] = [(200, b"", ())]
    page.answers(200, LIVE)
    before = page.server.hits["/robots.txt"]
    page.poll()
    page.poll(hours=23)
    assert page.server.hits["/robots.txt"] == before + 1
    page.poll(hours=2)
    assert page.server.hits["/robots.txt"] == before + 2


def test_a_robots_file_that_cannot_be_had_forbids_for_now(page):
    page.server.script["/robots.txt"] = [(500, b"", ())]
    page.answers(200, LIVE)
    assert page.poll() == 0
    assert "robots_unreachable" in page.why
    page.server.script["/robots.txt"] = [(200, b"User-agent: *\nCrawl-delay: 86400\n", ())]
    assert page.poll(minutes=10) == 0  # the file was a request too, and its delay holds from then on
    assert page.state.failed == "host_busy"
    ((next_at,),) = page.rows("select max(next_at) from host_turns")
    rest = pendulum.instance(datetime.fromisoformat(next_at)) - page.now
    assert 60 < rest.total_seconds() < 150  # two minutes from the end of the request, not the day that it asks for


def moved_away(page, times=3):
    """Let the page move to another publisher's address."""
    target = f"http://localhost:{page.server.port}/elsewhere"
    page.answers(301, b"", ("Location", target))
    page.server.script["/elsewhere"] = [(200, LIVE, ())]
    for _ in range(times):
        page.poll(days=1)
    return target


def test_a_move_to_another_publisher_waits_for_a_persons_yes(page):
    target = moved_away(page, times=5)
    assert page.state.moved_to is None
    assert target in page.why
    assert "dateline sources move storm" in page.why
    assert accept_move(page.engine, [page.source], "storm", page.now) == target
    assert page.poll(days=1) == 0  # the declared address is left alone
    assert "is asked there" in page.why
    page.server.script["/elsewhere"] = [(404, b"", ())]
    page.poll(days=1)
    assert page.poll(days=1) == 1  # and asked again where the new one fails


def test_a_file_that_names_another_address_ends_an_accepted_move(page):
    moved_away(page)
    accept_move(page.engine, [page.source], "storm", page.now)
    page.source = Source(source_id="storm", url=f"{page.server.url}/live", allow_private=True, kind=page.source.kind)
    assert page.poll(days=1) == 0
    page.source = Source(source_id="storm", url=f"{page.server.url}/live?now=1", allow_private=True)
    assert page.poll(days=1) == 1


def test_nothing_is_moved_that_did_not_move(page):
    page.answers(200, LIVE)
    page.poll()
    with pytest.raises(SourceError, match="does not say that it has moved"):
        accept_move(page.engine, [page.source], "storm", page.now)
    with pytest.raises(SourceError, match="no such source"):
        accept_move(page.engine, [page.source], "calm", page.now)


def test_a_person_says_yes_on_the_command_line(page, tmp_path, monkeypatch):
    target = moved_away(page)
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "storm.toml").write_text(f'url = "{page.source.url}"\nallow_private = true\n', encoding="utf-8")
    monkeypatch.setenv("DATELINE_SOURCES", str(folder))
    monkeypatch.setenv("DATELINE_WAREHOUSE", page.engine.url.render_as_string(hide_password=False))
    no = CliRunner().invoke(app, ["sources", "move", "storm"], input="n\n")
    assert no.exit_code == 1
    assert target in no.output
    assert page.state.moved_to is None
    yes = CliRunner().invoke(app, ["sources", "move", "storm", "--yes"])
    assert yes.exit_code == 0, yes.output
    assert f"storm is asked at {target} from now on" in yes.output
    assert page.state.moved_to == target
    assert load_sources(folder)[0].url == page.source.url

"""WebSub from end to end on loopback: a real hub, the real callback under a real server, polls in between."""

import threading
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pendulum
import pytest
import uvicorn
from fastapi.testclient import TestClient

from dateline.archive import Archive
from dateline.fetch import Manners
from dateline.fetch.hub import PUSHED
from dateline.ingest import due_sources, find_lost, ingest_sources, load_waiting, poll_sources
from dateline.ingest.explaining import explained
from dateline.ingest.schedule import due_between_minutes, states_of
from dateline.model import normal_url
from dateline.settings import Settings
from dateline.source import load_sources
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.captures import captures_by_address
from dateline.warehouse.query import query
from dateline_airflow import websub_callback
from dateline_plugin import DatelinePlugin
from fetch.loopback_hub import LoopbackHub

FEED = 'kind = "feed"\nurl = "{base}/feed.xml"\nallow_private = true\ninterval = 300\n'
STATE = "select confirmed_at is not null, expires_at is not null, ended_at is not null, notifications, why from {t}"
SUBSCRIPTIONS = STATE.format(t="websub_subscriptions order by asked_at, ended_at is null")


@pytest.fixture
def hub():
    with LoopbackHub() as server:
        yield server


@contextmanager
def serving(app):
    """Serve an application on loopback for as long as the block lasts."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def callback():
    with serving(websub_callback.app) as address:
        yield address


@pytest.fixture
def installed(warehouse, tmp_path, monkeypatch, hub, callback):
    """One feed, declared, and an installation that hubs can reach."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "courier.toml").write_text(FEED.format(base=hub.base), encoding="utf-8")
    settings = Settings(
        warehouse=warehouse.url.render_as_string(hide_password=False),
        archive=str(tmp_path / "archive"),
        sources=str(folder),
        websub_callback=callback,
    )
    for name in ("warehouse", "archive", "sources"):
        monkeypatch.setenv(f"DATELINE_{name.upper()}", getattr(settings, name))
    websub_callback._warehouse.cache_clear()
    yield SimpleNamespace(engine=warehouse, settings=settings, folder=folder, archive=Archive(settings.archive))
    websub_callback._warehouse.cache_clear()


def poll(installed, *, callback=None):
    """Poll the feed as the DAG does, without the pauses that are owed to other people's hosts."""
    sources = load_sources(installed.folder)
    report, _ = poll_sources(
        sources,
        engine=installed.engine,
        archive=installed.archive,
        contact="https://dateline.example",
        manners=Manners(host_interval=0.0),
        callback=installed.settings.websub_callback if callback is None else callback,
    )
    load_waiting(installed.settings, ["courier"])
    return report


def subscriptions(installed):
    return query(installed.engine, SUBSCRIPTIONS).rows


def titles(installed):
    return {row[0] for row in query(installed.engine, "select title from dim_documents where kind = 'article'").rows}


def settled(check):
    """Wait for what a hub does behind its answer."""
    deadline = time.monotonic() + 10
    while not check() and time.monotonic() < deadline:
        time.sleep(0.02)
    return check()


@pytest.mark.parametrize("is_hasty", [False, True])
def test_a_feed_that_offers_a_hub_is_subscribed_to_and_the_hub_verifies_it(installed, hub, is_hasty):
    hub.is_hasty = is_hasty
    ingest_sources(["courier"], installed.settings)
    assert settled(lambda: hub.verified) == [("subscribe", 200)]
    assert len(hub.subscribers) == 1
    assert subscriptions(installed) == ((True, True, False, 0, None),)
    state = states_of(installed.engine, ["courier"])["courier"]
    assert 3500 < (state.pushed_until - pendulum.now()).total_seconds() <= 3600
    (line, *_) = explained(installed.engine, load_sources(installed.folder), "courier", pendulum.now("UTC"))
    assert "its hub tells of news" in line
    poll(installed)
    assert len(hub.asked) == 1  # nothing is asked twice


def test_a_notification_is_archived_loaded_and_makes_its_feed_due_at_once(installed, hub):
    poll(installed)
    assert settled(lambda: hub.subscribers)
    sources, polled = load_sources(installed.folder), hub.polled
    assert due_sources(installed.engine, sources, pendulum.now("UTC")) == []
    assert hub.publish("Harbour wall breached") == [202]
    now = pendulum.now("UTC")
    assert [one.source.source_id for one in due_sources(installed.engine, sources, now)] == ["courier"]
    assert due_between_minutes(installed.engine, now) == ["courier"]  # the watcher wakes the DAG for it
    assert load_waiting(installed.settings, ["courier"]).loaded == 1
    assert titles(installed) == {"Tide gates close", "Harbour wall breached"}
    assert hub.polled == polled  # all of it came from the hub
    poll(installed)
    assert due_between_minutes(installed.engine, pendulum.now("UTC")) == []


def test_what_a_hub_sent_stands_in_the_archive_as_what_it_is(installed, hub, tmp_path):
    poll(installed)
    assert settled(lambda: hub.subscribers)
    hub.publish("Harbour wall breached", titles=1)
    asked = f"select source_id, url from fct_snapshots where url like '%{PUSHED}'"  # noqa: S608 - our own word
    kept = query(installed.engine, asked).rows
    assert kept == (("courier", f"{hub.base}/feed.xml{PUSHED}"),)
    address = normal_url(f"{hub.base}/feed.xml")
    assert len(captures_by_address(installed.engine)[address]) == 1  # a replay serves what the address answered
    rebuilt = open_warehouse(f"sqlite:///{tmp_path}/rebuilt.db")
    migrate(rebuilt)
    find_lost(rebuilt, installed.archive, load_sources(installed.folder), pendulum.now)
    assert query(rebuilt, asked).rows == kept


def test_a_diff_of_a_feed_takes_nothing_away_and_teaches_the_schedule_nothing(installed, hub):
    hub.news = ["Tide gates close", "Ferry is late"]
    poll(installed)
    assert settled(lambda: hub.subscribers)
    before = states_of(installed.engine, ["courier"])["courier"]
    hub.publish("Harbour wall breached", titles=1)
    load_waiting(installed.settings, ["courier"])
    after = states_of(installed.engine, ["courier"])["courier"]
    assert titles(installed) == {"Tide gates close", "Ferry is late", "Harbour wall breached"}
    assert (after.told, after.changes, after.read_at) == (before.told, before.changes, before.read_at)
    assert after.woken_at is not None


def test_a_message_without_a_word_or_signed_by_sha1_is_believed(installed, hub):
    poll(installed)
    assert settled(lambda: hub.subscribers)
    assert hub.publish("Harbour wall breached", thin=True, method="sha1") == [202]
    assert query(installed.engine, "select notifications from websub_subscriptions").rows == ((1,),)
    assert len(due_sources(installed.engine, load_sources(installed.folder), pendulum.now("UTC"))) == 1
    assert query(installed.engine, "select count(*) from fct_snapshots").rows == ((1,),)


def test_a_forged_message_is_answered_alike_and_changes_nothing(installed, hub):
    poll(installed)
    assert settled(lambda: hub.subscribers)
    assert hub.publish("The moon has fallen", secret="guessed") == [202]
    assert query(installed.engine, "select notifications from websub_subscriptions").rows == ((0,),)
    assert due_sources(installed.engine, load_sources(installed.folder), pendulum.now("UTC")) == []
    assert query(installed.engine, "select count(*) from fct_snapshots").rows == ((1,),)


def test_messages_in_a_flood_are_kept_once_and_the_poll_brings_the_rest(installed, hub):
    poll(installed)
    assert settled(lambda: hub.subscribers)
    for n in range(5):
        hub.publish(f"Wave {n}")
    assert query(installed.engine, "select count(*) from fct_snapshots").rows == ((2,),)
    poll(installed)
    assert {f"Wave {n}" for n in range(5)} < titles(installed)


def test_a_hub_that_refuses_is_told_and_polling_goes_on(installed, hub):
    hub.refusal = 403
    assert poll(installed).failures == []
    ((*_, why),) = subscriptions(installed)
    assert "answered 403" in why
    hub.news.append("Ferry is late")
    poll(installed)
    assert "Ferry is late" in titles(installed)
    lines = explained(installed.engine, load_sources(installed.folder), "courier", pendulum.now("UTC"))
    assert any("answered 403" in line for line in lines)


def test_a_hub_that_denies_later_leaves_the_feed_to_polling(installed, hub):
    hub.denial = "members only"
    poll(installed)
    assert settled(lambda: "members only" in (subscriptions(installed)[0][-1] or ""))
    assert states_of(installed.engine, ["courier"])["courier"].pushed_until is None


def test_a_feed_that_offers_its_hub_no_more_is_unsubscribed(installed, hub):
    poll(installed)
    assert settled(lambda: hub.subscribers)
    hub.offers_hub = False
    hub.news.append("Ferry is late")
    poll(installed)
    assert settled(lambda: not hub.subscribers)
    assert hub.verified[-1] == ("unsubscribe", 200)
    assert states_of(installed.engine, ["courier"])["courier"].pushed_until is None
    assert subscriptions(installed)[0][2]


def test_without_the_setting_nothing_is_subscribed_and_what_was_is_given_up(installed, hub):
    poll(installed, callback="")
    assert hub.asked == []
    poll(installed)
    assert settled(lambda: hub.subscribers)
    (address,) = hub.subscribers
    poll(installed, callback="")
    assert hub.push(address, b"", "anything") == 410  # by which a hub drops us
    assert states_of(installed.engine, ["courier"])["courier"].pushed_until is None


def test_a_source_that_is_gone_or_switched_off_makes_hubs_drop_it(installed, hub):
    poll(installed)
    assert settled(lambda: hub.subscribers)
    file = installed.folder / "courier.toml"
    file.write_text(file.read_text(encoding="utf-8") + "is_enabled = false\n", encoding="utf-8")
    assert hub.publish("Ferry is late") == [410]
    file.unlink()
    assert hub.publish("Ferry is later") == [410]


def test_a_name_that_nobody_knows_makes_us_read_no_source(installed, monkeypatch):
    monkeypatch.setattr(websub_callback, "load_sources", lambda _: pytest.fail("the source files were read"))
    question = {"hub.mode": "subscribe", "hub.topic": "https://other.example/", "hub.challenge": "x"}
    assert TestClient(websub_callback.app).get("/unknown", params=question).status_code == 404


def test_strangers_learn_nothing_and_change_nothing(installed, hub):
    poll(installed)
    assert settled(lambda: hub.subscribers)
    (address,) = hub.subscribers
    topic, name = f"{hub.base}/feed.xml", address.rpartition("/")[2]
    stranger = TestClient(websub_callback.app)
    before = subscriptions(installed)
    asked = [
        ("unknown", {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "x"}),
        (name, {"hub.mode": "subscribe", "hub.topic": "https://other.example/", "hub.challenge": "x"}),
        (name, {"hub.mode": "unsubscribe", "hub.topic": topic, "hub.challenge": "x"}),
        (name, {"hub.mode": "subscribe", "hub.topic": topic}),
        (name, {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "x" * 5000}),
        (name, {"hub.mode": "publish", "hub.topic": topic, "hub.challenge": "x"}),
        (name, {}),
    ]
    assert [stranger.get(f"/{one}", params=params).status_code for one, params in asked] == [404] * len(asked)
    assert stranger.post("/unknown", content=b"x" * 1_000).status_code == 410
    assert stranger.post(f"/{name}", content=b"x" * (websub_callback.MOST_BYTES + 1)).status_code == 413
    assert stranger.post(f"/{name}", content=b"x").status_code == 202
    assert subscriptions(installed) == before
    assert stranger.get("/").status_code == 404


def test_the_riddle_is_given_back_as_plain_text(installed, hub):
    poll(installed)
    assert settled(lambda: hub.subscribers)
    (address,) = hub.subscribers
    question = {"hub.mode": "subscribe", "hub.topic": f"{hub.base}/feed.xml", "hub.challenge": "<script>"}
    answer = TestClient(websub_callback.app).get(f"/{address.rpartition('/')[2]}", params=question)
    assert (answer.text, answer.headers["content-type"].partition(";")[0]) == ("<script>", "text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_callback_is_mounted_only_where_the_setting_names_its_address(monkeypatch):
    monkeypatch.delenv("DATELINE_WEBSUB_CALLBACK", raising=False)
    assert [one["url_prefix"] for one in DatelinePlugin().fastapi_apps] == ["/dateline"]
    monkeypatch.setenv("DATELINE_WEBSUB_CALLBACK", "https://airflow.example/dateline-websub")
    assert [one["url_prefix"] for one in DatelinePlugin().fastapi_apps] == ["/dateline", "/dateline-websub"]


ASKED = """
from fastapi.testclient import TestClient
from airflow.api_fastapi.app import create_app
stranger = TestClient(create_app(), follow_redirects=False)
for method, path in (("GET", "/dateline-websub/unknown"), ("POST", "/dateline-websub/unknown"), ("GET", "/dateline/")):
    print("answered", method, path, stranger.request(method, path).status_code)
"""


@pytest.mark.airflow
@pytest.mark.slow
def test_airflows_own_server_lets_hubs_in_and_nobody_else(python, environ, sqlite_warehouse):
    warehouse = sqlite_warehouse.url.render_as_string(hide_password=False)
    settings = {"DATELINE_WEBSUB_CALLBACK": "https://airflow.example/dateline-websub", "DATELINE_WAREHOUSE": warehouse}
    done = python("-c", ASKED, **settings)
    answers = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("answered")]
    assert answers == [
        ["GET", "/dateline-websub/unknown", "404"],
        ["POST", "/dateline-websub/unknown", "410"],
        ["GET", "/dateline/", "401"],
    ], done.stderr

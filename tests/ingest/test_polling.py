"""Polling sources: the newsroom on loopback is asked, archived and loaded, and remembered."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pendulum
import pytest
from sqlalchemy import event

from dateline.archive import Archive
from dateline.errors import SettingsError
from dateline.fetch import NEW, SourceState, Validators
from dateline.fetch.answer import Reason
from dateline.fetch.conditional import Verdict as FetchVerdict
from dateline.fetch.moved import Moving
from dateline.ingest import due_shards, due_sources, ingest_sources, load_pending, load_waiting, poll_sources
from dateline.ingest.kept import from_json, to_json
from dateline.ingest.schedule import keep_states
from dateline.settings import Settings
from dateline.source import Expect, Source, SourceKind
from dateline.warehouse.engine import write_in
from dateline.warehouse.ledger import declare_sources
from dateline.warehouse.ledger_tables import Verdict
from dateline.warehouse.query import query
from fabricate import DAY
from newsroom.script import Timeline, load_coverage
from newsroom.server import Newsroom

ANCHOR = datetime(2026, 3, 14, 6, tzinfo=UTC)


class Clock:
    """The newsroom's time, moved by the test."""

    def __init__(self):
        self.now = ANCHOR + timedelta(hours=3)

    def __call__(self):
        return self.now


@pytest.fixture
def newsroom():
    clock = Clock()
    server = Newsroom(load_coverage(), Timeline(anchor=ANCHOR), clock)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def live(newsroom, source_id="storm", path="/courier/live/storm-ottilie"):
    return Source(source_id=source_id, url=f"{newsroom.base}{path}", allow_private=True, interval=1)


def poll(engine, archive, *sources):
    return poll_sources(sources, engine=engine, archive=archive, contact="https://dateline.example")


@pytest.fixture
def archive(tmp_path):
    return Archive(str(tmp_path / "archive"))


def test_an_answer_is_archived_entered_and_loaded(warehouse, archive, newsroom):
    report, new = poll(warehouse, archive, live(newsroom))
    assert (report.found, report.stored, len(new)) == (1, 1, 1)
    assert load_pending(warehouse, archive).loaded == 1
    assert query(warehouse, "select count(*) as n from fct_entries").rows[0][0] > 3
    asked = query(warehouse, "select status, failure, verdict from fct_fetches").rows
    assert asked == ((200, None, "none"),)


def test_new_posts_appear_at_the_next_poll(warehouse, archive, newsroom):
    source = live(newsroom)
    poll(warehouse, archive, source)
    load_pending(warehouse, archive)
    before = query(warehouse, "select count(*) as n from fct_entries").rows[0][0]
    newsroom.clock.now += timedelta(hours=2)
    poll(warehouse, archive, source)
    load_pending(warehouse, archive)
    assert query(warehouse, "select count(*) as n from fct_entries").rows[0][0] > before


def test_one_failing_source_leaves_the_others_alone(warehouse, archive, newsroom):
    report, new = poll(warehouse, archive, live(newsroom, "gone", "/nothing/here"), live(newsroom))
    assert len(report.failures) == 1
    assert len(new) == 2  # the error page is kept too
    done = load_pending(warehouse, archive)
    assert (done.loaded, done.quarantined) == (1, 1)
    assert query(warehouse, "select failed from source_schedules where source_id = 'gone'").rows == (("not_found",),)


def test_a_source_is_due_again_after_its_interval(warehouse, archive, newsroom):
    source = live(newsroom)
    assert [one.source for one in due_sources(warehouse, [source], pendulum.now())] == [source]
    poll(warehouse, archive, source)
    assert due_sources(warehouse, [source], pendulum.now().subtract(seconds=5)) == []
    assert len(due_sources(warehouse, [source], pendulum.now().add(minutes=5))) == 1


def test_a_drop_folder_is_looked_through_when_something_new_lies_there(warehouse, archive, tmp_path):
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "one.txt").write_text("The ferry is home. " * 40, encoding="utf-8")
    source = Source(source_id="drop", url=str(folder), kind=SourceKind.DROP)
    assert len(poll(warehouse, archive, source)[1]) == 1
    assert poll(warehouse, archive, source)[1] == []
    assert len(due_sources(warehouse, [source], pendulum.now())) == 1
    (folder / "two.txt").write_text("The ferry leaves again. " * 40, encoding="utf-8")
    assert len(poll(warehouse, archive, source)[1]) == 1


def test_a_drop_folder_that_is_not_there_is_said(warehouse, archive, tmp_path):
    source = Source(source_id="drop", url=str(tmp_path / "absent"), kind=SourceKind.DROP)
    assert [one.reason for one in poll(warehouse, archive, source)[0].failures] == ["no_folder"]


@pytest.fixture
def installation(warehouse, tmp_path, newsroom):
    sources = tmp_path / "sources"
    sources.mkdir()
    for name, path in (("storm", "courier/live/storm-ottilie"), ("gone", "courier/live/no-such-page")):
        stated = f'url = "{newsroom.base}/{path}"\nallow_private = true\n'
        (sources / f"{name}.toml").write_text(stated, encoding="utf-8")
    return Settings(
        warehouse=warehouse.url.render_as_string(hide_password=False),
        archive=str(tmp_path / "archive"),
        sources=str(sources),
    )


def test_an_installation_polls_and_loads_by_ids(installation):
    assert due_shards(installation, size=1) == [{"ask": [one], "load": [one]} for one in ("gone", "storm")]
    report, new = ingest_sources(["storm"], installation)
    assert (report.stored, len(new)) == (1, 1)
    assert load_waiting(installation, ["storm"]).loaded == 1
    with pytest.raises(SettingsError, match="strom"):
        ingest_sources(["strom"], installation)


def test_what_a_dead_run_left_behind_is_dealt_out_once_and_loaded(installation):
    ingest_sources(["storm", "gone"], installation)
    shards = due_shards(installation, size=1)
    assert shards == [{"ask": [], "load": [one]} for one in ("gone", "storm")]
    loads = [load_waiting(installation, one["load"]) for one in shards]
    assert [(one.loaded, one.quarantined) for one in loads] == [(0, 1), (1, 0)]
    assert due_shards(installation) == []


def test_a_source_that_is_switched_off_is_written_down_though_nobody_asks_it(warehouse, tmp_path):
    (tmp_path / "slow.toml").write_text('url = "https://slow.example/"\n', encoding="utf-8")
    url = warehouse.url.render_as_string(hide_password=False)
    settings = Settings(warehouse=url, archive=str(tmp_path / "archive"), sources=str(tmp_path))
    due_shards(settings)
    assert query(warehouse, "select source_id, is_enabled from dim_sources").rows == (("slow", True),)
    (tmp_path / "slow.toml").write_text('url = "https://slow.example/"\nis_enabled = false\n', encoding="utf-8")
    assert due_shards(settings) == []
    assert query(warehouse, "select source_id, is_enabled from dim_sources").rows == (("slow", False),)


def test_what_is_declared_as_it_stands_is_not_written_again(sqlite_warehouse):
    sources = [
        Source(source_id="slow", url="https://slow.example/", expect=Expect(min_entries=2)),
        Source(source_id="b"),
    ]
    declare_sources(sqlite_warehouse, sources)
    written = []
    event.listen(sqlite_warehouse, "before_cursor_execute", lambda *said: written.append(said[2]))
    declare_sources(sqlite_warehouse, sources)
    assert [one for one in written if "insert" in one.lower()] == []


def test_sources_that_failed_are_dealt_into_the_last_shards(warehouse, tmp_path):
    """They are due longest, so they would come first."""
    sources = [Source(source_id=name, url=f"https://{name}.example/") for name in ("slow", "sound", "steady")]
    for one in sources:
        (tmp_path / f"{one.source_id}.toml").write_text(f'url = "{one.url}"\n', encoding="utf-8")
    declare_sources(warehouse, sources)
    long_ago, lately = pendulum.now("UTC").subtract(hours=2), pendulum.now("UTC").subtract(hours=1)
    states = [(one, SourceState(polls=1, polled_at=lately)) for one in sources[1:]]
    states.append((sources[0], SourceState(polls=1, polled_at=long_ago, failures=1.0, failed=Reason.TIMEOUT)))
    write_in(warehouse, lambda connection: keep_states(connection, states, lately))
    url = warehouse.url.render_as_string(hide_password=False)
    settings = Settings(warehouse=url, archive=str(tmp_path / "archive"), sources=str(tmp_path))
    assert [one["ask"] for one in due_shards(settings, size=2)] == [["sound", "steady"], ["slow"]]


def test_a_drop_folder_is_dealt_out_while_something_is_new_in_it(warehouse, tmp_path):
    drops, sources = tmp_path / "drops", tmp_path / "sources"
    drops.mkdir()
    sources.mkdir()
    (sources / "drop.toml").write_text(f'kind = "drop"\nurl = "{drops}"\n', encoding="utf-8")
    url = warehouse.url.render_as_string(hide_password=False)
    settings = Settings(warehouse=url, archive=str(tmp_path / "archive"), sources=str(sources))
    (drops / "one.txt").write_text("The ferry is home. " * 40, encoding="utf-8")
    assert due_shards(settings) == [{"ask": ["drop"], "load": ["drop"]}]
    ingest_sources(["drop"], settings)
    assert due_shards(settings) == [{"ask": [], "load": ["drop"]}]
    load_waiting(settings, ["drop"])
    assert due_shards(settings) == []
    (drops / "two.txt").write_text("The ferry leaves again. " * 40, encoding="utf-8")
    assert due_shards(settings) == [{"ask": ["drop"], "load": ["drop"]}]


def test_a_drop_folder_that_is_not_there_is_dealt_out_so_that_it_is_said(warehouse, tmp_path):
    (tmp_path / "drop.toml").write_text(f'kind = "drop"\nurl = "{tmp_path}/absent"\n', encoding="utf-8")
    url = warehouse.url.render_as_string(hide_password=False)
    settings = Settings(warehouse=url, archive=str(tmp_path / "archive"), sources=str(tmp_path))
    assert due_shards(settings) == [{"ask": ["drop"], "load": ["drop"]}]


def test_what_is_remembered_of_a_source_comes_back_as_it_was():
    state = SourceState(
        polls=7,
        polled_at=DAY,
        validators=Validators(etag='"a"', body_digest="0" * 64),
        changes=(DAY, DAY.add(minutes=1)),
        failures=1.5,
        failed=Reason.TIMEOUT,
        moving=Moving(to="https://harbour-courier.example/new", times=2, since=DAY, until=DAY.add(hours=3)),
    )
    assert from_json(SourceState, to_json(state)) == state
    assert from_json(SourceState, {**to_json(NEW), "no_longer_known": 1}) == NEW


def test_the_ledger_knows_every_verdict():
    assert {one.value for one in Verdict} == {one.value for one in FetchVerdict}

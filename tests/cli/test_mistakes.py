"""What a stranger gets wrong is one clear line and a status that is not 0, whatever the command."""

import json
import shutil

import pytest

from dateline.archive import Archive
from dateline.cli import printable
from dateline.cli.terminal_player import obey
from dateline.cli.warehouse import opened
from dateline.ingest import load_pending
from dateline.ingest.keeping import Found, keep
from dateline.replay.playhead import Playhead
from dateline.replay.tape import tape_of
from dateline.settings import Settings
from dateline.warehouse import load_batch, migrate, open_warehouse
from dateline.warehouse.query import query
from dateline.warehouse.views import publish_views
from fabricate import DAY
from ferry import snapshots
from replay.test_reread import snapshot


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A folder with a warehouse that holds the story of the ferry."""
    folder = tmp_path_factory.mktemp("installation")
    engine = open_warehouse(f"sqlite:///{folder}/w.db")
    migrate(engine)
    publish_views(engine)
    load_batch(engine, snapshots())
    engine.dispose()
    return folder


@pytest.fixture
def settings(installation, tmp_path, monkeypatch):
    """The settings of a copy of it."""
    folder = shutil.copytree(installation, tmp_path / "own")
    found = Settings(
        warehouse=f"sqlite:///{folder}/w.db", archive=str(folder / "archive"), sources=str(folder / "sources")
    )
    for name in ("warehouse", "archive", "sources"):
        monkeypatch.setenv(f"DATELINE_{name.upper()}", getattr(found, name))
    return found


@pytest.fixture
def mistake(settings, run_command):
    """Run a command that must fail; give back the one line that it says."""

    def run(*words):
        status, _, said = run_command(*words)
        assert status == 1
        assert said.startswith("dateline: "), said
        assert len(said.splitlines()) == 1, said
        return said

    return run


@pytest.mark.parametrize("pace", [("--speed", "0"), ("--speed", "-1"), ("--speed", "nan"), ("--most-idle", "-1")])
def test_a_pace_that_plays_nothing_is_refused(mistake, pace):
    assert pace[0] in mistake("play", "ferry", *pace)


@pytest.mark.parametrize("words", [("--speed", "nan"), ("--speed", "inf"), ("--speed", "-1"), ("--port", "99999")])
def test_a_clock_and_a_port_that_cannot_be_are_refused(settings, run_command, words):
    assert run_command("replay", "serve", *words)[0] == 2


def test_a_page_of_a_difference_is_refused_rather_than_left_out(mistake, tmp_path):
    page = tmp_path / "page.html"
    assert "--diff" in mistake("play", "ferry", "--diff", "2026-03-02T09:06Z", "2026-03-02T09:11Z", "--html", page)
    assert "--stream" in mistake("play", "ferry", "--stream", "-", "--html", page)
    assert not page.exists()


def test_a_full_disk_ends_a_stream_and_names_the_file(mistake):
    assert "/dev/full" in mistake("play", "ferry", "--stream", "/dev/full", "--speed", "inf")


def test_a_place_that_is_not_there_is_named(mistake, tmp_path, monkeypatch):
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    for path in (one, other):
        path.write_text("The ferry left Port Elva at dawn with ninety people aboard and a cargo of salt. " * 4)
    assert "no/page.html" in mistake("compare", one, other, "--html", tmp_path / "no" / "page.html")
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"sqlite:///{one}/w.db")
    assert "one.txt" in mistake("query", "key_events")


def test_an_address_longer_than_any_file_name_is_looked_up_as_an_address(mistake):
    assert "no document" in mistake("compare", f"https://courier.example/{'a' * 300}", "ferry")


def test_where_documents_are_listed_is_a_command_that_lists_them(mistake, run_command):
    told = mistake("play", "nonesuch").rpartition("dateline query ")[2].strip().strip('"')
    status, listed, _ = run_command("query", told, "--format", "json")
    assert status == 0
    assert json.loads(listed)[0]["document_id"]


@pytest.mark.parametrize(
    "words",
    [
        ("--expired", "--dry-run"),
        ("--expired", "--source", "ferry"),
        ("--resume", "--expired"),
        ("--lift", "abc", "--dry-run"),
    ],
)
def test_an_erasure_never_does_more_than_its_options_say(mistake, words):
    assert "stands alone" in mistake("erase", *words)


def test_an_age_and_a_moment_beyond_all_years_are_none(mistake):
    assert "999999d" in mistake("erase", "--older-than", "999999d", "--dry-run")
    assert "is no time" in mistake("play", "ferry", "--at", "0001-01-01T00:00+14:00")


def test_a_login_without_a_name_is_asked_for_one(mistake, monkeypatch):
    def nobody():
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert "--by" in mistake("erase", "--source", "ferry", "--dry-run")
    assert "--by" in mistake("judge", "abc", "--refute")


def test_a_verdict_says_one_thing(settings, run_command):
    assert run_command("judge", "abc", "--refute", "--origin", "portal")[0] == 2


def test_brackets_in_an_address_are_no_markup(run_command, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "one.toml").write_text('kind = "feed"\nurl = "https://courier.example/[/b]/feed"\n')
    status, shown, _ = run_command("sources", "check", tmp_path)
    assert status == 0, shown
    assert "/[/b]/feed" in shown


def test_a_replay_names_what_its_archive_has_lost(mistake, run_command, settings, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    with opened(settings) as (engine, archive):
        keep(engine, archive, [Found(source_id="tug", snapshot=snapshot(5, 3))], name="a", clock=lambda: DAY)
        load_pending(engine, archive)
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "another"))
    assert "1 captures are lost" in mistake("replay", "--source", "tug", "--dry-run")
    assert Archive(settings.archive).files()


def test_the_archive_of_a_new_installation_is_whole(run_command, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"sqlite:///{tmp_path}/new.db")
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    status, said, _ = run_command("archive", "verify")
    assert (status, said) == (0, "0 records in 0 files are what was written.\n")


def test_a_webhook_that_does_not_answer_is_told_of_without_what_was_sent(settings, mistake, monkeypatch, run_command):
    monkeypatch.setattr("dateline.fetch.webhook.TRIES", 2)
    status, _, said = run_command("play", "ferry", "--stream", "http://127.0.0.1:9/?token=sesame", "--speed", "inf")
    assert status == 1
    assert "trying again in" in said
    assert "specversion" not in said
    assert "sesame" not in said


def test_a_key_that_is_a_digit_to_unicode_alone_does_nothing(settings):
    with opened(settings) as (engine, _):
        document_id = query(engine, "select document_id from dim_documents").rows[0][0]
        head = Playhead.at_start(tape_of(engine, document_id), speed=60)
    before = head.at
    obey(head, "²")
    assert head.at == before
    obey(head, "9")
    assert head.has_ended


def test_words_of_every_script_are_shown_as_they_are_written():
    assert (
        printable("10\u00a0000 Men\u00adschen, \u0645\u06cc\u200c\u062e\u0648")
        == "10 000 Menschen, \u0645\u06cc\u200c\u062e\u0648"
    )
    assert printable("a\u202eb\x9b") == "a\ufffdb\ufffd"

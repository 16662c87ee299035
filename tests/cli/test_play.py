"""``dateline play`` and ``dateline replay serve`` as a person meets them: at an instant, as a page, a stream, a log."""

import json
import os
import pty
import subprocess
import sys
import time

import pytest

from dateline.warehouse import load_batch, migrate, open_warehouse
from dateline.warehouse.views import publish_views
from ferry import snapshots


@pytest.fixture(scope="module")
def environ(tmp_path_factory):
    """The settings of an installation that holds the story of the ferry."""
    folder = tmp_path_factory.mktemp("play")
    engine = open_warehouse(f"sqlite:///{folder}/warehouse.db")
    migrate(engine)
    publish_views(engine)
    load_batch(engine, snapshots())
    engine.dispose()
    return {"DATELINE_WAREHOUSE": f"sqlite:///{folder}/warehouse.db", "DATELINE_ARCHIVE": str(folder / "archive")}


@pytest.fixture
def dateline_run(environ, monkeypatch, run_command):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return run_command


def test_an_instant_is_shown_written_and_made_a_page(dateline_run, tmp_path):
    at = "2026-03-02T09:07Z"
    assert "A tug is on" in dateline_run("play", "ferry", "--at", at)[1]
    posts = [json.loads(line) for line in dateline_run("play", "ferry", "--at", at, "--json")[1].splitlines()]
    assert [(one["position"], one["anchor"], one["is_pinned"]) for one in posts] == [(0, "b", False), (1, "a", False)]
    page = tmp_path / "then.html"
    assert dateline_run("play", "ferry", "--at", at, "--html", page)[0] == 0
    assert "A tug is on its way" in page.read_text(encoding="utf-8")


def test_a_difference_is_shown_and_written(dateline_run):
    span = ("--diff", "2026-03-02T09:06Z", "2026-03-02T09:11Z")
    out = dateline_run("play", "ferry", *span)[1]
    assert out.index("- deleted") < out.index("+ posted")
    changes = [json.loads(line) for line in dateline_run("play", "ferry", *span, "--json")[1].splitlines()]
    assert [(one["kind"], (one["after"] or one["before"])["anchor"]) for one in changes] == [
        ("deleted", "b"),
        ("posted", "c"),
    ]
    edit = dateline_run("play", "ferry", "--diff", "2026-03-02T09:06Z", "2026-03-02T09:07Z", "--json")[1]
    assert json.loads(edit)["words"][-1][0] == "in"
    assert "earlier instant first" in dateline_run("play", "ferry", "--diff", span[2], span[1])[2]


def test_a_player_is_one_file(dateline_run, tmp_path):
    page = tmp_path / "player.html"
    assert dateline_run("play", "ferry", "--html", page)[1] == f"written to {page}\n"
    assert "Content-Security-Policy" in page.read_text(encoding="utf-8")
    assert "cannot be written" in dateline_run("play", "ferry", "--html", tmp_path / "no" / "folder.html")[2]


def test_a_stream_goes_on_from_its_state(dateline_run, tmp_path):
    to, state = tmp_path / "events.ndjson", tmp_path / "state"
    stream = ("play", "ferry", "--stream", to, "--speed", "inf", "--state", state)
    assert "8 events sent" in dateline_run(*stream)[2]
    lines = to.read_bytes().splitlines()
    assert "0 events sent" in dateline_run(*stream)[2]
    state.write_text(json.loads(lines[4])["id"])
    assert "3 events sent" in dateline_run(*stream)[2]
    assert [json.loads(one)["id"] for one in to.read_bytes().splitlines()] == [
        json.loads(one)["id"] for one in (*lines, *lines[5:])
    ]
    out = dateline_run("play", "ferry", "--stream", "-", "--speed", "inf")[1]
    assert out.encode().splitlines() == lines


def test_without_a_terminal_a_play_is_a_log(dateline_run):
    out = dateline_run("play", "ferry", "--speed", "inf")[1]
    assert out.count("+ posted") == 3
    assert "nothing to play" in dateline_run("play", "ferry", "--until", "2020-01-01T00:00Z")[2]


def test_two_plays_at_once_are_refused(dateline_run):
    status, _, err = dateline_run("play", "ferry", "--at", "2026-03-02T09:07Z", "--stream", "-")
    assert status == 1
    assert "three different plays" in err


def test_an_empty_archive_has_no_past_to_serve(dateline_run, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"sqlite:///{tmp_path}/empty.db")
    assert dateline_run("replay", "serve", "--port", "0")[0] == 1


def test_in_a_terminal_it_plays_until_q(environ):
    leader, follower = pty.openpty()
    command = [sys.executable, "-c", "from dateline.cli import main; main()", "play", "ferry", "--speed", "60"]
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env={**os.environ, **environ, "TERM": "xterm"}
    ) as process:
        os.close(follower)
        seen = read_until(leader, b"ninety people")
        os.write(leader, b"\x1b[C")
        seen += read_until(leader, b"engine failed")
        os.write(leader, b"q")
        assert process.wait(timeout=20) == 0
    os.close(leader)
    assert b"paused at" in seen


def read_until(descriptor, words, seconds=30):
    seen, end = b"", time.monotonic() + seconds
    while words not in seen and time.monotonic() < end:
        seen += os.read(descriptor, 65_536)
    assert words in seen
    return seen

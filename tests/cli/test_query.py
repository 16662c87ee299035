"""``dateline ingest``, ``query`` and ``play`` as a person meets them, on a warehouse of their own."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.cli.results import as_csv
from dateline.warehouse.query import Result
from newsroom.record import record
from newsroom.script import Timeline, load_coverage, seen_by_readers

TIMELINE = Timeline(anchor=datetime(2026, 3, 14, 6, tzinfo=UTC))
BASE = "http://127.0.0.1:8790"


@pytest.fixture
def dateline_run(tmp_path, monkeypatch, run_command):
    """Run a command on a warehouse of this test's own; give back its exit status, its output and its errors."""
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"sqlite:///{tmp_path}/warehouse.db")
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("DATELINE_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("COLUMNS", "200")
    return run_command


@pytest.fixture
def recorded(tmp_path) -> Path:
    path = tmp_path / "captures" / "newsroom.warc.gz"
    record(load_coverage(), TIMELINE, BASE, path, timedelta(minutes=30))
    return path


def test_a_day_of_captures_is_asked_and_looked_back_at(dateline_run, recorded):
    status, _, _ = dateline_run("ingest", recorded)
    assert status == 0
    _, out, _ = dateline_run("query", "deleted_posts", "--format", "json")
    assert [one["deleted_proof"] for one in json.loads(out)] == ["two-pages", "tombstone"]

    noon = TIMELINE.instant(timedelta(hours=6, minutes=5))
    _, out, _ = dateline_run("play", f"{BASE}/courier/live/storm-ottilie", "--at", noon.isoformat(), "--json")
    played = [json.loads(line) for line in out.splitlines()]
    seen = seen_by_readers(load_coverage().story("storm-ottilie"), TIMELINE, noon)
    assert [one["anchor"] for one in played] == [one.anchor for one in seen]
    assert [one["text"] for one in played] == [one.text for one in seen]
    assert [one["is_pinned"] for one in played] == [one.is_pinned for one in seen]

    _, before, _ = dateline_run("query", "select count(*) as n from fct_sightings", "--format", "csv")
    dateline_run("ingest", recorded)
    assert dateline_run("query", "select count(*) as n from fct_sightings", "--format", "csv")[1] == before
    assert "Nothing changed" in dateline_run("replay", "--dry-run")[1]


def test_one_bad_file_is_named_and_the_rest_is_loaded(dateline_run, tmp_path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.html"
    good.write_text("A tide\n\n" + "The water rose over the quay and the pilots went home. " * 20)
    bad.write_bytes(b"")
    status, out, _ = dateline_run("ingest", good, bad)
    assert status == 0
    assert "bad.html" in out.replace("\n", "")
    status, out, _ = dateline_run("query", "select count(*) as n from dim_documents", "--format", "json")
    assert json.loads(out) == [{"n": 1}]


def test_nothing_readable_is_a_failure(dateline_run, tmp_path):
    (tmp_path / "bad.html").write_bytes(b"")
    assert dateline_run("ingest", tmp_path / "bad.html")[0] == 1
    assert dateline_run("ingest", tmp_path / "nowhere")[0] == 1


@pytest.mark.parametrize("asked", ["drop table dim_documents", "delete from dim_documents", "no_such_question"])
def test_the_warehouse_is_read_and_never_written(dateline_run, asked):
    status, _, error = dateline_run("query", asked)
    assert status == 1
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_csv_runs_no_formula(start):
    result = Result(columns=("a",), rows=((f"{start}1+1",), (-3,)))
    assert as_csv(result).splitlines()[1].lstrip('"').startswith("'")
    assert as_csv(result).splitlines()[-1] == "-3"
    assert not as_csv(result, is_raw=True).splitlines()[1].lstrip('"').startswith("'")

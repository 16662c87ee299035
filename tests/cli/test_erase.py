"""The command shows what would go, asks back, says what went, and says what it cannot reach."""

import pendulum
import pytest
from typer.testing import CliRunner

from dateline.archive import Archive
from dateline.cli import app
from dateline.cli.erase import age
from dateline.errors import SettingsError, WarehouseError
from dateline.ingest import load_pending
from dateline.ingest.keeping import Found, keep
from dateline.model import Snapshot
from dateline.warehouse import migrate, open_warehouse

NOW = pendulum.datetime(2026, 3, 2, 12)


@pytest.fixture
def run(tmp_path, monkeypatch):
    engine = open_warehouse(f"sqlite:///{tmp_path}/w.db")
    migrate(engine)
    archive = Archive(str(tmp_path / "archive"))
    pages = [Snapshot(body=f"The ferry sails at {n}. ".encode() * 60, captured_at=NOW.add(hours=n)) for n in range(3)]
    keep(engine, archive, [Found(source_id="ferry", snapshot=one) for one in pages], name="a", clock=lambda: NOW)
    load_pending(engine, archive)
    engine.dispose()
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"sqlite:///{tmp_path}/w.db")
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("DATELINE_SOURCES", str(tmp_path))
    return lambda *arguments, **options: CliRunner().invoke(app, ["erase", *arguments], **options)


def test_a_dry_run_shows_the_table_and_erases_nothing(run):
    for _ in range(2):
        shown = run("--source", "ferry", "--dry-run").output
        assert "3 captures" in shown
        assert "2026-03-02 12:00" in shown
        assert "nothing was erased" in shown


def test_a_person_is_asked_back(run):
    assert run("--source", "ferry", input="n\n").exit_code == 1
    assert "3 captures" in run("--source", "ferry", "--dry-run").output
    done = run("--source", "ferry", input="y\n").output
    assert "3 fct_snapshots" in done
    assert "exports, backups" in done
    assert "0 captures" in run("--source", "ferry", "--dry-run").output


def test_ages_are_read_and_wrong_ones_named(run):
    assert abs((age("2d") - pendulum.now("UTC").subtract(days=2)).total_seconds()) < 60
    assert age("2026-03-02T00:00Z") == pendulum.datetime(2026, 3, 2)
    assert isinstance(run("--older-than", "3weeks").exception, SettingsError)
    assert isinstance(run().exception, WarehouseError)
    assert isinstance(run("--lift", "nonesuch").exception, WarehouseError)

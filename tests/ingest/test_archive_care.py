"""The archive is proved against the ledger, and joined without losing a row's place."""

import pendulum
import pytest
from typer.testing import CliRunner

from dateline.archive import Archive
from dateline.cli import app
from dateline.errors import ArchiveError
from dateline.ingest.archive_care import compact, prove
from dateline.ingest.keeping import Found, find_lost, keep
from dateline.model import Snapshot

NOW = pendulum.datetime(2026, 3, 2, 12, 0)


def page(n: int) -> Snapshot:
    return Snapshot(
        body=f"The ferry sails at {n}. ".encode() * 99, url=f"https://a.example/{n}", captured_at=NOW.add(seconds=n)
    )


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(str(tmp_path / "archive"), clock=lambda: NOW)


@pytest.fixture
def kept(warehouse, archive):
    for n in range(5):
        keep(
            warehouse, archive, [Found(source_id="ferry", snapshot=page(n))], name="polls/2026/03/02", clock=lambda: NOW
        )
    return warehouse


def test_a_sound_archive_is_proved(kept, archive):
    proof = prove(kept, archive)
    assert (proof.records, proof.files, proof.faults, proof.unknown_files) == (5, 5, (), ())


def test_a_torn_file_is_named_by_its_records_and_as_a_whole(kept, archive, tmp_path):
    path = min(archive.files())
    file = tmp_path / "archive" / path
    file.write_bytes(file.read_bytes()[:-5])
    faults = prove(kept, archive).faults
    assert {fault.path for fault in faults} == {path}
    assert [fault.location is None for fault in faults] == [False, True]


def test_a_file_that_no_row_knows_is_named(kept, archive):
    (location,) = archive.write([page(9)], "stray")
    assert prove(kept, archive).unknown_files == (location.path,)


def test_joining_keeps_every_row_at_its_record(kept, archive):
    assert compact(kept, archive) == 5
    proof = prove(kept, archive)
    assert (proof.records, proof.files, proof.faults, proof.unknown_files) == (5, 1, (), ())
    assert compact(kept, archive) == 0


def test_a_crash_between_joining_and_the_ledger_loses_nothing(kept, archive):
    from dateline.archive import plan_merges

    archive.compact(plan_merges(archive.files()))
    proof = prove(kept, archive)
    assert (proof.records, proof.faults) == (5, ())
    find_lost(kept, archive, [], lambda: NOW)
    assert prove(kept, archive).records == 5


def test_a_file_that_is_still_to_be_found_is_not_joined(kept, archive):
    (location,) = archive.write([page(9)], "stray")
    compact(kept, archive)
    assert location.path in archive.files()
    assert len(find_lost(kept, archive, [], lambda: NOW)) == 1


def test_the_command_proves_and_joins_and_fails_on_a_fault(kept, archive, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_WAREHOUSE", kept.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    run = CliRunner().invoke
    assert "5 records in 5 files are what was written" in run(app, ["archive", "verify"]).output
    assert "5 files joined; 1 are left" in run(app, ["archive", "compact"]).output
    (tmp_path / "archive" / min(archive.files())).unlink()
    failed = run(app, ["archive", "verify"])
    assert isinstance(failed.exception, ArchiveError)


def test_a_source_says_why_it_is_asked_when_it_is(kept, tmp_path, monkeypatch):
    (tmp_path / "ferry.toml").write_text('url = "https://a.example/live"\n')
    monkeypatch.setenv("DATELINE_WAREHOUSE", kept.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DATELINE_SOURCES", str(tmp_path))
    assert "because it was never asked" in CliRunner().invoke(app, ["sources", "why", "ferry"]).output

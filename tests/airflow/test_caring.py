"""The nightly care: what it finds broken is said at once, and never tried again."""

from pathlib import Path

import pendulum
import pytest
from airflow.sdk.exceptions import AirflowFailException

from dateline.archive import Archive
from dateline.ingest.keeping import Found, keep
from dateline.model import Snapshot
from dateline.source import Source
from dateline.warehouse.ledger import declare_sources
from dateline_airflow import caring

NOW = pendulum.datetime(2026, 3, 14, 6)


@pytest.fixture
def folder(warehouse, tmp_path, monkeypatch):
    """The folder of an archive that holds one capture."""
    monkeypatch.setenv("DATELINE_WAREHOUSE", warehouse.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    declare_sources(warehouse, [Source(source_id="quay", url="https://quay.example/")])
    capture = Snapshot(body=b"The gates are shut." * 40, url="https://quay.example/", captured_at=NOW)
    found = [Found(source_id="quay", snapshot=capture)]
    keep(warehouse, Archive(str(tmp_path / "archive")), found, name="polls", clock=lambda: NOW)
    return tmp_path / "archive"


def test_a_sound_archive_is_counted(folder):
    assert caring.prove_archive()["records"] == 1


def test_a_damaged_archive_fails_without_another_try(folder: Path):
    (file,) = [one for one in folder.rglob("*") if one.is_file() and "warc" in one.name]
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 0xFF
    file.write_bytes(held)
    with pytest.raises(AirflowFailException, match="faults in the archive"):
        caring.prove_archive()

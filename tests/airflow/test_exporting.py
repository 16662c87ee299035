"""The task that exports: to the place that the settings name, and nowhere without one."""

import json

import pytest

from dateline.warehouse import load_batch, migrate, open_warehouse, publish_views
from ferry import snapshots


@pytest.fixture
def installed(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"sqlite:///{tmp_path}/warehouse.db")
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    engine = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    migrate(engine)
    publish_views(engine)
    load_batch(engine, snapshots())
    engine.dispose()
    return tmp_path


def test_views_are_exported_where_a_setting_asks_for_it(installed, monkeypatch):
    from dateline_airflow.task_edge import exported

    monkeypatch.setenv("DATELINE_EXPORTS", str(installed / "out"))
    assert exported()["current_entries"] == 2
    manifest = json.loads((installed / "out" / "current_entries" / "manifest.json").read_bytes())
    assert (installed / "out" / "current_entries" / manifest["files"][0]).stat().st_size > 0


def test_without_one_the_task_is_skipped(installed):
    from airflow.sdk.exceptions import AirflowSkipException

    from dateline_airflow.task_edge import exported

    with pytest.raises(AirflowSkipException):
        exported()

"""Connections say where the warehouse and the archive are; their passwords stand in no log."""

import json

import fsspec
import pytest

from dateline.errors import SettingsError
from dateline_airflow.hooks import ArchiveHook, WarehouseHook, installation

SECRET = "herring-and-rye"


@pytest.fixture
def connected(monkeypatch):
    monkeypatch.delenv("DATELINE_WAREHOUSE", raising=False)
    monkeypatch.delenv("DATELINE_ARCHIVE", raising=False)
    warehouse = {
        "conn_type": "dateline_warehouse", "host": "db.example", "login": "ana", "password": SECRET,
        "schema": "dateline",
    }  # fmt: skip
    archive = {
        "conn_type": "dateline_archive", "host": "s3://bucket/folder", "login": "key", "password": SECRET,
        "extra": {"endpoint_url": "http://127.0.0.1:1"},
    }  # fmt: skip
    monkeypatch.setenv("AIRFLOW_CONN_DATELINE_WAREHOUSE", json.dumps(warehouse))
    monkeypatch.setenv("AIRFLOW_CONN_DATELINE_ARCHIVE", json.dumps(archive))
    monkeypatch.setitem(fsspec.config.conf, "s3", {})


def test_a_task_finds_what_the_connections_name(connected):
    settings = installation()
    assert settings.warehouse == f"postgresql://ana:{SECRET}@db.example/dateline"
    assert settings.archive == "s3://bucket/folder"
    assert fsspec.config.conf["s3"] == {"endpoint_url": "http://127.0.0.1:1", "key": "key", "secret": SECRET}


def test_a_variable_wins_over_a_connection(connected, monkeypatch):
    monkeypatch.setenv("DATELINE_WAREHOUSE", "sqlite:///own.db")
    assert installation().warehouse == "sqlite:///own.db"


def test_a_variable_in_airflows_spelling_wins_too(connected, monkeypatch):
    monkeypatch.setenv("AIRFLOW__DATELINE__WAREHOUSE", "sqlite:///own.db")
    assert installation().warehouse == "sqlite:///own.db"


def test_options_of_the_server_are_not_lost(connected, monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_DATELINE_WAREHOUSE", "postgresql://ana@db.example/dateline?sslmode=verify-full")
    assert installation().warehouse == "postgresql://ana@db.example/dateline?sslmode=verify-full"


@pytest.mark.parametrize("stated", ["s3://key:secret@bucket/folder", '{"conn_type": "dateline_archive"}'])
def test_an_archive_without_an_address_is_refused_rather_than_kept_in_a_folder(connected, monkeypatch, stated):
    monkeypatch.setenv("AIRFLOW_CONN_DATELINE_ARCHIVE", stated)
    with pytest.raises(SettingsError, match=r"connection dateline_archive: .* s3://bucket/folder"):
        installation()


def test_without_connections_the_settings_count(monkeypatch):
    monkeypatch.setenv("DATELINE_ARCHIVE", "elsewhere")
    assert installation().archive == "elsewhere"


@pytest.mark.airflow
@pytest.mark.xdist_group("airflow")
def test_airflow_offers_both_forms_and_masks_the_password(python):
    script = (
        "import json, logging\n"
        "from airflow.providers_manager import ProvidersManager\n"
        "from airflow.sdk.execution_time.secrets_masker import redact\n"
        "from dateline_airflow.hooks import WarehouseHook\n"
        "hooks = ProvidersManager().hooks\n"
        "url = WarehouseHook().url()\n"
        "names = [hooks[one].hook_name for one in ('dateline_warehouse', 'dateline_archive')]\n"
        "print(json.dumps([names, redact(f'could not connect to {url}')]))\n"
    )
    connection = json.dumps({"conn_type": "dateline_warehouse", "host": "h", "login": "ana", "password": SECRET})
    done = python("-c", script, AIRFLOW_CONN_DATELINE_WAREHOUSE=connection)
    assert done.returncode == 0, done.stderr
    names, said = json.loads(done.stdout.splitlines()[-1])
    assert names == [WarehouseHook.hook_name, ArchiveHook.hook_name]
    assert "ana" in said
    assert SECRET not in said

"""What `make ui` and `make cluster` print holds no password but that of the local login."""

import pytest

from dateline.errors import SettingsError
from dateline_airflow import cluster, components, serve


def test_the_password_of_the_warehouse_is_not_printed(monkeypatch, capsys):
    monkeypatch.setattr(components, "login", lambda: {"admin": "for the browser"})
    serve.welcome(8080, "postgresql://ana:herring-and-rye@db.example/dateline")
    said = capsys.readouterr().out
    assert "DATELINE_WAREHOUSE=postgresql://ana:***@db.example/dateline" in said
    assert "herring-and-rye" not in said


def test_the_password_of_redis_is_not_printed():
    with pytest.raises(SettingsError, match=r"No Redis answers at redis://\*\*\*@127\.0\.0\.1:1/0") as refused:
        cluster.require_redis("redis://:herring-and-rye@127.0.0.1:1/0")
    assert "herring-and-rye" not in str(refused.value)

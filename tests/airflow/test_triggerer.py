"""The real triggerer runs the asset watcher: a source that falls due between two minutes becomes an asset event."""

import json
import sqlite3
import subprocess
import sys
import time

import pendulum
import pytest

from dateline.fetch.state import NEW
from dateline.ingest.schedule import keep_states
from dateline.source import Source
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.engine import write_in
from dateline.warehouse.ledger import declare_sources
from dateline_airflow.children import end

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.xdist_group("airflow")]

PATIENCE = 240
EVENTS = """select asset_event.extra from asset_event
join asset on asset.id = asset_event.asset_id where asset.name = 'due_sources'"""


@pytest.fixture
def home(tmp_path, environ, python):
    """An Airflow that knows the DAGs, with a warehouse in which one fast source is due."""
    (tmp_path / ".airflow").mkdir()
    own = {"AIRFLOW_HOME": str(tmp_path), "DATELINE_WAREHOUSE": f"sqlite:///{tmp_path}/warehouse.db"}
    for command in (["dateline_airflow.metadata"], ["airflow", "dags", "reserialize"]):
        done = python("-m", *command, **own)
        assert done.returncode == 0, done.stdout + done.stderr
    warehouse = open_warehouse(own["DATELINE_WAREHOUSE"])
    migrate(warehouse)
    fast, slow = Source(source_id="fast", url="https://a.example/", interval=10), Source(source_id="slow")
    declare_sources(warehouse, [fast, slow])
    due = pendulum.now("UTC").subtract(seconds=30)
    write_in(warehouse, lambda connection: keep_states(connection, [(one, NEW) for one in (fast, slow)], due))
    return tmp_path, {**environ, **own}


def test_the_triggerer_announces_a_source_that_is_due(home):
    folder, environ = home
    said = folder / "said"
    with said.open("wb") as output:
        triggerer = subprocess.Popen(
            [sys.executable, "-m", "airflow", "triggerer", "--skip-serve-logs"],
            env=environ, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        extra = first_event(folder / ".airflow" / "airflow.db", triggerer, said)
    finally:
        end(triggerer)
    assert json.loads(extra)["payload"] == {"source_ids": ["fast"], "sources": 1}


def first_event(database, triggerer, said):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert triggerer.poll() is None, said.read_text()
        with sqlite3.connect(database) as connection:
            found = connection.execute(EVENTS).fetchone()
        if found is not None:
            return found[0]
        time.sleep(1)
    raise AssertionError(f"no event within {PATIENCE} s: {said.read_text()[-3000:]}")

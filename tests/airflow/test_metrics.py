"""What is counted reaches a StatsD server, each item once and with its status."""

import socket
from collections import Counter

import pytest

PROGRAM = """
from collections import Counter
from airflow.sdk.observability.metrics import stats_utils
from airflow.sdk.observability import stats
from dateline.ingest.report import Failure, IngestReport
from dateline.warehouse.change import TableChange
from dateline_airflow import metrics

stats.initialize(factory=stats_utils.get_stats_factory(), export_legacy_names=False)
fetched = IngestReport(found=3, failures=[Failure(name="a", reason="timeout", why="30 s")])
metrics.count_fetches(fetched, {"lied-same": 1})
loaded = IngestReport(loaded=2, quarantined=1, failures=[Failure(name="b", reason="unreadable", why="no page")])
loaded.load.changes.tables = {"fct_entries": TableChange(added=7, changed=1), "fct_rejects": TableChange(added=3)}
metrics.count_load(loaded, [12.5])
metrics.count_copies(4)
metrics.count_offending({"times_within_bounds": 2})
"""


@pytest.mark.airflow
@pytest.mark.xdist_group("airflow")
def test_each_item_is_counted_once_with_its_status(python):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.5)
        done = python(
            "-c",
            PROGRAM,
            AIRFLOW__METRICS__STATSD_ON="True",
            AIRFLOW__METRICS__STATSD_HOST="127.0.0.1",
            AIRFLOW__METRICS__STATSD_PORT=str(server.getsockname()[1]),
            AIRFLOW__METRICS__STATSD_INFLUXDB_ENABLED="True",
        )
        assert done.returncode == 0, done.stderr
        counted = heard(server)
    assert counted == {
        "airflow.dateline.fetches,status=ok": 2,
        "airflow.dateline.fetches,status=timeout": 1,
        "airflow.dateline.lies,verdict=lied-same": 1,
        "airflow.dateline.snapshots,status=loaded": 2,
        "airflow.dateline.snapshots,status=quarantined": 1,
        "airflow.dateline.entries,status=added": 7,
        "airflow.dateline.entries,status=changed": 1,
        "airflow.dateline.rejects,reason=unreadable": 1,
        "airflow.dateline.rejects,reason=piece": 2,
        "airflow.dateline.lag": 12500,
        "airflow.dateline.copies": 4,
        "airflow.dateline.offending,check=times_within_bounds": 2,
    }


def heard(server):
    counted = Counter()
    while True:
        try:
            line = server.recv(4096).decode()
        except TimeoutError:
            return counted
        name, _, value = line.partition(":")
        if "dateline" in name:
            counted[name] += round(float(value.partition("|")[0]))

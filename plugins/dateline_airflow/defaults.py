"""What every DAG of Dateline has in common: owner, tags, pools, retries, time limits, deadlines, and whom to tell."""

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import AsyncCallback, DeadlineAlert, DeadlineReference  # type: ignore[attr-defined] # not in its stub

from dateline_airflow.alerts import run_is_late, task_failed
from dateline_airflow.patience import RETRIES

TAGS = frozenset(
    {"dateline", "ingest", "syndication", "publish", "replay", "review", "maintenance", "network", "warehouse"}
)
"""The closed list of tags: what a DAG does, and what it needs."""

START = pendulum.datetime(2026, 1, 1, tz="UTC")

NETWORK = "dateline_network"
"""The pool of tasks that fetch. How often one host is asked is kept in the warehouse, across all workers."""

WAREHOUSE = "dateline_warehouse"
"""The pool of tasks that read archives and write rows; `dags/pools.json` says how many at once."""

LONG = "dateline_long"
"""The pool of tasks that last for hours or days: in that of the others they would hold every slot, and stop them."""

FOLLOWING, MATCHING, CARING = 10, 5, 1
"""Priorities: new coverage first, then what is made of it, then what can wait."""

TASK_DEFAULTS: dict[str, Any] = {
    "owner": "dateline",
    "pool": WAREHOUSE,
    "priority_weight": FOLLOWING,
    # A task's own weight, not the sum of what hangs on it: priorities are what they say.
    "weight_rule": "absolute",
    "retries": 3,
    "retry_delay": timedelta(seconds=10),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=10),
    # Shorter than Airflow's 300 s for a task whose worker vanished: no lost task outlives its limit.
    "execution_timeout": timedelta(seconds=120),
    "on_failure_callback": task_failed,
    **RETRIES,
}


def deadline(minutes: int) -> DeadlineAlert:
    """Say that a run has to end within so many minutes of being queued, else somebody is told."""
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(minutes=minutes),
        callback=AsyncCallback(run_is_late, kwargs={"minutes": minutes}),
    )

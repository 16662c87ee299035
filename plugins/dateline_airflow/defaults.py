"""What every DAG of Dateline has in common: owner, retries, time limits, and when retrying is pointless."""

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

TAGS = frozenset({"dateline", "ingest", "syndication", "publish", "replay", "network", "warehouse"})
"""The closed list of tags: what a DAG does, and what it needs."""

START = pendulum.datetime(2026, 1, 1, tz="UTC")

RETRIES = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception=["dateline.errors.SettingsError", "dateline.errors.SourceError"],
            action=RetryAction.FAIL,
            reason="A file of this installation is wrong; asking again will not mend it.",
        ),
    ],
)
"""Everything else is tried again: a load is safe to repeat, whole or half done."""

TASK_DEFAULTS: dict[str, Any] = {
    "owner": "dateline",
    "retries": 3,
    "retry_delay": timedelta(seconds=10),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=10),
    "retry_policy": RETRIES,
    # Shorter than Airflow's 300 s for a task whose worker vanished: no lost task outlives its limit.
    "execution_timeout": timedelta(seconds=120),
}

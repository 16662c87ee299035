"""What tasks need at their edge: the warehouse of the settings, and a result that says whether anything happened."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import Any

from airflow.sdk.exceptions import AirflowSkipException
from sqlalchemy import Engine

from dateline.ingest.report import IngestReport
from dateline.settings import load_settings
from dateline.warehouse.engine import open_warehouse
from dateline.warehouse.views import CheckResult

Counts = dict[str, int]
MOST_IDS = 1_000
log = logging.getLogger(__name__)


@contextmanager
def warehouse() -> Iterator[Engine]:
    """Open the warehouse that the settings name, for the length of a task."""
    engine = open_warehouse(load_settings().warehouse)
    try:
        yield engine
    finally:
        engine.dispose()


def counts_of(report: Any) -> Counts:
    """Keep the whole numbers of a report: they go into XCom, and so to whoever looks at the task."""
    stated = asdict(report) if is_dataclass(report) and not isinstance(report, type) else dict(report)
    return {name: value for name, value in stated.items() if isinstance(value, int) and not isinstance(value, bool)}


def news(report: Any) -> Counts:
    """Return what a report counts; skip the task where that is nothing, so that no asset event wakes anyone."""
    counts = counts_of(report)
    if not any(counts.values()):
        raise AirflowSkipException("Nothing was new.")
    return counts


def told(report: IngestReport, snapshot_ids: Sequence[str]) -> list[str]:
    """Warn of each source or file that gave nothing; return the ids of new snapshots, a thousand at most.

    What is left out waits in the ledger, and every load takes what waits.
    """
    for failure in report.failures:
        log.warning("%s: %s: %s", failure.name, failure.reason, failure.why)
    return list(snapshot_ids[:MOST_IDS])


def findings(results: Sequence[CheckResult]) -> Counts:
    """Return how many rows offend each check, and warn of them: pages may be wrong, the pipeline is not."""
    for one in results:
        if not one.is_clean:
            log.warning("%s: %s Found: %s", one.name, one.claim, one.offending.as_dicts()[:3])
    return {one.name: len(one.offending.rows) for one in results}

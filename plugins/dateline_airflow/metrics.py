"""What Dateline counts, through Airflow's own metrics: StatsD or OpenTelemetry, whichever ``[metrics]`` switches on.

Every item is counted once, by the task that settled it, and says how it ended:

| metric | one for each | tags |
|---|---|---|
| ``dateline.fetches`` | source asked | ``status``: ok, or the reason of the failure |
| ``dateline.snapshots`` | snapshot settled | ``status``: loaded, quarantined |
| ``dateline.rejects`` | snapshot set aside, piece refused | ``reason`` |
| ``dateline.entries`` | row of an entry written | ``status``: added, changed, removed |
| ``dateline.lag`` | post first seen: from its publication to its load | |
| ``dateline.lies`` | answer whose validator contradicts its body | ``verdict`` |
| ``dateline.copies`` | link between a copy and its origin | |
| ``dateline.offending`` | row that breaks a check | ``check`` |

A repeated task settles nothing twice, so it counts nothing twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta

from airflow.sdk.observability.stats import Stats

from dateline.ingest.report import IngestReport


def count_fetches(report: IngestReport, lies: Mapping[str, int]) -> None:
    """Count sources asked, and answers whose validator lied."""
    _count("fetches", "status", {"ok": report.found - len(report.failures), **_reasons(report)})
    _count("lies", "verdict", lies)


def count_load(report: IngestReport, late_by: Iterable[float]) -> None:
    """Count snapshots settled, entries written, pieces refused, and how late each new post is (seconds)."""
    _count("snapshots", "status", {"loaded": report.loaded, "quarantined": report.quarantined})
    tables = report.load.changes.tables
    if (entries := tables.get("fct_entries")) is not None:
        written = {"added": entries.added, "changed": entries.changed, "removed": entries.removed}
        _count("entries", "status", written)
    pieces = tables["fct_rejects"].added - report.quarantined if "fct_rejects" in tables else 0
    _count("rejects", "reason", {**_reasons(report), "piece": pieces})
    for seconds in late_by:
        Stats.timing("dateline.lag", timedelta(seconds=seconds))


def count_copies(links: int) -> None:
    """Count links between copies and origins."""
    if links:
        Stats.incr("dateline.copies", links)


def count_offending(found: Mapping[str, int]) -> None:
    """Count the rows that break each check."""
    _count("offending", "check", found)


def _reasons(report: IngestReport) -> Mapping[str, int]:
    return Counter(one.reason for one in report.failures)


def _count(name: str, tag: str, counts: Mapping[str, int]) -> None:
    for value, count in counts.items():
        if count > 0:
            Stats.incr(f"dateline.{name}", count, tags={tag: value})

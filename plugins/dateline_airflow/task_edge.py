"""What tasks need at their edge: the warehouse of the settings, and a result that says whether anything happened."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import Any

from airflow.sdk import Asset, get_current_context
from airflow.sdk.exceptions import AirflowSkipException
from sqlalchemy import Engine
from structlog.contextvars import bound_contextvars

from dateline.ingest import ingest_sources, load_waiting
from dateline.ingest.installation import opened
from dateline.ingest.report import IngestReport
from dateline.matching.driver import MatchReport
from dateline.warehouse.arrivals import Arrival, arrivals
from dateline.warehouse.freshness import lags
from dateline.warehouse.views import CheckResult
from dateline_airflow import alerts, metrics
from dateline_airflow.assets import LIVE_BLOGS, LIVE_ENTRIES, SYNDICATION_LINKS
from dateline_airflow.hooks import installation

Counts = dict[str, int]
MOST_IDS = 1_000
MOST_TOLD = 200
"""Documents that the log of one task names at most; the warehouse knows them all."""

MOST_PARTITIONS = 200
"""Partitions that one task announces at most; a consumer's slow schedule takes the rest."""

log = logging.getLogger(__name__)


@contextmanager
def warehouse() -> Iterator[Engine]:
    """Open the warehouse of this installation for the length of a task; refuse one of another version."""
    with opened(installation()) as (engine, _):
        yield engine


def exported() -> Counts:
    """Export the views to the place that the settings name, and count rows; skip the task where they name none."""
    from dateline.exports.export import export  # noqa: PLC0415 - pyarrow takes a second to import

    settings = installation()
    if not settings.exports:
        raise AirflowSkipException("The setting exports names no place.")
    with opened(settings) as (engine, _):
        return {one.view: one.rows for one in export(engine, settings.exports)}


def fetched(source_ids: Sequence[str]) -> list[str]:
    """Ask sources and keep what they answer; warn of each that gave nothing, and count.

    Return the ids of new snapshots, a thousand at most: what is left out waits in the ledger, and every load
    takes what waits.
    """
    if not source_ids:
        return []
    report, snapshot_ids = ingest_sources(source_ids, installation())
    _warn(report)
    metrics.count_fetches(report, _lies(report))
    return snapshot_ids[:MOST_IDS]


def loaded(source_ids: Sequence[str], snapshot_ids: Sequence[str]) -> Counts:
    """Load what waits of these sources, tell what changed, and count; skip the task where nothing was new."""
    settings = installation()
    report = load_waiting(settings, source_ids, snapshot_ids)
    _warn(report)
    with opened(settings) as (engine, _):
        late_by = lags(engine, report.loaded_ids)
        _tell([one for one in arrivals(engine, report.loaded_ids) if one.document_id in report.load.document_ids])
    metrics.count_load(report, late_by)
    counts = {name: count for name, count in report.counts.items() if name in {"loaded", "quarantined", "documents"}}
    counts |= {name: one.added for name, one in sorted(report.load.changes.tables.items()) if one.added}
    announce_documents(report.load.document_ids, counts)
    return news(counts)


def announce_documents(document_ids: set[str], counts: Mapping[str, int]) -> None:
    """Say in the events of a load what changed: counts and ids, and one partition for each document."""
    ids = sorted(document_ids)
    announce(LIVE_ENTRIES, {**counts, "document_ids": ids[:20]})
    event = get_current_context()["outlet_events"][LIVE_BLOGS]
    if ids and hasattr(event, "add_partitions"):  # Airflow 3.3
        event.add_partitions(ids[:MOST_PARTITIONS])


def announce(asset: Asset, extra: Mapping[str, Any]) -> None:
    """Say in the event of an asset what changed."""
    get_current_context()["outlet_events"][asset].extra = dict(extra)


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


def linked(report: MatchReport) -> Counts:
    """Return what matching did, tell, and count; skip the task where no text shares anything with another.

    Most loads bring nothing that is copied: nobody has to be woken for them.
    """
    counts = counts_of(report)
    if not (report.links or report.aligned):
        raise AirflowSkipException(f"{report.texts} texts were compared, none is a copy.")
    metrics.count_copies(report.links)
    announce(SYNDICATION_LINKS, counts)
    return counts


def findings(results: Sequence[CheckResult]) -> Counts:
    """Return how many rows offend each check; warn of them and tell: pages may be wrong, the pipeline is not."""
    for one in results:
        if not one.is_clean:
            log.warning("%s: %s Found: %s", one.name, one.claim, one.offending.as_dicts()[:3])
    found = {one.name: len(one.offending.rows) for one in results}
    offending = {name: count for name, count in found.items() if count}
    metrics.count_offending(offending)
    if offending:
        alerts.checks_found(offending)
    return found


def _warn(report: IngestReport) -> None:
    """Warn of each source, file or page that gave nothing."""
    for one in report.failures:
        fields = {"source": one.source_id or one.name, "snapshot": one.snapshot_id, "reason": one.reason}
        _say(logging.WARNING, f"{one.name}: {one.reason}: {one.why}", fields)


def _tell(brought: Sequence[Arrival]) -> None:
    """Say which documents changed, and warn of each piece that was refused."""
    for one in brought[:MOST_TOLD]:
        fields = {"source": one.source_id, "document": one.document_id, "snapshot": one.snapshot_id}
        named = one.title or one.url
        if one.piece is None:
            _say(logging.INFO, f"{named}: loaded", fields)
        else:
            _say(logging.WARNING, f"{named}: refused a piece: {one.piece}: {one.why}", fields)
    if len(brought) > MOST_TOLD:
        log.info("... and %s more", len(brought) - MOST_TOLD)


def _say(level: int, line: str, fields: Mapping[str, str | None]) -> None:
    """Log a line with fields. Airflow's structured log leaves a record's ``extra`` out and takes the context in."""
    with bound_contextvars(**fields):
        log.log(level, "%s", line, extra=dict(fields))


def _lies(report: IngestReport) -> Mapping[str, int]:
    return Counter({name: count for name, count in report.verdicts.items() if name.startswith("lied")})

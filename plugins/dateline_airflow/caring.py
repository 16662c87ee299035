"""The steps of ``maintain_warehouse``, each over the warehouse and the archive of this installation."""

import logging
from collections import Counter
from pathlib import Path

import pendulum
from airflow.sdk.exceptions import AirflowFailException

from dateline.ingest import archive_care, erasing, find_lost
from dateline.ingest.installation import opened
from dateline.source import load_sources
from dateline.warehouse.care import tend
from dateline_airflow.hooks import installation
from dateline_airflow.task_edge import Counts

SHOWN = 20
log = logging.getLogger(__name__)


def take_up_lost() -> int:
    """Enter archived captures that no row knows."""
    settings = installation()
    with opened(settings) as (engine, archive):
        return len(find_lost(engine, archive, load_sources(Path(settings.sources)), pendulum.now))


def erase_expired() -> Counts:
    """Erase what has outlived its source's ``keep_days``; count erased snapshots by source."""
    settings = installation()
    erased: Counter[str] = Counter()
    with opened(settings) as (engine, archive):
        for erasure in erasing.erase_expired(engine, archive, load_sources(Path(settings.sources))):
            erased[str(erasure.rule.source_id)] += erasure.snapshots
    return dict(erased)


def compact_archive() -> int:
    """Join small files."""
    with opened(installation()) as (engine, archive):
        return archive_care.compact(engine, archive)


def prove_archive() -> Counts:
    """Compare every digest. Raises :class:`AirflowFailException` that names the first of what is wrong.

    Reading everything again mends no byte: the task is not tried again, so whoever is told is told at once.
    """
    with opened(installation()) as (engine, archive):
        proof = archive_care.prove(engine, archive)
    for fault in proof.faults[:SHOWN]:
        log.error("%s: %s", fault.path, fault.why, extra={"archive_path": fault.path})
    if proof.faults:
        first = proof.faults[0]
        raise AirflowFailException(
            f"{len(proof.faults)} faults in the archive. The first: {first.path}: {first.why} "
            "Bring the files back from a copy; `dateline archive verify` lists them all."
        )
    return {"records": proof.records, "files": proof.files, "unknown_files": len(proof.unknown_files)}


def tend_database() -> Counts:
    """Tend the warehouse's tables."""
    with opened(installation()) as (engine, _):
        tended = tend(engine)
    log.info("%s", tended)
    return {"bytes_before": tended.bytes_before, "bytes_after": tended.bytes_after}


def end_as_failed() -> None:
    """Fail, without another try: the step that failed has had its own."""
    raise AirflowFailException("A step of this run failed: its own log says why.")

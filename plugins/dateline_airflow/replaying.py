"""The forms of ``replay_snapshots`` and ``play_coverage`` understood, and what they ask for done."""

import logging
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pendulum
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from sqlalchemy import Engine

from dateline.errors import ReplayError
from dateline.ingest.installation import opened
from dateline.masking import masked
from dateline.model import digest_of
from dateline.replay import RereadReport, reread
from dateline.replay.as_of import Axis
from dateline.replay.documents import find_document
from dateline.replay.sinks import read_note, sink_at, write_note
from dateline.replay.stream import play_to
from dateline.settings import PROJECT
from dateline.source import load_sources
from dateline_airflow.hooks import installation
from dateline_airflow.task_edge import Counts

PLAYS = PROJECT / "var" / "plays"
READ = ("snapshots", "quarantined")
"""Counts of what was read; the others count rows that changed."""

log = logging.getLogger(__name__)


def replay_shard(shard: Sequence[int], form: Mapping[str, Any]) -> Counts:
    """Read the snapshots of one shard (k, n) again as the form asks; return how many rows changed, by table.

    Raises :class:`AirflowFailException` for a time without a zone: guessing one would replay another span.
    """
    settings = installation()
    number, of = shard
    with opened(settings) as (engine, archive):
        report = reread(
            engine,
            archive,
            since=instant(form["since"]),
            until=instant(form["until"]),
            source=form["source"] or None,
            sources={one.source_id: one for one in load_sources(Path(settings.sources))},
            dry_run=form["dry_run"],
            shard=(number, of),
        )
    return counted(report)


def play(form: Mapping[str, Any], run_id: str) -> Counts:
    """Play a document to its sink; a repeated task goes on where this run's note says.

    Raises :class:`AirflowFailException` for a form that cannot be meant, before the sink is opened: that empties it.
    """
    where, since, until = sink_of(form["sink"]), instant(form["since"]), instant(form["until"])
    note = PLAYS / "state" / f"{digest_of('play', run_id)[:16]}.txt"
    note.parent.mkdir(parents=True, exist_ok=True)
    after = read_note(note)
    with opened(installation()) as (engine, _):
        document_id = document_of(engine, form["document"])
        with sink_at(where, goes_on=after is not None) as sink:
            report = play_to(
                sink,
                engine,
                document_id,
                speed=form["speed"] or math.inf,
                axis=Axis(form["axis"]),
                since=since,
                until=until,
                after=after,
                on_sent=lambda event_id: write_note(note, event_id),
            )
    note.unlink(missing_ok=True)
    log.info("Sent %s events to %s, %s had been sent before.", report.sent, masked(str(where)), report.skipped)
    return {"sent": report.sent, "skipped": report.skipped}


def document_of(engine: Engine, named: str) -> str:
    """Return the id of the document that the form names; trying again finds no other one."""
    try:
        return find_document(engine, named).document_id
    except ReplayError as error:
        raise AirflowFailException(str(error)) from error


def sink_of(stated: str) -> str:
    """Return the address, or the file below ``var/plays``: who may start a DAG may not write just anywhere."""
    if stated.lower().startswith(("http://", "https://")):
        return stated
    path = (PLAYS / stated).resolve()
    if not path.is_relative_to(PLAYS.resolve()):
        raise AirflowFailException(f"sink = {stated!r}: name a file below {PLAYS}, or an http(s) address.")
    path.parent.mkdir(parents=True, exist_ok=True)
    return str(path)


def instant(stated: str | None) -> pendulum.DateTime | None:
    """Read a time of the form, ISO 8601 with its zone; None where it was left empty."""
    if not stated:
        return None
    try:
        found = pendulum.DateTime.fromisoformat(stated)
    except ValueError as error:
        raise AirflowFailException(f"{stated!r} is no time. Write it like 2026-03-14T06:00:00Z.") from error
    if found.tzinfo is None:
        raise AirflowFailException(f"{stated!r} has no zone. Add Z for UTC, or an offset such as +01:00.")
    return pendulum.instance(found).in_timezone("UTC")


def counted(report: RereadReport) -> Counts:
    """Count what a shard read and what that changed; say in the log which rows, for a person."""
    for failure in report.failures:
        log.warning("%s: %s: %s", failure.name, failure.reason, failure.why)
    counts = {"snapshots": report.snapshots, "quarantined": report.quarantined}
    for name, change in sorted(report.load.changes.tables.items()):
        log.info("%s: %s", name, change)
        counts[name] = change.added + change.changed + change.removed
    return counts


def sum_up(shards: Sequence[Counts], form: Mapping[str, Any]) -> Counts:
    """Add the shards up; skip the task, so that no asset event wakes anyone, where no row was written."""
    total: Counts = {}
    for counts in shards:
        for name, count in counts.items():
            total[name] = total.get(name, 0) + count
    log.info("%s: %s", "Would change" if form["dry_run"] else "Changed", total)
    if form["dry_run"] or not any(count for name, count in total.items() if name not in READ):
        raise AirflowSkipException(f"No row was written. {total}")
    return total

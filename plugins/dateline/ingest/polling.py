"""Polling sources: ask those that are given, keep what they answer, and remember when to ask again.

An answer, the row of its request and the source's new state go into the ledger in one transaction, after
the bytes are in the archive. A 304 has no body that could be hashed, so it is a request and no sighting.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pendulum
from sqlalchemy import Connection, Engine

from dateline.archive import Archive
from dateline.errors import ArchiveError
from dateline.fetch import NEW, Client, Job, Outcome, after_poll, fetch_shard, user_agent
from dateline.fetch.answer import Web
from dateline.ingest.folders import look_through
from dateline.ingest.keeping import Clock, Found, keep
from dateline.ingest.manners import WarehouseRobots, WarehouseTurns
from dateline.ingest.report import Failure, IngestReport, OnProgress, say_nothing
from dateline.ingest.schedule import keep_states, states_of
from dateline.model import Snapshot, digest_of
from dateline.source import Source, SourceKind
from dateline.warehouse.ledger import declare_sources, snapshot_id_of
from dateline.warehouse.ledger_tables import fct_fetches
from dateline.warehouse.metadata import sortable
from dateline.warehouse.rows import insert_missing

NOT_MODIFIED = 304


def poll_sources(
    sources: Sequence[Source],
    *,
    engine: Engine,
    archive: Archive,
    contact: str,
    declared: Iterable[Source] = (),
    web: Web | None = None,
    clock: Clock = pendulum.now,
    progress: OnProgress = say_nothing,
) -> tuple[IngestReport, list[str]]:
    """Ask sources once, whether they are due or not; return what came and the ids of the new snapshots.

    Drop folders are looked through (a capture of a ``declared`` address counts as that source's), addresses
    are fetched politely. One source's failure is in the report and the ledger, and never stops the others.
    Raises :class:`ArchiveError` where the disk is all but full.
    """
    if not archive.has_room():
        raise ArchiveError("no_space: the archive's disk is all but full. Make room; nothing was fetched.")
    known = {one.source_id: one for one in (*declared, *sources)}
    declare_sources(engine, known.values())
    states = states_of(engine, [one.source_id for one in sources])
    report, new = IngestReport(), []
    for source in [one for one in sources if one.kind is SourceKind.DROP]:
        found, ids = look_through(
            source,
            states.get(source.source_id, NEW),
            engine=engine,
            archive=archive,
            sources=known.values(),
            clock=clock,
            progress=progress,
        )
        report.add(found)
        new += ids
    jobs = [Job(source=one, state=states.get(one.source_id, NEW)) for one in sources if one.kind is not SourceKind.DROP]
    if jobs:
        new += _keep(asyncio.run(_fetch(jobs, engine, contact, web)), engine, archive, clock, report)
    return report, new


async def _fetch(jobs: Sequence[Job], engine: Engine, contact: str, web: Web | None) -> list[Outcome]:
    turns, robots = WarehouseTurns(engine), WarehouseRobots(engine)
    if web is not None:
        return await fetch_shard(jobs, web=web, hosts=turns, robots=robots)
    async with Client(user_agent(contact)) as client:
        return await fetch_shard(jobs, web=client, hosts=turns, robots=robots)


def _keep(
    outcomes: Sequence[Outcome], engine: Engine, archive: Archive, clock: Clock, report: IngestReport
) -> list[str]:
    """Archive the answers, then enter snapshots, requests and states together."""
    found = [
        Found(source_id=one.job.source.source_id, snapshot=snapshot, asked=one.answer.asked if one.answer else None)
        for one in outcomes
        if (snapshot := _worth_keeping(one)) is not None
    ]
    now = clock()
    states = [(one.job.source, after_poll(one.job.state, one, now)) for one in outcomes]
    requests = [_request_row(one) for one in outcomes]

    def note(connection: Connection) -> None:
        insert_missing(connection, fct_fetches, requests)
        keep_states(connection, states, now)

    new = keep(engine, archive, found, name=f"polls/{now:%Y/%m/%d}", clock=clock, note=note)
    report.found += len(outcomes)
    report.stored += len(new)
    report.failures += [_failure(one) for one in outcomes if one.reason]
    report.verdicts.update(str(one.verdict) for one in outcomes)
    return new


def _worth_keeping(outcome: Outcome) -> Snapshot | None:
    """Return what answered, error pages too; nothing for a 304."""
    if outcome.answer is None or outcome.answer.snapshot.status == NOT_MODIFIED:
        return None
    return outcome.answer.snapshot


def _failure(outcome: Outcome) -> Failure:
    source_id = outcome.job.source.source_id
    return Failure(name=source_id, reason=str(outcome.reason), why=outcome.message or str(outcome.reason))


def _request_row(outcome: Outcome) -> Mapping[str, Any]:
    source_id, answer, snapshot = outcome.job.source.source_id, outcome.answer, _worth_keeping(outcome)
    return {
        "fetch_id": digest_of("fetch", source_id, outcome.job.address, sortable(outcome.started_at)),
        "source_id": source_id,
        "url": outcome.job.address,
        "started_at": outcome.started_at,
        "status": answer.snapshot.status if answer else None,
        "wire_bytes": answer.wire_bytes if answer else None,
        "milliseconds": outcome.milliseconds,
        "is_conditional": outcome.was_conditional,
        "verdict": str(outcome.verdict),
        "failure": str(outcome.reason) if outcome.reason else None,
        "snapshot_id": snapshot_id_of(snapshot, source_id) if snapshot else None,
    }

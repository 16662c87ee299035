"""Polling sources: ask those that are given, keep what they answer, and remember when to ask again.

An answer, the row of its request and the source's new state go into the ledger in one transaction, after
the bytes are in the archive. A 304 has no body that could be hashed, so it is a request and no sighting.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pendulum
from pendulum import DateTime
from sqlalchemy import Connection, Engine

from dateline.archive import Archive
from dateline.errors import ArchiveError
from dateline.fetch import (
    NEW,
    Client,
    Job,
    Manners,
    Outcome,
    Reason,
    SourceState,
    SystemClock,
    after_poll,
    fetch_shard,
    user_agent,
)
from dateline.fetch.answer import Web
from dateline.fetch.conditional import UNKNOWN
from dateline.fetch.further import due_among, with_asked
from dateline.ingest.folders import look_through
from dateline.ingest.keeping import Clock, Found, keep
from dateline.ingest.manners import WarehouseRobots, WarehouseTurns
from dateline.ingest.opted_out import note_opt_outs
from dateline.ingest.report import Failure, IngestReport, OnProgress, say_nothing
from dateline.ingest.schedule import change_states, states_of
from dateline.ingest.subscribing import tend_subscriptions
from dateline.masking import masked
from dateline.model import Snapshot, digest_of
from dateline.source import Source, SourceKind
from dateline.warehouse.bars import bars_in
from dateline.warehouse.erasure_choice import ERASED, why_erased
from dateline.warehouse.ledger import bodies_at, declare_sources, snapshot_id_of
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
    manners: Manners | None = None,
    callback: str = "",
    clock: Clock = pendulum.now,
    progress: OnProgress = say_nothing,
) -> tuple[IngestReport, list[str]]:
    """Ask sources once, whether they are due or not; return what came and the ids of the new snapshots.

    Drop folders are looked through (a capture of a ``declared`` address counts as that source's), addresses
    are fetched politely. ``callback`` is where hubs reach us; without it nothing is subscribed. One source's
    failure is in the report and the ledger, and never stops the others.
    Raises :class:`ArchiveError` where the disk is all but full.
    """
    if not archive.has_room():
        raise ArchiveError("no_space: the archive's disk is all but full. Make room; nothing was fetched.")
    known = {one.source_id: one for one in (*declared, *sources)}
    # A capture in a drop folder may be any declared source's; all of them are written once a run, by due_shards.
    has_drops = any(one.kind is SourceKind.DROP for one in sources)
    declare_sources(engine, known.values() if has_drops else sources)
    report, new = IngestReport(), []
    allowed = _unbarred(engine, sources, report)
    states = _believed(engine, states_of(engine, [one.source_id for one in allowed]))
    for source in [one for one in allowed if one.kind is SourceKind.DROP]:
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
    jobs = [job for one in allowed if one.kind is not SourceKind.DROP for job in _jobs(one, states, clock())]
    if jobs:
        outcomes = asyncio.run(_fetch(jobs, engine, contact, web, manners, SystemClock(clock())))
        new += _keep(outcomes, engine, archive, clock, report)
        tend_subscriptions(engine, outcomes, callback=callback, contact=contact, web=web, manners=manners, clock=clock)
    return report, new


def _jobs(source: Source, states: Mapping[str, SourceState], now: DateTime) -> Iterator[Job]:
    """Yield the poll of a source, and the further addresses whose turn it is."""
    state = states.get(source.source_id, NEW)
    yield Job(source=source, state=state)
    for one in due_among(state.further, now):
        yield Job(source=source, state=state, url=one.url)


def _unbarred(engine: Engine, sources: Iterable[Source], report: IngestReport) -> list[Source]:
    """Leave out what was erased, and say so."""
    bars, allowed = bars_in(engine), []
    for source in sources:
        erasure = bars.of_source(source)
        if erasure is None:
            allowed.append(source)
        else:
            why = f"{why_erased(erasure.erasure_id)}. To follow it again: dateline erase --lift {erasure.erasure_id}"
            report.failures.append(Failure(name=source.source_id, reason=ERASED, why=why))
    return allowed


def _believed(engine: Engine, states: Mapping[str, SourceState]) -> dict[str, SourceState]:
    """Forget validators of a body that we no longer have: a 304 would stand for nothing."""
    digests = {one.validators.body_digest for one in states.values() if one.validators.body_digest}
    held = bodies_at(engine, digests)
    return {
        source_id: state
        if state.validators.body_digest in held or not state.validators.are_known
        else replace(state, validators=UNKNOWN)
        for source_id, state in states.items()
    }


async def _fetch(  # noqa: PLR0917 - what, with what, how and when
    jobs: Sequence[Job],
    engine: Engine,
    contact: str,
    web: Web | None,
    manners: Manners | None,
    clock: SystemClock,
) -> list[Outcome]:
    shared = partial(
        fetch_shard, jobs, hosts=WarehouseTurns(engine), robots=WarehouseRobots(engine), clock=clock, manners=manners
    )
    if web is not None:
        return await shared(web=web)
    async with Client(user_agent(contact)) as client:
        return await shared(web=client)


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
    polled = {one.job.source.source_id: one.job.source for one in outcomes}
    requests = [_request_row(one) for one in outcomes]

    def note(connection: Connection) -> None:
        insert_missing(connection, fct_fetches, requests)
        note_opt_outs(connection, outcomes, now)
        change_states(connection, polled, partial(_after, outcomes, now), now)

    new = keep(engine, archive, found, name=f"polls/{now:%Y/%m/%d}", clock=clock, note=note)
    report.found += len(outcomes)
    report.stored += len(new)
    report.failures += [_failure(one) for one in outcomes if one.reason]
    report.verdicts.update(str(one.verdict) for one in outcomes)
    return new


def _after(outcomes: Iterable[Outcome], now: DateTime, source_id: str, state: SourceState) -> SourceState:
    """Return what a source's state becomes by its poll, and by the further addresses that were asked with it."""
    own = [one for one in outcomes if one.job.source.source_id == source_id]
    for one in own:
        if one.job.url is None:
            state = after_poll(state, one, now)
    asked = [one.job.url for one in own if one.job.url is not None and one.reason is not Reason.HOST_BUSY]
    return replace(state, further=with_asked(state.further, asked, now))


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
        "url": masked(outcome.job.address),
        "started_at": outcome.started_at,
        "status": answer.snapshot.status if answer else None,
        "wire_bytes": answer.wire_bytes if answer else None,
        "milliseconds": outcome.milliseconds,
        "is_conditional": outcome.was_conditional,
        "verdict": str(outcome.verdict),
        "failure": str(outcome.reason) if outcome.reason else None,
        "snapshot_id": snapshot_id_of(snapshot, source_id) if snapshot else None,
    }

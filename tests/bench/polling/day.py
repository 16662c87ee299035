"""A simulated day of polling in virtual time: the real shard, ledger, conditions and plan against a made-up web."""

import asyncio
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from polling.web import DAY, HEAD_BYTES, Stream, World, make_world

from dateline.fetch import (
    NEW,
    Job,
    Lesson,
    Manners,
    MemoryLedger,
    MemoryRobots,
    SourceState,
    after_poll,
    after_reading,
    fetch_shard,
    plan,
)
from dateline.fetch.instants import later, seconds_between
from dateline.fetch.outcome import Outcome
from dateline.ingest.installation import AHEAD_SECONDS
from dateline.source import SourceKind
from fetch.virtual_time import START, VirtualClock, run_virtually

LOOK_EVERY = 60.0  # seconds between two looks at what is due: the DAG runs every minute
AFTERWARDS = 7 * 3600.0  # polling goes on after the last change: longer than the longest wait
FIXED_INTERVAL = 60.0
MOVING_WITHIN = 900.0  # a change counts as one of moving coverage if the one before it is at most this old


@dataclass(slots=True)
class Follower:
    """One source as a worker follows it: its state, when it is due, and when each change was first seen."""

    stream: Stream
    state: SourceState = NEW
    due: float = 0.0
    is_asked: bool = False
    seen: dict[int, float] = field(default_factory=dict)
    newest: int = 0


def simulate(seed: int, *, sources: int, hosts: int, workers: int) -> dict[str, float]:
    """Run the day and return its figures."""
    world = make_world(seed, sources, hosts)
    followers = [Follower(stream=one, due=one.opens) for one in world.streams.values()]
    run_virtually(_day(world, followers, workers))
    return _figures(world, followers)


async def _day(world: World, followers: list[Follower], workers: int) -> None:
    hosts, robots = MemoryLedger(), MemoryRobots()
    async with asyncio.TaskGroup() as group:
        for number in range(workers):
            group.create_task(_worker(world, followers[number::workers], hosts, robots))


async def _worker(world: World, mine: list[Follower], hosts: MemoryLedger, robots: MemoryRobots) -> None:
    """Look at what is due as the DAG does, and fetch it as one shard; a slow shard does not hold up the next."""
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as group:
        while loop.time() < DAY + AFTERWARDS:
            due = [one for one in mine if not one.is_asked and one.due <= loop.time() + AHEAD_SECONDS]
            if due:
                for one in due:
                    one.is_asked = True
                group.create_task(_shard(world, due, hosts, robots))
            await asyncio.sleep(LOOK_EVERY)


async def _shard(world: World, due: list[Follower], hosts: MemoryLedger, robots: MemoryRobots) -> None:
    jobs = [Job(source=one.stream.source, state=one.state) for one in due]
    outcomes = await fetch_shard(
        jobs, web=world, hosts=hosts, robots=robots, clock=VirtualClock(), manners=Manners(at_once=64, patience=30.0)
    )
    for follower, outcome in zip(due, outcomes, strict=True):
        _learn(follower, outcome, asyncio.get_running_loop().time())


def _learn(follower: Follower, outcome: Outcome, moment: float) -> None:
    """Do what ingest does with an outcome: keep the state, read the page, plan the next poll."""
    now = later(START, moment)
    state = after_poll(follower.state, outcome, now)
    if outcome.snapshot and not outcome.is_unchanged:
        stated, word, *_ = outcome.snapshot.body.decode().split()
        version = int(stated)
        for change in range(max(follower.newest, version - follower.stream.window), version):
            follower.seen.setdefault(change, moment)
        lesson = Lesson(told=stated, is_closed=word == "closed")
        state = after_reading(state, lesson, outcome.snapshot.captured_at)
        follower.newest = max(follower.newest, version)
    planned = plan(follower.stream.source, state, now).next_at
    follower.state, follower.is_asked = state, False
    follower.due = float("inf") if planned is None else seconds_between(START, planned)


def _figures(world: World, followers: list[Follower]) -> dict[str, float]:
    allowed = [one for one in followers if "/private/" not in str(one.stream.source.url)]
    moving, every = [], []
    for one in allowed:
        if one.stream.source.kind is SourceKind.LIVE_PAGE:
            moving.extend(_lags(one, MOVING_WITHIN))
            every.extend(_lags(one, DAY))
    visits = [visit for log in world.visits.values() for visit in log]
    fixed = sum((DAY - one.stream.opens) / FIXED_INTERVAL * _fixed_cost(one.stream) for one in allowed)
    return {
        "requests": len(visits),
        "violations": sum(_too_close(world, name) for name in world.visits),
        "robots_violations": sum(visit.path.startswith("/private/") for visit in visits),
        "bytes_saved": round(1 - world.bytes_sent / fixed, 4),
        "lag_p50_s": round(statistics.median(moving), 1),
        "lag_p95_s": round(statistics.quantiles(moving, n=20)[-1], 1),
        "lag_p95_with_pauses_s": round(statistics.quantiles(every, n=20)[-1], 1),
        "updates": sum(len(one.stream.changes) for one in allowed),
        "missed_updates": sum(len(one.stream.changes) - len(one.seen) for one in allowed),
        "lies_told": world.lies_told,
        "liars_known": sum(one.state.lies >= 0.5 for one in followers),
    }


def _fixed_cost(stream: Stream) -> int:
    return stream.wire_bytes + HEAD_BYTES


def _lags(follower: Follower, within: float) -> Iterator[float]:
    changes = follower.stream.changes
    for number, change in enumerate(changes):
        if number in follower.seen and (number == 0 or change - changes[number - 1] <= within):
            yield follower.seen[number] - follower.stream.shown_at(change)


def _too_close(world: World, name: str) -> int:
    """Count visits to a host that began before the interval after the one before was over, or beside it."""
    log = sorted(world.visits[name], key=lambda visit: visit.begins)
    interval = max(1.0, world.hosts[name].delay)
    is_robots = [visit.path.startswith("/robots.txt") for visit in log]
    pairs = zip(pairwise(log), is_robots[1:], strict=True)
    return sum(
        late.begins - early.begins < (1.0 if robots else interval) or late.begins < early.ends
        for (early, late), robots in pairs
    )

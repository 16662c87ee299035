"""How fast a shard polls sources that have not changed, beside the bare clients in the same run.

Real time, loopback, one process on one core, the server on another where there is one. The bare clients
send the same conditional request and read the answer: httpx2 as its users use it, and the httpcore2 pool
that ours stands on.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpcore2
import httpx2

from dateline.fetch import (
    Client,
    Job,
    Manners,
    MemoryLedger,
    MemoryRobots,
    SourceState,
    Validators,
    after_poll,
    fetch_shard,
    plan,
)
from dateline.source import Source

HOSTS = 16
AGENT = "Dateline/0.1 (+https://example.org/contact)"
KNOWN = SourceState(polls=1, validators=Validators(etag='"1"', body_digest="0" * 64))
ROUNDS = 4


@contextmanager
def served(hosts: int = HOSTS) -> Iterator[int]:
    """Run the server on the last core; yield its port."""
    command = [sys.executable, str(Path(__file__).with_name("server.py")), str(hosts)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        os.sched_setaffinity(process.pid, {max(os.sched_getaffinity(0))})
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(10)


def measure(requests: int = 800) -> dict[str, float]:
    """Return requests a second and CPU a request of each client: rounds in turn, the best of each counts.

    ``vs_raw_client`` compares requests a second of CPU, which other work on the machine disturbs least;
    the same on the wall clock stands beside it.
    """
    cores = os.sched_getaffinity(0)
    walls: dict[str, list[float]] = {name: [] for name in _CLIENTS}
    costs: dict[str, list[float]] = {name: [] for name in _CLIENTS}
    with served() as port:
        os.sched_setaffinity(0, {min(cores)})
        try:
            for _ in range(ROUNDS):
                for name, client in _CLIENTS.items():
                    wall, cost = asyncio.run(_timed(client, port, requests))
                    walls[name].append(wall)
                    costs[name].append(cost)
        finally:
            os.sched_setaffinity(0, cores)
    return _compared({name: min(one) for name, one in walls.items()}, {name: min(one) for name, one in costs.items()})


async def _timed(client: Callable[[int, int], Awaitable[int]], port: int, requests: int) -> tuple[float, float]:
    """Return milliseconds a request, of the wall clock and of CPU."""
    clock, used = time.perf_counter(), time.process_time()
    done = await client(port, requests)
    return 1000 * (time.perf_counter() - clock) / done, 1000 * (time.process_time() - used) / done


def _compared(walls: dict[str, float], costs: dict[str, float]) -> dict[str, float]:
    rates = {f"{name}_per_s": round(1000 / wall) for name, wall in walls.items()}
    spent = {f"cpu_ms_{name}": round(cost, 3) for name, cost in costs.items()}
    return (
        rates
        | spent
        | {
            "vs_raw_client": round(costs["httpx2"] / costs["dateline"], 3),
            "vs_raw_client_wall": round(walls["httpx2"] / walls["dateline"], 3),
            "vs_raw_pool": round(costs["httpcore2"] / costs["dateline"], 3),
            "cpu_ms_per_unchanged_poll": round(costs["dateline"] - costs["httpcore2"], 3),
        }
    )


def _urls(port: int, requests: int) -> list[list[str]]:
    """Return the addresses to ask, host by host, as many tasks as hosts."""
    return [[f"http://127.0.0.{host}:{port}/{n}" for n in range(requests // HOSTS)] for host in range(1, HOSTS + 1)]


async def _httpx2(port: int, requests: int) -> int:
    headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "If-None-Match": '"1"'}
    async with httpx2.AsyncClient(trust_env=False, timeout=10) as client:

        async def host(urls: list[str]) -> None:
            for url in urls:
                async with client.stream("GET", url, headers=headers) as response:
                    assert response.status_code == 304
                    await response.aread()

        await asyncio.gather(*map(host, _urls(port, requests)))
    return requests


async def _httpcore2(port: int, requests: int) -> int:
    headers = [("User-Agent", AGENT), ("Accept-Encoding", "gzip"), ("If-None-Match", '"1"')]
    async with httpcore2.AsyncConnectionPool(max_connections=100) as pool:

        async def host(urls: list[str]) -> None:
            for url in urls:
                async with pool.stream("GET", url, headers=headers) as response:
                    assert response.status == 304
                    await response.aread()

        await asyncio.gather(*map(host, _urls(port, requests)))
    return requests


async def _dateline(port: int, requests: int) -> int:
    """Poll as ingest does: shard, outcome, new state, plan."""
    sources = [
        Source(source_id=f"source-{number}-{n}", url=url, allow_private=True)
        for number, urls in enumerate(_urls(port, requests))
        for n, url in enumerate(urls)
    ]
    jobs = [Job(source=source, state=_state(number)) for number, source in enumerate(sources)]
    manners = Manners(host_interval=0.0)
    async with Client(AGENT) as web:
        outcomes = await fetch_shard(jobs, web=web, hosts=MemoryLedger(), robots=MemoryRobots(), manners=manners)
    for outcome in outcomes:
        state = after_poll(outcome.job.state, outcome, outcome.started_at)
        assert outcome.reason is None, outcome.message
        assert plan(outcome.job.source, state, outcome.started_at).next_at
    return requests


def _state(number: int) -> SourceState:
    """Let every twentieth source be due for a whole body, as it is in use."""
    return replace(KNOWN, polls=number)


_CLIENTS: dict[str, Any] = {"httpx2": _httpx2, "httpcore2": _httpcore2, "dateline": _dateline}

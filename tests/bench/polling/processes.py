"""Eight real processes that poll the same sixteen hosts in real time, taking turns through one warehouse.

The server writes down when each request arrived; two of one host closer than the interval are a violation.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from itertools import pairwise
from urllib.request import urlopen

from polling.rate import AGENT, HOSTS, served

from dateline.fetch import Client, Job, Manners, MemoryRobots, fetch_shard
from dateline.ingest.manners import WarehouseTurns
from dateline.source import Source
from dateline.warehouse.engine import open_warehouse
from dateline.warehouse.migrate import migrate

INTERVAL = 0.5
MANNERS = Manners(host_interval=INTERVAL, patience=3.0)


def measure(warehouse: str, *, processes: int = 8, seconds: float = 20.0) -> dict[str, float]:
    """Return how many requests arrived, and how many of them too early."""
    engine = open_warehouse(warehouse)
    migrate(engine)
    engine.dispose()
    with served() as port:
        command = [sys.executable, "-m", "polling.processes", warehouse, str(port), str(seconds)]
        running = [
            subprocess.Popen([*command, str(number)], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
            for number in range(processes)
        ]
        ended = [one.wait(seconds + 120) for one in running]
        arrivals = _arrivals(port)
    gaps = [late - early for moments in arrivals.values() for early, late in pairwise(moments)]
    span = max(moments[-1] for moments in arrivals.values()) - min(moments[0] for moments in arrivals.values())
    return {
        "processes_failed": sum(code != 0 for code in ended),
        "processes_requests": sum(map(len, arrivals.values())),
        "processes_share_of_possible": round(len(gaps) / (HOSTS * span / INTERVAL), 3),
        "processes_shortest_gap_s": round(min(gaps), 3),
        "processes_violations": sum(gap < INTERVAL for gap in gaps),
    }


def _arrivals(port: int) -> dict[str, list[float]]:
    with urlopen(f"http://127.0.0.1:{port}/log") as answer:
        found: dict[str, list[float]] = json.loads(answer.read().decode().replace("'", '"'))
    return found


async def _poll(warehouse: str, port: int, seconds: float, number: int) -> None:
    turns, robots = WarehouseTurns(open_warehouse(warehouse)), MemoryRobots()
    urls = [f"http://127.0.0.{host}:{port}/{number}" for host in range(1, HOSTS + 1)]
    jobs = [Job(source=Source(source_id=f"source-{number}", url=url, allow_private=True)) for url in urls]
    ends = time.monotonic() + seconds
    async with Client(AGENT) as web:
        while time.monotonic() < ends:
            await fetch_shard(jobs, web=web, hosts=turns, robots=robots, manners=MANNERS)


if __name__ == "__main__":
    asyncio.run(_poll(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])))

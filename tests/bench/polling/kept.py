"""What an unchanged poll costs as it is in use: turns and robots.txt from the warehouse, rows and plan into it."""

import time
from pathlib import Path

from polling.rate import HOSTS, served

from dateline.archive import Archive
from dateline.fetch import Manners
from dateline.ingest import poll_sources
from dateline.source import Source
from dateline.warehouse.engine import open_warehouse
from dateline.warehouse.migrate import migrate

EACH, ROUNDS = 20, 3


def measure(folder: Path) -> dict[str, float]:
    """Return milliseconds a poll, of CPU and of the clock, its request included: the best of three rounds counts."""
    engine, archive = open_warehouse(f"sqlite:///{folder}/kept.db"), Archive(f"{folder}/kept")
    migrate(engine)
    manners, costs, walls = Manners(host_interval=0.0, shard_seconds=3600.0), [], []
    with served() as port:
        sources = [
            Source(source_id=f"source-{host}-{n}", url=f"http://127.0.0.{host}:{port}/{n}", allow_private=True)
            for host in range(1, HOSTS + 1)
            for n in range(EACH)
        ]
        for number in range(ROUNDS + 1):
            clock, used = time.perf_counter(), time.process_time()
            report, _ = poll_sources(sources, engine=engine, archive=archive, contact="bench", manners=manners)
            costs.append(time.process_time() - used)
            walls.append(time.perf_counter() - clock)
            assert report.failures == []
            assert number == 0 or report.verdicts["same"] == len(sources)
    return {
        "cpu_ms_per_kept_poll": round(1000 * min(costs[1:]) / len(sources), 3),
        "ms_per_kept_poll": round(1000 * min(walls[1:]) / len(sources), 3),
    }

"""Kill loaders at random moments; whatever they left, one more run must end in the rows of an undisturbed one."""

import os
import random
import signal
import time
from pathlib import Path

from simulated.blogs import blog, readable
from simulated.sameness import _forked, _readings, _shuffled, _warehouse, load_all, postgres_database

from dateline.warehouse import ReadSnapshot
from dateline.warehouse.canonical import row_digests

ROUND = 25
FEWEST_AT_WORK = 0.9


def measure(folder: Path, postgres: str, kills: int) -> dict:
    """Return how many loaders were killed at work, and after how many rounds of kills the rows were wrong."""
    batch = [shot for number in range(4) for shot in readable(blog(number, polls=30))]
    every = [ReadSnapshot(stored=one.stored, readings=_readings(batch, one)) for one in batch]
    with _warehouse(f"sqlite:///{folder}/quiet.db") as engine:
        started = time.perf_counter()
        load_all(engine, every)
        life, expected = time.perf_counter() - started, row_digests(engine)
    found: dict = {"snapshots_each": len(every), "quiet_load_s": round(life, 2)}
    with postgres_database(postgres, "dateline_bench_kills") as address:
        for name, url in (("sqlite", f"sqlite:///{folder}/killed.db"), ("postgresql", address)):
            at_work = wrong = rounds = 0
            while at_work < kills:
                with _warehouse(url) as engine:
                    at_work += _killed(url, every, min(ROUND, kills - at_work), life, seed=rounds)
                    load_all(engine, every)
                    wrong += row_digests(engine) != expected
                rounds += 1
                if rounds * ROUND * FEWEST_AT_WORK > 2 * max(at_work, ROUND):
                    raise RuntimeError(f"only {at_work} of {rounds * ROUND} loaders were still at work when killed")
            found |= {f"kills_{name}": at_work, f"rounds_{name}": rounds, f"wrong_{name}": wrong}
    return found


def _killed(url: str, every: list[ReadSnapshot], kills: int, life: float, seed: int) -> int:
    chance = random.Random(seed)  # noqa: S311 - when to kill
    at_work = 0
    for number in range(kills):
        child = _forked(url, _shuffled(every, 1000 * seed + number))
        time.sleep(chance.uniform(0.02, life))
        os.kill(child, signal.SIGKILL)
        at_work += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    return at_work

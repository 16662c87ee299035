"""Same snapshots in, same rows out: twice, by many workers, in any order, on both engines, after random kills."""

import os
import random
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from simulated.blogs import blog, readable
from sqlalchemy import Engine, create_engine, make_url, text

from dateline.warehouse import ReadSnapshot, load_batch, migrate, open_warehouse
from dateline.warehouse.canonical import row_digests

AT_ONCE = 8
LONGEST_LIFE_SECONDS = 0.6


def measure(folder: Path, postgres: str, *, blogs: int, polls: int, orders: int, kills: int) -> dict:
    """Load one set of blogs in every way; say how many of the ways ended in the rows of the first."""
    batch = [shot for number in range(blogs) for shot in readable(blog(number, polls=polls))]
    every = [ReadSnapshot(stored=one.stored, readings=_readings(batch, one)) for one in batch]
    with _warehouse(f"sqlite:///{folder}/first.db") as engine:
        load_all(engine, every)
        expected = row_digests(engine)
        load_all(engine, every)
        same = {"twice": row_digests(engine) == expected}
    killed = 0
    for name, url in (("sqlite", f"sqlite:///{folder}/again.db"), ("postgresql", postgres)):
        ways: dict = {f"order {seed}": _shuffled(every, seed) for seed in range(orders // 2)}
        for way, shots in ways.items():
            with _warehouse(url) as engine:
                load_all(engine, shots)
                same[f"{name} {way}"] = row_digests(engine) == expected
        with _warehouse(url) as engine:
            _by_workers(url, every, 8)
            same[f"{name} 8 workers"] = row_digests(engine) == expected
        with _warehouse(url) as engine:
            killed += _killed(url, every, kills // 2)
            load_all(engine, every)
            same[f"{name} killed"] = row_digests(engine) == expected
    return {
        "hashes_equal": all(same.values()),
        "ways_compared": len(same),
        "ways_that_differ": [name for name, is_same in same.items() if not is_same],
        "snapshots_each": len(every),
        "kills": killed,
    }


def load_all(engine: Engine, shots: Sequence[ReadSnapshot]) -> None:
    for start in range(0, len(shots), AT_ONCE):
        load_batch(engine, shots[start : start + AT_ONCE])


def _readings(batch: Sequence[ReadSnapshot], one: ReadSnapshot) -> tuple | None:
    """Give each capture of a body its reading: in another order, another of them comes first."""
    if one.readings is not None:
        return one.readings
    twin = (other for other in batch if other.readings is not None and other.stored.source_id == one.stored.source_id)
    return next(other.readings for other in twin if other.stored.body_digest == one.stored.body_digest)


def _shuffled(every: Sequence[ReadSnapshot], seed: int) -> list[ReadSnapshot]:
    shots = list(every)
    random.Random(seed).shuffle(shots)  # noqa: S311 - an order, no secret
    return shots


def _by_workers(url: str, every: Sequence[ReadSnapshot], workers: int) -> None:
    """Load with many processes at once, each a share in an order of its own."""
    children = [_forked(url, _shuffled(every[number::workers], number)) for number in range(workers)]
    failed = [child for child in children if os.waitpid(child, 0)[1]]
    if failed:
        raise RuntimeError(f"{len(failed)} of {workers} workers failed")


def _killed(url: str, every: Sequence[ReadSnapshot], kills: int) -> int:
    """Start loaders and kill each at a random moment; return how many were still at work."""
    chance = random.Random("kills")  # noqa: S311 - moments, no secret
    killed = 0
    for seed in range(kills):
        child = _forked(url, _shuffled(every, seed))
        time.sleep(chance.uniform(0.02, LONGEST_LIFE_SECONDS))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    return killed


def _forked(url: str, shots: Sequence[ReadSnapshot]) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        engine = open_warehouse(url)
        load_all(engine, shots)
        status = 0
    finally:
        os._exit(status)


@contextmanager
def _warehouse(url: str) -> Iterator[Engine]:
    """An empty warehouse; the one before it is thrown away."""
    clear(url)
    engine = open_warehouse(url)
    migrate(engine)
    engine.dispose()  # no connection may be shared with a child
    yield engine
    engine.dispose()


def clear(url: str) -> None:
    """Throw away what a database holds."""
    if url.startswith("sqlite"):
        for path in Path(url.removeprefix("sqlite:///")).parent.glob(f"{Path(url).name}*"):
            path.unlink()
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    engine.dispose()


@contextmanager
def postgres_database(address: str, name: str) -> Iterator[str]:
    """A database of this run's own."""
    server = create_engine(make_url(address), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"drop database if exists {name} with (force)"))
        connection.execute(text(f"create database {name}"))
    try:
        yield (
            make_url(address).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
        )
    finally:
        with server.connect() as connection:
            connection.execute(text(f"drop database if exists {name} with (force)"))
        server.dispose()

"""Is the archive the whole record? Poll the simulated newsroom through a day, then rebuild from the files alone.

The newsroom's clock is moved on between polls; requests are real ones on loopback. The rebuilt warehouse
starts empty, with every socket refused, and is compared row by row with the one that was polled into.
"""

import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pendulum
from pendulum import DateTime
from sqlalchemy import Engine

from dateline.archive import Archive, plan_merges
from dateline.fetch import Answer, Client, Request
from dateline.fetch.answer import BeforeHop
from dateline.ingest import find_lost, load_pending, poll_sources
from dateline.source import Source, SourceKind, load_sources
from dateline.warehouse.canonical import row_digests
from dateline.warehouse.engine import open_warehouse
from dateline.warehouse.migrate import migrate
from newsroom.record import instants
from newsroom.script import Timeline, load_coverage
from newsroom.server import Newsroom

SOURCES = Path(__file__).parents[2] / "newsroom" / "sources"
POLLS = 30


class At:
    """The instant that the newsroom and the fetcher agree on."""

    moment = datetime.now(UTC)

    def __call__(self) -> DateTime:
        return pendulum.instance(self.moment)


class LoopbackWeb:
    """The client, told that every host is on loopback: each source has its own, so none waits for another."""

    def __init__(self, clock: Callable[[], DateTime]) -> None:
        self._clock = clock

    async def ask(self, request: Request, before_hop: BeforeHop | None = None) -> Answer:
        async def resolve(host: str, port: int) -> list[str]:
            return ["127.0.0.1"]

        async with Client("Dateline/0.1", resolve=resolve, clock=self._clock) as client:
            return await client.ask(request, before_hop)


def measure() -> dict[str, float]:
    """Return 1.0 for ``archive_equal`` where both warehouses hold the same rows, before and after compaction."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(f"{folder}/archive")
        lived = _warehouse(f"{folder}/lived.db")
        sources = _polled(lived, archive)
        rebuilt = [_rebuilt(f"{folder}/rebuilt.db", archive, sources)]
        archive.compact(plan_merges(archive.files()))
        rebuilt.append(_rebuilt(f"{folder}/compacted.db", archive, sources))
        rows = row_digests(lived)
        captures = sum(1 for path in archive.files() for _ in archive.records(path))
        return {
            "archive_captures": captures,
            "archive_equal": float(captures > 0 and all(one == rows for one in rebuilt)),
            "archive_tables_equal": sum(one[name] == rows[name] for one in rebuilt for name in rows) / len(rows) / 2,
        }


def _polled(engine: Engine, archive: Archive) -> list[Source]:
    coverage, at = load_coverage(), At()
    timeline = Timeline(anchor=datetime(2026, 3, 14, 6, tzinfo=UTC), pace=1.0)
    moments = list(
        instants(
            coverage,
            timeline,
            (timeline.instant(max(one.closes for one in coverage.stories)) - timeline.anchor) / POLLS,
        )
    )
    with _open(Newsroom(coverage, timeline, lambda: at.moment)) as server:
        sources = _sources(server.server_port)
        for at.moment in moments:
            poll_sources(sources, engine=engine, archive=archive, contact="bench", web=LoopbackWeb(at), clock=at)
            load_pending(engine, archive, sources={one.source_id: one for one in sources}, clock=at)
    return sources


@contextmanager
def _open(server: Newsroom) -> Iterator[Newsroom]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _sources(port: int) -> list[Source]:
    """Give each of the newsroom's sources a host of its own."""
    found = [one for one in load_sources(SOURCES) if one.kind is not SourceKind.DROP]
    return [
        replace(one, url=str(one.url).replace("127.0.0.1:8790", f"host-{number}.newsroom.test:{port}"))
        for number, one in enumerate(found)
    ]


def _rebuilt(path: str, archive: Archive, sources: list[Source]) -> dict[str, str]:
    engine = _warehouse(path)
    at = At()
    with _no_network():
        find_lost(engine, archive, sources, at)
        load_pending(engine, archive, sources={one.source_id: one for one in sources}, clock=at)
    return row_digests(engine)


def _warehouse(path: str) -> Engine:
    engine = open_warehouse(f"sqlite:///{path}")
    migrate(engine)
    return engine


@contextmanager
def _no_network() -> Iterator[None]:
    kept = socket.socket.connect

    def refuse(*_: object) -> None:
        raise AssertionError("the network is off")

    socket.socket.connect = refuse
    try:
        yield
    finally:
        socket.socket.connect = kept

"""A small newsroom that parts are erased of, and what is looked at afterwards."""

import gzip
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pendulum
from sqlalchemy import select

from dateline.ingest import load_pending
from dateline.ingest.keeping import Found, keep
from dateline.model import Snapshot
from dateline.source import Source
from dateline.warehouse.engine import reading_from
from dateline.warehouse.ledger import declare_sources, snapshot_id_of
from dateline.warehouse.tables import metadata
from newsroom.record import captures
from newsroom.script import Timeline, load_coverage

ANCHOR = datetime(2026, 3, 14, 6, tzinfo=UTC)
BASE = "https://newsroom.example"
NOW = pendulum.datetime(2026, 3, 20)
BLOG = f"{BASE}/courier/live/storm-ottilie"


MOST = {
    "/courier/live/storm-ottilie": 6,
    "/courier/feed.xml": 5,
    "/meridian/tag/StormOttilie.txt": 2,
    "/meridian/storm-ottilie-copy": 1,
    "/herald/live/tram-vote": 2,
}
"""How many captures of each page of the newsroom are taken."""


def newsroom() -> list[Found]:
    """Captures of a few pages of the newsroom; the first of each comes a second time, unchanged, some days on."""
    found: dict[str, list[Found]] = {}
    for instant, url, content_type, body in captures(
        load_coverage(), Timeline(anchor=ANCHOR), BASE, timedelta(minutes=90)
    ):
        address = url.removeprefix(BASE)
        if len(found.get(address, [])) < MOST.get(address, 0):
            headers = (("Content-Type", content_type),)
            snapshot = Snapshot(body=body, url=url, captured_at=pendulum.instance(instant), headers=headers)
            one = Found(source_id=named(address), snapshot=snapshot, asked=(("User-Agent", "Dateline"),))
            found.setdefault(address, []).append(one)
    first = [pages[0] for pages in found.values()]
    again = [
        replace(one, snapshot=replace(one.snapshot, captured_at=one.snapshot.captured_at.add(days=5))) for one in first
    ]
    return [*(one for pages in found.values() for one in pages), *again]


def named(address: str) -> str:
    return re.sub(r"[^a-z]+", "-", address.lower()).strip("-")


WORLD = newsroom()
LIVE = next(one.source_id for one in WORLD if one.snapshot.url == BLOG)
SOURCES = {one.source_id: Source(source_id=one.source_id, url=one.snapshot.url) for one in WORLD}


def filled(engine, archive, found):
    declare_sources(engine, SOURCES.values())
    for start in range(0, len(found), 16):
        keep(engine, archive, found[start : start + 16], name="polls/2026/03/14", clock=lambda: NOW)
    load_pending(engine, archive, sources=SOURCES)
    return engine


def lines_of(found) -> set[str]:
    return {line for one in found for line in re.findall(r"[^<>\"{}]{40,90}", one.snapshot.body.decode())}


def bytes_of(engine, folder: Path) -> bytes:
    """Every byte that is kept: the archive unpacked, the database's own files, and each value of each table."""
    parts = [gzip.decompress(path.read_bytes()) for path in folder.rglob("*.warc.gz")]
    parts += [path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".gz")]
    if engine.dialect.name == "sqlite":
        parts += [path.read_bytes() for path in folder.parent.glob("warehouse.db*")]
    with reading_from(engine) as connection:
        for table in metadata.sorted_tables:
            parts += [repr(tuple(row)).encode() for row in connection.execute(select(table))]
    return b"\n".join(parts)


def staying(is_gone) -> list[Found]:
    return [one for one in WORLD if not is_gone(one)]


RULES = {
    "source": ({"source_id": LIVE}, lambda one: one.source_id == LIVE),
    "age": ({"before": pendulum.datetime(2026, 3, 15)}, lambda one: one.snapshot.captured_at.date().day < 15),
    "a source's age": (
        {"source_id": LIVE, "before": pendulum.datetime(2026, 3, 14, 10)},
        lambda one: one.source_id == LIVE and one.snapshot.captured_at < pendulum.datetime(2026, 3, 14, 10),
    ),
}


def snapshot_id(one: Found) -> str:
    return snapshot_id_of(one.snapshot, one.source_id)

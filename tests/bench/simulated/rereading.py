"""Re-reading an archive end to end, beside parsing the same pages alone."""

import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pendulum
from simulated.blogs import blog, captures

from dateline.archive import Archive
from dateline.errors import DatelineError
from dateline.ingest.keeping import Found, keep
from dateline.ingest.loading import load_pending
from dateline.reading import read
from dateline.replay import reread
from dateline.warehouse import migrate, open_warehouse


def measure(folder: Path, blogs: int, polls: int, workers: int = 2) -> dict:
    """Archive and load blogs, then read it all again with so many workers; the ratio is to parsing alone."""
    url, archive = f"sqlite:///{folder}/reread.db", str(folder / "archive")
    engine = open_warehouse(url)
    migrate(engine)
    pages: dict = {}
    for number in range(blogs):
        one = blog(number, polls=polls)
        shots = [snapshot for _, snapshot, _ in captures(one) if snapshot.status == 200]
        found = [Found(source_id=one.source_id, snapshot=snapshot) for snapshot in shots]
        keep(engine, Archive(archive), found, name=f"polls/{number}", clock=pendulum.now)
        pages |= {(one.number, snapshot.digest): snapshot for snapshot in reversed(shots)}
    started = time.perf_counter()
    load_pending(engine, Archive(archive))
    loading = time.perf_counter() - started
    engine.dispose()
    with ProcessPoolExecutor(workers) as pool:
        started = time.perf_counter()
        entries = sum(pool.map(_parsed, [list(pages.values())[number::workers] for number in range(workers)]))
        parsing = time.perf_counter() - started
        started = time.perf_counter()
        changed = sum(pool.map(_reread, [(url, archive, (number, workers)) for number in range(workers)]))
        rereading = time.perf_counter() - started
    return {
        "pages": len(pages),
        "entries": entries,
        "replay_entries_per_s": entries / rereading,
        "parsing_entries_per_s": entries / parsing,
        "loading_entries_per_s_one_worker": entries / loading,
        "replay_vs_parse": rereading / parsing,
        "replay_changed_rows": changed,
    }


def _parsed(snapshots: list) -> int:
    entries = 0
    for snapshot in snapshots:
        try:
            entries += sum(len(one.entries) for one in read(snapshot))
        except DatelineError:
            continue
    return entries


def _reread(asked: tuple) -> int:
    url, archive, shard = asked
    engine = open_warehouse(url)
    report = reread(engine, Archive(archive), shard=shard)
    engine.dispose()
    return sum(one.added + one.changed + one.removed for one in report.load.changes.tables.values())

"""One live blog of 20,000 posts, polled again and again: each poll brings one post more."""

import statistics
import time
from pathlib import Path

import pendulum
from endured.blog import page

from dateline.archive import Archive
from dateline.ingest import load_pending
from dateline.ingest.keeping import Found, keep
from dateline.model import Snapshot
from dateline.source import Source
from dateline.warehouse import declare_sources, migrate, open_warehouse
from dateline.warehouse.query import query

POSTS = 20_000


def measure(folder: Path, polls: int) -> dict:
    """Return the seconds of the first poll and of those that follow, archive, reading and load together."""
    engine = open_warehouse(f"sqlite:///{folder}/huge.db")
    migrate(engine)
    archive = Archive(str(folder / "huge"))
    source = Source(source_id="huge", url="https://harbour-courier.example/live/huge")
    declare_sources(engine, [source])
    start, seconds, used = pendulum.datetime(2026, 3, 16), [], []
    for poll in range(polls + 1):
        body = page("The longest night", [0] * (POSTS + poll))
        at = start.add(minutes=poll)
        began, cpu = time.perf_counter(), time.process_time()
        snapshot = Snapshot(body=body, url=source.url, captured_at=at, headers=(("Content-Type", "text/html"),))
        keep(engine, archive, [Found(source_id="huge", snapshot=snapshot)], name="huge", clock=lambda at=at: at)
        load_pending(engine, archive, sources={"huge": source})
        seconds.append(time.perf_counter() - began)
        used.append(time.process_time() - cpu)
    ((entries,),) = query(engine, "select count(*) from fct_entries").rows
    if entries != POSTS + polls:
        raise RuntimeError(f"{entries} entries where there are {POSTS + polls} posts")
    return {
        "huge_page_mb": round(len(body) / 1e6, 1),
        "huge_first_poll_s": round(seconds[0], 1),
        "huge_poll_median_cpu_s": round(statistics.median(used[1:]), 2),
        "huge_poll_median_s": round(statistics.median(seconds[1:]), 2),
        "huge_poll_worst_s": round(max(seconds[1:]), 2),
    }

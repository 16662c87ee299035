"""Two hundred sources that keep changing, polled, archived and loaded by one process, over real requests."""

import random
import statistics
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from endured.blog import page

from dateline.archive import Archive
from dateline.fetch import Manners
from dateline.ingest import load_pending, poll_sources
from dateline.source import Source
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.query import query

SOURCES, POSTS, CHANGED = 200, 50, 0.1


def measure(folder: Path, rounds: int) -> dict:
    """Return posts loaded a second, a batch's latency, and the size that all ends in."""
    engine = open_warehouse(f"sqlite:///{folder}/crowd.db")
    migrate(engine)
    archive, chance = Archive(str(folder / "archive")), random.Random(1)  # noqa: S311 - which posts change
    server = _Pages()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    sources = [Source(source_id=f"blog-{n}", url=f"{base}/{n}", allow_private=True) for n in range(SOURCES)]
    loading, polling, used, latencies = 0.0, 0.0, 0.0, []
    for _ in range(rounds):
        started = time.perf_counter()
        manners = Manners(host_interval=0.0, shard_seconds=3600)
        poll_sources(sources, engine=engine, archive=archive, contact="bench", manners=manners)
        polling += time.perf_counter() - started
        started = last = time.perf_counter()
        cpu = time.process_time()

        def batch_done(_progress: object) -> None:
            nonlocal last
            latencies.append(time.perf_counter() - last)
            last = time.perf_counter()

        load_pending(engine, archive, sources={one.source_id: one for one in sources}, progress=batch_done)
        loading += time.perf_counter() - started
        used += time.process_time() - cpu
        server.change(chance)
    server.shutdown()
    ((entries,),) = query(engine, "select count(*) from fct_entries").rows
    ((versions,),) = query(engine, "select count(*) from fct_entry_versions").rows
    cuts = statistics.quantiles(latencies, n=100)
    shown = SOURCES * POSTS * rounds
    return {
        "load_rounds": rounds,
        "load_entries": entries,
        "load_versions": versions,
        "posts_loaded_per_s": round(shown / loading),
        "posts_loaded_per_cpu_s": round(shown / used),
        "polls_per_s": round(SOURCES * rounds / polling),
        "batch_p50_s": round(cuts[49], 2),
        "batch_p95_s": round(cuts[94], 2),
        "batch_p99_s": round(cuts[98], 2),
        "database_mb": round(sum(one.stat().st_size for one in folder.glob("crowd.db*")) / 1e6, 1),
    }


class _Pages(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.editions = [[0] * POSTS for _ in range(SOURCES)]

    def change(self, chance: random.Random) -> None:
        for one in self.editions:
            for number in chance.sample(range(POSTS), round(CHANGED * POSTS)):
                one[number] += 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 20  # head and body in one packet: else each answer waits for an acknowledgement

    def do_GET(self) -> None:
        name = self.path.strip("/")
        body = page(f"Blog {name}", self.server.editions[int(name)]) if name.isdigit() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""

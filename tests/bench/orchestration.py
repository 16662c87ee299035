"""Measure Airflow around Dateline: lag and CPU of live pages, two workers beside one, and faults with their end states.

``--json`` prints one JSON object as the last line; ``--quick`` takes small sizes. Everything runs under the real
scheduler, in real time: a run a minute, as the DAG has it. Lag counts from a post's publication to the row that says
so, over all posts after the first minutes, in which each page is asked for the first time. ``cpu_ms_per_poll`` and
``cpu_ms_per_entry`` hold all of Airflow's processes and PostgreSQL's; ``overhead_share`` is the part of them that the
same polls and loads on SQLite without Airflow do not need.
"""

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "plugins"))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from scheduling import faults
from scheduling.airflow_installation import Installation
from scheduling.coverage import Web, open_web
from scheduling.end_state import differences
from sqlalchemy import Engine

from dateline.archive import Archive
from dateline.ingest import load_pending, poll_sources
from dateline.source import load_sources
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.engine import reading_from
from dateline.warehouse.entry_tables import fct_entries
from dateline.warehouse.ledger_tables import fct_fetches, fct_snapshots

Figures = dict[str, float]
PERIOD = 120.0
"""Seconds between two posts of one page."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", help="not used: this benchmark makes its own web")
    options.add_argument("--json", action="store_true", help="one JSON object as the last line")
    options.add_argument("--quick", action="store_true", help="40 sources for 5 minutes, faults with 120 captures each")
    options.add_argument("--sources", type=int, default=0, help="live pages (1000; quick: 40)")
    options.add_argument("--minutes", type=int, default=0, help="minutes of following them (60; quick: 5)")
    options.add_argument("--only", choices=("live", "live-celery", "workers", "faults"), help="one part")
    options.add_argument("--fault", action="append", choices=sorted(faults.FAULTS), help="these faults only")
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends this ends what it started
    sources = chosen.sources or (40 if chosen.quick else 1000)
    minutes = chosen.minutes or (5 if chosen.quick else 60)
    folder = Path(tempfile.mkdtemp(prefix="dateline-bench-"))
    folder.chmod(0o755)  # PostgreSQL's user walks through it
    figures: Figures = {"sources": sources, "minutes": minutes}
    try:
        if chosen.only in {None, "live"}:
            figures |= shown("live pages on SQLite", lambda: live_on_sqlite(folder / "live", sources, minutes))
        if chosen.only in {None, "live-celery"}:
            title = "live pages on PostgreSQL, two Celery workers"
            figures |= shown(title, lambda: live_on_celery(folder / "live-celery", sources, minutes))
        if chosen.only in {None, "workers", "faults"}:
            figures |= on_celery(folder, chosen)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if chosen.json:
        print(json.dumps(figures))


def live_on_sqlite(folder: Path, sources: int, minutes: int) -> Figures:
    """Follow live pages with the local executor, all tables in SQLite."""
    airflow = Installation(folder, f"sqlite:///{folder}/warehouse.db")
    return live(airflow, sources, minutes, server_cpu=lambda: 0.0)


def live_on_celery(folder: Path, sources: int, minutes: int) -> Figures:
    """Follow live pages with two Celery workers, all tables in PostgreSQL. The names of its figures begin so."""
    folder.mkdir()
    with faults.servers(folder) as (postgres, redis):
        folder.chmod(0o755)  # PostgreSQL's user walks through it
        warehouse, metadata = (postgres.database(name) for name in ("warehouse", "airflow"))
        airflow = Installation(folder / "airflow", warehouse, metadata, redis.url)
        found = live(airflow, sources, minutes, server_cpu=postgres.cpu_seconds)
    return {f"celery_{name}": value for name, value in found.items()}


def live(airflow: Installation, count: int, minutes: int, server_cpu: Callable[[], float]) -> Figures:
    """Follow live pages for some minutes under the real scheduler."""
    web = Web(count, PERIOD)
    with open_web(web) as port:
        web.declare(airflow.sources, port)
        airflow.prepare()
        warehouse = open_warehouse(airflow.warehouse)
        airflow.start_all()
        if airflow.is_on_celery:
            airflow.start_worker("worker-1")
            airflow.start_worker("worker-2")
        try:
            airflow.await_true(lambda: entries(warehouse) > 0, "the first entries")
            started, at_start = time.time(), tally(warehouse)
            idle = airflow.cpu_seconds() | {"PostgreSQL": server_cpu()}
            time.sleep(minutes * 60)
            spent, at_end = airflow.cpu_seconds() | {"PostgreSQL": server_cpu()}, tally(warehouse)
            until = time.time()
            runs = runs_of(airflow)
        finally:
            airflow.stop()
        bare = without_airflow(airflow.folder / "bare", airflow)
    # What was published in the last two minutes may still be on its way.
    lost = max(0, web.total(until - 2 * 60) - entries(warehouse))
    polls, loaded = (at_end[one] - at_start[one] for one in (0, 1))
    seen, late = (sorted(one) for one in lags_of(warehouse, started + 60))
    warehouse.dispose()
    by_part = {name: spent[name] - idle[name] for name in spent}
    used = sum(by_part.values())
    per_poll = 1000 * used / max(polls, 1)
    for name, seconds in by_part.items():
        print(f"  CPU of {name:25} {60 * seconds / (until - started):12.1f} s a minute")
    return {
        "polls": polls,
        "entries": loaded,
        "runs": len(runs),
        "run_p50_s": part(runs, 0.5),
        "run_p95_s": part(runs, 0.95),
        "capture_lag_p50_s": part(seen, 0.5),
        "capture_lag_p95_s": part(seen, 0.95),
        "lag_p50_s": part(late, 0.5),
        "lag_p95_s": part(late, 0.95),
        "lost": lost,
        "cpu_ms_per_poll": round(per_poll, 1),
        "cpu_ms_per_entry": round(1000 * used / max(loaded, 1), 1),
        "cpu_ms_per_poll_without_airflow": round(bare, 1),
        "overhead_share": round(1 - bare / per_poll, 3),
        "cores_used": round(used / (until - started), 2),
    }


def without_airflow(folder: Path, airflow: Installation) -> float:
    """Return milliseconds of CPU for one poll and its load in this process, over the same sources, asked twice."""
    folder.mkdir()
    engine, archive = open_warehouse(f"sqlite:///{folder}/warehouse.db"), Archive(str(folder / "archive"))
    migrate(engine)
    sources = load_sources(airflow.sources)
    by_id = {one.source_id: one for one in sources}
    poll_sources(sources, engine=engine, archive=archive, contact="https://bench.example")
    load_pending(engine, archive, sources=by_id)
    began = time.process_time()
    report, _ = poll_sources(sources, engine=engine, archive=archive, contact="https://bench.example")
    load_pending(engine, archive, sources=by_id)
    return 1000 * (time.process_time() - began) / max(report.found, 1)


def entries(warehouse: Engine) -> int:
    """Count the entries."""
    with reading_from(warehouse) as connection:
        return len(connection.execute(fct_entries.select().with_only_columns(fct_entries.c.entry_id)).all())


def tally(warehouse: Engine) -> tuple[int, int]:
    """Count requests and entries."""
    with reading_from(warehouse) as connection:
        asked = fct_fetches.select().with_only_columns(fct_fetches.c.fetch_id)
        return len(connection.execute(asked).all()), entries(warehouse)


def part(values: list[float], share: float) -> float:
    """Return the value that this share of sorted ones stays below; -1 of none."""
    return round(values[int(len(values) * share)], 1) if values else -1


def runs_of(airflow: Installation) -> list[float]:
    """Return how many seconds each run that is over took from its minute to its end, sorted."""
    rows = airflow.sql(
        "select run_after, end_date from dag_run where dag_id = 'ingest_coverage' and end_date is not null"
    )
    spans = [[datetime.fromisoformat(str(one)).replace(tzinfo=None) for one in row] for row in rows]
    return sorted((end - due).total_seconds() for due, end in spans)


def lags_of(warehouse: Engine, since: float) -> tuple[list[float], list[float]]:
    """Return the seconds to the first capture, and to the load, of each post published from ``since`` on."""
    query = (
        fct_entries.select()
        .join(fct_snapshots, fct_snapshots.c.captured_at == fct_entries.c.first_seen_at)
        .with_only_columns(
            fct_entries.c.entry_id,
            fct_entries.c.published_at,
            fct_snapshots.c.captured_at,
            fct_snapshots.c.settled_at,
        )
    )
    found: dict[str, tuple[float, float]] = {}
    with reading_from(warehouse) as connection:
        for entry_id, published_at, captured_at, settled_at in connection.execute(query):
            if published_at is not None and settled_at is not None and published_at.timestamp() >= since:
                late = tuple((one - published_at).total_seconds() for one in (settled_at, captured_at))
                found[entry_id] = min(late, found.get(entry_id, late))
    return [seen for _, seen in found.values()], [late for late, _ in found.values()]


def on_celery(folder: Path, chosen: argparse.Namespace) -> Figures:
    """Start a cluster on servers of its own; measure two workers beside one, then let faults strike."""
    sources, captures = (10, 12) if chosen.quick else (8, 60)
    figures: Figures = {}
    with faults.servers(folder) as (postgres, redis):
        warehouse_url = postgres.database("warehouse")
        airflow = Installation(folder / "celery", warehouse_url, postgres.database("airflow"), redis.url)
        airflow.prepare()
        warehouse = open_warehouse(warehouse_url)
        reference = open_warehouse(f"sqlite:///{folder}/undisturbed.db")
        migrate(reference)
        airflow.start_all()
        airflow.start_worker("worker-1", tasks=1)
        ground = faults.Ground(
            airflow=airflow,
            warehouse=warehouse,
            reference=reference,
            postgres=postgres,
            redis=redis,
            sources=sources,
            captures=captures,
        )
        try:
            if chosen.only != "faults":
                size = (8, 40) if chosen.quick else (8, 200)
                figures |= shown("two Celery workers beside one", lambda: workers(ground, *size))
            airflow.start_worker("worker-2", tasks=2)
            if chosen.only != "workers":
                names = chosen.fault or list(faults.FAULTS)
                figures |= shown("faults on Celery and PostgreSQL", lambda: survived(ground, names))
        finally:
            airflow.stop()
            warehouse.dispose()
    return figures


def workers(ground: faults.Ground, sources: int, captures: int) -> Figures:
    """Load one batch with one worker and a like one with two, one task each; compare times and rows."""
    airflow, spans = ground.airflow, []
    ground.sources, ground.captures, kept = sources, captures, (ground.sources, ground.captures)
    for number in (1, 2):
        if number == 2:
            airflow.start_worker("worker-2", tasks=1)
            time.sleep(20)
        ground.write(f"by-{number}")
        ground.await_end(ground.expected())
        spans.append(span_of(airflow))
    if "worker-2" in airflow.running:
        airflow.kill("worker-2")
    different = differences(ground.warehouse, ground.reference)
    ground.sources, ground.captures = kept
    print("  differences from an undisturbed load:", different or "none")
    return {
        "one_worker_s": round(spans[0], 1),
        "two_workers_s": round(spans[1], 1),
        "two_workers_speedup": round(spans[0] / spans[1], 2),
        "two_workers_differ_in_tables": len(different),
    }


def span_of(airflow: Installation) -> float:
    """Return the seconds from the first to the last of the shards of the largest run so far."""
    rows = airflow.sql(
        "select extract(epoch from max(end_date) - min(start_date)), count(*) from task_instance "
        "where dag_id = 'ingest_coverage' and task_id like 'shard.%' and start_date is not null "
        "and end_date is not null and run_id = (select run_id from task_instance where task_id = 'shard.load' "
        "and state = 'success' group by run_id order by max(end_date) desc limit 1) group by run_id"
    )
    return float(str(rows[0][0]))


def survived(ground: faults.Ground, names: list[str]) -> Figures:
    """Let each fault strike once; count those after which nothing was lost, doubled or changed."""
    good = 0
    for name in names:
        began = time.monotonic()
        different = faults.strike(ground, name)
        good += not different
        said = different or f"survived, {ground.cut_off} tasks under way"
        print(f"  {name:24} {said} ({time.monotonic() - began:.0f} s)", flush=True)
    return {"faults_survived": good, "faults_tried": len(names)}


def shown(title: str, measure: Callable[[], Figures]) -> Figures:
    """Print what was measured under a title."""
    began = time.perf_counter()
    print(f"\n{title}", flush=True)
    found = measure()
    for name, value in found.items():
        print(f"  {name:32} {value:>12}")
    print(f"  ({time.perf_counter() - began:.0f} s)", flush=True)
    return found


if __name__ == "__main__":
    main()

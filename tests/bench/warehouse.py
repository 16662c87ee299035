"""Measure the warehouse: every question at a size, loading against the bare driver, and growth.

    python tests/bench/warehouse.py [--json] [--quick] [--rows N] [--corpus DIR]

The rows are the simulated newsroom's, multiplied by SQL over five years, so ``--corpus`` is not read. ``--quick`` asks
at 100,000 entry versions, else a million; ``--rows`` says another size. ``entry_versions`` holds the size; growth
carries it in its name (``growth_10k_100k``), and ``growth_10k_10m`` stays null unless ten million were stored.
Questions are asked as they stand: of the fortnight up to the newest capture, where they ask of a period. p95 is over
twenty runs of each, or as many as fit into ten seconds, the first among them. A load is of 400 captures, read already,
as many in a transaction as ingestion takes: of twenty live blogs, or, in ``load_vs_bare_many_documents_*``, of 400 that
were never seen before.
The bare driver starts, as loading does, from the values that a program holds (instants, flags, lists), brings them to
what the engine keeps, and writes the rows that the load ended in by ``executemany`` (SQLite) and ``COPY``
(PostgreSQL), in one transaction, indexes and search kept as they are. Times are of the wall clock, the two sides
alternating; each figure is the median of its rounds. PostgreSQL is asked at ``DATELINE_TEST_POSTGRES``.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2] / "plugins"))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from rich.console import Console
from rich.table import Table
from sqlalchemy import create_engine, inspect, make_url, text
from stocked.multiply import multiply

from asked import answerable
from dateline.ingest.loading import BATCH
from dateline.warehouse import ReadSnapshot, load_batch, migrate, open_warehouse, publish_views, query
from dateline.warehouse.library import statements_in
from dateline.warehouse.metadata import Flag, Json, UtcTime, json_text, metadata, sortable
from fabricate import post, reading, stored

KEYS = (
    "entry_versions", "queries", "slowest_p95_s_sqlite", "slowest_p95_s_postgresql", "load_vs_bare_sqlite",
    "load_vs_bare_postgresql", "load_vs_bare_many_documents_sqlite", "load_vs_bare_many_documents_postgresql",
    "growth_10k_10m", "described",
)  # fmt: skip
REPEATS, ROUNDS, NEXT = 20, 5, 40
PATIENCE = 10.0
SMALL = 10_000


def main() -> None:
    """Run it, print a table, and the figures as JSON on the last line."""
    asked = _arguments()
    size = asked.rows or (100_000 if asked.quick else 1_000_000)
    figures: dict = dict.fromkeys(KEYS) | {"entry_versions": size}
    growth = []
    with tempfile.TemporaryDirectory(dir=asked.scratch) as scratch:
        (Path(scratch) / "seed").mkdir()
        seed = answerable(Path(scratch) / "seed")
        for name in asked.only:
            with _fresh(name, Path(scratch), 4) as (large, small, one, other):
                seconds = multiply(seed, large, size)
                multiply(seed, small, SMALL)
                print(f"{name}: {size:,} versions made in {seconds:.0f} s", file=sys.stderr, flush=True)
                publish_views(large)
                slowest = _questions(large)
                figures[f"slowest_p95_s_{name}"] = slowest[0][1]
                figures[f"slowest_{name}"] = {key: round(value, 3) for key, value in slowest[:12]}
                figures["queries"], figures["described"] = len(slowest), _described(large)
                growth.append(_growth(small, large))
                blogs = [capture for document in range(20) for capture in _captures(document, 20)]
                figures[f"load_vs_bare_{name}"] = _load_vs_bare(one, other, blogs)
                many = [capture for document in range(400) for capture in _captures(document, 1)]
                figures[f"load_vs_bare_many_documents_{name}"] = _load_vs_bare(one, other, many)
                print(f"{name} done", file=sys.stderr, flush=True)
        seed.dispose()
    figures["growth_10k_10m" if size == 10_000_000 else f"growth_10k_{_short(size)}"] = max(growth, default=None)
    _show(figures)
    if asked.json:
        print(json.dumps(figures))


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="not read: the rows are the newsroom's")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="100,000 entry versions")
    parser.add_argument("--rows", type=int, help="another number of entry versions")
    parser.add_argument("--only", nargs="*", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--scratch", type=Path, help="where the SQLite files go")
    return parser.parse_args()


def _short(size):
    return f"{size // 1_000_000}m" if size >= 1_000_000 else f"{size // 1_000}k"


@contextmanager
def _fresh(name, scratch, number):
    """Make empty, migrated warehouses; they are gone afterwards."""
    if name == "sqlite":
        engines = [open_warehouse(f"sqlite:///{scratch}/{n}.db") for n in range(number)]
    else:
        address = make_url(os.environ.get("DATELINE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1/postgres"))
        names = [f"dateline_bench_{os.getpid()}_{n}" for n in range(number)]
        server = create_engine(address, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            for one in names:
                connection.execute(text(f"create database {one}"))
        limits = {"options": "-c statement_timeout=0 -c lock_timeout=0"}
        engines = [
            open_warehouse(address.set(drivername="postgresql+psycopg", database=one, query=limits)) for one in names
        ]
    try:
        for one in engines:
            migrate(one)
        yield engines
    finally:
        for one in engines:
            one.dispose()
        if name != "sqlite":
            with server.connect() as connection:
                for one in names:
                    connection.execute(text(f"drop database {one} with (force)"))
            server.dispose()


def _questions(engine):
    """Return each question with its p95 in seconds, the slowest first."""
    found = {}
    with engine.connect() as connection:
        url = connection.execute(
            text("select url from dim_documents where kind = 'live_blog' and url is not null")
        ).scalar()
    given = {"page_as_of": {"url": url, "at": "2031-01-01T00:00:00Z"}}
    for name in statements_in("queries", engine.dialect.name):
        seconds = []
        while len(seconds) < REPEATS and sum(seconds) < PATIENCE:
            began = time.perf_counter()
            query(engine, name, given=given.get(name))
            seconds.append(time.perf_counter() - began)
        found[name] = sorted(seconds)[ceil(0.95 * len(seconds)) - 1]
        told = f"{found[name]:.3f} of {len(seconds)}, the first {seconds[0]:.3f}"
        print(f"  {engine.dialect.name} {name} {told}", file=sys.stderr, flush=True)
    return sorted(found.items(), key=lambda one: -one[1])


def _described(engine):
    """Return the share of tables, views and their columns that the dictionary tells of."""
    told = {(one[0], one[1]) for one in query(engine, "select object_name, column_name from data_dictionary").rows}
    look = inspect(engine)
    names = [one for one in [*look.get_table_names(), *look.get_view_names()] if not one.startswith("wording_search_")]
    there = {(name, column) for name in names for column in ["", *(one["name"] for one in look.get_columns(name))]}
    return len(there & told) / len(there)


def _captures(document, captures):
    """Captures of one live blog that grows by a post each time, every third of them edited once."""
    url = f"https://harbour-courier.example/bench/{document}"
    for at in range(captures):
        posts = [_post(document, n, is_edited=n % 3 == 0 and at > n + 2) for n in range(at + 1)]
        page = reading(*reversed(posts), url=url)
        yield ReadSnapshot(stored=stored(at, url=url, body=f"{document} {at}"), readings=(page,))


def _post(document, number, *, is_edited):
    words = " ".join(f"{(document * 7919 + number * 104729 + n * 1299709) % 99991:x}" for n in range(40))
    said = f"Report {number} of {document}: {words}{', put right since' if is_edited else ''}"
    return post(said, at=number, anchor=f"p{number}")


def _growth(small, large):
    """Load the next snapshot into both, by turns; return how much longer the large one takes."""
    seconds = {id(small): [], id(large): []}
    for n in range(NEXT):
        document, at = divmod(n, 10)
        for engine in (small, large) if n % 2 else (large, small):
            capture = list(_captures(900_000 + document, at + 1))[-1]
            began = time.perf_counter()
            load_batch(engine, [capture])
            seconds[id(engine)].append(time.perf_counter() - began)
    return median(seconds[id(large)]) / median(seconds[id(small)])


def _load_vs_bare(loaded, bare, captures):
    """Return the rate of loading over that of the bare driver, for the same rows."""
    ratios = []
    for _ in range(ROUNDS):
        _empty(loaded)
        _empty(bare)
        began = time.perf_counter()
        for start in range(0, len(captures), BATCH):
            load_batch(loaded, captures[start : start + BATCH])
        load_seconds = time.perf_counter() - began
        ratios.append(_bare(bare, _rows(loaded)) / load_seconds)
    return round(median(ratios[1:]), 3)


def _empty(engine):
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name != "data_dictionary":
                connection.execute(table.delete())


def _rows(engine):
    """Return the rows of each table as the values that a program holds."""
    with engine.connect() as connection:
        return {
            table: connection.execute(table.select()).all()
            for table in metadata.sorted_tables
            if table.name != "data_dictionary"
        }


def _bare(engine, rows):
    raw = engine.raw_connection()
    cursor = raw.cursor()
    is_postgresql = engine.dialect.name == "postgresql"
    began = time.perf_counter()
    if not is_postgresql:
        cursor.execute("begin immediate")
    for table, found in rows.items():
        kept = _as_kept(table, found, is_postgresql=is_postgresql)
        if kept and is_postgresql:
            with cursor.copy(f"copy {table.name} from stdin") as copy:
                for row in kept:
                    copy.write_row(row)
        elif kept:
            cursor.executemany(f"insert into {table.name} values ({', '.join('?' * len(kept[0]))})", kept)  # noqa: S608
    if is_postgresql:
        raw.commit()
    else:
        cursor.execute("commit")
    seconds = time.perf_counter() - began
    raw.close()
    return seconds


def _as_kept(table, rows, *, is_postgresql):
    """Bring rows to what an engine keeps: instants and lists as text, on SQLite flags as numbers."""
    ways = {UtcTime: sortable, Json: json_text} | ({} if is_postgresql else {Flag: int})
    written = [(place, ways[type(one.type)]) for place, one in enumerate(table.columns) if type(one.type) in ways]
    kept = []
    for row in rows:
        cells = list(row)
        for place, write in written:
            if cells[place] is not None:
                cells[place] = write(cells[place])
        kept.append(cells)
    return kept


def _show(figures):
    table = Table("figure", "value")
    for name, value in figures.items():
        table.add_row(name, "not measured" if value is None else str(value))
    Console().print(table)


if __name__ == "__main__":
    main()

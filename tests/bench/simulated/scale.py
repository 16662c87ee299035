"""As-of among a million versions, by the command's own path: find the document, then show it at an instant.

A few blogs are loaded as always; then their rows are copied under other names until there are enough. The copies have
their own documents, entries, editions and statements, so every index is as deep as it would be.
"""

import random
import time
from collections.abc import Sequence
from statistics import quantiles

import pendulum
from simulated.blogs import blog, readable
from sqlalchemy import Connection, Engine, Table, text

from dateline.replay import Axis, as_of
from dateline.replay.documents import find_document
from dateline.warehouse import load_batch, migrate, open_warehouse
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.entry_tables import fct_entries, fct_entry_events, fct_entry_versions
from dateline.warehouse.ledger_tables import fct_snapshots
from dateline.warehouse.reading_tables import dim_statements, fct_editions, fct_readings, fct_sightings

COPIED = (
    fct_snapshots,
    dim_documents,
    fct_editions,
    dim_statements,
    fct_readings,
    fct_sightings,
    fct_entries,
    fct_entry_versions,
    fct_entry_events,
)
RENAMED = {
    "document_id",
    "edition_id",
    "last_edition_id",
    "statement_id",
    "entry_id",
    "version_id",
    "before_version_id",
    "after_version_id",
    "event_id",
    "snapshot_id",
    "last_snapshot_id",
    "first_snapshot_id",
    "missing_snapshot_id",
    "before_snapshot_id",
    "after_snapshot_id",
    "proof_snapshot_id",
}
LOOKS = 400


def measure(url: str, versions: int, *, blogs: int = 200, polls: int = 8) -> dict:
    """Fill a warehouse up to so many versions and time looks at random documents and instants. Milliseconds."""
    engine = open_warehouse(url)
    migrate(engine)
    for number in range(blogs):
        load_batch(engine, readable(blog(number, polls=polls, every=3600)))
    with engine.begin() as connection:
        base = connection.execute(text("select count(*) from fct_entry_versions")).scalar_one()
        for table in COPIED:
            connection.execute(text(f"create temporary table base_{table.name} as select * from {table.name}"))  # noqa: S608
        for copy in range(1, -(-versions // base)):
            _copy(connection, copy)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze" if connection.dialect.name == "postgresql" else "analyze"))
        count = connection.execute(text("select count(*) from fct_entry_versions")).scalar_one()
    took, worked = zip(*looks(engine), strict=True)
    engine.dispose()
    return {
        "versions": count,
        "median_ms": quantiles(took, n=2)[0],
        "p95_ms": quantiles(took, n=20)[18],
        "p95_cpu_ms": quantiles(worked, n=20)[18],
    }


def looks(engine: Engine) -> Sequence[tuple[float, float]]:
    """Time looks, both axes in turn: by the clock, and by what this process worked (the server's work is not in it)."""
    chance = random.Random("looks")  # noqa: S311 - a sample, no secret
    with engine.connect() as connection:
        rows = connection.execute(text("select document_id, first_seen_at, last_seen_at from dim_documents")).all()
    took = []
    for number, (document_id, first, last) in enumerate(chance.choices(rows, k=LOOKS)):
        opened, closed = _moment(first), _moment(last)
        at = opened.add(seconds=chance.random() * (closed - opened).total_seconds())
        started, busy = time.perf_counter(), time.process_time()
        found = find_document(engine, document_id)
        as_of(engine, found.document_id, at, list(Axis)[number % 2])
        took.append((1000 * (time.perf_counter() - started), 1000 * (time.process_time() - busy)))
    return took


def _copy(connection: Connection, number: int) -> None:
    """Copy every row of the first blogs under the names of another set."""
    for table in COPIED:
        names = [one.name for one in table.columns]
        values = [_renamed(table, name, f"{number:05x}") for name in names]
        copied = f"select {', '.join(values)} from base_{table.name}"  # noqa: S608 - our own names
        connection.execute(text(f"insert into {table.name} ({', '.join(names)}) {copied}"))


def _renamed(table: Table, name: str, mark: str) -> str:
    if name in RENAMED:
        return f"{name} || '{mark}'"
    return f"{name} || '?{mark}'" if table is dim_documents and name in {"url", "canonical_url"} else name


def _moment(stored: object) -> pendulum.DateTime:
    return pendulum.parse(stored) if isinstance(stored, str) else pendulum.instance(stored)

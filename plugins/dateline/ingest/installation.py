"""The same for an installation: settings go in, ids and counts come out. This is what the DAGs call."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pendulum
from sqlalchemy import Engine

from dateline.archive import Archive
from dateline.errors import SettingsError
from dateline.fetch import Manners
from dateline.ingest.folders import may_bring
from dateline.ingest.followed import with_followed
from dateline.ingest.loading import load_pending
from dateline.ingest.polling import poll_sources
from dateline.ingest.report import IngestReport, OnProgress, say_nothing
from dateline.ingest.schedule import due_sources
from dateline.settings import Settings
from dateline.source import Source, SourceKind, load_sources
from dateline.warehouse.engine import open_warehouse
from dateline.warehouse.ledger import declare_sources, waiting_sources
from dateline.warehouse.migrate import require_current

SHARD = 100
"""Sources that one task asks, and another loads: a task costs Airflow as much CPU as some twenty polls cost us.

A hundred thousand sources are a thousand shards; Airflow maps over 1,024 at most unless told otherwise.
"""
AHEAD_SECONDS = 30
"""What falls due before half of the minute to the next run is asked now: else it waits for that whole minute more.

Over a simulated day this takes the lag behind moving coverage from 116 s to 90 s (95th percentile).
"""

Shard = dict[str, list[str]]
"""The ids of the sources to ask, and of those whose snapshots to load: what a mapped group of tasks gets."""


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Engine, Archive]]:
    """Open the warehouse and the archive that the settings name. Raises where the warehouse is of another version."""
    engine = open_warehouse(settings.warehouse)
    try:
        require_current(engine)
        yield engine, Archive(settings.archive)
    finally:
        engine.dispose()


def due_shards(settings: Settings, size: int = SHARD) -> list[Shard]:
    """Write down what is declared; deal out, by source, what is to be asked now and what still waits to be read.

    A source is in one shard, so no two shards read the same snapshot; what an earlier run left behind is in one
    too, whether its source is due or not. A drop folder in which something is new is a shard of its own. Sources
    that failed when they were asked last come last, into shards of their own kind: a host that answers slowly or
    never holds up its whole shard.
    """
    sources, now = load_sources(Path(settings.sources)), pendulum.now("UTC")
    with opened(settings) as (engine, _):
        declare_sources(engine, sources)
        due = due_sources(engine, sources, now.add(seconds=AHEAD_SECONDS))
        left = waiting_sources(engine)
    drops = [
        [one.source.source_id]
        for one in due
        if one.source.kind is SourceKind.DROP and may_bring(one.source, one.state, now)
    ]
    pages = [one for one in due if one.source.kind is not SourceKind.DROP]
    asked = [one.source.source_id for one in sorted(pages, key=lambda one: one.state.failures > 0)]
    dealt = {*asked, *(ids[0] for ids in drops)}
    return [
        *({"ask": ids, "load": ids} for ids in drops + portions(asked, size)),
        *({"ask": [], "load": ids} for ids in portions([one for one in left if one not in dealt], size)),
    ]


def portions(ids: list[str], size: int) -> list[list[str]]:
    """Cut a list into portions of at most ``size``.

    >>> portions(["a", "b", "c"], 2)
    [['a', 'b'], ['c']]
    """
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def ingest_sources(
    source_ids: Iterable[str], settings: Settings, *, progress: OnProgress = say_nothing
) -> tuple[IngestReport, list[str]]:
    """Ask sources now and keep what they answer; return what came and the ids of the new snapshots.

    Raises :class:`SettingsError` for an id that no source file has.
    """
    with opened(settings) as (engine, archive):
        declared = with_followed(engine, load_sources(Path(settings.sources)))
        wanted = _named(declared, source_ids)
        return poll_sources(
            wanted,
            engine=engine,
            archive=archive,
            contact=settings.contact,
            declared=declared,
            manners=Manners(refuse_opted_out=settings.refuse_opted_out, records_opt_outs=True),
            callback=settings.websub_callback,
            progress=progress,
        )


def load_waiting(settings: Settings, source_ids: Iterable[str], snapshot_ids: Iterable[str] = ()) -> IngestReport:
    """Load whatever of these sources still waits, whichever run kept it; return what was done.

    ``snapshot_ids`` are taken too: a drop folder may hold captures of other sources.
    """
    by_id = {one.source_id: one for one in load_sources(Path(settings.sources))}
    with opened(settings) as (engine, archive):
        return load_pending(engine, archive, sources=by_id, source_ids=source_ids, snapshot_ids=snapshot_ids)


def _named(declared: Iterable[Source], source_ids: Iterable[str]) -> list[Source]:
    by_id = {one.source_id: one for one in declared}
    unknown = [one for one in source_ids if one not in by_id]
    if unknown:
        raise SettingsError(f"no source is named {', '.join(unknown)}. Known: {', '.join(sorted(by_id)) or 'none'}.")
    return [by_id[one] for one in source_ids]

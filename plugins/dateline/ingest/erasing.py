"""Erasing captures for good: by source, publisher, address or age, from the archive and the warehouse alike.

The log knows of an erasure before anything is removed, so one that was interrupted is ended by the next one,
by the daily expiry, or by ``dateline erase --resume``.
"""

from collections.abc import Iterable, Mapping

import pendulum
from sqlalchemy import Connection, Engine

from dateline.archive import Archive
from dateline.ingest.keeping import Clock, find_lost
from dateline.ingest.loading import load_snapshots
from dateline.ingest.removing import Removal
from dateline.ingest.report import OnProgress, say_nothing
from dateline.source import Source
from dateline.warehouse.engine import reading_from, write_in
from dateline.warehouse.erasure_choice import Preview, chosen, come_back
from dateline.warehouse.erasure_choice import preview as previewed
from dateline.warehouse.erasure_log import (
    Erasure,
    Rule,
    begin,
    erasures,
    find_erasure,
    finish,
    note_progress,
    unfinished,
)
from dateline.warehouse.erasure_rows import forget_requests, sweep_orphans
from dateline.warehouse.migrate import require_current
from dateline.warehouse.wipe import wipe

Sources = Mapping[str, Source]


def preview(engine: Engine, rule: Rule) -> Preview:
    """Count what an erasure would take; nothing is written."""
    require_current(engine)
    with reading_from(engine) as connection:
        return previewed(connection, rule)


def erase(
    engine: Engine,
    archive: Archive,
    rule: Rule,
    *,
    asked_by: str,
    sources: Sources | None = None,
    clock: Clock = pendulum.now,
    progress: OnProgress = say_nothing,
) -> Erasure:
    """Erase what a rule names; return the log's entry of it.

    What other captures said stays, and is read anew where it was read as of one that goes. Raises
    :class:`ArchiveError` for an archive file that is torn; the erasure is then ended by the next run.
    """
    resume(engine, archive, sources=sources, clock=clock)
    find_lost(engine, archive, (sources or {}).values(), clock)
    erasure = begin(engine, rule, asked_by=asked_by, at=clock())
    removal = Removal(engine=engine, archive=archive, progress=progress)
    _carry_out(removal, erasure, sources or {}, clock)
    wipe(engine)
    return find_erasure(engine, erasure.erasure_id)


def resume(engine: Engine, archive: Archive, *, sources: Sources | None = None, clock: Clock = pendulum.now) -> int:
    """End the erasures that were interrupted; return how many there were."""
    require_current(engine)
    begun = unfinished(engine)
    for erasure in begun:
        _carry_out(Removal(engine=engine, archive=archive), erasure, sources or {}, clock)
    if begun:
        wipe(engine)
    return len(begun)


def erase_expired(
    engine: Engine, archive: Archive, sources: Iterable[Source], *, clock: Clock = pendulum.now
) -> list[Erasure]:
    """Erase what is older than its source's ``keep_days``; return the log's entries, none where nothing was.

    For the daily run: interrupted erasures are ended, and captures that came in after an erasure and were
    recognised by what they say are removed as well.
    """
    by_id = {one.source_id: one for one in sources}
    resume(engine, archive, sources=by_id, clock=clock)
    for erasure in erasures(engine):
        Removal(engine=engine, archive=archive).remove(erasure, come_back(erasure.erasure_id))
    done = []
    for rule, days in expiries(by_id.values(), clock):
        if preview(engine, rule).snapshots:
            asked_by = f"keep_days = {days} in {rule.source_id}.toml"
            erasure = begin(engine, rule, asked_by=asked_by, at=clock(), is_retention=True)
            _carry_out(Removal(engine=engine, archive=archive), erasure, by_id, clock)
            done.append(find_erasure(engine, erasure.erasure_id))
    return done


def expiries(sources: Iterable[Source], clock: Clock) -> list[tuple[Rule, int]]:
    """Return the rules of age that source files state, each with its days."""
    now = clock().in_timezone("UTC")
    return [
        (Rule(source_id=one.source_id, before=now.subtract(days=one.keep_days)), one.keep_days)
        for one in sources
        if one.keep_days is not None
    ]


def _carry_out(removal: Removal, erasure: Erasure, sources: Sources, clock: Clock) -> None:
    """Remove captures, then what polling keeps of them; read anew what has to be, and note the end."""
    with reading_from(removal.engine) as connection:
        condition = chosen(connection, erasure.rule)
    removal.remove(erasure, condition)
    load_snapshots(removal.engine, removal.archive, removal.to_read, sources=sources, clock=clock)
    write_in(removal.engine, lambda connection: _finished(connection, erasure, clock))


def _finished(connection: Connection, erasure: Erasure, clock: Clock) -> None:
    removed = forget_requests(connection, erasure.rule)
    for table, count in sweep_orphans(connection).items():
        removed[table] = removed.get(table, 0) + count
    note_progress(connection, erasure.erasure_id, snapshots=0, archive_bytes=0, removed=removed)
    finish(connection, erasure.erasure_id, clock())

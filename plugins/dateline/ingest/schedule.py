"""When each source is due, as the warehouse remembers it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, Engine, or_, select

from dateline.fetch.schedule import plan
from dateline.fetch.state import NEW, SourceState
from dateline.ingest.followed import with_followed
from dateline.ingest.kept import from_json, to_json
from dateline.source import Source, SourceKind
from dateline.warehouse.bars import bars_in
from dateline.warehouse.engine import is_postgresql, reading_from
from dateline.warehouse.ledger_tables import dim_sources
from dateline.warehouse.rows import in_portions, insert_missing, upsert
from dateline.warehouse.schedule_tables import source_schedules, websub_subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A source that is due, and what is known of it."""

    source: Source
    state: SourceState


def due_sources(engine: Engine, sources: Iterable[Source], now: DateTime) -> list[Due]:
    """Return the sources that are due by now, the longest overdue first; a drop folder always is.

    Live blogs that one of them led to are among them; what was erased is not.
    """
    bars = bars_in(engine)
    listed = [one for one in with_followed(engine, sources) if bars.of_source(one) is None]
    states = states_of(engine, [one.source_id for one in listed])
    due = []
    for source in listed:
        state = states.get(source.source_id, NEW)
        at = now if source.kind is SourceKind.DROP and source.is_enabled else plan(source, state, now).next_at
        if at is not None and at <= now:
            due.append((at, source.source_id, Due(source=source, state=state)))
    return [one for _, _, one in sorted(due, key=lambda entry: entry[:2])]


def due_between_minutes(engine: Engine, now: DateTime) -> list[str]:
    """Return the sources that are due by now and that a run a minute would ask too late, by name.

    Those are the ones with an interval below a minute, and those whose hub has told of news. One query, whatever the
    number of sources.
    """
    told = select(websub_subscriptions.c.source_id).where(
        websub_subscriptions.c.notified_at > source_schedules.c.polled_at
    )
    is_hasty = or_(dim_sources.c.interval_seconds < 60, source_schedules.c.source_id.in_(told))
    due = (
        select(source_schedules.c.source_id)
        .join(dim_sources, dim_sources.c.source_id == source_schedules.c.source_id)
        .where(source_schedules.c.due_at <= now, is_hasty, dim_sources.c.is_enabled)
        .order_by(source_schedules.c.source_id)
    )
    with reading_from(engine) as connection:
        return list(connection.execute(due).scalars())


def states_of(engine: Engine, source_ids: Iterable[str]) -> dict[str, SourceState]:
    """Return what is known of sources that were polled before."""
    with reading_from(engine) as connection:
        return states_in(connection, source_ids)


def states_in(connection: Connection, source_ids: Iterable[str], *, is_held: bool = False) -> dict[str, SourceState]:
    """Return the same inside an open transaction; ``is_held``: nobody else changes them until it ends."""
    found: dict[str, SourceState] = {}
    columns = source_schedules.c
    for portion in in_portions(set(source_ids)):
        wanted = select(columns.source_id, columns.state).where(columns.source_id.in_(portion))
        if is_held and is_postgresql(connection):
            wanted = wanted.order_by(columns.source_id).with_for_update()
        found |= {row.source_id: from_json(SourceState, row.state) for row in connection.execute(wanted)}
    return found


def keep_states(connection: Connection, states: Iterable[tuple[Source, SourceState]], now: DateTime) -> None:
    """Write states inside an open transaction, with the plan that follows from each."""
    upsert(connection, source_schedules, [_row(source, state, now) for source, state in states])


def change_states(
    connection: Connection,
    sources: Mapping[str, Source],
    change: Callable[[str, SourceState], SourceState],
    now: DateTime,
    *,
    begins: bool = True,
) -> dict[str, SourceState]:
    """Bring the states of sources from what they are *now* to what ``change`` makes of them; return the new ones.

    Each row is held from its reading to the end of the transaction, so of two processes that have learnt
    different things of a source neither undoes the other's. ``begins``: a source without a state gets one.
    """
    if begins:
        insert_missing(connection, source_schedules, [_row(source, NEW, now) for source in sources.values()])
    known = states_in(connection, sources, is_held=True)
    after = {source_id: change(source_id, state) for source_id, state in sorted(known.items())}
    changed = [(sources[source_id], state) for source_id, state in after.items() if state != known[source_id]]
    keep_states(connection, changed, now)
    return after


def _row(source: Source, state: SourceState, now: DateTime) -> dict[str, Any]:
    planned = plan(source, state, now)
    return {
        "source_id": source.source_id,
        "due_at": planned.next_at,
        "why": planned.why,
        "polls": state.polls,
        "polled_at": state.polled_at,
        "failed": str(state.failed) if state.failed else None,
        "state": to_json(state),
    }

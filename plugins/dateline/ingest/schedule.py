"""When each source is due, as the warehouse remembers it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, Engine, select

from dateline.fetch.schedule import plan
from dateline.fetch.state import NEW, SourceState
from dateline.ingest.kept import from_json, to_json
from dateline.source import Source, SourceKind
from dateline.warehouse.engine import reading_from
from dateline.warehouse.ledger_tables import dim_sources
from dateline.warehouse.rows import fetch, in_portions, upsert
from dateline.warehouse.schedule_tables import source_schedules


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A source that is due, and what is known of it."""

    source: Source
    state: SourceState


def due_sources(engine: Engine, sources: Iterable[Source], now: DateTime) -> list[Due]:
    """Return the sources that are due by now, the longest overdue first; a drop folder always is."""
    listed = list(sources)
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

    Those are the ones with an interval below a minute. One query, whatever the number of sources.
    """
    due = (
        select(source_schedules.c.source_id)
        .join(dim_sources, dim_sources.c.source_id == source_schedules.c.source_id)
        .where(source_schedules.c.due_at <= now, dim_sources.c.interval_seconds < 60, dim_sources.c.is_enabled)
        .order_by(source_schedules.c.source_id)
    )
    with reading_from(engine) as connection:
        return list(connection.execute(due).scalars())


def states_of(engine: Engine, source_ids: Iterable[str]) -> dict[str, SourceState]:
    """Return what is known of sources that were polled before."""
    with reading_from(engine) as connection:
        return states_in(connection, source_ids)


def states_in(connection: Connection, source_ids: Iterable[str]) -> dict[str, SourceState]:
    """Return the same inside an open transaction."""
    found = {}
    for portion in in_portions(set(source_ids)):
        for row in fetch(connection, source_schedules, source_schedules.c.source_id.in_(portion)):
            found[row["source_id"]] = from_json(SourceState, row["state"])
    return found


def keep_states(connection: Connection, states: Iterable[tuple[Source, SourceState]], now: DateTime) -> None:
    """Write states inside an open transaction, with the plan that follows from each."""
    upsert(connection, source_schedules, [_row(source, state, now) for source, state in states])


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

"""Which snapshots a re-reading has to read, in the order of their capture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import ColumnElement, Engine, select

from dateline.model import PARSER_VERSION
from dateline.warehouse.engine import reading_from
from dateline.warehouse.ledger import StoredSnapshot, find_stored, sources_of_shard
from dateline.warehouse.ledger_tables import fct_snapshots


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What to read again: captures in [since, until), of one source or all, of one shard (k, n) or all."""

    since: DateTime | None = None
    until: DateTime | None = None
    source_id: str | None = None
    only_stale: bool = False
    shard: tuple[int, int] = (0, 1)


def reread_queue(engine: Engine, span: Span) -> dict[str, int]:
    """Return the snapshots of a span, with the version of the readers that read each before (0: none)."""
    snapshots = fct_snapshots.c
    wanted = select(snapshots.snapshot_id, snapshots.parser_version).where(*_conditions(engine, span))
    ordered = wanted.order_by(snapshots.captured_at.nulls_first(), snapshots.snapshot_id)
    with reading_from(engine) as connection:
        return {row.snapshot_id: row.parser_version or 0 for row in connection.execute(ordered)}


def first_captures(engine: Engine, snapshot_ids: Sequence[str]) -> list[StoredSnapshot]:
    """Return these snapshots, and the first captures of their bodies, in the order of their capture."""
    batch = find_stored(engine, snapshot_ids)
    first: set[str] = set()
    with reading_from(engine) as connection:
        for one in batch:
            found = connection.execute(_first_of(one)).scalar_one_or_none()
            first |= {found} if found else set()
    return find_stored(engine, {*snapshot_ids, *first})


def _first_of(stored: StoredSnapshot) -> Any:
    snapshots = fct_snapshots.c
    return (
        select(snapshots.snapshot_id)
        .where(
            snapshots.body_digest == stored.body_digest,
            snapshots.captured_at < stored.captured_at,
            snapshots.source_id == stored.source_id,
            snapshots.url.is_(None) if stored.url is None else snapshots.url == stored.url,
        )
        .order_by(snapshots.captured_at, snapshots.snapshot_id)
        .limit(1)
    )


def _conditions(engine: Engine, span: Span) -> list[ColumnElement[bool]]:
    snapshots = fct_snapshots.c
    found: list[ColumnElement[bool]] = []
    if span.since is not None:
        found.append(snapshots.captured_at >= span.since)
    if span.until is not None:
        found.append(snapshots.captured_at < span.until)
    if span.source_id is not None:
        found.append(snapshots.source_id == span.source_id)
    if span.only_stale:
        found.append(snapshots.parser_version.is_distinct_from(PARSER_VERSION))
    if span.shard[1] > 1:
        found.append(snapshots.source_id.in_(sources_of_shard(engine, *span.shard)))
    return found

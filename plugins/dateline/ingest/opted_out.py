"""What publishers refuse, kept in the warehouse with the evidence: when it was first found, and when last."""

from collections.abc import Iterable

from pendulum import DateTime
from sqlalchemy import Connection, select

from dateline.fetch import Outcome
from dateline.warehouse.dating_rows import scrub
from dateline.warehouse.rows import in_portions, upsert
from dateline.warehouse.schedule_tables import source_opt_outs


def note_opt_outs(connection: Connection, outcomes: Iterable[Outcome], now: DateTime) -> None:
    """Bring the refusals of sources to what their answers say, inside an open transaction."""
    found = {(one.job.source.source_id, refusal.place): refusal for one in outcomes for refusal in one.opt_outs}
    first = _first_seen(connection, {source_id for source_id, _ in found})
    rows = [
        {
            "source_id": source_id,
            "place": place,
            "evidence": scrub(refusal.evidence),
            "first_seen_at": first.get((source_id, place), now),
            "last_seen_at": now,
        }
        for (source_id, place), refusal in found.items()
    ]
    upsert(connection, source_opt_outs, rows)


def _first_seen(connection: Connection, source_ids: set[str]) -> dict[tuple[str, str], DateTime]:
    columns = source_opt_outs.c
    found: dict[tuple[str, str], DateTime] = {}
    for portion in in_portions(source_ids):
        wanted = select(columns.source_id, columns.place, columns.first_seen_at)
        rows = connection.execute(wanted.where(columns.source_id.in_(portion)))
        found |= {(row.source_id, row.place): row.first_seen_at for row in rows}
    return found

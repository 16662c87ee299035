"""How late we are: from the publication of a post to its row in the warehouse."""

from collections.abc import Iterable

from sqlalchemy import Engine, func, select

from dateline.warehouse.engine import reading_from
from dateline.warehouse.entry_tables import fct_entries
from dateline.warehouse.ledger_tables import fct_snapshots
from dateline.warehouse.reading_tables import fct_readings
from dateline.warehouse.rows import in_portions
from dateline.warehouse.times import PRECISE


def lags(engine: Engine, snapshot_ids: Iterable[str]) -> list[float]:
    """Return the seconds from publication to load of each post that was first seen on one of these snapshots.

    Only posts whose time is known to the minute count. A post of a page that was first asked long after the
    post was written is late by that, so the first poll of an old page shows as a long lag.
    """
    found: list[float] = []
    with reading_from(engine) as connection:
        for portion in in_portions(set(snapshot_ids)):
            settled = (
                select(
                    fct_readings.c.document_id,
                    fct_snapshots.c.captured_at,
                    func.min(fct_snapshots.c.settled_at).label("settled_at"),
                )
                .join(fct_readings, fct_readings.c.snapshot_id == fct_snapshots.c.snapshot_id)
                .where(fct_snapshots.c.snapshot_id.in_(portion))
                .group_by(fct_readings.c.document_id, fct_snapshots.c.captured_at)
                .subquery()
            )
            is_first = (fct_entries.c.document_id == settled.c.document_id) & (
                fct_entries.c.first_seen_at == settled.c.captured_at
            )
            posts = select(fct_entries.c.published_at, settled.c.settled_at).join(settled, is_first)
            precise = fct_entries.c.published_precision.in_([str(one) for one in PRECISE])
            for published_at, settled_at in connection.execute(posts.where(precise)):
                found.append((settled_at - published_at).total_seconds())
    return found

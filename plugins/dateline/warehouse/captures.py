"""When each address was captured: the ledger as a visitor's calendar."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from pendulum import DateTime
from sqlalchemy import Engine, select

from dateline.fetch.hub import PUSHED
from dateline.model import normal_url
from dateline.warehouse.engine import reading_from
from dateline.warehouse.ledger_tables import fct_snapshots


class Captured(NamedTuple):
    """One dated capture of an address."""

    at: DateTime
    snapshot_id: str


def captures_by_address(engine: Engine) -> dict[str, Sequence[Captured]]:
    """Return every dated capture in the order of time, by the normal form of its address.

    It is kept in memory, some 200 bytes a capture: a server that looks one up must not scan the ledger each time.
    """
    snapshots = fct_snapshots.c
    wanted = (
        select(snapshots.url, snapshots.captured_at, snapshots.snapshot_id)
        .where(snapshots.url.not_like(f"%{PUSHED}"), snapshots.captured_at.is_not(None))
        .order_by(snapshots.captured_at, snapshots.snapshot_id)
    )
    found: dict[str, list[Captured]] = defaultdict(list)
    with reading_from(engine) as connection:
        for url, at, snapshot_id in connection.execute(wanted):
            found[normal_url(url)].append(Captured(at, snapshot_id))
    return dict(found)

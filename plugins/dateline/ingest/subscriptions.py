"""Subscriptions at hubs, as the warehouse keeps them: found, written, and changed from what they are."""

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, Engine

from dateline.fetch.subscription import Subscription
from dateline.warehouse.engine import is_postgresql, reading_from
from dateline.warehouse.rows import fetch, in_portions, upsert
from dateline.warehouse.schedule_tables import websub_subscriptions

_COLUMNS = websub_subscriptions.c


def subscriptions_of(engine: Engine, source_ids: Iterable[str]) -> dict[str, Subscription]:
    """Return by source the subscription that we want; those that were given up are left out."""
    found: dict[str, Subscription] = {}
    with reading_from(engine) as connection:
        for portion in in_portions(set(source_ids)):
            wanted = (_COLUMNS.source_id.in_(portion), _COLUMNS.ended_at.is_(None))
            found |= {row["source_id"]: Subscription(**row) for row in fetch(connection, websub_subscriptions, *wanted)}
    return found


def find_subscription(engine: Engine, subscription_id: str) -> Subscription | None:
    """Return a subscription by its name, also one that was given up."""
    with reading_from(engine) as connection:
        rows = fetch(connection, websub_subscriptions, _COLUMNS.subscription_id == subscription_id)
    return Subscription(**rows[0]) if rows else None


def keep_subscriptions(connection: Connection, subscriptions: Iterable[Subscription]) -> None:
    """Write subscriptions inside an open transaction."""
    upsert(connection, websub_subscriptions, [_row(one) for one in subscriptions])


def change_subscription(
    connection: Connection, subscription_id: str, change: Callable[[Subscription], Subscription]
) -> None:
    """Bring a subscription from what it is *now* to what ``change`` makes of it; one that is gone stays gone."""
    wanted = websub_subscriptions.select().where(_COLUMNS.subscription_id == subscription_id)
    if is_postgresql(connection):
        wanted = wanted.with_for_update()
    row = connection.execute(wanted).mappings().one_or_none()
    if row is not None:
        keep_subscriptions(connection, [change(Subscription(**row))])


def _row(one: Subscription) -> dict[str, object]:
    return {column.name: getattr(one, column.name) for column in _COLUMNS}

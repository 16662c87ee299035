"""Subscribing at the hubs of feeds: what polls showed, decided and asked for; polling goes on whatever a hub answers.

A subscription is written before its hub is asked: some hubs call back before they answer.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from pendulum import DateTime
from sqlalchemy import Connection, Engine

from dateline.errors import FetchError
from dateline.fetch import Client, Manners, Outcome, Request, SystemClock, user_agent
from dateline.fetch.answer import Web
from dateline.fetch.hub import Hub, hub_in
from dateline.fetch.learning import pushed
from dateline.fetch.polite import Turn
from dateline.fetch.subscription import Mode, Step, Subscription, ended, form, refused, steps
from dateline.ingest.keeping import Clock
from dateline.ingest.manners import WarehouseTurns
from dateline.ingest.schedule import change_states
from dateline.ingest.subscriptions import change_subscription, keep_subscriptions, subscriptions_of
from dateline.source import Source, SourceKind
from dateline.warehouse.engine import write_in


def tend_subscriptions(
    engine: Engine,
    outcomes: Iterable[Outcome],
    *,
    callback: str,
    contact: str,
    web: Web | None,
    manners: Manners | None,
    clock: Clock,
) -> None:
    """Subscribe, renew and end as the feeds that were polled ask for; without a ``callback`` end what there is."""
    polled = {one.job.source.source_id: one for one in outcomes if _is_polled_feed(one)}
    known = subscriptions_of(engine, polled)
    if not callback:
        _give_up(engine, known.values(), polled, clock())
        return
    todo = [step for source_id, one in polled.items() for step in _steps(one, known.get(source_id), clock())]
    if not todo:
        return
    write_in(engine, lambda connection: _begun(connection, todo, polled, clock()))
    requests = [_request(step, polled[step.subscription.source_id].job.source, callback) for step in todo]
    turns = partial(Turn, WarehouseTurns(engine), SystemClock(clock()), manners or Manners())
    answers = asyncio.run(_sent(requests, turns, contact, web))
    for step, why in zip(todo, answers, strict=True):
        if why and step.mode is Mode.SUBSCRIBE:
            _note_refusal(engine, step, why)


def address_of(callback: str, subscription_id: str) -> str:
    """Return the address that a hub calls."""
    return f"{callback.rstrip('/')}/{subscription_id}"


def _is_polled_feed(outcome: Outcome) -> bool:
    return outcome.job.source.kind is SourceKind.FEED and outcome.job.url is None and outcome.reason is None


def _steps(outcome: Outcome, known: Subscription | None, now: DateTime) -> Iterator[Step]:
    """Go by the newest body; where none came, what the last one offered still stands."""
    offered = Hub(url=known.hub, topic=known.topic) if known else None
    if outcome.snapshot is not None:
        offered = hub_in(outcome.snapshot)
    yield from steps(known, offered, now, partial(_new, outcome.job.source.source_id, now))


def _new(source_id: str, now: DateTime, hub: Hub) -> Subscription:
    return Subscription(
        subscription_id=secrets.token_urlsafe(32),
        source_id=source_id,
        hub=hub.url,
        topic=hub.topic,
        secret=secrets.token_urlsafe(32),
        asked_at=now,
    )


def _give_up(engine: Engine, known: Iterable[Subscription], polled: Mapping[str, Outcome], now: DateTime) -> None:
    """End subscriptions without a word: there is no address any more at which a hub could ask us whether we mean it."""
    todo = [
        Step(mode=Mode.UNSUBSCRIBE, subscription=ended(one, now, "the setting websub_callback is empty"))
        for one in known
    ]
    if todo:
        write_in(engine, lambda connection: _begun(connection, todo, polled, now))


def _begun(connection: Connection, todo: Sequence[Step], polled: Mapping[str, Outcome], now: DateTime) -> None:
    keep_subscriptions(connection, [one.subscription for one in todo])
    over: dict[str, Source] = {
        step.subscription.source_id: polled[step.subscription.source_id].job.source
        for step in todo
        if step.mode is Mode.UNSUBSCRIBE
    }
    change_states(connection, over, lambda _, state: pushed(state, None), now)


async def _sent(
    requests: Iterable[Request], turn: Callable[[], Turn], contact: str, web: Web | None
) -> list[str | None]:
    """Post each request in its host's turn; return why a hub did not take it, or None."""
    async with Client(user_agent(contact)) as client:
        return [await _told(one, web or client, turn()) for one in requests]


def _request(step: Step, source: Source, callback: str) -> Request:
    """A page's word opens no private address beyond the page's own host."""
    one = step.subscription
    is_at_home = urlsplit(one.hub).netloc.lower() == urlsplit(source.url or "").netloc.lower()
    return Request(
        url=one.hub,
        form=form(step, address_of(callback, one.subscription_id)),
        allow_private=source.allow_private and is_at_home,
    )


async def _told(request: Request, web: Web, turn: Turn) -> str | None:
    try:
        await turn.take(request.url, None)
        try:
            status = (await web.ask(request)).snapshot.status
        finally:
            await turn.give_back()
    except FetchError as error:
        return str(error)
    return None if 200 <= status < 300 else f"{request.url}: answered {status}"


def _note_refusal(engine: Engine, step: Step, why: str) -> None:
    """Say why a hub took nothing. One that has confirmed meanwhile did, and a lease that still runs goes on."""

    def change(now: Subscription) -> Subscription:
        if now.confirmed_at and now.confirmed_at >= step.subscription.asked_at:
            return now
        return replace(now, why=why) if now.expires_at else refused(now, why)

    write_in(engine, lambda connection: change_subscription(connection, step.subscription.subscription_id, change))

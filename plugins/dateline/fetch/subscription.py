"""When to subscribe at a hub, to renew, and to end it: pure decisions, ``now`` is an argument.

A subscription is asked for as soon as a feed offers a hub, and again when two thirds of its lease are over. One that
the hub does not confirm is asked for again after an hour, two, four …, a week at most. One whose feed offers the hub
no more, or another one, is ended. Meanwhile the feed is polled as ever: a hub is never relied on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pendulum import DateTime

from dateline.fetch.hub import Hub
from dateline.fetch.instants import later, seconds_between

LEASE_SECONDS = 10 * 86_400
"""What we ask for, and what a hub that states nothing is taken to give."""

_LEAST_LEASE, _MOST_LEASE = 300, 90 * 86_400
_FIRST_WAIT, _MOST_WAIT = 3600.0, 7 * 86_400.0


class Mode(StrEnum):
    """What is asked of a hub."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One feed's subscription at one hub.

    ``subscription_id`` is unguessable and stands in the address that the hub calls. ``asks`` counts since the hub
    last confirmed. It lives until ``expires_at``; ``ended_at`` is when we gave it up.
    """

    subscription_id: str
    source_id: str
    hub: str
    topic: str
    secret: str = field(repr=False)
    asked_at: DateTime
    asks: int = 1
    confirmed_at: DateTime | None = None
    expires_at: DateTime | None = None
    ended_at: DateTime | None = None
    notified_at: DateTime | None = None
    notifications: int = 0
    why: str | None = None

    def is_live(self, now: DateTime) -> bool:
        """Say whether the hub has promised to tell us what is new."""
        return self.ended_at is None and self.expires_at is not None and self.expires_at > now


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request to a hub, and the subscription as it stands once that is sent."""

    mode: Mode
    subscription: Subscription


Begin = Callable[[Hub], Subscription]


def steps(known: Subscription | None, offered: Hub | None, now: DateTime, begin: Begin) -> Iterator[Step]:
    """Decide what to ask of hubs for one feed; ``begin`` makes a new subscription."""
    if known is not None and (offered is None or offered != Hub(url=known.hub, topic=known.topic)):
        yield Step(mode=Mode.UNSUBSCRIBE, subscription=ended(known, now, "the feed offers this hub no more"))
        known = None
    if offered is None:
        return
    if known is None:
        yield Step(mode=Mode.SUBSCRIBE, subscription=begin(offered))
    elif _is_to_be_asked(known, now):
        asked = replace(known, asked_at=now, asks=known.asks + 1)
        yield Step(mode=Mode.SUBSCRIBE, subscription=asked)


def confirmed(known: Subscription, stated: str | None, now: DateTime) -> Subscription:
    """Return a subscription that its hub has confirmed, for the seconds that it states."""
    is_number = stated is not None and stated.isascii() and stated.isdigit() and len(stated) <= 9
    lease = min(max(int(stated or 0), _LEAST_LEASE), _MOST_LEASE) if is_number else LEASE_SECONDS
    return replace(known, asks=0, confirmed_at=now, expires_at=later(now, lease), why=None)


def refused(known: Subscription, why: str) -> Subscription:
    """Return a subscription that its hub does not grant."""
    return replace(known, expires_at=None, why=why)


def ended(known: Subscription, now: DateTime, why: str) -> Subscription:
    """Return a subscription that we gave up."""
    return replace(known, ended_at=now, expires_at=None, why=why)


def form(step: Step, callback: str) -> tuple[tuple[str, str], ...]:
    """Write a step as the form that a hub takes (WebSub §5.1)."""
    one = step.subscription
    fields = [("hub.mode", str(step.mode)), ("hub.topic", one.topic), ("hub.callback", callback)]
    if step.mode is Mode.SUBSCRIBE:
        fields += [("hub.lease_seconds", str(LEASE_SECONDS)), ("hub.secret", one.secret)]
    return tuple(fields)


def _is_to_be_asked(known: Subscription, now: DateTime) -> bool:
    wait = min(_FIRST_WAIT * 2.0 ** min(max(known.asks - 1, 0), 20), _MOST_WAIT)
    if seconds_between(known.asked_at, now) < wait:
        return False
    if known.is_live(now) and known.confirmed_at and known.expires_at:
        lease = seconds_between(known.confirmed_at, known.expires_at)
        return seconds_between(known.confirmed_at, now) >= lease * 2 / 3
    return True

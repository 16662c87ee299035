"""What hubs say to us: whether we mean a subscription, and what is new.

A notification makes its feed due at once. What it carries is archived as a capture of its own, under the feed's
address and the fragment ``#pushed``: a hub may send what is new only, so it is no answer of that address, it teaches
the schedule nothing, and the poll that follows brings the feed itself. Unsigned words change nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from pendulum import DateTime
from sqlalchemy import Connection, Engine

from dateline.archive import Archive
from dateline.fetch.hub import PUSHED, is_signed
from dateline.fetch.instants import seconds_between
from dateline.fetch.learning import pushed, woken
from dateline.fetch.subscription import Mode, Subscription, confirmed, refused
from dateline.ingest.keeping import Clock, Found, Headers, keep
from dateline.ingest.schedule import change_states
from dateline.ingest.subscriptions import change_subscription, find_subscription
from dateline.model import Snapshot
from dateline.source import Source
from dateline.warehouse.engine import write_in

_LEAST_SECONDS_APART = 5.0
_MOST_CHALLENGE = 2_048
_KEPT_HEADERS = frozenset({"content-type", "date", "link"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a hub is answered."""

    status: int
    text: str = ""


NOT_OURS = Reply(status=HTTPStatus.NOT_FOUND)
TAKEN = Reply(status=HTTPStatus.ACCEPTED)
NO_MORE = Reply(status=HTTPStatus.GONE)
"""By which a hub drops a subscription that nobody wants any more."""


def answer_hub(
    engine: Engine, subscription_id: str, question: Mapping[str, str], sources: Iterable[Source], now: DateTime
) -> Reply:
    """Answer a hub that asks whether we mean what was asked in our name, or says that it refuses (WebSub §5.3)."""
    known = find_subscription(engine, subscription_id)
    if known is None or question.get("hub.topic") != known.topic:
        return NOT_OURS
    source = next((one for one in sources if one.source_id == known.source_id and one.is_enabled), None)
    mode, challenge = question.get("hub.mode"), question.get("hub.challenge", "")
    if mode == "denied" and source is not None:
        why = f"the hub refuses: {question.get('hub.reason', 'no reason given')[:200]}"
        _settle(engine, refused(known, why), source, now)
        return Reply(status=HTTPStatus.OK)
    is_meant = source is not None and known.ended_at is None
    if not 0 < len(challenge) <= _MOST_CHALLENGE or (mode, is_meant) not in _MEANT:
        return NOT_OURS
    if is_meant and source is not None:
        _settle(engine, confirmed(known, question.get("hub.lease_seconds"), now), source, now)
    return Reply(status=HTTPStatus.OK, text=challenge)


_MEANT = {(Mode.SUBSCRIBE, True), (Mode.UNSUBSCRIBE, False)}


def is_awaited(engine: Engine, subscription_id: str) -> bool:
    """Say whether notifications of this name are wanted: asked before a body is read."""
    known = find_subscription(engine, subscription_id)
    return known is not None and known.ended_at is None


def take_notification(
    engine: Engine,
    archive: Archive,
    subscription_id: str,
    body: bytes,
    headers: Headers,
    *,
    sources: Iterable[Source],
    clock: Clock,
) -> Reply:
    """Make a feed due because its hub says so, and archive what the hub sent along.

    A message that is not signed as agreed is answered alike and ignored, so that nobody can try signatures out.
    """
    known = find_subscription(engine, subscription_id)
    source = next((one for one in sources if known and one.source_id == known.source_id and one.is_enabled), None)
    if known is None or known.ended_at is not None or source is None:
        return NO_MORE
    stated = {name.lower(): value for name, value in headers}
    if not is_signed(body, stated.get("x-hub-signature"), known.secret):
        return TAKEN
    now = clock()

    def note(connection: Connection) -> None:
        change_subscription(
            connection, subscription_id, lambda one: replace(one, notified_at=now, notifications=one.notifications + 1)
        )
        change_states(connection, {source.source_id: source}, lambda _, state: woken(state, now), now)

    if body.strip() and "content-encoding" not in stated and _may_be_kept(known, now):
        kept = tuple((name, value) for name, value in headers if name.lower() in _KEPT_HEADERS)
        capture = Snapshot(body=body, url=f"{source.url}{PUSHED}", captured_at=now, headers=kept)
        found = [Found(source_id=source.source_id, snapshot=capture)]
        keep(engine, archive, found, name=f"pushes/{now:%Y/%m/%d}", clock=clock, note=note)
    else:
        write_in(engine, note)
    return TAKEN


def _may_be_kept(known: Subscription, now: DateTime) -> bool:
    """Keep what is as hard to forge as the feed, and no flood: the poll brings the rest.

    A secret that went to its hub in the clear is no proof for a feed that comes over https.
    """
    is_rested = known.notified_at is None or seconds_between(known.notified_at, now) >= _LEAST_SECONDS_APART
    return is_rested and (known.hub.startswith("https:") or not known.topic.startswith("https:"))


def _settle(engine: Engine, settled: Subscription, source: Source, now: DateTime) -> None:
    def work(connection: Connection) -> None:
        change_subscription(
            connection,
            settled.subscription_id,
            lambda one: replace(
                one,
                asks=settled.asks,
                confirmed_at=settled.confirmed_at,
                expires_at=settled.expires_at,
                why=settled.why,
            ),
        )
        change_states(connection, {source.source_id: source}, lambda _, state: pushed(state, settled.expires_at), now)

    write_in(engine, work)

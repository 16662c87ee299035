"""How a source's state follows from a poll, and from what reading it showed. Pure; ``now`` is an argument."""

from dataclasses import dataclass, replace

from pendulum import DateTime

from dateline.fetch.answer import Reason
from dateline.fetch.conditional import account, validators_of
from dateline.fetch.http_times import fresh_for
from dateline.fetch.instants import later, seconds_between
from dateline.fetch.moved import is_settled, moved
from dateline.fetch.outcome import Outcome
from dateline.fetch.state import SourceState

_CHANGES_KEPT = 8
_RETIRE_AT_FAILURES = 30
_GONE_TWICE_WITHIN_SECONDS = 86_400
_SOFT = frozenset({
    Reason.TIMEOUT, Reason.RESET, Reason.CONNECT_FAILED, Reason.NAME_NOT_FOUND, Reason.THROTTLED, Reason.UNAVAILABLE,
    Reason.ROBOTS_UNREACHABLE, Reason.SERVER_ERROR, Reason.PROTOCOL_ERROR,
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a reader found in a capture: a digest of all that it tells, whether coverage is closed, a ttl in seconds.

    The digest is the same for two captures that tell the same, whatever clocks and adverts stand around it.
    """

    told: str
    is_closed: bool | None = None
    ttl: float | None = None


def after_poll(state: SourceState, outcome: Outcome, now: DateTime) -> SourceState:
    """Return the state after a poll. One that never reached the host changes nothing but its time.

    The next wait counts from when the request went out, not from when its shard was done.
    """
    if outcome.reason is Reason.HOST_BUSY:
        return replace(state, polled_at=now, failed=Reason.HOST_BUSY)
    if outcome.reason:
        return _failed(state, outcome, now)
    return _answered(state, outcome, now)


def after_reading(state: SourceState, lesson: Lesson, captured_at: DateTime) -> SourceState:
    """Return the state after a reader has looked at a capture; one older than the last one teaches nothing.

    The first reading replaces what the bodies seemed to say by the capture's own instant.
    """
    if state.read_at is not None and captured_at <= state.read_at:
        return state
    changes = () if state.read_at is None else state.changes
    closed_at = state.closed_at
    if lesson.is_closed is not None:
        closed_at = (closed_at or captured_at) if lesson.is_closed else None
    is_news = lesson.told != state.told
    return replace(
        state,
        changes=_with(changes, captured_at) if is_news else changes,
        unannounced=_unannounced(state) if is_news else state.unannounced,
        told=lesson.told,
        read_at=captured_at,
        closed_at=closed_at,
        ttl=lesson.ttl if lesson.ttl is not None else state.ttl,
    )


def woken(state: SourceState, at: DateTime) -> SourceState:
    """Return the state of a source that another one (a feed, a topic page) names as changed at an instant."""
    if state.woken_at is not None and state.woken_at >= at:
        return state
    return replace(state, woken_at=at)


def pushed(state: SourceState, until: DateTime | None) -> SourceState:
    """Return the state of a source whose hub has promised to tell of its news, or (None) does so no more."""
    return replace(state, pushed_until=until, unannounced=0)


def _unannounced(state: SourceState) -> int:
    """Count the changes in a row that no hub had told of; the first reading finds no change."""
    if state.pushed_until is None or state.read_at is None:
        return 0
    was_told = state.woken_at is not None and state.woken_at > state.read_at
    return 0 if was_told else state.unannounced + 1


def _answered(state: SourceState, outcome: Outcome, now: DateTime) -> SourceState:
    answer, snapshot = outcome.answer, outcome.snapshot
    is_new = snapshot is not None and not outcome.is_unchanged
    moving = moved(state.moving, answer, now) if answer else state.moving
    has_moved = moving is not None and is_settled(moving, outcome.job.source.url)
    return replace(
        state,
        polls=state.polls + 1,
        polled_at=outcome.started_at,
        validators=validators_of(snapshot) if snapshot else state.validators,
        lies=account(state.lies, outcome.verdict),
        changes=_with(state.changes, now) if is_new and state.read_at is None else state.changes,
        fresh_for=fresh_for(answer.snapshot) if answer else None,
        is_cached=answer is not None and answer.snapshot.header("age") is not None,
        failures=0.0,
        failed=None,
        rest_until=None,
        gone_at=None,
        retired_at=None,
        retirements=0,
        moving=moving,
        moved_to=moving.to if moving and has_moved else state.moved_to,
        moved_from=outcome.job.source.url if has_moved else state.moved_from,
    )


def _failed(state: SourceState, outcome: Outcome, now: DateTime) -> SourceState:
    reason = outcome.reason
    failures = state.failures + (0.5 if reason in _SOFT else 1.0)
    is_gone_again = (
        reason is Reason.GONE
        and state.gone_at is not None
        and seconds_between(state.gone_at, now) <= _GONE_TWICE_WITHIN_SECONDS
    )
    is_over = is_gone_again or failures >= _RETIRE_AT_FAILURES or state.retired_at is not None
    return replace(
        state,
        polls=state.polls + 1,
        polled_at=outcome.started_at,
        failures=failures,
        failed=reason,
        rest_until=later(now, outcome.rest_seconds) if outcome.rest_seconds is not None else None,
        gone_at=now if reason is Reason.GONE else state.gone_at,
        retired_at=now if is_over else None,
        retirements=state.retirements + 1 if is_over else state.retirements,
        moved_to=state.moved_to if reason in _SOFT else None,
    )


def _with(changes: tuple[DateTime, ...], now: DateTime) -> tuple[DateTime, ...]:
    return (*changes, now)[-_CHANGES_KEPT:]

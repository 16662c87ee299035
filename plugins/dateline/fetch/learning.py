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
    """What a reader found: news (an entry added, edited or deleted) or none, coverage closed, a feed's ttl in seconds.

    ``is_woken``: another source (a feed, a topic page) names this one as changed since its last poll.
    """

    has_news: bool | None = None
    is_closed: bool | None = None
    ttl: float | None = None
    is_woken: bool = False


def after_poll(state: SourceState, outcome: Outcome, now: DateTime) -> SourceState:
    """Return the state after a poll. One that never reached the host changes nothing but its time.

    The next wait counts from when the request went out, not from when its shard was done.
    """
    if outcome.reason is Reason.HOST_BUSY:
        return replace(state, polled_at=now, failed=Reason.HOST_BUSY)
    if outcome.reason:
        return _failed(state, outcome, now)
    return _answered(state, outcome, now)


def after_reading(state: SourceState, lesson: Lesson, now: DateTime) -> SourceState:
    """Return the state after a reader has looked at the last capture, or another source has named this one."""
    changes = state.changes
    if lesson.has_news is not None:
        changes = changes if state.is_read else changes[:1]
        changes = _with(changes, now) if lesson.has_news else changes
    closed_at = state.closed_at
    if lesson.is_closed is not None:
        closed_at = (closed_at or now) if lesson.is_closed else None
    return replace(
        state,
        changes=changes,
        is_read=state.is_read or lesson.has_news is not None,
        closed_at=closed_at,
        ttl=lesson.ttl if lesson.ttl is not None else state.ttl,
        woken_at=now if lesson.is_woken else state.woken_at,
    )


def _answered(state: SourceState, outcome: Outcome, now: DateTime) -> SourceState:
    answer, snapshot = outcome.answer, outcome.snapshot
    is_new = snapshot is not None and not outcome.is_unchanged
    moving = moved(state.moving, answer, now) if answer else state.moving
    return replace(
        state,
        polls=state.polls + 1,
        polled_at=outcome.started_at,
        validators=validators_of(snapshot) if snapshot else state.validators,
        lies=account(state.lies, outcome.verdict),
        changes=_with(state.changes, now) if is_new and not state.is_read else state.changes,
        fresh_for=fresh_for(answer.snapshot) if answer else None,
        failures=0.0,
        failed=None,
        rest_until=None,
        gone_at=None,
        retired_at=None,
        retirements=0,
        moving=moving,
        moved_to=moving.to if moving and is_settled(moving, outcome.job.source.url) else state.moved_to,
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

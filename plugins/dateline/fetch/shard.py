"""Fetch a list of sources at once, politely; one bad source never stops the others.

``fetch_shard`` returns one :class:`~dateline.fetch.outcome.Outcome` for each job, in the order given. To
ingest a shard: archive every ``outcome.answer`` worth keeping
(``Capture(snapshot=answer.snapshot, asked=answer.asked)``), write one request row from
``started_at, answer.wire_bytes, answer.milliseconds, was_conditional, verdict, reason``, read
``outcome.snapshot`` where it is not None, and keep ``after_poll(state, outcome, now)`` with the plan.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from http import HTTPStatus

import pendulum
from pendulum import DateTime

from dateline.errors import FetchError
from dateline.fetch.answer import Answer, Headers, Reason, Request, TornAnswerError, Web, failure
from dateline.fetch.conditional import Verdict, conditions, judge
from dateline.fetch.http_times import retry_after
from dateline.fetch.instants import later, seconds_between
from dateline.fetch.opt_outs import OptOut, opt_outs
from dateline.fetch.outcome import Job, Outcome, reason_of
from dateline.fetch.polite import Manners, PoliteWeb, host_of
from dateline.fetch.politeness import Clock, HostLedger
from dateline.fetch.robots import RobotsStore


class SystemClock:
    """The machine's own time, or time that passes like it from another instant on."""

    def __init__(self, start: DateTime | None = None) -> None:
        """Start now, or at an instant."""
        self._ahead = seconds_between(pendulum.now("UTC"), start) if start else 0.0

    def now(self) -> DateTime:
        """Return the instant, in UTC."""
        return later(pendulum.now("UTC"), self._ahead)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


async def fetch_shard(
    jobs: Iterable[Job],
    *,
    web: Web,
    hosts: HostLedger,
    robots: RobotsStore,
    clock: Clock | None = None,
    manners: Manners | None = None,
) -> list[Outcome]:
    """Poll every job's source once, sources of one host one after the other; return the outcomes in order.

    Never raises for a source: what went wrong is its outcome's ``reason`` and ``message``.
    """
    clock, manners, listed = clock or SystemClock(), manners or Manners(), list(jobs)
    polite = PoliteWeb(web, hosts=hosts, robots=robots, clock=clock, manners=manners)
    outcomes: dict[int, Outcome] = {}
    last = later(clock.now(), manners.shard_seconds)
    gate = asyncio.Semaphore(manners.at_once)

    async def poll_host(numbers: Sequence[int]) -> None:
        async with gate:
            for number in numbers:
                job = listed[number]
                is_late = clock.now() > last
                outcomes[number] = _late(job, clock) if is_late else await _isolated(job, polite, clock, manners)

    by_host: dict[str, list[int]] = {}
    for number, job in enumerate(listed):
        by_host.setdefault(_host(job), []).append(number)
    async with asyncio.TaskGroup() as group:
        for numbers in by_host.values():
            group.create_task(poll_host(numbers))
    return [outcomes[number] for number in range(len(listed))]


async def poll(job: Job, polite: PoliteWeb, clock: Clock, manners: Manners) -> Outcome:
    """Poll one source: conditionally where that may be believed, once more where a 304 stands for nothing."""
    asked = conditions(job.known, clock.now(), polls=job.state.polls, lies=job.state.lies)
    request = Request(
        url=job.address,
        conditions=asked,
        authorization=job.authorization,
        allow_private=job.allow_private,
    )
    turn = polite.turn()
    try:
        rules = await polite.rules(request)
        reserved = await polite.reservations(request, rules) if manners.refuse_opted_out else None
        _heed(request, opt_outs(rules, None, reserved, request.url), manners)
        answer = await polite.visit(request, rules, turn)
        if answer.snapshot.status == HTTPStatus.NOT_MODIFIED and not asked:
            answer = await polite.visit(replace(request, conditions=_NOT_FROM_CACHE), rules, polite.turn())
    except FetchError as error:
        torn = error.answer if isinstance(error, TornAnswerError) else None
        started = turn.taken_at or clock.now()
        failed = _failed(job, started, Reason(error.reason), str(error), torn)
        return replace(failed, milliseconds=_milliseconds(started, clock))
    if manners.records_opt_outs:  # after the page: its news do not wait for this
        reserved = await polite.reservations(request, rules)
    refusals = opt_outs(rules, answer.snapshot, reserved, request.url)
    return _heeded(_judged(job, turn.taken_at or clock.now(), answer, asked, refusals), manners)


_NOT_FROM_CACHE = (("Cache-Control", "no-cache"),)


def _heed(request: Request, refusals: tuple[OptOut, ...], manners: Manners) -> None:
    if refusals and manners.refuse_opted_out:
        raise failure(Reason.OPTED_OUT, f"{request.url}: {_words(refusals)}. The setting refuse_opted_out keeps away.")


def _heeded(outcome: Outcome, manners: Manners) -> Outcome:
    """Drop a page that itself refuses, where the installation keeps away from such."""
    if not (manners.refuse_opted_out and outcome.opt_outs and outcome.reason is None):
        return outcome
    message = f"{outcome.job.address}: {_words(outcome.opt_outs)}. The setting refuse_opted_out keeps away."
    return replace(outcome, answer=None, reason=Reason.OPTED_OUT, message=message)


def _words(refusals: tuple[OptOut, ...]) -> str:
    return "; ".join(f"{one.place}: {one.evidence}" for one in refusals)


def _judged(job: Job, started: DateTime, answer: Answer, asked: Headers, refusals: tuple[OptOut, ...]) -> Outcome:
    snapshot = answer.snapshot
    reason = reason_of(snapshot)
    if snapshot.status == HTTPStatus.NOT_MODIFIED and not asked:
        reason = Reason.CACHE_MISS
    verdict = Verdict.NONE if reason else judge(job.known, snapshot, was_conditional=bool(asked))
    return Outcome(
        job=job,
        started_at=started,
        milliseconds=answer.milliseconds,
        answer=answer,
        reason=reason,
        message=f"{job.address}: answered {snapshot.status}." if reason else None,
        was_conditional=bool(asked),
        verdict=verdict,
        rest_seconds=_rest(job, answer) if reason else None,
        opt_outs=refusals,
    )


def _failed(job: Job, started: DateTime, reason: Reason, message: str, answer: Answer | None = None) -> Outcome:
    return Outcome(job=job, started_at=started, answer=answer, reason=reason, message=message)


def _milliseconds(started: DateTime, clock: Clock) -> int:
    return round(1000 * seconds_between(started, clock.now()))


def _rest(job: Job, answer: Answer) -> float | None:
    """Return the seconds that a Retry-After asks for, between the source's interval and a day."""
    snapshot = answer.snapshot
    if snapshot.captured_at is None:
        return None
    return retry_after(snapshot.header("retry-after"), snapshot.captured_at, least=float(job.source.interval))


def _late(job: Job, clock: Clock) -> Outcome:
    return _failed(job, clock.now(), Reason.HOST_BUSY, f"{job.address}: the shard's time is up.")


async def _isolated(job: Job, polite: PoliteWeb, clock: Clock, manners: Manners) -> Outcome:
    """Turn a fault of ours into an outcome too: this is the wall between one source and the others."""
    (result,) = await asyncio.gather(poll(job, polite, clock, manners), return_exceptions=True)
    if isinstance(result, Exception):
        message = f"{job.address}: {type(result).__name__}: {result}. This is a fault of Dateline: please report it."
        return _failed(job, clock.now(), Reason.FAULT, message)
    if isinstance(result, BaseException):
        raise result
    return result


def _host(job: Job) -> str:
    try:
        return host_of(job.address)
    except ValueError:  # a broken address: its poll will say so
        return job.address

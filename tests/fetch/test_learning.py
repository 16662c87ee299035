"""How a source's memory follows from its polls and readings."""

from dataclasses import replace

import pendulum
import pytest

from dateline.fetch import (
    NEW,
    Answer,
    Job,
    Lesson,
    Outcome,
    Reason,
    SourceState,
    Verdict,
    after_poll,
    after_reading,
    woken,
)
from dateline.fetch.answer import Redirect
from dateline.fetch.learning import pushed
from dateline.model import Snapshot
from dateline.source import Source

NOW = pendulum.datetime(2026, 3, 2, 12, 0)
SOURCE = Source(source_id="harbour", url="https://meridian.example/live")


def good(
    state: SourceState,
    body: bytes = b"page",
    *,
    status: int = 200,
    verdict: Verdict = Verdict.NONE,
    redirects=(),
    headers=(),
) -> Outcome:
    snapshot = Snapshot(body=body, status=status, headers=headers)
    answer = Answer(snapshot=snapshot, asked=(), redirects=redirects)
    return Outcome(job=Job(source=SOURCE, state=state), started_at=NOW, answer=answer, verdict=verdict)


def bad(state: SourceState, reason: Reason, **more: object) -> Outcome:
    return Outcome(job=Job(source=SOURCE, state=state), started_at=NOW, reason=reason, **more)


def polled(*outcomes, start: SourceState = NEW, hours: float = 1) -> SourceState:
    """Fold outcomes (made from the state before them) at steps of so many hours."""
    state, now = start, NOW
    for make in outcomes:
        state = after_poll(state, replace(make(state), started_at=now), now)
        now = now.add(seconds=3600 * hours)
    return state


def test_a_new_body_is_a_change_and_the_same_is_none():
    state = polled(good, good, lambda s: good(s, b"other"), lambda s: good(s, b"", status=304))
    assert state.polls == 4
    assert state.changes == (NOW, NOW.add(hours=2))
    assert state.validators.body_digest == Snapshot(body=b"other").digest


def test_eight_changes_are_remembered():
    state = polled(*[lambda s, n=n: good(s, str(n).encode()) for n in range(20)])
    assert len(state.changes) == 8
    assert state.changes[-1] == NOW.add(hours=19)


def test_once_read_only_what_a_reader_finds_counts_as_a_change():
    read = after_reading(polled(good), Lesson(told="one"), NOW)
    ticking = polled(lambda s: good(s, b"clock 1"), lambda s: good(s, b"clock 2"), start=read)
    assert ticking.changes == read.changes == (NOW,)
    assert after_reading(ticking, Lesson(told="one"), NOW.add(hours=9)).changes == read.changes
    assert after_reading(ticking, Lesson(told="two"), NOW.add(hours=9)).changes == (NOW, NOW.add(hours=9))


def test_an_older_capture_read_late_teaches_nothing():
    read = after_reading(polled(good), Lesson(told="two"), NOW.add(hours=1))
    assert after_reading(read, Lesson(told="one", is_closed=True), NOW) == read


def test_a_success_forgets_the_failures():
    failed = polled(lambda s: bad(s, Reason.NOT_FOUND), lambda s: bad(s, Reason.TIMEOUT, rest_seconds=60.0))
    assert (failed.failures, failed.failed) == (1.5, Reason.TIMEOUT)
    assert failed.rest_until == NOW.add(hours=1, minutes=1)
    healed = polled(good, start=failed)
    assert (healed.failures, healed.failed, healed.rest_until) == (0.0, None, None)


@pytest.mark.parametrize(("hours", "is_retired"), [(1, True), (23, True), (25, False)])
def test_two_410_within_a_day_retire_a_source(hours, is_retired):
    state = polled(*[lambda s: bad(s, Reason.GONE)] * 2, hours=hours)
    assert (state.retired_at is not None) is is_retired


@pytest.mark.parametrize(("reason", "polls"), [(Reason.NOT_FOUND, 30), (Reason.TIMEOUT, 60)])
def test_thirty_failures_retire_a_source_and_soft_ones_count_half(reason, polls):
    almost = polled(*[lambda s: bad(s, reason)] * (polls - 1))
    assert almost.retired_at is None
    assert polled(lambda s: bad(s, reason), start=almost).retired_at is not None


def test_a_retired_source_that_fails_again_rests_longer_and_one_that_answers_is_back():
    retired = polled(*[lambda s: bad(s, Reason.GONE)] * 2)
    assert polled(lambda s: bad(s, Reason.NOT_FOUND), start=retired).retirements == 2
    back = polled(good, start=retired)
    assert (back.retired_at, back.retirements) == (None, 0)


def test_a_busy_host_changes_nothing_else():
    state = polled(good)
    busy = polled(lambda s: bad(s, Reason.HOST_BUSY), start=state)
    assert busy == replace(state, polled_at=NOW, failed=Reason.HOST_BUSY)


def test_lies_are_counted():
    lied = polled(
        good, lambda s: good(s, b"new", verdict=Verdict.LIED_SAME), lambda s: good(s, verdict=Verdict.LIED_CHANGED)
    )
    assert lied.lies == 1


def test_closed_coverage_keeps_its_first_close_and_may_open_again():
    closed = after_reading(NEW, Lesson(told="", is_closed=True), NOW)
    assert after_reading(closed, Lesson(told="", is_closed=True), NOW.add(hours=1)).closed_at == NOW
    assert after_reading(closed, Lesson(told="", is_closed=False), NOW.add(hours=1)).closed_at is None
    assert after_reading(closed, Lesson(told=""), NOW.add(hours=1)).closed_at == NOW


def test_a_source_is_woken_by_the_newest_word_of_it():
    once = woken(NEW, NOW)
    assert woken(once, NOW.subtract(hours=1)) == once
    assert woken(once, NOW.add(hours=1)).woken_at == NOW.add(hours=1)


def moving(to: str, status: int = 301):
    hop = Redirect(status=status, url=SOURCE.url, to=to)
    return lambda state: good(state, redirects=(hop,))


def test_a_move_is_believed_after_three_fetches_on_two_days():
    here = moving("https://www.meridian.example/live/")
    assert polled(*[here] * 2, hours=24).moved_to is None
    assert polled(*[here] * 3, hours=1).moved_to is None
    moved = polled(*[here] * 3, hours=12)
    assert moved.moved_to == "https://www.meridian.example/live/"
    assert Job(source=SOURCE, state=moved).address == moved.moved_to


@pytest.mark.parametrize("to", ["https://parked.example/", "https://login.other.example/?next=live"])
def test_a_move_to_another_publisher_waits_for_a_person(to):
    state = polled(*[moving(to)] * 9, hours=24)
    assert state.moved_to is None
    assert state.moving.times == 9


def test_a_passing_redirect_is_no_move_and_a_broken_row_starts_anew():
    assert polled(*[moving("https://meridian.example/b", 302)] * 9, hours=24).moving is None
    broken = polled(*[moving("https://meridian.example/b")] * 2, good, moving("https://meridian.example/b"), hours=24)
    assert broken.moving.times == 1


def test_a_new_address_that_fails_gives_way_to_the_declared_one():
    moved = polled(*[moving("https://meridian.example/b")] * 3, hours=24)
    assert polled(lambda s: bad(s, Reason.TIMEOUT), start=moved).moved_to is not None
    assert polled(lambda s: bad(s, Reason.NOT_FOUND), start=moved).moved_to is None


def test_changes_that_no_hub_had_told_of_are_counted_until_it_tells_again():
    state = pushed(after_reading(NEW, Lesson(told="a"), NOW), NOW.add(days=1))
    counted = []
    for hour, is_told in enumerate((True, False, False, True), 1):
        moment = NOW.add(hours=hour)
        state = woken(state, moment.subtract(seconds=9)) if is_told else state
        state = after_reading(state, Lesson(told=str(hour)), moment)
        counted.append(state.unannounced)
    assert counted == [0, 1, 2, 0]
    assert pushed(replace(state, unannounced=2), NOW.add(days=2)).unannounced == 0  # a new lease, a new chance


def test_without_a_hub_nothing_is_unannounced():
    state = after_reading(after_reading(NEW, Lesson(told="a"), NOW), Lesson(told="b"), NOW.add(hours=1))
    assert (len(state.changes), state.unannounced) == (2, 0)

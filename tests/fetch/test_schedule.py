"""When a source is asked again: each rule of the plan, as a claim."""

from dataclasses import replace

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.fetch import NEW, Reason, SourceState, plan
from dateline.source import Source, SourceKind

NOW = pendulum.datetime(2026, 3, 2, 12, 0)
PAGE = Source(source_id="harbour", url="https://meridian.example/live", interval=60)
FEED = replace(PAGE, source_id="feed", kind=SourceKind.FEED)


def changed(*minutes_ago: float, **more: object) -> SourceState:
    """Describe a source last polled now, whose changes were so many minutes ago."""
    changes = tuple(NOW.subtract(seconds=60 * one) for one in sorted(minutes_ago, reverse=True))
    return SourceState(polls=9, polled_at=NOW, changes=changes, **more)


def wait(source: Source, state: SourceState) -> float:
    return (plan(source, state, NOW).next_at - NOW).total_seconds()


def test_a_new_source_is_asked_at_once():
    assert plan(PAGE, NEW, NOW).next_at == NOW


def test_a_source_that_is_switched_off_is_never_asked():
    assert plan(replace(PAGE, is_enabled=False), NEW, NOW).next_at is None


@pytest.mark.parametrize(
    ("silence", "seconds"), [(0, 60), (1, 60), (10, 60), (20, 120), (120, 720), (600, 3600), (6000, 3600)]
)
def test_a_live_page_is_asked_less_as_it_cools(silence, seconds):
    assert wait(PAGE, changed(silence)) == seconds


def test_a_live_page_silent_for_a_week_is_taken_as_closed():
    silent = plan(PAGE, changed(8 * 1440), NOW)
    assert silent.next_at is None
    assert "taken as closed" in silent.why


def test_a_closed_blog_is_looked_after_and_then_left():
    def closed(minutes: float) -> SourceState:
        return changed(minutes, closed_at=NOW.subtract(seconds=60 * minutes))

    assert [wait(PAGE, closed(one)) for one in (0, 10, 20, 40)] == [600, 600, 1200, 2400]
    assert plan(PAGE, closed(8 * 1440), NOW).next_at is None


def test_a_source_that_is_named_as_changed_is_asked_at_once():
    asleep = changed(300, closed_at=NOW.subtract(hours=3), woken_at=NOW.add(seconds=1))
    assert plan(PAGE, asleep, NOW.add(minutes=1)).next_at == NOW.add(minutes=1)
    assert plan(PAGE, replace(asleep, woken_at=NOW.subtract(seconds=1)), NOW).next_at > NOW


def test_a_feed_is_asked_in_its_own_rhythm():
    assert wait(FEED, changed(1, 21, 41, 61)) == 300
    assert wait(FEED, changed(1, 2, 3)) == 60


def test_a_feed_long_overdue_is_asked_less():
    assert wait(FEED, changed(600, 620, 640)) == 3600
    assert wait(FEED, changed(90 * 60, 91 * 60, 92 * 60)) == 6 * 3600


def test_a_ttl_is_kept_unless_the_feed_contradicts_it():
    assert wait(FEED, changed(1, ttl=1800.0)) == 1800
    assert wait(FEED, changed(1, 3, 5, ttl=1800.0)) == 60
    assert wait(FEED, changed(1, ttl=86_400.0)) == 3600


def test_a_fresh_answer_is_not_asked_for_again_before_it_is_stale():
    assert wait(FEED, changed(0, fresh_for=300.0)) == 300
    assert wait(FEED, changed(0, 1, 2, fresh_for=300.0)) == 60
    assert wait(PAGE, changed(0, fresh_for=5.0)) == 60


def test_a_live_page_is_not_kept_waiting_by_its_cache_for_long():
    assert wait(PAGE, changed(0, fresh_for=3600.0, is_cached=True)) == 120
    assert wait(PAGE, changed(0, fresh_for=3600.0)) == 60


@pytest.mark.parametrize(
    ("failures", "least", "most"), [(0.5, 60, 72), (1, 120, 144), (1.5, 120, 144), (3, 480, 576), (29, 86_400, 103_680)]
)
def test_failures_double_the_wait_up_to_a_day(failures, least, most):
    failed = replace(changed(0), failures=failures, failed=Reason.SERVER_ERROR)
    assert least <= wait(PAGE, failed) <= most


def test_sources_that_fail_together_do_not_come_back_together():
    failed = replace(changed(0), failures=4.0, failed=Reason.UNAVAILABLE)
    waits = {wait(replace(PAGE, source_id=f"source-{n}"), failed) for n in range(20)}
    assert len(waits) > 10


def test_a_retry_after_is_kept():
    failed = replace(changed(0), failures=0.5, failed=Reason.THROTTLED, rest_until=NOW.add(hours=2))
    assert wait(PAGE, failed) == 7200


def test_what_is_refused_is_asked_again_in_a_day():
    for reason in (Reason.ROBOTS, Reason.REFUSED_ADDRESS, Reason.BAD_ADDRESS):
        assert wait(PAGE, replace(changed(0), failures=1.0, failed=reason)) == 86_400


def test_a_busy_host_is_no_failure():
    assert wait(PAGE, replace(changed(0), failed=Reason.HOST_BUSY)) == 15


@pytest.mark.parametrize(("times", "weeks"), [(1, 3), (2, 6), (3, 12), (9, 12)])
def test_a_retired_source_is_tried_again_weeks_later(times, weeks):
    retired = replace(changed(0), failed=Reason.GONE, retired_at=NOW, retirements=times)
    assert plan(PAGE, retired, NOW).next_at == NOW.add(weeks=weeks)


_moments = st.integers(-10_000_000, 0).map(lambda seconds: NOW.add(seconds=seconds))
_states = st.builds(
    SourceState,
    polls=st.integers(0, 1000),
    polled_at=st.none() | _moments,
    changes=st.lists(_moments, max_size=8).map(lambda found: tuple(sorted(found))),
    fresh_for=st.none() | st.floats(0, 1e9),
    ttl=st.none() | st.floats(0, 1e9),
    closed_at=st.none() | _moments,
    woken_at=st.none() | _moments,
    failures=st.floats(0, 100),
    failed=st.none() | st.sampled_from(Reason),
    rest_until=st.none() | _moments,
    retired_at=st.none() | _moments,
    retirements=st.integers(1, 9),
)


@given(state=_states, kind=st.sampled_from(SourceKind), interval=st.integers(1, 7200))
def test_every_plan_says_why_and_never_asks_inside_the_interval(state, kind, interval):
    source = replace(PAGE, kind=kind, interval=interval)
    made = plan(source, state, NOW)
    assert made.why
    assert made == plan(source, state, NOW)
    if made.next_at is not None and state.polled_at is not None and made.next_at != NOW:
        least = interval / 4 if state.failed is Reason.HOST_BUSY else interval
        assert made.next_at >= state.polled_at.add(seconds=int(least)) or state.retired_at is not None


def test_a_source_whose_hub_tells_of_news_is_asked_four_times_more_rarely_while_it_does():
    told = {"pushed_until": NOW.add(days=1)}
    assert wait(FEED, changed(5, 65, 125)) == 900
    assert wait(FEED, changed(5, 65, 125, **told)) == 3600
    assert wait(FEED, changed(60_000, **told)) == 6 * 3600  # not beyond what is waited for at most
    assert wait(FEED, changed(5, 65, 125, pushed_until=NOW)) == 900  # its lease is over
    assert "hub" in plan(FEED, changed(5, 65, 125, **told), NOW).why


def test_a_hub_that_did_not_tell_of_two_changes_is_not_relied_on():
    assert wait(FEED, changed(5, 65, 125, pushed_until=NOW.add(days=1), unannounced=2)) == 900

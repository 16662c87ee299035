"""When to ask a source again, and why then: a pure plan that follows the coverage.

- **A live page** is asked every ``interval`` while it moves. As it goes quiet the wait grows to a tenth of
  the silence (ten minutes of silence, one minute; two hours, twelve minutes), at most an hour; after a
  week without a change it is taken as closed. So what we are late by stays in proportion to how long
  nothing happened.
- **A closed one** still gets corrections: it is asked when as much time has passed since its close as had
  at the poll before (10 minutes, 20, 40 …), and no more after a week.
- **A feed, topic page or sitemap** has a rhythm, the median time between its changes: it is asked four times
  in that, until it is overdue by three; then a tenth of the silence too, at most six hours.
- **An article** is a live page that may take a day between polls and is left after two weeks.
- A ttl or a Cache-Control max-age is kept, up to an hour, unless the source contradicts it by changing more
  often. For a live page it counts up to two minutes, and only where an Age shows that a cache answered:
  asked earlier, the cache would say the same again, but the origin would not. A Retry-After is always kept
  (it was held between the interval and a day when it came).
- **A source whose hub tells what is new** is asked four times more rarely, and at once when the hub tells. A hub that
  has not told of two changes in a row is not relied on.
- **Failures** double the wait (soft ones every second time), up to a day, with up to a fifth
  more by source, so that a whole host's sources do not come back together. After thirty (soft ones count half), or
  two 410 within a day, the source rests for three weeks, then six, then twelve, and is tried again.
"""

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pendulum import DateTime

from dateline.fetch.answer import FINAL, Reason
from dateline.fetch.instants import later, seconds_between
from dateline.fetch.state import SourceState
from dateline.source import Source, SourceKind

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0
_SILENCE_SHARE = 10
_RHYTHM_SHARE = 4
_OVERDUE_RHYTHMS = 3
_REST_WEEKS = (3, 6, 12)
_CLOSED_FIRST = 10 * _MINUTE
_CLOSED_LAST_DAYS = 7
_PUSHED_SHARE = 4
_UNANNOUNCED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pace:
    most: float  # seconds between two polls, at most
    last_days: float | None  # days without a change after which it is not asked any more
    believed: float  # seconds for which a ttl or Cache-Control is kept, at most
    has_rhythm: bool = False
    is_live: bool = False


_PACES = {
    SourceKind.LIVE_PAGE: _Pace(most=_HOUR, last_days=7, believed=2 * _MINUTE, is_live=True),
    SourceKind.ARTICLE: _Pace(most=_DAY, last_days=14, believed=_HOUR),
    SourceKind.API: _Pace(most=_HOUR, last_days=None, believed=_HOUR),
}
_RHYTHMIC = _Pace(most=6 * _HOUR, last_days=None, believed=_HOUR, has_rhythm=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When the next poll is due (None: no more), and why then, in words."""

    next_at: DateTime | None
    why: str


def plan(source: Source, state: SourceState, now: DateTime) -> Plan:
    """Decide when to ask a source again. Pure: the same source, state and ``now`` give the same plan."""
    if not source.is_enabled:
        return Plan(next_at=None, why="it is switched off in its file")
    if state.polled_at is None:
        return Plan(next_at=now, why="it was never asked")
    if state.retired_at is not None:
        return _retired(state, state.retired_at)
    if state.failed is not None:
        return _after_failure(source, state, state.polled_at)
    return _healthy(source, state, state.polled_at, now)


def _healthy(source: Source, state: SourceState, polled_at: DateTime, now: DateTime) -> Plan:
    if state.woken_at is not None and state.woken_at > polled_at:
        return Plan(next_at=now, why="another source, or its hub, names it as changed")
    if state.closed_at is not None:
        return _closed(source, polled_at, state.closed_at)
    return _following(source, state, polled_at)


def _retired(state: SourceState, retired_at: DateTime) -> Plan:
    weeks = _REST_WEEKS[min(state.retirements, len(_REST_WEEKS)) - 1]
    what = "it answers 410 Gone" if state.failed is Reason.GONE else f"{state.failures:g} failures in a row"
    return Plan(next_at=retired_at.add(weeks=weeks), why=f"{what}: it rests for {weeks} weeks")


def _after_failure(source: Source, state: SourceState, polled_at: DateTime) -> Plan:
    reason = state.failed
    if reason is Reason.HOST_BUSY:
        wait, why = source.interval / 4, "its host had no free turn"
    elif reason is Reason.GONE:
        wait, why = _HOUR, "it answered 410 Gone once: asked again before it is believed"
    elif reason in FINAL:
        wait, why = _DAY, f"refused ({reason}): asked again in a day, in case that changes"
    else:
        wait = min(source.interval * 2.0 ** min(int(state.failures), 20), _DAY) * _jitter(source, state)
        why = f"failed ({reason}), {state.failures:g} in a row: waits {_words(wait)}"
    next_at = later(polled_at, wait)
    if state.rest_until is not None and state.rest_until > next_at:
        return Plan(next_at=state.rest_until, why=f"the server asks to be left alone until {state.rest_until}")
    return Plan(next_at=next_at, why=why)


def _closed(source: Source, polled_at: DateTime, closed_at: DateTime) -> Plan:
    age = seconds_between(closed_at, polled_at)
    if age > _CLOSED_LAST_DAYS * _DAY:
        return Plan(next_at=None, why=f"its coverage closed on {closed_at:%Y-%m-%d} and a week has passed")
    wait = max(age, _CLOSED_FIRST, float(source.interval))
    return Plan(next_at=later(polled_at, wait), why=f"its coverage is closed: looked after in {_words(wait)}")


def _following(source: Source, state: SourceState, polled_at: DateTime) -> Plan:
    pace = _PACES.get(source.kind, _RHYTHMIC)
    last = state.changes[-1] if state.changes else polled_at
    silence = seconds_between(last, polled_at)
    if pace.last_days is not None and silence > pace.last_days * _DAY:
        return Plan(next_at=None, why=f"nothing changed for {_words(silence)}: taken as closed")
    wait, why = _pace_of(source, state, pace, silence)
    if _is_pushed(state, polled_at):
        wait, why = min(_PUSHED_SHARE * wait, max(pace.most, float(source.interval))), f"{why}, its hub tells of news"
    floor, stated = _believed(state, pace)
    if floor > wait:
        wait, why = floor, stated
    return Plan(next_at=later(polled_at, wait), why=f"{why}: every {_words(wait)}")


def _pace_of(source: Source, state: SourceState, pace: _Pace, silence: float) -> tuple[float, str]:
    rhythm = _rhythm(state)
    if pace.has_rhythm and rhythm is not None and silence < _OVERDUE_RHYTHMS * rhythm:
        wait, why = rhythm / _RHYTHM_SHARE, f"it changes about every {_words(rhythm)}"
    else:
        wait, why = silence / _SILENCE_SHARE, f"nothing changed for {_words(silence)}"
    if wait <= source.interval:
        return float(source.interval), "it moves"
    return min(wait, max(pace.most, float(source.interval))), why


def _is_pushed(state: SourceState, polled_at: DateTime) -> bool:
    """Say whether its hub tells what is new, and has shown that it does."""
    return state.pushed_until is not None and state.pushed_until > polled_at and state.unannounced < _UNANNOUNCED


def _believed(state: SourceState, pace: _Pace) -> tuple[float, str]:
    """Return the longest wait that the source asks for and does not itself contradict."""
    rhythm = _rhythm(state)
    fresh_for = state.fresh_for if state.is_cached or not pace.is_live else None
    stated = {"its feed's ttl": state.ttl, "its Cache-Control": fresh_for}
    waits = [
        (min(seconds, pace.believed), f"{name} asks for it")
        for name, seconds in stated.items()
        if seconds is not None and (rhythm is None or rhythm >= seconds)
    ]
    return max(waits, default=(0.0, ""))


def _rhythm(state: SourceState) -> float | None:
    gaps = [seconds_between(early, late) for early, late in pairwise(state.changes)]
    return median(gaps) if len(gaps) > 1 else None


def _jitter(source: Source, state: SourceState) -> float:
    """Spread by source and poll between 1 and 1.2, always the same for the same ones."""
    first = hashlib.sha256(f"{source.source_id} {state.polls}".encode()).digest()[0]
    return 1.0 + 0.2 * first / 255


def _words(seconds: float) -> str:
    for size, name in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute"), (1.0, "second")):
        if seconds >= size:
            count = round(seconds / size, 1)
            return f"{count:g} {name}" + ("" if count == 1 else "s")
    return "0 seconds"

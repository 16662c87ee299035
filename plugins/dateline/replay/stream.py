"""Playing a live blog to a system under test: its CloudEvents, spaced as they happened, at N times the speed.

At least once: an event counts as sent when its sink has returned. A play that was stopped goes on behind the last
id that it noted (``after``); what had been sent but not noted comes again, under the same id.
"""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import Engine

from dateline.errors import ReplayError
from dateline.replay.as_of import Axis
from dateline.replay.cloud_events import Event, cloud_events
from dateline.replay.tape import tape_of

Sink = Callable[[Event], None]
OnSent = Callable[[str], None]


@dataclass(slots=True, kw_only=True)
class PlayReport:
    """What a play sent: events, the id of the last one, and whether the coverage was played to its end."""

    sent: int = 0
    skipped: int = 0
    last_id: str | None = None
    has_ended: bool = False


def note_nothing(event_id: str) -> None:
    """Keep no state."""


def play_to(
    sink: Sink,
    engine: Engine,
    document_id: str,
    *,
    speed: float = math.inf,
    axis: Axis = Axis.SEEN,
    since: DateTime | None = None,
    until: DateTime | None = None,
    after: str | None = None,
    most_idle: float = math.inf,
    on_sent: OnSent = note_nothing,
    wait: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> PlayReport:
    """Send a live blog's events in [since, until] to ``sink``, one after the other; return what was sent.

    ``speed`` is seconds of the coverage for one second of the play; infinite: without waiting. ``most_idle`` cuts
    longer silences down to that many seconds of the play. ``after`` is the id of the last event that the consumer
    has. ``on_sent`` is told each id that was delivered. A sink that raises ends the play. Raises
    :class:`ReplayError` for an unknown document, an id that is not among its events, and a speed that is none.
    """
    if not speed > 0:
        raise ReplayError(f"a speed of {speed:g} plays nothing. Say how many times faster than life, for example 60.")
    events = list(
        cloud_events(tape_of(engine, document_id, axis=axis, since=since, until=until), is_cut_in=since is not None)
    )
    report = PlayReport(skipped=_sent_before(events, after))
    report.has_ended = bool(events) and report.skipped == len(events)
    for event in _paced(events[report.skipped :], speed, most_idle, wait, clock):
        sink(event)
        report.sent += 1
        report.last_id = str(event["id"])
        on_sent(report.last_id)
    report.has_ended = report.has_ended or report.sent > 0
    return report


def _sent_before(events: list[tuple[DateTime, Event]], after: str | None) -> int:
    """Count the events up to the one that the consumer has."""
    if after is None:
        return 0
    numbers = [number for number, (_, event) in enumerate(events, start=1) if event["id"] == after]
    if not numbers:
        raise ReplayError(
            f"no event {after} is in this play: the history has changed since, or another span or axis was played. "
            "Play it from the start; the ids that are still true will be the same."
        )
    return numbers[0]


def _paced(
    events: list[tuple[DateTime, Event]],
    speed: float,
    most_idle: float,
    wait: Callable[[float], None],
    clock: Callable[[], float],
) -> Iterator[Event]:
    """Yield each event when it is due; a slow sink delays what follows, and is caught up with."""
    due = clock()
    before: DateTime | None = None
    for at, event in events:
        if before is not None:
            due += min((at - before).total_seconds() / speed, most_idle)
        before = at
        if (left := due - clock()) > 0:
            wait(left)
        yield event

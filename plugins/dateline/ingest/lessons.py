"""What reading teaches about when to ask again: whether a page told anything new, and whose turn it names.

A page *tells* its entries' wordings, or its items; clocks, adverts and the order of posts are no news. A feed
or topic page that names another source's address with a newer time wakes that source. A publisher's time in
the future counts as the capture's own, or a wrong clock would wake a source for ever.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from pendulum import DateTime
from sqlalchemy import Connection, Engine

from dateline.fetch import Lesson, after_reading, woken
from dateline.ingest.schedule import keep_states, states_in
from dateline.model import Dating, Precision, Reading, digest_of, normal_url
from dateline.source import Source
from dateline.warehouse.engine import write_in
from dateline.warehouse.showing import ReadSnapshot

_MOST_TTL_MINUTES = 10_080  # a week; what is more is no ttl


def learn(engine: Engine, read: Sequence[ReadSnapshot], sources: Mapping[str, Source], now: DateTime) -> None:
    """Bring the schedules of polled sources to what these captures teach, in one transaction; idempotent."""
    taught = [one for one in read if one.readings and one.stored.captured_at and one.stored.source_id in sources]
    if taught:
        write_in(engine, lambda connection: _learned(connection, taught, sources, now))


def lesson_of(readings: Sequence[Reading]) -> Lesson:
    """Say what a capture tells, as one digest, and what it says of its coverage and its own freshness."""
    page = readings[0].document
    state = page.coverage.get("state")
    return Lesson(
        told=digest_of("told", *sorted(chain.from_iterable(map(_told, readings)))),
        is_closed=None if state is None else state == "over",
        ttl=_seconds(page.coverage.get("ttl")),
    )


def named_in(readings: Sequence[Reading], captured_at: DateTime) -> Iterator[tuple[str, DateTime]]:
    """Yield each address that a feed or topic page lists, with the time it states for it."""
    for item in readings[1:]:
        moments = [moment for dating in (item.published, item.modified) if (moment := _instant(dating))]
        address = item.document.canonical_url or item.document.url
        if moments and address:
            yield normal_url(address), min(max(moments), captured_at)


def _learned(
    connection: Connection, taught: Iterable[ReadSnapshot], sources: Mapping[str, Source], now: DateTime
) -> None:
    kept = states_in(connection, sources)
    states = dict(kept)
    by_address = {normal_url(str(one.url)): one.source_id for one in sources.values() if one.source_id in kept}
    for one in sorted(taught, key=_moment):
        source_id, readings, captured_at = one.stored.source_id, one.readings or (), _moment(one)
        if source_id in states:
            states[source_id] = after_reading(states[source_id], lesson_of(readings), captured_at)
        for address, moment in named_in(readings, captured_at):
            if address in by_address and by_address[address] != source_id:
                states[by_address[address]] = woken(states[by_address[address]], moment)
    changed = [(sources[name], state) for name, state in states.items() if state != kept[name]]
    keep_states(connection, changed, now)


def _moment(read: ReadSnapshot) -> DateTime:
    captured_at = read.stored.captured_at
    if captured_at is None:
        raise ValueError(f"{read.stored.snapshot_id}: nobody knows when it was captured")
    return captured_at


def _told(reading: Reading) -> Iterator[str]:
    document = reading.document
    yield digest_of("title", document.document_id, document.title or "")
    for entry in reading.entries:
        yield digest_of("entry", document.document_id, entry.anchor or "", entry.content_digest, str(entry.is_deleted))


def _instant(dating: Dating) -> DateTime | None:
    """Return a time that is known to the minute: a bound or a day says nothing of the last poll."""
    return dating.at if dating.precision in {Precision.SECOND, Precision.MINUTE} else None


def _seconds(minutes: str | None) -> float | None:
    if minutes is None or not minutes.isascii() or not minutes.isdigit() or len(minutes) > 6:
        return None
    return 60.0 * int(minutes) if 0 < int(minutes) <= _MOST_TTL_MINUTES else None

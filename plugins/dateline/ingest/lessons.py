"""What reading teaches about when to ask again: whether a page told anything new, and whose turn it names.

A page *tells* its entries' wordings, or its items; clocks, adverts and the order of posts are no news. A feed
or topic page that names another source's address with a newer time wakes that source. A publisher's time in
the future counts as the capture's own, or a wrong clock would wake a source for ever.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from urllib.parse import urlsplit

from pendulum import DateTime
from sqlalchemy import Connection, Engine

from dateline.fetch import Lesson, SourceState, after_reading, plan, woken
from dateline.fetch.further import AGAIN_SECONDS, with_named
from dateline.fetch.hub import PUSHED
from dateline.ingest.followed import begin_following, end_following, turned_out
from dateline.ingest.schedule import change_states
from dateline.masking import masked
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
    """Change the states of the sources concerned, and of no other, each from what it is now."""
    listed = sorted(taught, key=_moment)
    by_address = {normal_url(str(one.url)): one.source_id for one in sources.values() if one.url}
    known = dict(sources)
    for one in listed:
        parent = sources[one.stored.source_id]
        for new in begin_following(connection, parent, one.readings or (), _moment(one), set(by_address)):
            by_address[normal_url(str(new.url))] = new.source_id
            known[new.source_id] = new
    lessons = _lessons(listed, by_address)
    concerned = {source_id: known[source_id] for source_id in lessons}

    def change(source_id: str, state: SourceState) -> SourceState:
        for teach in lessons[source_id]:
            state = teach(state)
        return state

    after = change_states(connection, concerned, change, now, begins=False)
    _end_where_over(connection, listed, after, known, now)


Teach = Callable[[SourceState], SourceState]


def _lessons(taught: Iterable[ReadSnapshot], by_address: Mapping[str, str]) -> dict[str, list[Teach]]:
    """Gather by source what its captures teach it, and which of them name it as changed."""
    lessons: dict[str, list[Teach]] = defaultdict(list)
    for one in taught:
        source_id, captured_at, readings = one.stored.source_id, _moment(one), one.readings or ()
        lessons[source_id].append(partial(_taught, read=one))
        for address, moment in named_in(readings, captured_at):
            named = by_address.get(address)
            if named is not None and named != source_id:
                lessons[named].append(partial(woken, at=moment))
    return lessons


def _taught(state: SourceState, *, read: ReadSnapshot) -> SourceState:
    """Learn from a capture: of the source's own answer all it tells, of others only what they lead to."""
    readings, captured_at = read.readings or (), _moment(read)
    page = readings[0]
    address = read.stored.url or ""
    is_further = address.endswith(PUSHED) or address in {masked(one.url) for one in state.further}
    every = AGAIN_SECONDS if page.entries or len(readings) > 1 else 0.0  # else the posts stand there, not here
    urls = [url for url in page.document.window.next_urls if urlsplit(url).scheme in {"http", "https"}]
    state = replace(state, further=with_named(state.further, urls, captured_at, every=every))
    return state if is_further else after_reading(state, lesson_of(readings), captured_at)


def _end_where_over(
    connection: Connection,
    taught: Iterable[ReadSnapshot],
    states: Mapping[str, SourceState],
    sources: Mapping[str, Source],
    now: DateTime,
) -> None:
    """Leave followed pages that are no live blogs, or are not asked any more."""
    for one in taught:
        source_id = one.stored.source_id
        further = {masked(address.url) for address in states[source_id].further} if source_id in states else set()
        why = turned_out(one.readings or ()) if one.stored.url not in further else None
        planned = plan(sources[source_id], states[source_id], now) if source_id in states else None
        if why or (planned is not None and planned.next_at is None):
            end_following(connection, source_id, now, why or (planned.why if planned else ""))


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

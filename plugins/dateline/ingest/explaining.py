"""One source explained to a person: when it is asked next and why, what it has led to, what its publisher refuses."""

from collections.abc import Iterable, Iterator

from pendulum import DateTime
from sqlalchemy import Engine, select

from dateline.errors import SourceError
from dateline.fetch import NEW, SourceState, plan
from dateline.ingest.followed import found_by, with_followed
from dateline.ingest.schedule import states_of
from dateline.ingest.subscriptions import subscriptions_of
from dateline.masking import masked
from dateline.model import same_site
from dateline.source import Source
from dateline.warehouse.bars import bars_in
from dateline.warehouse.engine import reading_from
from dateline.warehouse.schedule_tables import source_opt_outs

_MOST_SHOWN = 20


def explained(engine: Engine, declared: Iterable[Source], source_id: str, now: DateTime) -> list[str]:
    """Say in lines what is known of a source. Raises :class:`SourceError` where there is none of that name."""
    by_id = {one.source_id: one for one in with_followed(engine, declared)}
    source = by_id.get(source_id)
    if source is None:
        raise SourceError(f"{source_id}: no such source. Declared ones are listed by: dateline sources check")
    states = states_of(engine, by_id)
    state = states.get(source_id, NEW)
    return [
        _when(engine, source, state, now),
        *_moved(source, state),
        *_subscribed(engine, source_id, now),
        *_further(state),
        *_led_to(engine, source, by_id, states, now),
        *_refusals(engine, source_id),
    ]


def _when(engine: Engine, source: Source, state: SourceState, now: DateTime) -> str:
    erasure = bars_in(engine).of_source(source)
    if erasure is not None:
        return f"{source.source_id}: never asked, because it was erased (erasure {erasure.erasure_id})."
    planned = plan(source, state, now)
    return f"{source.source_id}: next {_moment(planned.next_at)}, because {planned.why}."


def _moved(source: Source, state: SourceState) -> Iterator[str]:
    moving = state.moving
    if state.moved_to and state.moved_from == source.url:
        yield f"It has moved to {masked(state.moved_to)} and is asked there; its file says {masked(source.url or '')}."
    elif moving is not None:
        times = f"{moving.times} times since {_moment(moving.since)}"
        yield f"It says ({times}) that it has moved for good to {masked(moving.to)}."
        if not same_site(moving.to, source.url):
            yield f"  Another publisher's address: a person decides, with: dateline sources move {source.source_id}"


def _subscribed(engine: Engine, source_id: str, now: DateTime) -> Iterator[str]:
    for one in subscriptions_of(engine, [source_id]).values():
        if one.is_live(now):
            told = f"it has told of news {one.notifications} times, last {_moment(one.notified_at)}"
            yield f"Its hub {masked(one.hub)} tells of news until {_moment(one.expires_at)}; {told}."
        else:
            why = one.why or "it has not confirmed yet"
            yield f"Its hub {masked(one.hub)} was asked {one.asks} times, last {_moment(one.asked_at)}: {why}."


def _further(state: SourceState) -> Iterator[str]:
    if state.further:
        yield f"Further addresses that its pages name, {len(state.further)}:"
    for one in state.further[:_MOST_SHOWN]:
        asked = f"asked {_moment(one.asked_at)}" if one.asked_at else "still to be asked"
        yield f"  {masked(one.url)}  {asked}"


def _led_to(
    engine: Engine, source: Source, by_id: dict[str, Source], states: dict[str, SourceState], now: DateTime
) -> Iterator[str]:
    found = found_by(engine, source.source_id)
    if found:
        yield f"Live blogs that it led to, {len(found)}:"
    for row in found[:_MOST_SHOWN]:
        source_id = str(row["source_id"])
        if source_id in by_id and row["ended_at"] is None:
            planned = plan(by_id[source_id], states.get(source_id, NEW), now)
            yield f"  {source_id}  {masked(str(row['url']))}  next {_moment(planned.next_at)}, because {planned.why}"
        else:
            yield f"  {source_id}  {masked(str(row['url']))}  left: {row['why']}"


def _refusals(engine: Engine, source_id: str) -> Iterator[str]:
    columns = source_opt_outs.c
    wanted = select(source_opt_outs).where(columns.source_id == source_id).order_by(columns.place)
    with reading_from(engine) as connection:
        rows = connection.execute(wanted).mappings().all()
    if rows:
        yield "Its publisher refuses AI training, or text and data mining:"
    for row in rows:
        yield f"  {row['place']}: {row['evidence']} (last seen {_moment(row['last_seen_at'])})"


def _moment(at: DateTime | None) -> str:
    return "never" if at is None else at.to_iso8601_string()

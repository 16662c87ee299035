"""A person's yes to a source that says it has moved to another publisher's address: the only way it is switched there.

The declared address stays in the file, and is asked again where the new one fails for good.
"""

from collections.abc import Iterable
from dataclasses import replace

from pendulum import DateTime
from sqlalchemy import Engine

from dateline.errors import SourceError
from dateline.fetch import NEW
from dateline.ingest.followed import with_followed
from dateline.ingest.schedule import change_states, states_of
from dateline.masking import masked
from dateline.source import Source
from dateline.warehouse.engine import write_in


def accept_move(engine: Engine, declared: Iterable[Source], source_id: str, now: DateTime) -> str:
    """Let a source be asked where its permanent redirect leads; return that address.

    Raises :class:`SourceError` where there is no such source, or it answers with no permanent redirect.
    """
    source = next((one for one in with_followed(engine, declared) if one.source_id == source_id), None)
    if source is None:
        raise SourceError(f"{source_id}: no such source. Declared ones are listed by: dateline sources check")
    moving = states_of(engine, [source_id]).get(source_id, NEW).moving
    if moving is None:
        raise SourceError(f"{source_id}: {masked(source.url or '')} does not say that it has moved.")
    to = moving.to
    accepted = {source_id: source}
    write_in(
        engine,
        lambda connection: change_states(
            connection, accepted, lambda _, state: replace(state, moved_to=to, moved_from=source.url), now
        ),
    )
    return to

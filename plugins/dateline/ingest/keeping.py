"""Into the archive, then into the ledger: after this a capture is safe, whoever dies next.

In this order, because a row without its bytes is a lie and bytes without a row are found again
(:func:`find_lost`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import Connection, Engine

from dateline.archive import Archive, Capture
from dateline.model import Snapshot
from dateline.source import ANY_SOURCE, Source
from dateline.warehouse.engine import write_in
from dateline.warehouse.ledger import (
    StoredSnapshot,
    archived_paths,
    bodies_at,
    enter,
    known_snapshots,
    remember,
    snapshot_id_of,
    stored_snapshot,
)

Clock = Callable[[], DateTime]
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A snapshot, the source that it is of, and the request headers that were sent for it."""

    source_id: str
    snapshot: Snapshot
    asked: Headers | None = None


def keep(
    engine: Engine,
    archive: Archive,
    found: Sequence[Found],
    *,
    name: str,
    clock: Clock,
    note: Callable[[Connection], None] | None = None,
) -> list[str]:
    """Archive what the ledger does not know yet, and enter it as *stored*; return the ids of the new snapshots.

    ``note`` writes what belongs into the same transaction (requests made, when to ask next).
    """
    new = _unknown(engine, found)
    originals = bodies_at(engine, {one.snapshot.digest for one in new.values()})
    captures = [
        Capture(snapshot=one.snapshot, asked=one.asked, original=originals.get(one.snapshot.digest))
        for one in new.values()
    ]
    locations = archive.write(captures, name) if captures else []
    stored = [
        stored_snapshot(one.snapshot, one.source_id, where) for one, where in zip(new.values(), locations, strict=True)
    ]
    write_in(engine, lambda connection: _entered(connection, stored, clock(), note))
    return list(new)


def find_lost(engine: Engine, archive: Archive, sources: Iterable[Source], clock: Clock) -> list[str]:
    """Enter what stands in the archive and not in the ledger: a writer died between the two.

    The source is the declared one with the capture's address, or none. Returns the ids that were entered.
    """
    by_url: dict[str | None, str] = {one.url: one.source_id for one in sources if one.url}
    lost = []
    known = archive.files_of(archived_paths(engine))
    for path in sorted(archive.files().keys() - known):
        stored = [
            stored_snapshot(snapshot, by_url.get(snapshot.url, ANY_SOURCE.source_id), location)
            for location, snapshot in archive.records(path)
            if snapshot.status != 304
        ]
        lost += remember(engine, stored, clock())
    return lost


def _unknown(engine: Engine, found: Sequence[Found]) -> dict[str, Found]:
    by_id = {snapshot_id_of(one.snapshot, one.source_id): one for one in found}
    known = known_snapshots(engine, by_id)
    return {snapshot_id: one for snapshot_id, one in by_id.items() if snapshot_id not in known}


def _entered(
    connection: Connection,
    stored: Sequence[StoredSnapshot],
    at: DateTime,
    note: Callable[[Connection], None] | None,
) -> None:
    enter(connection, stored, at)
    if note:
        note(connection)

"""Into the archive, then into the ledger: after this a capture is safe, whoever dies next.

In this order, because a row without its bytes is a lie and bytes without a row are found again
(:func:`find_lost`).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import Connection, Engine

from dateline.archive import Archive, Capture, Fault, Location
from dateline.errors import ArchiveError
from dateline.fetch.hub import PUSHED
from dateline.model import Snapshot
from dateline.source import ANY_SOURCE, Source
from dateline.warehouse.archive_lock import adding
from dateline.warehouse.bars import refused_among
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
Note = Callable[[Connection], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A snapshot, the source that it is of, and the request headers that were sent for it."""

    source_id: str
    snapshot: Snapshot
    asked: Headers | None = None


OnErased = Callable[[Found, str], None]


def keep(
    engine: Engine,
    archive: Archive,
    found: Sequence[Found],
    *,
    name: str,
    clock: Clock,
    note: Note | None = None,
    on_erased: OnErased = lambda _found, _why: None,
) -> list[str]:
    """Archive what the ledger does not know yet, and enter it as *stored*; return the ids of the new snapshots.

    ``note`` writes what belongs into the same transaction (requests made, when to ask next). What was erased
    does not come in again: ``on_erased`` is told of each such capture, and why.
    """
    with adding(engine):
        new = _allowed(engine, _unknown(engine, found), on_erased)
        stored = _archived(engine, archive, new.values(), name)
        write_in(engine, lambda connection: _entered(connection, stored, clock(), note))
    return list(new)


def _archived(engine: Engine, archive: Archive, new: Collection[Found], name: str) -> list[StoredSnapshot]:
    originals = bodies_at(engine, {one.snapshot.digest for one in new})
    captures = [
        Capture(snapshot=one.snapshot, asked=one.asked, original=originals.get(one.snapshot.digest)) for one in new
    ]
    locations = archive.write(captures, name) if captures else []
    return [stored_snapshot(one.snapshot, one.source_id, where) for one, where in zip(new, locations, strict=True)]


def find_lost(
    engine: Engine,
    archive: Archive,
    sources: Iterable[Source],
    clock: Clock,
    on_torn: Callable[[Fault], None] = lambda _fault: None,
) -> list[str]:
    """Enter what stands in the archive and not in the ledger: a writer died between the two.

    The source is the declared one with the capture's address, or none. A file that is torn gives what
    stands before the tear, ``on_torn`` is told of it, and the other files are gone on with. Returns the ids that
    were entered.
    """
    by_url: dict[str, str] = {one.url: one.source_id for one in sources if one.url}
    lost = []
    with adding(engine):
        known = archive.files_of(archived_paths(engine))
        for path in sorted(archive.files().keys() - known):
            stored = [
                stored_snapshot(
                    snapshot, by_url.get((snapshot.url or "").removesuffix(PUSHED), ANY_SOURCE.source_id), location
                )
                for location, snapshot in _readable(archive, path, on_torn)
                if snapshot.status != 304
            ]
            refused = refused_among(engine, stored)
            lost += remember(engine, [one for one in stored if one.snapshot_id not in refused], clock())
    return lost


def _readable(archive: Archive, path: str, on_torn: Callable[[Fault], None]) -> Iterator[tuple[Location, Snapshot]]:
    try:
        yield from archive.records(path)
    except ArchiveError as error:
        on_torn(Fault(path=path, location=None, why=str(error)))


def _allowed(engine: Engine, new: Mapping[str, Found], on_erased: OnErased) -> dict[str, Found]:
    """Leave out what was erased."""
    nowhere = Location(path="", offset=0, length=0, sha256="")
    refused = refused_among(engine, [stored_snapshot(one.snapshot, one.source_id, nowhere) for one in new.values()])
    for snapshot_id, why in refused.items():
        on_erased(new[snapshot_id], why)
    return {snapshot_id: one for snapshot_id, one in new.items() if snapshot_id not in refused}


def _unknown(engine: Engine, found: Sequence[Found]) -> dict[str, Found]:
    by_id = {snapshot_id_of(one.snapshot, one.source_id): one for one in found}
    known = known_snapshots(engine, by_id)
    return {snapshot_id: one for snapshot_id, one in by_id.items() if snapshot_id not in known}


def _entered(
    connection: Connection,
    stored: Sequence[StoredSnapshot],
    at: DateTime,
    note: Note | None,
) -> None:
    enter(connection, stored, at)
    if note:
        note(connection)

"""Care of the archive: prove that every record and every file is what was written, and join small files."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select, update

from dateline.archive import Archive, Fault, plan_merges
from dateline.archive.moves import Move
from dateline.errors import ArchiveError
from dateline.warehouse.archive_lock import rearranging
from dateline.warehouse.engine import reading_from, write_in
from dateline.warehouse.ledger import StoredSnapshot, archived_paths, stored_from
from dateline.warehouse.ledger_tables import fct_snapshots


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was looked at, and what is wrong; ``unknown_files`` stand in the archive and in no row of the ledger."""

    records: int
    files: int
    faults: tuple[Fault, ...]
    unknown_files: tuple[str, ...]


def prove(engine: Engine, archive: Archive) -> Proof:
    """Read every record that the ledger knows and every file of the archive, and compare all digests."""
    stored = list(_ledger(engine))
    files = archive.files()
    faults = [fault for one in stored if (fault := _fault_of(archive, one)) is not None]
    faults += [fault for path in files if (fault := archive.verify_file(path)) is not None]
    known = archive.files_of({one.location.path for one in stored})
    return Proof(
        records=len(stored),
        files=len(files),
        faults=tuple(faults),
        unknown_files=tuple(path for path in files if path not in known),
    )


def compact(engine: Engine, archive: Archive) -> int:
    """Join small files and bring the ledger to where their records are now; return how many files were joined.

    Only files that the ledger knows are joined: one that it does not is still to be found. A crash in between
    leaves rows that name the old files; those still read.
    """
    with rearranging(engine):
        archive.sweep()
        known = archive.files_of(archived_paths(engine))
        moves = archive.compact(plan_merges({path: size for path, size in archive.files().items() if path in known}))
        if moves:
            write_in(engine, lambda connection: _moved(connection, moves))
    return len(moves)


def _ledger(engine: Engine) -> Iterator[StoredSnapshot]:
    order = (fct_snapshots.c.archive_path, fct_snapshots.c.archive_offset, fct_snapshots.c.snapshot_id)
    with reading_from(engine) as connection:
        for row in connection.execute(select(fct_snapshots).order_by(*order)).mappings():
            yield stored_from(dict(row))


def _fault_of(archive: Archive, stored: StoredSnapshot) -> Fault | None:
    try:
        snapshot = archive.read(stored.location)
    except ArchiveError as error:
        return Fault(path=stored.location.path, location=stored.location, why=str(error))
    if snapshot.digest == stored.body_digest:
        return None
    why = f"its body has the digest {snapshot.digest[:16]}…, the ledger says {stored.body_digest[:16]}…"
    return Fault(path=stored.location.path, location=stored.location, why=why)


def _moved(connection: Connection, moves: list[Move]) -> None:
    for move in sorted(moves, key=lambda one: one.path):
        at = fct_snapshots.c.archive_path == move.path
        offset = fct_snapshots.c.archive_offset + move.base
        connection.execute(update(fct_snapshots).where(at).values(archive_path=move.into, archive_offset=offset))

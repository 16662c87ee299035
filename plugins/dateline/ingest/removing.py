"""Removing what a condition names: its records from the archive first, then its rows from the warehouse.

In this order nobody finds bytes again that have no row. Every step may be taken again. Whoever adds captures,
joins files or removes others waits while one group of archive files is written, and no longer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from dateline.archive import Archive, Kept
from dateline.archive.location import Location
from dateline.ingest.report import OnProgress, Progress, say_nothing
from dateline.matching.gather import gather
from dateline.warehouse.archive_lock import rearranging
from dateline.warehouse.engine import reading_from, write_in
from dateline.warehouse.erasure_choice import portion
from dateline.warehouse.erasure_log import Erasure, note_progress
from dateline.warehouse.erasure_rows import Forgotten, forget, move_records
from dateline.warehouse.ledger import StoredSnapshot, stored_from
from dateline.warehouse.ledger_tables import fct_snapshots
from dateline.warehouse.rows import in_portions

PORTION = 500
BYTES_AT_ONCE = 128_000_000  # of archive files that are written again in one step: they are held in memory

Condition = ColumnElement[bool]


@dataclass(slots=True, kw_only=True)
class Removal:
    """One run of removals; ``to_read`` gathers the captures that have to be read anew."""

    engine: Engine
    archive: Archive
    progress: OnProgress = say_nothing
    to_read: set[str] = field(default_factory=set)

    def remove(self, erasure: Erasure, condition: Condition) -> None:
        """Remove all that a condition on ``fct_snapshots`` names, whatever comes in meanwhile."""
        done = 0
        while total := self._count(condition):
            self._remove_records(condition)
            for batch in self._batches(condition):
                self._remove_rows(erasure, batch)
                done += len(batch)
                self.progress(Progress(step="erase", done=done, total=max(total, done), name=batch[-1].url or ""))

    def _count(self, condition: Condition) -> int:
        with reading_from(self.engine) as connection:
            return connection.scalar(select(func.count()).select_from(fct_snapshots).where(condition)) or 0

    def _batches(self, condition: Condition) -> Iterator[list[StoredSnapshot]]:
        while True:
            with reading_from(self.engine) as connection:
                batch = portion(connection, condition, PORTION)
            if not batch:
                return
            yield batch

    def _remove_rows(self, erasure: Erasure, batch: Sequence[StoredSnapshot]) -> None:
        done = write_in(self.engine, lambda connection: _forgotten(connection, erasure, batch))
        gather(self.engine, done.neighbours)
        self.to_read |= set(done.to_read)

    def _remove_records(self, condition: Condition) -> None:
        """Write the archive files that hold such captures again without them, some files at a time."""
        with reading_from(self.engine) as connection:
            paths = list(connection.scalars(select(fct_snapshots.c.archive_path).where(condition).distinct()))
        for group in self._groups(sorted(paths)):
            with rearranging(self.engine):
                self._write_again(group, condition)

    def _groups(self, paths: Sequence[str]) -> Iterator[list[str]]:
        """Deal ledger paths into groups whose files fit into memory together."""
        sizes = self.archive.files()
        group: list[str] = []
        files: set[str] = set()
        for path in paths:
            now = self.archive.files_of([path])
            if group and sum(sizes.get(one, 0) for one in files | now) > BYTES_AT_ONCE:
                yield group
                group, files = [], set()
            group.append(path)
            files |= now
        if group:
            yield group

    def _write_again(self, paths: Sequence[str], condition: Condition) -> None:
        with reading_from(self.engine) as connection:
            gone = list(_records(connection, condition, fct_snapshots.c.archive_path.in_(paths)))
            kept = _sharing(connection, {one.body_digest for one in gone}, condition)
        moves = self.archive.erase([one.location for one in gone], kept)
        changed = {move.path for move in moves}
        write_in(self.engine, lambda connection: move_records(connection, changed, self._where))

    def _where(self, location: Location) -> Location | None:
        return self.archive.where(location)


def _forgotten(connection: Connection, erasure: Erasure, batch: Sequence[StoredSnapshot]) -> Forgotten:
    done = forget(connection, batch, erasure.erasure_id, bars_bodies=erasure.rule.is_lasting)
    size = sum(one.location.length for one in batch)
    note_progress(connection, erasure.erasure_id, snapshots=len(batch), archive_bytes=size, removed=done.removed)
    return done


def _records(connection: Connection, *conditions: Condition) -> Iterator[StoredSnapshot]:
    for row in connection.execute(select(fct_snapshots).where(*conditions)).mappings():
        yield stored_from(dict(row))


def _sharing(connection: Connection, digests: set[str], condition: Condition) -> list[Kept]:
    """Return the records that stay and have one of these bodies."""
    return [
        Kept(location=one.location, body_digest=one.body_digest, url=one.url)
        for some in in_portions(digests)
        for one in _records(connection, fct_snapshots.c.body_digest.in_(some), ~condition)
    ]

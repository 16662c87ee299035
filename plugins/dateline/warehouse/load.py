"""Loading: snapshots and what was read from them become rows, in one transaction for each batch.

Idempotent: the same snapshots in any order, batching, repetition or parallelism end in the same rows. One
writer a document: PostgreSQL takes a lock on each body and each document, sorted; SQLite has one writer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import pendulum
from pendulum import DateTime
from sqlalchemy import Connection, Engine, text

from dateline.model import Reading, digest_of
from dateline.warehouse.change import Changes, write_difference
from dateline.warehouse.chronicle import chronicle
from dateline.warehouse.engine import is_postgresql, write_in
from dateline.warehouse.erasure_log import erased_among
from dateline.warehouse.garbage import without_collecting
from dateline.warehouse.ledger import StoredSnapshot, set_aside, settle
from dateline.warehouse.ledger_tables import SnapshotState
from dateline.warehouse.match_queue import ask_to_match
from dateline.warehouse.reading_tables import fct_readings, fct_rejects
from dateline.warehouse.rows import one_of_names
from dateline.warehouse.showing import ReadSnapshot, Shown, body_key, keep_content, news_of, shown_by, stored_readings
from dateline.warehouse.sweep import sweep_editions

Clock = Callable[[], DateTime]
LOCK_BUCKETS = 1024  # a batch may touch thousands of documents; PostgreSQL's lock table is small


@dataclass(slots=True, kw_only=True)
class LoadReport:
    """What a load did: snapshots settled, documents whose rows it touched, rows by table."""

    snapshots: int = 0
    document_ids: set[str] = field(default_factory=set)
    changes: Changes = field(default_factory=Changes)

    def add(self, other: "LoadReport") -> None:
        """Add what another load did."""
        self.snapshots += other.snapshots
        self.document_ids |= other.document_ids
        self.changes.add(other.changes)


class _DryRun(Exception):  # noqa: N818 - not an error: it carries the report out of the transaction
    def __init__(self, report: LoadReport) -> None:
        super().__init__("dry run")
        self.report = report


def load(
    engine: Engine, stored: StoredSnapshot, readings: Iterable[Reading], *, clock: Clock = pendulum.now
) -> LoadReport:
    """Load one snapshot and what was read from it. Raises :class:`~dateline.errors.WarehouseError`."""
    return load_batch(engine, [ReadSnapshot(stored=stored, readings=tuple(readings))], clock=clock)


def load_batch(
    engine: Engine, batch: Sequence[ReadSnapshot], *, clock: Clock = pendulum.now, is_dry_run: bool = False
) -> LoadReport:
    """Load several snapshots in one transaction: all of them, or none.

    With ``is_dry_run`` the report says what would change, and nothing is written.
    """
    try:
        with without_collecting():
            return write_in(engine, lambda connection: _loaded(connection, batch, clock(), is_dry_run=is_dry_run))
    except _DryRun as dry:
        return dry.report


def quarantine(
    engine: Engine,
    stored: StoredSnapshot,
    reason: str,
    why: str,
    *,
    clock: Clock = pendulum.now,
    is_dry_run: bool = False,
) -> LoadReport:
    """Set a snapshot aside with one word and the whole reason; what was read from it before is taken back.

    Its bytes stay in the archive.
    """
    try:
        return write_in(
            engine, lambda connection: _quarantined(connection, stored, (reason, why), clock(), is_dry_run=is_dry_run)
        )
    except _DryRun as dry:
        return dry.report


def take_back(connection: Connection, snapshots: Sequence[StoredSnapshot]) -> LoadReport:
    """Take back, inside an open transaction, all that was read from some snapshots; their ledger rows stay."""
    report = LoadReport(snapshots=len(snapshots))
    _lock(connection, "body", {body_key(one) for one in snapshots})
    _rewrite(connection, Shown(snapshot_ids={one.snapshot_id for one in snapshots}), report)
    return report


def _quarantined(
    connection: Connection, stored: StoredSnapshot, because: tuple[str, str], at: DateTime, *, is_dry_run: bool
) -> LoadReport:
    report = LoadReport(snapshots=1)
    _lock(connection, "body", {body_key(stored)})
    _rewrite(connection, Shown(snapshot_ids={stored.snapshot_id}), report)
    set_aside(connection, stored, *because, at)
    if is_dry_run:
        raise _DryRun(report)
    return report


def _loaded(connection: Connection, batch: Sequence[ReadSnapshot], at: DateTime, *, is_dry_run: bool) -> LoadReport:
    report = LoadReport(snapshots=len(batch))
    _lock(connection, "body", {body_key(one.stored) for one in batch})
    batch = _unerased(connection, batch)
    shown = shown_by(connection, batch)  # asks what was loaded before: this batch is not yet
    settle(connection, [one.stored for one in batch], {"state": str(SnapshotState.LOADED)}, at)
    _rewrite(connection, shown, report)
    refused = one_of_names(connection, fct_rejects.c.snapshot_id, [one.stored.snapshot_id for one in batch])
    connection.execute(fct_rejects.delete().where(refused))  # of captures that were set aside before
    if is_dry_run:
        raise _DryRun(report)
    return report


def _rewrite(connection: Connection, shown: Shown, report: LoadReport) -> None:
    """Bring the readings of snapshots to what they show now, and the documents concerned along with them."""
    before, after = stored_readings(connection, shown.snapshot_ids), shown.rows
    _lock(connection, "document", {row["document_id"] for row in [*before, *after]})
    fresh = keep_content(connection, shown, report.changes)
    write_difference(connection, fct_readings, before, after, report.changes)
    incoming = news_of(connection, shown, before, fresh)
    report.document_ids |= {one.document_id for one in incoming}
    ask_to_match(connection, chronicle(connection, incoming, report.changes))
    gone = {row["edition_id"] for row in before} - {row["edition_id"] for row in after}
    sweep_editions(connection, gone, report.changes)


def _unerased(connection: Connection, batch: Sequence[ReadSnapshot]) -> list[ReadSnapshot]:
    """Leave out what was erased between its reading and now: its row must not come back without its bytes."""
    gone = erased_among(connection, {one.stored.snapshot_id for one in batch})
    return [one for one in batch if one.stored.snapshot_id not in gone]


def _lock(connection: Connection, kind: str, names: Iterable[str]) -> None:
    """Wait until no other transaction works on any of these; always in one order, so nobody waits in a ring."""
    if not is_postgresql(connection):
        return
    keys = sorted({int(digest_of("lock", one), 16) % LOCK_BUCKETS for one in names})
    taken = text(
        "select pg_advisory_xact_lock(:kind, wanted.bucket) from unnest(cast(:keys as int[])) as wanted (bucket)"
    )
    connection.execute(taken, {"kind": int(digest_of("lock", kind), 16) % 2**31, "keys": keys}).all()

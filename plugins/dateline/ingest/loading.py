"""From *stored* to *loaded* or *quarantined*: read snapshots from the archive and load what they say.

One snapshot that cannot be read never stops the others: it is set aside with its reason, and its bytes stay.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pendulum
from sqlalchemy import Engine

from dateline.archive import Archive
from dateline.errors import ArchiveError, DatelineError, StoreError
from dateline.ingest.followed import with_followed
from dateline.ingest.keeping import Clock
from dateline.ingest.lessons import learn
from dateline.ingest.report import Failure, IngestReport, OnProgress, Progress, say_nothing
from dateline.model import Reading, Snapshot
from dateline.reading import read
from dateline.source import ANY_SOURCE, Source
from dateline.warehouse.bars import NO_BARS, Bars, bars_in
from dateline.warehouse.engine import RefusedRowsError
from dateline.warehouse.erasure_choice import ERASED, why_erased
from dateline.warehouse.erasure_log import Erasure
from dateline.warehouse.garbage import without_collecting
from dateline.warehouse.ledger import Fate, StoredSnapshot, fates, find_stored, pending, pending_count
from dateline.warehouse.load import load_batch, quarantine
from dateline.warehouse.showing import ReadSnapshot, body_key

BATCH = 400  # snapshots in one transaction at most: each costs a commit, and queries that many can share
POSTS = 20_000  # shown by them at most: what was read waits in memory, and other writers for the transaction
CORRUPT = "corrupt_snapshot"
READER_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What a reader with a mistake in it may raise on a page nobody thought of."""

Sources = Mapping[str, Source]


def load_pending(
    engine: Engine,
    archive: Archive,
    limit: int | None = None,
    *,
    sources: Sources | None = None,
    source_ids: Iterable[str] | None = None,
    snapshot_ids: Iterable[str] = (),
    shard: tuple[int, int] = (0, 1),
    clock: Clock = pendulum.now,
    progress: OnProgress = say_nothing,
) -> IngestReport:
    """Read and load what is *stored*, the oldest captures first, up to ``limit`` snapshots (None: all).

    Any number of workers may do this at once; ``shard`` (k, n) deals the sources out among them. With
    ``source_ids`` it takes what is of these sources, and the ``snapshot_ids``.
    """
    report = IngestReport()
    named = list(snapshot_ids)
    wanted = None if source_ids is None else list(source_ids)
    total = pending_count(engine)
    while limit is None or report.loaded + report.quarantined < limit:
        room = BATCH if limit is None else min(BATCH, limit - report.loaded - report.quarantined)
        batch = pending(engine, room, source_ids=wanted, snapshot_ids=named, shard=shard)
        done = load_stored(engine, archive, batch, sources=sources, clock=clock)
        if not done.loaded + done.quarantined:
            break
        report.add(done)
        progress(Progress(step="load", done=report.loaded + report.quarantined, total=total, name=_name(batch[-1])))
    return report


def load_snapshots(
    engine: Engine,
    archive: Archive,
    snapshot_ids: Iterable[str],
    *,
    sources: Sources | None = None,
    clock: Clock = pendulum.now,
    progress: OnProgress = say_nothing,
) -> IngestReport:
    """Read and load these snapshots, whatever has become of them before."""
    stored = find_stored(engine, snapshot_ids)
    report = IngestReport()
    for start in range(0, len(stored), BATCH):
        batch = stored[start : start + BATCH]
        report.add(load_stored(engine, archive, batch, sources=sources, clock=clock))
        progress(Progress(step="load", done=start + len(batch), total=len(stored), name=_name(batch[-1])))
    return report


def load_stored(
    engine: Engine,
    archive: Archive,
    batch: Sequence[StoredSnapshot],
    *,
    sources: Sources | None = None,
    clock: Clock = pendulum.now,
) -> IngestReport:
    """Read a batch and load it in one transaction, or several where it shows many posts.

    One snapshot that the warehouse refuses is set aside.
    """
    with without_collecting():
        return _load_stored(engine, archive, batch, sources, clock)


def _load_stored(
    engine: Engine, archive: Archive, batch: Sequence[StoredSnapshot], sources: Sources | None, clock: Clock
) -> IngestReport:
    report = IngestReport()
    sources = {one.source_id: one for one in with_followed(engine, (sources or {}).values())}
    waiting = deque(batch)
    while waiting:
        known, bars = fates(engine, waiting), bars_in(engine)
        readable: list[ReadSnapshot] = []
        posts = 0
        while waiting and posts < POSTS:
            stored = waiting.popleft()
            found = _read_before(stored, readable) or read_stored(
                archive, stored, sources, known.get(stored.snapshot_id), bars
            )
            if isinstance(found, Failure):
                _set_aside(engine, stored, found, clock, report)
            else:
                readable.append(found)
                posts += posts_in(found)
        _load(engine, readable, clock, report)
        learn(engine, readable, sources, clock())
    return report


def posts_in(found: ReadSnapshot) -> int:
    """Count the posts that a snapshot shows, if it was read just now."""
    return sum(len(one.entries) for one in found.readings or ())


def _read_before(stored: StoredSnapshot, readable: Iterable[ReadSnapshot]) -> ReadSnapshot | None:
    """Return what was just read from the same body, if it was: it is not parsed again."""
    if stored.captured_at is None or not _is_success(stored):
        return None
    key = body_key(stored)
    twins = (one for one in readable if one.stored.body_digest == stored.body_digest and body_key(one.stored) == key)
    return next((replace(one, stored=stored) for one in twins), None)


def _is_success(stored: StoredSnapshot) -> bool:
    return 200 <= stored.status < 300


def read_stored(
    archive: Archive, stored: StoredSnapshot, sources: Sources, fate: Fate | None, bars: Bars = NO_BARS
) -> ReadSnapshot | Failure:
    """Read one snapshot with today's readers, or say why that cannot be done. Writes nothing.

    ``fate`` is what became of the same body before: it is not parsed again. ``bars`` keep out what was erased.
    """
    if fate is not None:
        if fate.reason is None:
            return ReadSnapshot(stored=stored, readings=None)
        return _failure(stored, fate.reason, fate.why or fate.reason)
    if not _is_success(stored):
        return _failure(stored, f"status_{stored.status}", f"answered {stored.status}")
    try:
        readings = tuple(read(_page_of(archive, stored), sources.get(stored.source_id, ANY_SOURCE)))
    except StoreError:
        raise  # nothing is known of this capture: it goes on waiting
    except DatelineError as error:
        reason, why = CORRUPT if isinstance(error, ArchiveError) else "unreadable", str(error)
    except READER_FAULTS as error:
        reason, why = "reader_fault", f"{type(error).__name__}: {error}"
    else:
        return _sifted(stored, readings, bars)
    return _failure(stored, reason, why)


def _page_of(archive: Archive, stored: StoredSnapshot) -> Snapshot:
    """Return a capture under the address that the ledger knows: its secrets are masked."""
    snapshot = archive.read(stored.location)
    return snapshot if snapshot.url == stored.url else replace(snapshot, url=stored.url)


def _sifted(stored: StoredSnapshot, readings: tuple[Reading, ...], bars: Bars) -> ReadSnapshot | Failure:
    sifted = bars.sifted(stored.source_id, readings)
    if isinstance(sifted, Erasure):
        return _failure(stored, ERASED, why_erased(sifted.erasure_id))
    return ReadSnapshot(stored=stored, readings=sifted)


def _failure(stored: StoredSnapshot, reason: str, why: str) -> Failure:
    return Failure(
        name=_name(stored), reason=reason, why=why, snapshot_id=stored.snapshot_id, source_id=stored.source_id
    )


def _load(engine: Engine, readable: Sequence[ReadSnapshot], clock: Clock, report: IngestReport) -> None:
    if not readable:
        return
    try:
        report.load.add(load_batch(engine, readable, clock=clock))
    except RefusedRowsError as error:
        _load_singly(engine, readable, error, clock, report)
    else:
        report.loaded += len(readable)
        report.loaded_ids += [one.stored.snapshot_id for one in readable]


def _load_singly(
    engine: Engine, readable: Sequence[ReadSnapshot], error: RefusedRowsError, clock: Clock, report: IngestReport
) -> None:
    """Find the snapshot whose rows were refused, and load the others."""
    if len(readable) == 1:
        stored = readable[0].stored
        _set_aside(engine, stored, _failure(stored, "refused_rows", str(error)), clock, report)
        return
    for one in readable:
        _load(engine, [one], clock, report)


def _set_aside(engine: Engine, stored: StoredSnapshot, failure: Failure, clock: Clock, report: IngestReport) -> None:
    quarantine(engine, stored, failure.reason, failure.why, clock=clock)
    report.quarantined += 1
    report.failures.append(failure)


def _name(stored: StoredSnapshot) -> str:
    when = stored.captured_at.isoformat(timespec="seconds") if stored.captured_at else "capture time unknown"
    return f"{stored.url or stored.location.path} ({when})"

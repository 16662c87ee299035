"""The ledger: what is stored, what is still to be read, and what could not be.

The row of a snapshot is written after its bytes are safe in the archive; its state is the work queue.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, Engine, func, select

from dateline.archive.location import Location
from dateline.masking import masked
from dateline.model import PARSER_VERSION, Snapshot, digest_of, digest_within
from dateline.source import ANY_SOURCE, Source
from dateline.warehouse.dating_rows import scrub, scrubbed
from dateline.warehouse.engine import reading_from, write_in
from dateline.warehouse.ledger_tables import SnapshotState, dim_sources, fct_snapshots
from dateline.warehouse.metadata import sortable
from dateline.warehouse.reading_tables import fct_rejects
from dateline.warehouse.rows import in_portions, insert_missing, upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSnapshot:
    """A snapshot whose bytes stand in the archive: all that the ledger keeps of it."""

    source_id: str
    url: str | None
    captured_at: DateTime | None
    status: int
    media_type: str | None
    body_digest: str
    body_bytes: int
    is_cut: bool
    location: Location

    @property
    def snapshot_id(self) -> str:
        """Derive the identity: the same bytes, from the same address at the same instant, for the same source."""
        return _snapshot_id(self.source_id, self.url or "", self.captured_at, self.body_digest)


@lru_cache(maxsize=4096)  # a load asks for each half a dozen times
def _snapshot_id(source_id: str, url: str, captured_at: DateTime | None, body_digest: str) -> str:
    """Begin with the second of the capture, so that new ones stand at the end of an index."""
    when = sortable(captured_at) if captured_at else ""
    second = max(captured_at.int_timestamp, 0) if captured_at else 0
    return f"{second % 2**32:08x}" + digest_of("snapshot", source_id, url, when, body_digest)[8:]


def stored_snapshot(snapshot: Snapshot, source_id: str, location: Location) -> StoredSnapshot:
    """Describe an archived snapshot for the ledger."""
    return StoredSnapshot(
        source_id=source_id,
        url=scrubbed(masked(snapshot.url)) if snapshot.url else None,
        captured_at=snapshot.captured_at,
        status=snapshot.status,
        media_type=scrubbed(snapshot.header("content-type")),
        body_digest=snapshot.digest,
        body_bytes=len(snapshot.body),
        is_cut=is_cut(snapshot),
        location=location,
    )


def snapshot_id_of(snapshot: Snapshot, source_id: str) -> str:
    """Return the id that a snapshot has or will have in the ledger."""
    nowhere = Location(path="", offset=0, length=0, sha256="")
    return stored_snapshot(snapshot, source_id, nowhere).snapshot_id


def is_cut(snapshot: Snapshot) -> bool:
    """Say whether an HTML body stops before its end tag: a cut-off page proves no absence.

    A page that never opened ``<html>`` need not close it.
    """
    lowered = snapshot.body[:4096].lower()
    return b"<html" in lowered and b"</html" not in snapshot.body[-4096:].lower()


def declare_sources(engine: Engine, sources: Iterable[Source]) -> None:
    """Write the declared sources; one that is declared no longer stays, and stays as it was.

    Asked every minute about every source, so what stands as it is declared is read and not written.
    """
    listed = {one.source_id: one for one in sources}
    known: dict[str, Mapping[str, Any]] = {}
    with reading_from(engine) as connection:
        for portion in in_portions(listed):
            rows = connection.execute(select(dim_sources).where(dim_sources.c.source_id.in_(portion))).mappings()
            known |= {row["source_id"]: row for row in rows}
    changed = [one for source_id, one in listed.items() if known.get(source_id) != _source_row(one)]
    if changed:
        write_in(engine, lambda connection: declare_in(connection, changed))


def declare_in(connection: Connection, sources: Iterable[Source]) -> None:
    """Write declared sources inside an open transaction."""
    upsert(connection, dim_sources, [_source_row(one) for one in sources])


def remember(engine: Engine, stored: Iterable[StoredSnapshot], at: DateTime) -> list[str]:
    """Enter archived snapshots as ``stored``; those already known stay as they are. Returns their ids in order."""
    known = list(stored)
    write_in(engine, lambda connection: enter(connection, known, at))
    return [one.snapshot_id for one in known]


def enter(connection: Connection, stored: Iterable[StoredSnapshot], at: DateTime) -> None:
    """Write ledger rows inside an open transaction."""
    rows = [_snapshot_row(one, at) for one in stored]
    _enter_sources(connection, rows)
    insert_missing(connection, fct_snapshots, rows)


def _enter_sources(connection: Connection, snapshots: Iterable[Mapping[str, Any]]) -> None:
    unnamed = {one["source_id"] for one in snapshots}
    insert_missing(connection, dim_sources, [_source_row(Source(source_id=one)) for one in unnamed])


def known_snapshots(engine: Engine, snapshot_ids: Iterable[str]) -> dict[str, SnapshotState]:
    """Return which of these snapshots the ledger has, and how far each has come."""
    found: dict[str, SnapshotState] = {}
    with reading_from(engine) as connection:
        for portion in in_portions(set(snapshot_ids)):
            wanted = select(fct_snapshots.c.snapshot_id, fct_snapshots.c.state)
            rows = connection.execute(wanted.where(fct_snapshots.c.snapshot_id.in_(portion)))
            found |= {one.snapshot_id: SnapshotState(one.state) for one in rows}
    return found


def pending(
    engine: Engine,
    limit: int,
    *,
    source_ids: Iterable[str] | None = None,
    snapshot_ids: Iterable[str] = (),
    shard: tuple[int, int] = (0, 1),
) -> list[StoredSnapshot]:
    """Return the oldest snapshots that nobody has read, up to ``limit``: of these sources, and these ones.

    ``shard`` (k, n) keeps every n-th source for one of n workers. Two workers that take the same snapshot
    lose time and nothing else.
    """
    wanted = select(fct_snapshots).where(fct_snapshots.c.state == SnapshotState.STORED)
    if source_ids is not None:
        is_named = fct_snapshots.c.snapshot_id.in_(list(snapshot_ids))
        wanted = wanted.where(fct_snapshots.c.source_id.in_(list(source_ids)) | is_named)
    number, of = shard
    if of > 1:
        wanted = wanted.where(fct_snapshots.c.source_id.in_(sources_of_shard(engine, number, of)))
    ordered = wanted.order_by(fct_snapshots.c.captured_at.nulls_first(), fct_snapshots.c.snapshot_id).limit(limit)
    with reading_from(engine) as connection:
        return [stored_from(row) for row in _rows(connection, ordered)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of an earlier capture of the same body with today's readers; no reason: it was loaded."""

    reason: str | None
    why: str | None


def fates(engine: Engine, stored: Iterable[StoredSnapshot]) -> dict[str, Fate]:
    """Return by snapshot id what is known of its body already, so that no body is parsed twice.

    Counts only what the same source answered under the same address, captured earlier than the snapshot.
    """
    found: dict[str, Fate] = {}
    with reading_from(engine) as connection:
        for one in stored:
            rows = _rows(connection, _earlier_twin(one)) if one.captured_at else []
            if rows:
                found[one.snapshot_id] = Fate(reason=rows[0]["reason"], why=rows[0]["why"])
    return found


def _earlier_twin(stored: StoredSnapshot) -> Any:
    snapshots = fct_snapshots
    return (
        select(snapshots.c.reason, fct_rejects.c.why)
        .outerjoin(fct_rejects, fct_rejects.c.snapshot_id == snapshots.c.snapshot_id)
        .where(
            snapshots.c.body_digest == stored.body_digest,
            snapshots.c.captured_at < stored.captured_at,
            snapshots.c.source_id == stored.source_id,
            snapshots.c.url.is_(None) if stored.url is None else snapshots.c.url == stored.url,
            snapshots.c.state != SnapshotState.STORED,
            snapshots.c.parser_version == PARSER_VERSION,
        )
        .order_by(snapshots.c.captured_at, snapshots.c.snapshot_id)
        .limit(1)
    )


def find_stored(engine: Engine, snapshot_ids: Iterable[str]) -> list[StoredSnapshot]:
    """Return these snapshots' ledger entries, in the order of their capture; unknown ids are left out."""
    found: list[StoredSnapshot] = []
    with reading_from(engine) as connection:
        for portion in in_portions(set(snapshot_ids)):
            wanted = select(fct_snapshots).where(fct_snapshots.c.snapshot_id.in_(portion))
            found += [stored_from(row) for row in _rows(connection, wanted)]
    return sorted(found, key=lambda one: (sortable(one.captured_at) if one.captured_at else "", one.snapshot_id))


def bodies_at(engine: Engine, digests: Iterable[str]) -> dict[str, Location]:
    """Return where the archive holds each of these bodies, for those that it does."""
    found: dict[str, Location] = {}
    with reading_from(engine) as connection:
        for portion in in_portions(set(digests)):
            wanted = select(fct_snapshots).where(fct_snapshots.c.body_digest.in_(portion))
            for row in _rows(connection, wanted.order_by(fct_snapshots.c.archive_path)):
                found.setdefault(row["body_digest"], stored_from(row).location)
    return found


def archived_paths(engine: Engine) -> set[str]:
    """Return every archive file that the ledger points into."""
    with reading_from(engine) as connection:
        return set(connection.execute(select(fct_snapshots.c.archive_path).distinct()).scalars())


def pending_count(engine: Engine) -> int:
    """Return how many snapshots wait to be read."""
    with reading_from(engine) as connection:
        waiting = select(func.count()).where(fct_snapshots.c.state == SnapshotState.STORED)
        return int(connection.execute(waiting).scalar_one())


def waiting_sources(engine: Engine) -> list[str]:
    """Return the sources of which a snapshot waits to be read, by name."""
    waiting = select(fct_snapshots.c.source_id).where(fct_snapshots.c.state == SnapshotState.STORED).distinct()
    with reading_from(engine) as connection:
        return sorted(connection.execute(waiting).scalars())


def settle(connection: Connection, stored: Iterable[StoredSnapshot], values: Mapping[str, Any], at: DateTime) -> None:
    """Enter captures together with what has become of them; of those already known only that changes."""
    change = {"parser_version": PARSER_VERSION, "settled_at": at, "reason": None, **values}
    rows = [{**_snapshot_row(one, at), **change} for one in stored]
    _enter_sources(connection, rows)
    upsert(connection, fct_snapshots, rows, only=tuple(change))


def stored_from(row: Mapping[str, Any]) -> StoredSnapshot:
    """Make the value of a ledger row."""
    location = Location(
        path=row["archive_path"],
        offset=row["archive_offset"],
        length=row["archive_bytes"],
        sha256=row["archive_digest"],
    )
    names = ("source_id", "url", "captured_at", "status", "media_type", "body_digest", "body_bytes", "is_cut")
    return StoredSnapshot(location=location, **{name: row[name] for name in names})


def set_aside(connection: Connection, stored: StoredSnapshot, reason: str, why: str, at: DateTime) -> None:
    """Enter a snapshot as quarantined, inside an open transaction: one word, and the whole reason."""
    settle(connection, [stored], {"state": str(SnapshotState.QUARANTINED), "reason": reason}, at)
    snapshot_id = stored.snapshot_id
    row = {"snapshot_id": snapshot_id, "edition_id": None, "document_id": None, "piece": "page", "why": scrub(why)}
    connection.execute(fct_rejects.delete().where(fct_rejects.c.snapshot_id == snapshot_id))
    insert_missing(connection, fct_rejects, [{"reject_id": digest_within(snapshot_id, "reject", why), **row}])


def sources_of_shard(engine: Engine, number: int, of: int) -> list[str]:
    """Return the sources that worker ``number`` of ``of`` takes."""
    with reading_from(engine) as connection:
        names = sorted(connection.execute(select(dim_sources.c.source_id)).scalars())
    return [one for one in names if int(digest_of("shard", one), 16) % of == number]


def _rows(connection: Connection, statement: Any) -> list[dict[str, Any]]:
    return [dict(one) for one in connection.execute(statement).mappings()]


def _source_row(source: Source) -> dict[str, Any]:
    return {
        "source_id": source.source_id,
        "url": masked(source.url) if source.url else None,
        "kind": str(source.kind),
        "title": source.title,
        "publisher": source.publisher,
        "language": source.language,
        "zone": source.zone,
        "format": source.format,
        "interval_seconds": source.interval,
        "is_enabled": source.is_enabled and source.source_id != ANY_SOURCE.source_id,
        "min_entries": source.expect.min_entries,
        "max_entries": source.expect.max_entries,
        "max_age_hours": source.expect.max_age_hours,
    }


def _snapshot_row(stored: StoredSnapshot, at: DateTime) -> dict[str, Any]:
    return {
        "snapshot_id": stored.snapshot_id,
        "source_id": stored.source_id,
        "url": stored.url,
        "captured_at": stored.captured_at,
        "status": stored.status,
        "media_type": stored.media_type,
        "body_digest": stored.body_digest,
        "body_bytes": stored.body_bytes,
        "is_cut": stored.is_cut,
        "archive_path": stored.location.path,
        "archive_offset": stored.location.offset,
        "archive_bytes": stored.location.length,
        "archive_digest": stored.location.sha256,
        "state": str(SnapshotState.STORED),
        "reason": None,
        "parser_version": None,
        "stored_at": at,
        "settled_at": None,
    }

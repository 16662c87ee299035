"""Removing captures from the warehouse, with all that only they held.

History is a fold over the set of what pages said, so afterwards the rows are those of a warehouse that never
saw these captures. A later capture of an erased body was read as of the erased one: it waits to be read anew.
Links and prints of a document that lost a text are judged again by the next match.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, func, or_, select, update

from dateline.archive.location import Location
from dateline.model import normal_url
from dateline.warehouse.change import Changes
from dateline.warehouse.document_tables import dim_documents, dim_publishers
from dateline.warehouse.engine import is_postgresql
from dateline.warehouse.entry_tables import fct_entries, fct_entry_events, fct_entry_versions
from dateline.warehouse.erasure_choice import sources_at, sources_by
from dateline.warehouse.erasure_log import Rule
from dateline.warehouse.erasure_tables import fct_erased_snapshots
from dateline.warehouse.ledger import StoredSnapshot, stored_from
from dateline.warehouse.ledger_tables import SnapshotState, dim_sources, fct_fetches, fct_snapshots
from dateline.warehouse.load import take_back
from dateline.warehouse.match_queue import ask_heirs_to_align, ask_to_match
from dateline.warehouse.print_tables import fct_print_units, fct_prints, fct_syndications, fct_verdicts
from dateline.warehouse.reading_tables import fct_editions, fct_readings, fct_rejects
from dateline.warehouse.results_tables import fct_check_results
from dateline.warehouse.rows import in_portions, insert_missing
from dateline.warehouse.schedule_tables import source_schedules, websub_subscriptions


@dataclass(slots=True, kw_only=True)
class Forgotten:
    """What a removal did: rows by table, captures to be read anew, documents whose stories may have changed."""

    changes: Changes = field(default_factory=Changes)
    to_read: list[str] = field(default_factory=list)
    neighbours: set[str] = field(default_factory=set)

    @property
    def removed(self) -> dict[str, int]:
        """Count the rows removed, by table."""
        return {name: one.removed for name, one in self.changes.tables.items() if one.removed}


def forget(
    connection: Connection, snapshots: Sequence[StoredSnapshot], erasure_id: str, *, bars_bodies: bool
) -> Forgotten:
    """Remove captures and what hangs on them, inside an open transaction; leave digests that keep them out.

    ``bars_bodies``: the same body is not taken in again from anywhere, unless a capture that stays has it too.
    """
    done = Forgotten()
    if not is_postgresql(connection):
        connection.exec_driver_sql("pragma secure_delete = on")  # freed bytes are overwritten
    twins = _twins(connection, snapshots)
    snapshot_ids = {one.snapshot_id for one in snapshots}
    documents = _documents(connection, snapshot_ids | {one.snapshot_id for one in twins})
    links = _links(connection, documents)
    counted = _entries_of(connection, documents)
    report = take_back(connection, [*snapshots, *twins])
    for table, count in _entries_of(connection, documents).items():
        done.changes.note(table, removed=max(counted[table] - count, 0))
    done.changes.note(fct_editions, removed=report.changes.tables[fct_editions.name].removed)
    _unsettle(connection, twins)
    done.to_read = [one.snapshot_id for one in twins]
    _forget_links(connection, documents, links, done)
    _drop(connection, snapshot_ids, done)
    _bar(connection, snapshots, erasure_id, bars_bodies=bars_bodies)
    return done


def sweep_orphans(connection: Connection) -> dict[str, int]:
    """Remove what no document or text uses any more, and the samples that checks kept of rows; count by table."""
    used = or_(
        exists().where(dim_documents.c.carrier_id == dim_publishers.c.publisher_id),
        exists().where(dim_documents.c.origin_id == dim_publishers.c.publisher_id),
    )
    held = exists().where(fct_print_units.c.text_key == fct_prints.c.text_key)
    connection.execute(update(fct_check_results).values(sample=[]))
    return {
        "dim_publishers": connection.execute(delete(dim_publishers).where(~used)).rowcount,
        "fct_prints": connection.execute(delete(fct_prints).where(~held)).rowcount,
    }


def move_records(connection: Connection, paths: Iterable[str], where: Callable[[Location], Location | None]) -> None:
    """Bring the ledger to where the records of changed archive files now are; one that was erased has no place."""
    columns = fct_snapshots.c
    for portion in in_portions(paths):
        rows = connection.execute(select(fct_snapshots).where(columns.archive_path.in_(portion))).mappings()
        for stored in [stored_from(dict(row)) for row in rows]:
            place = where(stored.location)
            if place is not None:
                values = {
                    "archive_path": place.path,
                    "archive_offset": place.offset,
                    "archive_bytes": place.length,
                    "archive_digest": place.sha256,
                }
                connection.execute(
                    update(fct_snapshots).where(columns.snapshot_id == stored.snapshot_id).values(values)
                )


def forget_requests(connection: Connection, rule: Rule) -> dict[str, int]:
    """Remove what polling keeps of what a rule names: requests, and for a lasting rule schedules and bare sources."""
    listed = _sources_named(connection, rule)
    removed = {"fct_fetches": connection.execute(delete(fct_fetches).where(*_asked(connection, rule))).rowcount}
    if rule.is_lasting:
        schedules = delete(source_schedules).where(source_schedules.c.source_id.in_(listed))
        removed["source_schedules"] = connection.execute(schedules).rowcount
        subscribed = delete(websub_subscriptions).where(websub_subscriptions.c.source_id.in_(listed))
        removed["websub_subscriptions"] = connection.execute(subscribed).rowcount
        held = exists().where(fct_snapshots.c.source_id == dim_sources.c.source_id)
        bare = delete(dim_sources).where(dim_sources.c.source_id.in_(listed), ~held)
        removed["dim_sources"] = connection.execute(bare).rowcount
    return removed


def _sources_named(connection: Connection, rule: Rule) -> set[str]:
    """Return the sources that a rule names as a whole: by every part of it."""
    parts = []
    if rule.source_id:
        parts.append({rule.source_id})
    if rule.address:
        parts.append(sources_at(connection, rule.address))
    if rule.publisher:
        parts.append(sources_by(connection, rule.publisher))
    return set.intersection(*parts) if parts else set()


def _asked(connection: Connection, rule: Rule) -> list[ColumnElement[bool]]:
    columns = fct_fetches.c
    found: list[ColumnElement[bool]] = []
    if rule.source_id:
        found.append(columns.source_id == rule.source_id)
    if rule.publisher:
        found.append(columns.source_id.in_(sources_by(connection, rule.publisher)))
    if rule.address:
        urls = connection.scalars(select(columns.url).distinct())
        at = [url for url in urls if normal_url(url) == rule.address]
        found.append(or_(columns.url.in_(at), columns.source_id.in_(sources_at(connection, rule.address))))
    if rule.before:
        found.append(columns.started_at < rule.before)
    return found


def _twins(connection: Connection, snapshots: Sequence[StoredSnapshot]) -> list[StoredSnapshot]:
    """Return the captures that stay and were read as of one that goes: later ones of a body whose first goes."""
    first: dict[Any, StoredSnapshot] = {}
    for one in snapshots:
        key = (one.body_digest, one.source_id, one.url)
        known = first.get(key)
        if one.captured_at and (known is None or (known.captured_at and one.captured_at < known.captured_at)):
            first[key] = one
    gone = {one.snapshot_id for one in snapshots}
    found: list[StoredSnapshot] = []
    for one in first.values():
        alike = [dict(row) for row in connection.execute(_alike(one)).mappings() if row["snapshot_id"] not in gone]
        if alike and one.captured_at is not None and alike[0]["captured_at"] > one.captured_at:
            found += [stored_from(row) for row in alike if row["state"] == SnapshotState.LOADED]
    return found


def _alike(stored: StoredSnapshot) -> Any:
    columns = fct_snapshots.c
    return (
        select(fct_snapshots)
        .where(
            columns.body_digest == stored.body_digest,
            columns.source_id == stored.source_id,
            columns.url.is_(None) if stored.url is None else columns.url == stored.url,
            columns.captured_at.is_not(None),
            columns.state != SnapshotState.STORED,
        )
        .order_by(columns.captured_at, columns.snapshot_id)
    )


def _unsettle(connection: Connection, twins: Sequence[StoredSnapshot]) -> None:
    waiting = {"state": str(SnapshotState.STORED), "parser_version": None, "settled_at": None, "reason": None}
    for portion in in_portions({one.snapshot_id for one in twins}):
        connection.execute(update(fct_snapshots).where(fct_snapshots.c.snapshot_id.in_(portion)).values(waiting))


def _documents(connection: Connection, snapshot_ids: set[str]) -> set[str]:
    found: set[str] = set()
    for portion in in_portions(snapshot_ids):
        wanted = select(fct_readings.c.document_id).where(fct_readings.c.snapshot_id.in_(portion)).distinct()
        found |= set(connection.scalars(wanted))
    return found


def _entries_of(connection: Connection, documents: set[str]) -> dict[Table, int]:
    """Count the rows of some documents: those of one that goes, go with it uncounted."""
    found = dict.fromkeys((dim_documents, fct_entries, fct_entry_versions, fct_entry_events), 0)
    for portion in in_portions(documents):
        for table in found:
            of_these = select(func.count()).select_from(table).where(table.c.document_id.in_(portion))
            found[table] += connection.scalar(of_these) or 0
    return found


def _links(connection: Connection, documents: set[str]) -> dict[str, tuple[str, str]]:
    """Return the links of some documents, with both sides of each."""
    columns = fct_syndications.c
    found: dict[str, tuple[str, str]] = {}
    for portion in in_portions(documents):
        touching = or_(columns.copy_document_id.in_(portion), columns.origin_document_id.in_(portion))
        wanted = select(columns.link_id, columns.copy_document_id, columns.origin_document_id).where(touching)
        found |= {row.link_id: (row.copy_document_id, row.origin_document_id) for row in connection.execute(wanted)}
    return found


def _forget_links(
    connection: Connection, documents: set[str], links: dict[str, tuple[str, str]], done: Forgotten
) -> None:
    """Remove links and prints that rest on what went; a person's verdict goes with a document, not with a text."""
    left: set[str] = set()
    for portion in in_portions(documents):
        left |= set(
            connection.scalars(select(dim_documents.c.document_id).where(dim_documents.c.document_id.in_(portion)))
        )
    gone = documents - left
    orphaned = {name for name, sides in links.items() if gone & set(sides)}
    _remove(connection, fct_verdicts, fct_verdicts.c.link_id, orphaned, done)
    _remove(connection, fct_verdicts, fct_verdicts.c.origin_document_id, gone, done)
    ask_heirs_to_align(connection, links)
    _remove(connection, fct_syndications, fct_syndications.c.link_id, set(links), done)
    done.neighbours = {side for sides in links.values() for side in sides} - gone
    columns = fct_print_units.c
    shown = exists().where(
        fct_entry_versions.c.document_id == columns.document_id, fct_entry_versions.c.wording_id == columns.text_id
    )
    for portion in in_portions(left):
        of_these = columns.document_id.in_(portion)
        dead = delete(fct_print_units).where(of_these, or_(columns.is_lead, ~shown))
        done.changes.note(fct_print_units, removed=connection.execute(dead).rowcount)
        connection.execute(update(fct_print_units).where(of_these).values(is_matched=False))
    ask_to_match(connection, sorted(left))


def _drop(connection: Connection, snapshot_ids: set[str], done: Forgotten) -> None:
    _remove(connection, fct_fetches, fct_fetches.c.snapshot_id, snapshot_ids, done)
    _remove(connection, fct_rejects, fct_rejects.c.snapshot_id, snapshot_ids, done)
    _remove(connection, fct_snapshots, fct_snapshots.c.snapshot_id, snapshot_ids, done)


def _remove(connection: Connection, table: Table, column: Any, values: set[str], done: Forgotten) -> None:
    for portion in in_portions(values):
        done.changes.note(table, removed=connection.execute(delete(table).where(column.in_(portion))).rowcount)


def _bar(connection: Connection, snapshots: Sequence[StoredSnapshot], erasure_id: str, *, bars_bodies: bool) -> None:
    digests = {one.body_digest for one in snapshots}
    staying: set[str] = set()
    for portion in in_portions(digests):
        held = select(fct_snapshots.c.body_digest).where(fct_snapshots.c.body_digest.in_(portion)).distinct()
        staying |= set(connection.scalars(held))
    rows = [
        {
            "snapshot_id": one.snapshot_id,
            "erasure_id": erasure_id,
            "body_digest": one.body_digest,
            "is_body_barred": bars_bodies and one.body_digest not in staying,
        }
        for one in snapshots
    ]
    insert_missing(connection, fct_erased_snapshots, rows)

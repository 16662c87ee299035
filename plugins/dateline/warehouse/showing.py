"""Which editions a batch of snapshots shows, and what of that is new.

A body that was captured several times is read as it was at its *first* capture: "21 mins ago" on a page
that a cache serves for an hour was true once. So the later captures of a body share the editions of the
first, and when an earlier capture comes in late, those of the later ones are rewritten.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, select, text

from dateline.errors import WarehouseError
from dateline.model import PARSER_VERSION, Reading
from dateline.warehouse.change import Changes, added_only
from dateline.warehouse.chronicle import News
from dateline.warehouse.editions import EditionRows, Posts, edition_of
from dateline.warehouse.engine import is_postgresql
from dateline.warehouse.ledger import StoredSnapshot
from dateline.warehouse.ledger_tables import SnapshotState, fct_snapshots
from dateline.warehouse.metadata import json_text
from dateline.warehouse.past import Edition
from dateline.warehouse.reading_tables import (
    dim_statements,
    dim_wordings,
    fct_conflicts,
    fct_editions,
    fct_readings,
    fct_rejects,
)
from dateline.warehouse.rows import fetch_named, in_portions, insert_missing, key_of, one_of_names
from dateline.warehouse.stored import edition_shells, showing_from

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSnapshot:
    """A stored snapshot and what was read from it: the page itself first, then its items.

    ``readings`` is None for a body that was read at an earlier capture: see :func:`~dateline.warehouse.ledger.fates`.
    """

    stored: StoredSnapshot
    readings: tuple[Reading, ...] | None


@dataclass(slots=True, kw_only=True)
class Shown:
    """What snapshots show: their rows of ``fct_readings``, and the editions that the batch brought along."""

    rows: list[Row] = field(default_factory=list)
    snapshot_ids: set[str] = field(default_factory=set)
    editions: dict[str, EditionRows] = field(default_factory=dict)
    posts: Posts = field(default_factory=Posts)

    def say(self, snapshot_id: str, captured_at: DateTime | None, faces: Iterable[tuple[str, str]]) -> None:
        """Note which (document, edition) a snapshot shows at each place."""
        self.snapshot_ids.add(snapshot_id)
        self.rows += [
            {
                "snapshot_id": snapshot_id,
                "place": place,
                "document_id": document_id,
                "edition_id": edition_id,
                "captured_at": captured_at,
            }
            for place, (document_id, edition_id) in enumerate(faces)
        ]


def body_key(stored: StoredSnapshot) -> str:
    """Name what is read alike: the same bytes from the same address for the same source."""
    return "\x00".join((stored.source_id, stored.url or "", stored.body_digest))


def shown_by(connection: Connection, batch: Sequence[ReadSnapshot]) -> Shown:
    """Work out what each snapshot of a batch shows, and each stored one that shares a body with one of them."""
    shown = Shown()
    bodies: dict[str, list[ReadSnapshot]] = defaultdict(list)
    for one in batch:
        if one.stored.captured_at is None:
            shown.say(one.stored.snapshot_id, None, _read(shown, one))
        else:
            bodies[body_key(one.stored)].append(one)
    seen = _loaded_bodies(connection, {alike[0].stored.body_digest for alike in bodies.values()})
    for alike in bodies.values():
        is_seen = alike[0].stored.body_digest in seen
        _say_alike(connection, shown, sorted(alike, key=lambda one: _capture(one.stored)), is_seen=is_seen)
    return shown


def stored_readings(connection: Connection, snapshot_ids: Iterable[str]) -> list[Row]:
    """Return what these snapshots show according to the tables."""
    return fetch_named(connection, fct_readings.c.snapshot_id, snapshot_ids)


def keep_content(connection: Connection, shown: Shown, changes: Changes) -> dict[str, EditionRows]:
    """Write the editions that are not kept yet, their sightings apart; return those editions."""
    editions = fct_editions.c
    kept = select(editions.edition_id).where(one_of_names(connection, editions.edition_id, shown.editions))
    known = set(connection.scalars(kept))
    fresh = {edition_id: one for edition_id, one in shown.editions.items() if edition_id not in known}
    insert_missing(connection, dim_wordings, [row for one in fresh.values() for row in one.wordings])
    insert_missing(connection, dim_statements, [row for one in fresh.values() for row in one.statements])
    added_only(connection, fct_editions, [one.row for one in fresh.values()], changes)
    insert_missing(connection, fct_rejects, [row for one in fresh.values() for row in one.rejects])
    insert_missing(connection, fct_conflicts, [row for one in fresh.values() for row in one.conflicts])
    return fresh


def news_of(
    connection: Connection, shown: Shown, before: Sequence[Row], fresh: Mapping[str, EditionRows]
) -> list[News]:
    """Say for each document what has come in, in the order of the documents; nothing where nothing has."""
    was = {key_of(fct_readings, row): row for row in before}
    now = {key_of(fct_readings, row): row for row in shown.rows}
    rewritten = {row["document_id"] for key, row in was.items() if now.get(key) != row}
    coming: dict[str, list[Row]] = defaultdict(list)
    for key, row in now.items():
        if was.get(key) != row:
            coming[row["document_id"]].append(row)
    editions = _editions(connection, shown, [row for rows in coming.values() for row in rows])
    fresh_of: dict[str, dict[str, EditionRows]] = defaultdict(dict)
    for edition_id, rows in fresh.items():
        fresh_of[rows.edition.document_id][edition_id] = rows
    return [
        News(
            document_id=document_id,
            showings=tuple(showing_from(row, editions) for row in coming[document_id]),
            fresh=fresh_of[document_id],
            has_rewritten=document_id in rewritten,
        )
        for document_id in sorted(rewritten | coming.keys())
    ]


def _editions(connection: Connection, shown: Shown, rows: Iterable[Row]) -> dict[str, Edition]:
    editions = {edition_id: one.edition for edition_id, one in shown.editions.items()}
    return editions | edition_shells(connection, {row["edition_id"] for row in rows} - editions.keys())


def _read(shown: Shown, one: ReadSnapshot) -> list[tuple[str, str]]:
    """Turn what was read from a snapshot into editions; the page itself comes first, then its items."""
    faces = []
    if one.readings is None:
        raise WarehouseError(f"snapshot {one.stored.snapshot_id}: the earlier capture of its body is gone. Read it.")
    for place, reading in enumerate(one.readings):
        rows = edition_of(reading, is_item=place > 0, is_cut=one.stored.is_cut, known=shown.posts)
        shown.editions[rows.edition.edition_id] = rows
        faces.append((rows.edition.document_id, rows.edition.edition_id))
    return faces


def _loaded_bodies(connection: Connection, digests: Iterable[str]) -> set[str]:
    """Return which bodies were ever loaded before: most are new, and need not be asked for one by one.

    ``exists`` stops at the first capture of a body, of which there may be thousands. The ``+`` keeps SQLite from
    looking them up by their state, which nearly all share.
    """
    found: set[str] = set()
    for portion in in_portions(digests):
        wanted = _BODIES_POSTGRESQL if is_postgresql(connection) else _BODIES_SQLITE
        given = portion if is_postgresql(connection) else json_text(portion)
        found |= set(connection.execute(wanted, {"digests": given}).scalars())
    return found


_BODIES_SQLITE = text(
    "select wanted.value from json_each(:digests) as wanted"
    " where exists (select 1 from fct_snapshots where body_digest = wanted.value and +state = 'loaded')"
)
_BODIES_POSTGRESQL = text(
    "select wanted.value from unnest(cast(:digests as text[])) as wanted (value)"
    " where exists (select 1 from fct_snapshots where body_digest = wanted.value and state = 'loaded')"
)


def _say_alike(connection: Connection, shown: Shown, alike: Sequence[ReadSnapshot], *, is_seen: bool) -> None:
    """Settle the captures of one body: all show what the first of them, stored or coming, showed."""
    first = alike[0]
    twins = _twins(connection, first.stored, {one.stored.snapshot_id for one in alike}) if is_seen else []
    earlier = [row for row in twins if (row["captured_at"], row["snapshot_id"]) < _capture(first.stored)]
    if earlier:
        rows = sorted(stored_readings(connection, [earlier[0]["snapshot_id"]]), key=lambda row: int(row["place"]))
        faces = [(row["document_id"], row["edition_id"]) for row in rows]
    else:
        faces = _read(shown, first)
        for row in twins:
            shown.say(row["snapshot_id"], row["captured_at"], faces)
    for one in alike:
        shown.say(one.stored.snapshot_id, one.stored.captured_at, faces)


def _twins(connection: Connection, stored: StoredSnapshot, but: set[str]) -> list[Row]:
    """Return the loaded captures of the same body, the first one first; only that one if it is the earliest."""
    snapshots = fct_snapshots.c
    wanted = (
        select(snapshots.snapshot_id, snapshots.captured_at)
        .where(
            snapshots.body_digest == stored.body_digest,
            snapshots.source_id == stored.source_id,
            snapshots.url.is_(None) if stored.url is None else snapshots.url == stored.url,
            snapshots.state == SnapshotState.LOADED,
            snapshots.parser_version == PARSER_VERSION,
            snapshots.captured_at.is_not(None),
            snapshots.snapshot_id.not_in(but),
        )
        .order_by(snapshots.captured_at, snapshots.snapshot_id)
    )
    first = connection.execute(wanted.limit(1)).mappings().all()
    if not first or (first[0]["captured_at"], first[0]["snapshot_id"]) < _capture(stored):
        return [dict(one) for one in first]
    return [dict(one) for one in connection.execute(wanted).mappings()]


def _capture(stored: StoredSnapshot) -> tuple[Any, str]:
    return (stored.captured_at, stored.snapshot_id)

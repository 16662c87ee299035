"""The log of erasures: the rule, who asked, how far it has come. It never holds what was erased."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, Engine, select, update

from dateline.errors import WarehouseError
from dateline.model import digest_of, normal_url
from dateline.warehouse.engine import reading_from, write_in
from dateline.warehouse.erasure_tables import fct_erased_snapshots, fct_erasures
from dateline.warehouse.metadata import sortable
from dateline.warehouse.rows import insert_missing, one_of_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is to be erased: every capture that all the stated parts name; at least one is stated.

    ``address`` is in its normal form; ``before``: captured before, or for an unknown time, taken in before.
    """

    source_id: str | None = None
    publisher: str | None = None
    address: str | None = None
    before: DateTime | None = None

    @property
    def words(self) -> str:
        """Say the rule."""
        parts = (
            ("source", self.source_id),
            ("publisher", self.publisher),
            ("address", self.address),
            ("captured before", self.before.to_iso8601_string() if self.before else None),
        )
        return ", ".join(f"{name} {value}" for name, value in parts if value)

    @property
    def is_lasting(self) -> bool:
        """Say whether what it names stays out in future too; a rule of age concerns the past only."""
        return self.before is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One erasure as the log has it."""

    erasure_id: str
    rule: Rule
    asked_at: DateTime
    asked_by: str
    is_retention: bool
    snapshots: int = 0
    archive_bytes: int = 0
    removed: Mapping[str, int]
    finished_at: DateTime | None = None
    lifted_at: DateTime | None = None


def rule_of(
    *,
    source_id: str | None = None,
    publisher: str | None = None,
    address: str | None = None,
    before: DateTime | None = None,
) -> Rule:
    """Make a rule of what a person stated. Raises :class:`WarehouseError` where nothing is."""
    normal = normal_url(address) if address else None
    rule = Rule(source_id=source_id or None, publisher=publisher or None, address=normal, before=before)
    if not rule.words:
        raise WarehouseError(
            "nothing was named to erase: a source, a publisher, an address or an age. See: dateline erase --help"
        )
    return rule


def begin(engine: Engine, rule: Rule, *, asked_by: str, at: DateTime, is_retention: bool = False) -> Erasure:
    """Enter an erasure in the log before anything is removed, so that an interrupted one is taken up again."""
    erasure_id = digest_of("erasure", rule.words, sortable(at))
    row = {
        "erasure_id": erasure_id,
        "asked_at": at,
        "asked_by": asked_by,
        "source_id": rule.source_id,
        "publisher": rule.publisher,
        "address": rule.address,
        "before_at": rule.before,
        "is_retention": is_retention,
        "snapshots": 0,
        "archive_bytes": 0,
        "removed": {},
        "finished_at": None,
        "lifted_at": None,
    }
    write_in(engine, lambda connection: insert_missing(connection, fct_erasures, [row]))
    return _erasure(row)


def unfinished(engine: Engine) -> list[Erasure]:
    """Return the erasures that were begun and not ended, the oldest first."""
    return _listed(engine, fct_erasures.c.finished_at.is_(None))


def erasures(engine: Engine) -> list[Erasure]:
    """Return the whole log, the oldest first."""
    return _listed(engine)


def find_erasure(engine: Engine, erasure_id: str) -> Erasure:
    """Return one erasure by its id, or by its beginning. Raises :class:`WarehouseError` where there is none."""
    found = _listed(engine, fct_erasures.c.erasure_id.startswith(erasure_id, autoescape=True))
    if len(found) != 1 or not erasure_id:
        raise WarehouseError(f"no one erasure is named {erasure_id!r}. They are listed by: dateline query erasures")
    return found[0]


def lift(engine: Engine, erasure_id: str, at: DateTime) -> None:
    """Let what an erasure keeps out be taken in again, from now on; what is gone stays gone."""
    change = update(fct_erasures).where(fct_erasures.c.erasure_id == erasure_id).values(lifted_at=at)
    write_in(engine, lambda connection: connection.execute(change))


def erased_among(connection: Connection, snapshot_ids: Iterable[str]) -> set[str]:
    """Return which of these captures were erased, and not allowed again since."""
    columns = fct_erased_snapshots.c
    wanted = (
        select(columns.snapshot_id)
        .join(fct_erasures, fct_erasures.c.erasure_id == columns.erasure_id)
        .where(one_of_names(connection, columns.snapshot_id, snapshot_ids), fct_erasures.c.lifted_at.is_(None))
    )
    return set(connection.scalars(wanted))


def note_progress(
    connection: Connection, erasure_id: str, *, snapshots: int, archive_bytes: int, removed: Mapping[str, int]
) -> None:
    """Add to the counts of an erasure, inside the transaction that removed the rows."""
    row = connection.execute(select(fct_erasures).where(fct_erasures.c.erasure_id == erasure_id)).mappings().one()
    counted = {name: row["removed"].get(name, 0) + removed.get(name, 0) for name in {*row["removed"], *removed}}
    change = {
        "snapshots": row["snapshots"] + snapshots,
        "archive_bytes": row["archive_bytes"] + archive_bytes,
        "removed": {str(name): count for name, count in counted.items() if count},
    }
    connection.execute(update(fct_erasures).where(fct_erasures.c.erasure_id == erasure_id).values(change))


def finish(connection: Connection, erasure_id: str, at: DateTime) -> None:
    """Note that all of it is gone."""
    connection.execute(update(fct_erasures).where(fct_erasures.c.erasure_id == erasure_id).values(finished_at=at))


def _listed(engine: Engine, *conditions: Any) -> list[Erasure]:
    wanted = select(fct_erasures).where(*conditions).order_by(fct_erasures.c.asked_at, fct_erasures.c.erasure_id)
    with reading_from(engine) as connection:
        return [_erasure(row) for row in connection.execute(wanted).mappings()]


def _erasure(row: Mapping[Any, Any]) -> Erasure:
    names = ("asked_at", "asked_by", "is_retention", "snapshots", "archive_bytes", "removed")
    return Erasure(
        erasure_id=row["erasure_id"],
        rule=Rule(
            source_id=row["source_id"], publisher=row["publisher"], address=row["address"], before=row["before_at"]
        ),
        finished_at=row["finished_at"],
        lifted_at=row["lifted_at"],
        **{name: row[name] for name in names},
    )

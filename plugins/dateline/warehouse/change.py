"""What a load did to the rows: counted by table, with a few keys to look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table

from dateline.warehouse.rows import Row, insert_new, key_of, remove, upsert

SAMPLES = 5


@dataclass(slots=True, kw_only=True)
class TableChange:
    """Rows added, changed and removed in one table; ``samples`` are keys of some of them."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    samples: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Say whether anything changed."""
        return bool(self.added or self.changed or self.removed)


@dataclass(slots=True, kw_only=True)
class Changes:
    """What changed, by the name of the table."""

    tables: dict[str, TableChange] = field(default_factory=dict)

    def note(
        self, table: Table, *, added: int = 0, changed: int = 0, removed: int = 0, keys: Iterable[Any] = ()
    ) -> None:
        """Count rows of one table."""
        counted = self.tables.setdefault(table.name, TableChange())
        counted.added += added
        counted.changed += changed
        counted.removed += removed
        room = SAMPLES - len(counted.samples)
        counted.samples.extend([" ".join(map(str, key)) for key in list(keys)[:room]])

    def add(self, other: "Changes") -> None:
        """Add what another load changed."""
        for name, one in other.tables.items():
            mine = self.tables.setdefault(name, TableChange())
            mine.added += one.added
            mine.changed += one.changed
            mine.removed += one.removed
            mine.samples = (mine.samples + one.samples)[:SAMPLES]

    def __bool__(self) -> bool:
        """Say whether anything changed."""
        return any(self.tables.values())


def write_difference(
    connection: Connection, table: Table, before: Iterable[Row], after: Iterable[Row], changes: Changes
) -> None:
    """Bring the rows of a table from ``before`` to ``after``, touching only those that differ."""
    old = {key_of(table, row): row for row in before}
    new = {key_of(table, row): row for row in after}
    added = [key for key in new if key not in old]
    changed = [key for key in new if key in old and not _is_same(old[key], new[key])]
    removed = [key for key in old if key not in new]
    insert_new(connection, table, [new[key] for key in added])
    upsert(connection, table, [new[key] for key in changed])
    remove(connection, table, removed)
    changes.note(table, added=len(added), changed=len(changed), removed=len(removed), keys=[*added, *changed, *removed])


def _is_same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return all(old[name] == value for name, value in new.items())


def added_only(connection: Connection, table: Table, rows: Sequence[Row], changes: Changes) -> None:
    """Insert rows that cannot be there yet, and count them."""
    insert_new(connection, table, rows)
    changes.note(table, added=len(rows), keys=[key_of(table, row) for row in rows[:SAMPLES]])

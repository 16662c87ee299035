"""Writing rows: sorted by key, many at a time, in each dialect's own upsert.

Sorted, because two writers that take the same rows in different orders wait for each other for ever.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]
AT_ONCE = 500


def insert_missing(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert the rows whose key is not there yet; the others stay as they are."""
    batch = _sorted(table, rows)
    if batch:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), batch)


def upsert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows, or bring the ones that are there to the given values."""
    batch = _sorted(table, rows)
    if not batch:
        return
    keys = [column.name for column in table.primary_key]
    statement = _insert(connection, table)
    changed = {name: statement.excluded[name] for name in batch[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), batch)


def remove(connection: Connection, table: Table, keys: Iterable[tuple[Any, ...]]) -> None:
    """Delete rows by primary key."""
    columns = list(table.primary_key)
    batch = [{f"key_{number}": part for number, part in enumerate(one)} for one in sorted(keys)]
    if batch:
        match = and_(*(column == bindparam(f"key_{number}") for number, column in enumerate(columns)))
        connection.execute(delete(table).where(match), batch)


def fetch(connection: Connection, table: Table, *conditions: Any) -> list[dict[str, Any]]:
    """Return whole rows of one table as plain dicts."""
    return [dict(row) for row in connection.execute(select(table).where(*conditions)).mappings()]


def in_portions(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Cut a set into sorted portions that fit into one ``in (…)``."""
    ordered = sorted(values)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def key_of(table: Table, row: Row) -> tuple[Any, ...]:
    """Return the primary key of a row."""
    return tuple(row[column.name] for column in table.primary_key)


def _insert(connection: Connection, table: Table) -> Any:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def _sorted(table: Table, rows: Iterable[Row]) -> list[Row]:
    """Keep one row a key (the last given), in the order of the keys."""
    by_key = {key_of(table, row): row for row in rows}
    return [by_key[key] for key in sorted(by_key)]

"""Writing rows: sorted by key, many at a time, in each dialect's own upsert.

Sorted, because two writers that take the same rows in different orders wait for each other for ever. The
statements are compiled once a table and handed to the driver as plain values: of a load, SQLAlchemy's own
preparation of each row took more time than the database. PostgreSQL takes rows that are new by COPY, and
others as one JSON text, which it turns into rows itself: sent one by one, the driver's work on each cost four
times as much.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Literal

import orjson
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    delete,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

from dateline.warehouse.engine import is_postgresql
from dateline.warehouse.metadata import Flag, Json, UtcTime, json_text, sortable

Row = Mapping[str, Any]
AT_ONCE = 500
Known = Literal["refuse", "keep", "change"]
"""What becomes of a row whose key is there already."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """One insert or COPY, and how the values of a row go into it."""

    sql: str
    names: tuple[str, ...]
    written: tuple[tuple[int, Callable[[Any], Any]], ...]

    def values(self, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
        """Lay out rows as the driver takes them."""
        take = itemgetter(*self.names) if len(self.names) > 1 else lambda row: (row[self.names[0]],)
        if not self.written:
            return [take(row) for row in rows]
        found = []
        for row in rows:
            cells = list(take(row))
            for place, write in self.written:
                if cells[place] is not None:
                    cells[place] = write(cells[place])
            found.append(tuple(cells))
        return found


def insert_new(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows that cannot be there, by what was read under a lock: to allow for them cost PostgreSQL a quarter."""
    if is_postgresql(connection):
        _copy(connection, table, rows)
    else:
        _write(connection, table, rows, known="refuse")


def insert_missing(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert the rows whose key is not there yet; the others stay as they are."""
    _write(connection, table, rows, known="keep")


def upsert(connection: Connection, table: Table, rows: Iterable[Row], *, only: tuple[str, ...] = ()) -> None:
    """Insert rows, or bring the ones that are there to the given values; ``only`` names the columns to bring."""
    _write(connection, table, rows, known="change", only=only)


def remove(connection: Connection, table: Table, keys: Iterable[tuple[Any, ...]]) -> None:
    """Delete rows by primary key."""
    columns = list(table.primary_key)
    batch = [{f"key_{number}": part for number, part in enumerate(one)} for one in sorted(keys)]
    if batch:
        match = and_(*(column == bindparam(f"key_{number}") for number, column in enumerate(columns)))
        connection.execute(delete(table).where(match), batch)


def fetch(connection: Connection, table: Table, *conditions: Any) -> list[dict[str, Any]]:
    """Return whole rows of one table as plain dicts."""
    return rows_of(connection, select(table).where(*conditions))


def fetch_named(connection: Connection, column: Column[str], names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the whole rows in which a column holds one of many texts."""
    is_server, ordered = is_postgresql(connection), sorted(names)
    given = ordered if is_server else json_text(ordered)
    return rows_of(connection, _with_names(column, is_server=is_server), {"names": given})


@cache
def _with_names(column: Column[str], *, is_server: bool) -> Select[Any]:
    """Build the query once a column: to build it took longer than to run it."""
    given = bindparam("names", type_=ARRAY(Text) if is_server else Text)
    listed = func.json_each(given).table_valued("value")
    return select(column.table).where(column == any_(given) if is_server else column.in_(select(listed.c.value)))


def rows_of(
    connection: Connection, statement: Select[Any], given: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Run a query and return its rows as plain dicts: names are looked up once, not once a row."""
    found = connection.execute(statement, given)
    names = tuple(found.keys())
    return [dict(zip(names, one, strict=True)) for one in found]


def one_of_names(connection: Connection, column: Column[str], names: Iterable[str]) -> ColumnElement[bool]:
    """Say that a column holds one of many texts: one value to the driver, however many they are."""
    ordered = sorted(names)
    if is_postgresql(connection):
        return column == any_(bindparam(None, ordered, type_=ARRAY(Text)))
    listed = func.json_each(literal(json_text(ordered))).table_valued("value")
    return column.in_(select(listed.c.value))


def in_portions(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut a set into sorted portions that fit into one ``in (…)``."""
    ordered = sorted(values)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def key_of(table: Table, row: Row) -> tuple[Any, ...]:
    """Return the primary key of a row."""
    return tuple(row[name] for name in key_names(table))


@cache
def key_names(table: Table) -> tuple[str, ...]:
    """Return the names of a table's primary key."""
    return tuple(column.name for column in table.primary_key)


def _write(
    connection: Connection, table: Table, rows: Iterable[Row], *, known: Known, only: tuple[str, ...] = ()
) -> None:
    batch = _sorted(table, rows)
    if not batch:
        return
    statement = _insert(table, connection.dialect, tuple(batch[0]), only, known=known)
    values = statement.values(batch)
    if is_postgresql(connection):
        connection.exec_driver_sql(statement.sql, (orjson.dumps(values).decode(),))
    else:
        connection.exec_driver_sql(statement.sql, values)


def _copy(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    batch = _sorted(table, rows)
    if not batch:
        return
    statement = _copying(table, connection.dialect, tuple(batch[0]))
    driver: Any = connection.connection.driver_connection
    with (
        as_sqlalchemy_tells(connection, statement.sql),
        driver.cursor() as cursor,
        cursor.copy(statement.sql) as copy,
    ):
        for row in statement.values(batch):
            copy.write_row(row)


@contextmanager
def as_sqlalchemy_tells(connection: Connection, sql: str) -> Iterator[None]:
    """Let what the driver raises look as it does where SQLAlchemy asked it: that is what is caught and tried again."""
    dialect = connection.dialect
    driver_error = dialect.loaded_dbapi.Error
    try:
        yield
    except driver_error as error:
        is_lost = dialect.is_disconnect(error, connection.connection.driver_connection, None)
        raise DBAPIError.instance(
            sql, None, error, driver_error, dialect=dialect, connection_invalidated=is_lost
        ) from error


@cache
def _copying(table: Table, dialect: Dialect, names: tuple[str, ...]) -> _Statement:
    quote = dialect.identifier_preparer.quote
    sql = f"copy {quote(table.name)} ({', '.join(map(quote, names))}) from stdin"
    jsons = [(at, json_text) for at, name in enumerate(names) if isinstance(table.columns[name].type, Json)]
    return _Statement(sql, names, (*_writers(table, dialect, names), *jsons))


@cache
def _insert(
    table: Table, dialect: Dialect, names: tuple[str, ...], only: tuple[str, ...], *, known: Known
) -> _Statement:
    quote = dialect.identifier_preparer.quote
    keys = key_names(table)
    changed = [f"{quote(name)} = excluded.{quote(name)}" for name in only or names if name not in keys]
    on_conflict = {
        "refuse": "",
        "keep": "on conflict do nothing",
        "change": f"on conflict ({', '.join(map(quote, keys))}) do update set {', '.join(changed)}",
    }
    given = _cells(table, dialect, names) if dialect.name == "postgresql" else f"values ({', '.join('?' * len(names))})"
    return _Statement(
        f"insert into {quote(table.name)} ({', '.join(map(quote, names))}) {given} {on_conflict[known]}",
        names,
        tuple(_writers(table, dialect, names)),
    )


def _cells(table: Table, dialect: Dialect, names: Sequence[str]) -> str:
    """Read the rows of a JSON list of lists, each cell as its column's type."""
    cells = []
    for place, name in enumerate(names):
        kind = table.columns[name].type
        if isinstance(kind, Json):
            cells.append(f"nullif(cells -> {place}, 'null')")
        else:
            cells.append(f"cast(cells ->> {place} as {kind.compile(dialect)})")
    return f"select {', '.join(cells)} from jsonb_array_elements(cast(%s as jsonb)) as given (cells) where true"  # noqa: S608 - our names


def _writers(table: Table, dialect: Dialect, names: Sequence[str]) -> Iterator[tuple[int, Callable[[Any], Any]]]:
    """Say which columns write their values otherwise than they are, as their types in ``metadata`` do."""
    is_server = dialect.name == "postgresql"
    for place, name in enumerate(names):
        kind = table.columns[name].type
        if isinstance(kind, UtcTime):
            yield place, sortable
        elif isinstance(kind, Json) and not is_server:
            yield place, json_text
        elif isinstance(kind, Flag) and not is_server:
            yield place, int


def _sorted(table: Table, rows: Iterable[Row]) -> list[Row]:
    """Keep one row a key (the last given), in the order of the keys."""
    key = itemgetter(*key_names(table))
    by_key = {key(row): row for row in rows}
    return [by_key[one] for one in sorted(by_key)]

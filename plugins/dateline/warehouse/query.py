"""Asking the warehouse: a question by its name, or one read-only statement of SQL; equal answers on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, text

from dateline.errors import WarehouseError
from dateline.warehouse.engine import is_postgresql, reading_from
from dateline.warehouse.library import question
from dateline.warehouse.metadata import sortable

READING = ("select", "with", "values", "explain")

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer to a question: names of columns, and rows of plain values. Times are ISO 8601 in UTC."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_dicts(self) -> list[dict[str, Cell]]:
        """Return the rows as objects."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def query(engine: Engine, name_or_sql: str, *, limit: int | None = None) -> Result:
    """Answer a question of ``sql/queries`` by its name, or one SQL statement that only reads.

    ``limit`` stops after that many rows. Raises :class:`WarehouseError` for an unknown name, for SQL that
    is wrong, and for any statement that would write.
    """
    asked = name_or_sql.strip().rstrip(";").strip()
    if " " not in asked and "\n" not in asked:
        asked = question(asked, engine.dialect.name).sql
    if asked.split(None, 1)[0].lower() not in READING:
        raise WarehouseError(f"only {', '.join(READING)} are allowed here: the warehouse is read, not written.")
    with _read_only(engine) as connection:
        return _answer(connection, asked, limit)


def _answer(connection: Connection, sql: str, limit: int | None) -> Result:
    cursor: Any = connection.connection.cursor()
    try:
        if is_postgresql(connection):
            # A prepared statement is exactly one: "select 1; commit; drop …" is refused by the server.
            cursor.execute(sql.replace("%", "%%"), (), prepare=True)
        else:
            cursor.execute(sql)
        columns = tuple(one[0] for one in cursor.description or ())
        rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit)
    except connection.dialect.loaded_dbapi.Error as error:
        raise WarehouseError(f"the query failed: {' '.join(str(error).split())}") from error
    finally:
        cursor.close()
    return Result(
        columns=columns,
        rows=tuple(tuple(_plain(name, cell) for name, cell in zip(columns, row, strict=True)) for row in rows),
    )


@contextmanager
def _read_only(engine: Engine) -> Iterator[Connection]:
    with reading_from(engine) as connection:
        if is_postgresql(connection):
            connection.execute(text("set transaction read only"))
            yield connection
            return
        connection.exec_driver_sql("pragma query_only = on")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("pragma query_only = off")


def _plain(name: str, cell: Any) -> Cell:
    """Bring what either driver returns to one form: SQLite has no booleans, PostgreSQL has decimals and JSON."""
    if isinstance(cell, datetime | date):
        return sortable(cell) if isinstance(cell, datetime) else cell.isoformat()
    if isinstance(cell, Decimal | float):
        return int(cell) if cell % 1 == 0 else float(cell)
    if isinstance(cell, list | dict):
        return orjson.dumps(cell, option=orjson.OPT_SORT_KEYS).decode()
    is_claim = isinstance(cell, int) and name.startswith(("is_", "has_"))
    plain: Cell = bool(cell) if is_claim else cell
    return plain

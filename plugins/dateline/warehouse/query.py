"""Asking the warehouse: a question by its name, or one read-only statement of SQL; equal answers on both engines."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson
import pendulum
from pendulum import DateTime
from sqlalchemy import Connection, Engine, func, select, text

from dateline.errors import WarehouseError
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.engine import is_postgresql, reading_from
from dateline.warehouse.library import Statement, question
from dateline.warehouse.metadata import sortable

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT")
_BEFORE = re.compile(
    r"P(?=\d)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?(?:T(?P<hours>\d+)H)?$"
)
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


def query(
    engine: Engine, name_or_sql: str, *, given: Mapping[str, str] | None = None, limit: int | None = None
) -> Result:
    """Answer a question of ``sql/queries`` by its name, or one SQL statement that only reads.

    ``given`` holds values for the ``:names`` of a question, instants as ISO 8601, or as the time before the newest
    capture: ``P14D``, a fortnight. ``limit`` stops after that many rows. Raises :class:`WarehouseError` for an
    unknown name, for SQL that is wrong, and for any statement that would write.
    """
    asked, values = name_or_sql.strip().rstrip(";").strip(), dict(given or {})
    periods: set[str] = set()
    if " " not in asked and "\n" not in asked:
        named = question(asked, engine.dialect.name)
        asked, values = named.sql, _filled(named, values)
        periods = {name for name, usual in named.given.items() if _is_time(usual) and _BEFORE.match(values[name])}
    if asked.split(None, 1)[0].lower() not in READING:
        raise WarehouseError(f"only {', '.join(READING)} are allowed here: the warehouse is read, not written.")
    with _read_only(engine) as connection:
        return _answer(connection, asked, values | _counted_back(connection, values, periods), limit)


def _filled(named: Statement, given: Mapping[str, str]) -> dict[str, str]:
    """Take what is given for a question's names, for the others what its file says."""
    unknown = sorted(given.keys() - named.given.keys())
    if unknown:
        known = ", ".join(named.given) or "none"
        raise WarehouseError(f"{named.name}: nothing is asked for by the name {unknown[0]!r}. Known: {known}.")
    return {name: _given(name, given.get(name, usual), usual) for name, usual in named.given.items()}


def _given(name: str, value: str, usual: str) -> str:
    """Write an instant as the tables of SQLite keep it; leave a time before the newest capture, and any other value."""
    if not _is_time(usual) or _BEFORE.match(value):
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise WarehouseError(f"{name} = {value!r}: no instant. Write it as {usual}.") from error
    return sortable(at if at.tzinfo else at.replace(tzinfo=UTC))


def _is_time(usual: str) -> bool:
    return bool(_INSTANT.match(usual) or _BEFORE.match(usual))


def _counted_back(connection: Connection, values: Mapping[str, str], periods: Iterable[str]) -> dict[str, str]:
    """Turn each time before the newest capture into the instant that it means."""
    found: dict[str, str] = {}
    for name in periods:
        newest = connection.scalar(select(func.max(dim_documents.c.last_seen_at))) or pendulum.from_timestamp(0)
        before = _BEFORE.fullmatch(values[name])
        units = before.groupdict() if before else {}
        found[name] = _earlier(newest, {unit: int(number or 0) for unit, number in units.items()})
    return found


def _earlier(newest: DateTime, before: Mapping[str, int]) -> str:
    try:
        return sortable(newest.subtract(**before))
    except (OverflowError, ValueError):
        return sortable(pendulum.datetime(1, 1, 1))  # everything


def _answer(connection: Connection, sql: str, values: Mapping[str, str], limit: int | None) -> Result:
    cursor: Any = connection.connection.cursor()
    try:
        if is_postgresql(connection):
            # A prepared statement is exactly one: "select 1; commit; drop …" is refused by the server.
            cursor.execute(_for_psycopg(sql, values), values, prepare=True)
        else:
            cursor.execute(sql, values)
        columns = tuple(one[0] for one in cursor.description or ())
        rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit)
    except connection.dialect.loaded_dbapi.Error as error:
        raise WarehouseError(f"the query failed: {' '.join(str(error).split())}") from error
    finally:
        cursor.close()
    return Result(
        columns=columns,
        rows=tuple(plain_row(columns, row) for row in rows),
    )


def plain_row(columns: tuple[str, ...], row: Iterable[Any]) -> tuple[Cell, ...]:
    """Bring a row to plain values, the same from both engines."""
    return tuple(_plain(name, cell) for name, cell in zip(columns, row, strict=True))


def _for_psycopg(sql: str, names: Iterable[str]) -> str:
    """Write ``:name`` as psycopg does. The server infers each type: text, or an instant."""
    written = sql.replace("%", "%%")
    for name in names:
        written = re.sub(rf"(?<![:\w]):{name}\b", f"%({name})s", written)
    return written


@contextmanager
def _read_only(engine: Engine) -> Iterator[Connection]:
    with reading_from(engine) as connection:
        if is_postgresql(connection):
            # Planned each time for the period asked of: the plan for any period, which the server makes at the sixth
            # asking, took 30 s among ten million versions, and this one a tenth of a second.
            connection.execute(text("set transaction read only; set local plan_cache_mode = force_custom_plan"))
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

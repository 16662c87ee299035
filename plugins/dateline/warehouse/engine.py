"""The only place with an engine: how SQLite and PostgreSQL are opened, read, written and asked again.

Every write is one call of :func:`write_in`: one transaction, retried as a whole where the database
says that it lost a race or a connection. Work handed to it must be idempotent, because a connection
that breaks at COMMIT does not say whether the commit took place.
"""

import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import stamina
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, NoSuchModuleError

from dateline.errors import WarehouseError
from dateline.warehouse.local_disk import require_local
from dateline.warehouse.lock import only_writer

OLDEST_SQLITE = (3, 38, 0)  # STRICT tables and unixepoch()
ATTEMPTS = 6
BUSY_MILLISECONDS = 30_000
POSTGRES_LIMITS = (
    "-c timezone=UTC -c lock_timeout=10s -c statement_timeout=120s -c idle_in_transaction_session_timeout=120s"
    " -c jit=off"  # compiling a view took seconds where running it took a tenth of one
    " -c random_page_cost=1.1"  # as on an SSD: priced as on a spinning disk, a period of 7,000 posts had all read
)
RETRIED_STATES = ("40001", "40P01", "55P03")  # serialisation failure, deadlock, lock timeout
RETRIED_CLASSES = ("08", "57P0")  # connection lost, server going down

Outcome = TypeVar("Outcome")
_engines: "weakref.WeakSet[Engine]" = weakref.WeakSet()


def open_warehouse(url: str | URL) -> Engine:
    """Open a warehouse by its SQLAlchemy URL (``sqlite:///path``, ``postgresql://…``); nothing is created in it.

    Raises :class:`WarehouseError` for any other database, a SQLite too old for STRICT tables, and a SQLite file on a
    network's file system.
    """
    address = _address(url)
    engine = _sqlite(address) if address.get_backend_name() == "sqlite" else _postgresql(address)
    _engines.add(engine)
    return engine


@contextmanager
def reading_from(engine: Engine) -> Iterator[Connection]:
    """Open one read transaction: everything read in it is of one moment."""
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except DBAPIError as error:
        raise _told(engine, error) from error


def write_in(engine: Engine, work: Callable[[Connection], Outcome], *, must_last: bool = True) -> Outcome:
    """Run ``work`` in one write transaction and return what it returns; retry it whole where that can help.

    What need not survive a power cut (whose turn it is) may say so with ``must_last``: its commit waits for no disk.
    All else about it is as ever, and no later commit lasts without it. Raises :class:`WarehouseError` when the
    database refuses (no space, read-only, a broken constraint).
    """
    try:
        return _patient(_written, engine, work, must_last=must_last)
    except DBAPIError as error:
        raise _told(engine, error) from error


def _written(engine: Engine, work: Callable[[Connection], Outcome], *, must_last: bool) -> Outcome:
    path = database_path(engine)
    with only_writer(path) if path else nullcontext(), engine.connect() as connection:
        writer = connection.execution_options(dateline_writes=True, dateline_lasts=must_last)
        with writer.begin():
            if not must_last and path is None and is_postgresql(writer):
                writer.exec_driver_sql("set local synchronous_commit = off")
            return work(writer)


def database_path(engine: Engine) -> Path | None:
    """Return the file of a SQLite warehouse; None for memory and for a server."""
    return _file_of(engine.url) if engine.dialect.name == "sqlite" else None


def _file_of(address: URL) -> Path | None:
    """Read the path from ``sqlite:///path`` or from ``sqlite:///file:path?mode=ro&uri=true``."""
    name = (address.database or "").removeprefix("file:")
    return Path(name) if name not in {"", ":memory:"} else None


def is_postgresql(connection: Connection) -> bool:
    """Say which of the two engines this is."""
    return connection.dialect.name == "postgresql"


def _address(url: str | URL) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise WarehouseError(f"warehouse = {url!r}: not a database address such as sqlite:///warehouse.db") from error
    if address.drivername in {"postgres", "postgresql"}:
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise WarehouseError(f"{address.get_backend_name()}: the warehouse is kept in SQLite or PostgreSQL only.")
    return address


def _postgresql(address: URL) -> Engine:
    stated = str(address.query.get("options", ""))
    options = {"options": f"{POSTGRES_LIMITS} {stated}".strip(), "connect_timeout": 10}
    try:
        return create_engine(address, connect_args=options, pool_pre_ping=True)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise WarehouseError(f"{address.drivername}: {error}. Use postgresql+psycopg.") from error


def _sqlite(address: URL) -> Engine:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise WarehouseError(f"SQLite {sqlite3.sqlite_version} is too old: {needed} or newer is needed.")
    path = _file_of(address)
    if path:
        require_local(path)
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, IMMEDIATE for writes
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "cache_size = -65536",
        "temp_store = MEMORY",
    ):
        connection.execute(f"pragma {pragma}")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("dateline_writes", False):
        connection.exec_driver_sql(
            f"pragma synchronous = {'full' if options.get('dateline_lasts', True) else 'normal'}"
        )
        connection.exec_driver_sql("begin immediate")
    else:
        connection.exec_driver_sql("begin")


def _is_worth_retrying(error: Exception) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.OperationalError):
        return "locked" in str(error.orig)
    state = getattr(error.orig, "sqlstate", None) or ""
    return state in RETRIED_STATES or state.startswith(RETRIED_CLASSES)


class RefusedRowsError(WarehouseError):
    """The rows themselves were refused (a broken constraint, a value out of range): trying again will not help."""


def _told(engine: Engine, error: DBAPIError) -> WarehouseError:
    """Say in one line what the database said, and what to do where that is plain."""
    said = " ".join(str(error.orig).split())
    where = engine.url.render_as_string(hide_password=True)
    if isinstance(error, IntegrityError | DataError):
        return RefusedRowsError(f"{where}: {said}")
    for sign, advice in _ADVICE:
        if sign in said:
            return WarehouseError(f"{where}: {said}. {advice}")
    return WarehouseError(f"{where}: {said}")


_ADVICE = (
    ("no such table", "Bring the warehouse up to date: dateline migrate"),
    ("does not exist", "Bring the warehouse up to date: dateline migrate"),
    ("is full", "Make room on its disk, then run again: nothing was half-written."),
    ("No space left", "Make room on its disk, then run again: nothing was half-written."),
    ("readonly", "Make the file and its folder writable for this user."),
    ("unable to open", "Check that the folder exists and belongs to this user."),
    ("connection", "Check that the server runs and the address is right."),
)


_patient = stamina.RetryingCaller(attempts=ATTEMPTS, timeout=180.0, wait_max=5.0).on(_is_worth_retrying)


def _forget_connections() -> None:
    """A forked child must not talk over its parent's connections."""
    for engine in list(_engines):
        engine.dispose(close=False)


os.register_at_fork(after_in_child=_forget_connections)

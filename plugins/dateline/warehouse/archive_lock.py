"""Who may write to the archive beside whom: many may add to it at once, one alone may rearrange it.

An unchanged body is archived as a revisit of the record that holds it. Were that record erased between the
look-up and the row of the revisit, the body would be lost. The lock is the warehouse's, because all who write
share that; the kernel, or the server, frees the lock of a process that dies.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Engine, text

from dateline.errors import WarehouseError
from dateline.warehouse.engine import database_path

PATIENCE_SECONDS = 600.0
_PAUSE_SECONDS = 0.02
_KEY = 0x0DA7EA2C


def adding(engine: Engine) -> AbstractContextManager[None]:
    """Hold the archive as one of many who add records to it."""
    return _held(engine, is_alone=False)


def rearranging(engine: Engine) -> AbstractContextManager[None]:
    """Hold the archive alone: to join files, or to erase records."""
    return _held(engine, is_alone=True)


def _held(engine: Engine, *, is_alone: bool) -> AbstractContextManager[None]:
    if engine.dialect.name == "postgresql":
        return _held_by_server(engine, is_alone=is_alone)
    path = database_path(engine)
    return _held_by_file(path.with_name(f"{path.name}.archive.lock"), is_alone=is_alone) if path else nullcontext()


@contextmanager
def _held_by_server(engine: Engine, *, is_alone: bool) -> Iterator[None]:
    lock = "pg_advisory_lock" if is_alone else "pg_advisory_lock_shared"
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        connection.detach()  # it ends with the lock, and no other work gets its settings
        connection.execute(text(f"set lock_timeout = {round(1000 * PATIENCE_SECONDS)}; set statement_timeout = 0"))
        connection.execute(text(f"select {lock}(:key)"), {"key": _KEY})
        yield
    finally:
        connection.close()


@contextmanager
def _held_by_file(path: Path, *, is_alone: bool) -> Iterator[None]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise WarehouseError(f"{path}: not writable: {error}. Give its folder to this user.") from error
    try:
        _wait_for(handle, path, fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, path: Path, wanted: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(handle, wanted | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise WarehouseError(
                    f"{path}: the archive has been held for too long. See by whom with: fuser {path}"
                ) from None
            time.sleep(_PAUSE_SECONDS)
        else:
            return

"""One writer at a time on a SQLite file, across processes: a lock of our own beside the database.

SQLite from 3.7.0 to 3.51.2 can corrupt a database in WAL mode when one connection checkpoints while
another starts the log anew (the WAL-reset race). Dateline's writers therefore hold this lock around each
write and the checkpoint that its commit may run. The kernel frees the lock of a process that dies.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import WarehouseError

PATIENCE_SECONDS = 120.0
PAUSE_SECONDS = 0.005


@contextmanager
def only_writer(database: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the lock of a database file. Raises :class:`WarehouseError` after ``patience`` seconds of waiting."""
    path = database.with_name(database.name + ".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise WarehouseError(f"{path}: not writable: {error}. Give its folder to this user.") from error
    try:
        _wait_for(handle, path, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise WarehouseError(
                    f"{path}: another writer has held the warehouse for too long. See who with: fuser {path}"
                ) from None
            time.sleep(PAUSE_SECONDS)
        else:
            return

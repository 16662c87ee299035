"""Freed bytes of the database's own file: after an erasure nothing of what was removed may be found in it."""

from sqlalchemy import Engine

from dateline.errors import WarehouseError
from dateline.warehouse.engine import database_path
from dateline.warehouse.lock import only_writer

_FULL_TEXT = "select name from sqlite_master where type = 'table' and sql like 'create virtual table%using fts5%'"


def wipe(engine: Engine) -> None:
    """Write a SQLite file anew without its free pages, merge its word indexes, and empty its write-ahead log.

    PostgreSQL hides removed rows from every reader at once, and its own vacuum gives their pages back; only
    ``vacuum full`` cleans the disk itself, which its owner runs.
    """
    path = database_path(engine)
    if path is None:
        return
    with only_writer(path):
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            for (index,) in cursor.execute(_FULL_TEXT).fetchall():
                # A word index keeps the words of a deleted text until its segments are merged.
                cursor.execute(f"insert into {index} ({index}) values ('optimize')")  # noqa: S608 - a name from our schema
            cursor.execute("vacuum")
            busy = cursor.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        finally:
            connection.close()
    if busy:
        raise WarehouseError(
            f"{path}: a reader holds its write-ahead log, which may still hold what was erased. "
            "Erase again when nobody reads: dateline erase --resume"
        )

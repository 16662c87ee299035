"""Care of the database: fresh statistics for its planner, and the room of deleted rows given back."""

from dataclasses import dataclass

from sqlalchemy import Engine, text

from dateline.warehouse.engine import database_path
from dateline.warehouse.lock import only_writer

WORTH_A_VACUUM = 0.2
"""SQLite is rewritten where this share of its pages is empty: it copies the whole file and needs its size in room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tended:
    """Size before and after, in bytes, and whether room was given back."""

    bytes_before: int
    bytes_after: int
    is_vacuumed: bool


def tend(engine: Engine) -> Tended:
    """Refresh the statistics and give back the room of deleted rows; safe while others read and write.

    SQLite's writers wait while a mostly empty file is rewritten. PostgreSQL's autovacuum does the same work
    bit by bit; this makes sure of it after a large deletion.
    """
    return _tend_sqlite(engine) if engine.dialect.name == "sqlite" else _tend_postgresql(engine)


def _tend_sqlite(engine: Engine) -> Tended:
    path = database_path(engine)
    if path is None:  # in memory: nothing to keep in order
        return Tended(bytes_before=0, bytes_after=0, is_vacuumed=False)
    before = path.stat().st_size
    raw = engine.raw_connection()
    try:
        with only_writer(path):
            pages, empty = (raw.execute(f"pragma {one}").fetchone()[0] for one in ("page_count", "freelist_count"))
            is_worth_it = empty > WORTH_A_VACUUM * max(pages, 1)
            steps = ("analyze", *(["vacuum"] if is_worth_it else []), "pragma wal_checkpoint(truncate)")
            for step in steps:
                raw.execute(step).fetchall()
    finally:
        raw.close()
    return Tended(bytes_before=before, bytes_after=path.stat().st_size, is_vacuumed=is_worth_it)


def _tend_postgresql(engine: Engine) -> Tended:
    size = text("select pg_database_size(current_database())")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("set statement_timeout = 0"))
        before = connection.execute(size).scalar_one()
        connection.execute(text("vacuum (analyze)"))  # reads only the pages that changed since the last
        after = connection.execute(size).scalar_one()
        connection.invalidate()  # its statement timeout is not everybody's
    return Tended(bytes_before=before, bytes_after=after, is_vacuumed=True)

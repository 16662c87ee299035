"""Bringing a warehouse to the version of this code, and refusing one that is of another.

All revisions that are due run in one transaction: a migration that is killed leaves the version before.
"""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, text

from dateline.errors import WarehouseError
from dateline.settings import PROJECT
from dateline.warehouse.dictionary import describe_tables
from dateline.warehouse.engine import is_postgresql, reading_from, write_in
from dateline.warehouse.results_tables import data_dictionary
from dateline.warehouse.rows import upsert

MIGRATION_LOCK = 0x0DA7E11E


def migrate(engine: Engine, to: str = "head") -> str:
    """Bring a warehouse up to a revision (the newest by default) and return that revision.

    Raises :class:`WarehouseError` where the warehouse is newer than this code.
    """
    return write_in(engine, lambda connection: _migrated(connection, to))


def require_current(engine: Engine) -> None:
    """Raise :class:`WarehouseError` unless the warehouse is of exactly this code's version."""
    with reading_from(engine) as connection:
        found = version_of(connection)
    wanted = newest_version()
    if found == wanted:
        return
    where = engine.url.render_as_string(hide_password=True)
    if found is None:
        raise WarehouseError(f"{where}: no warehouse is there yet. Make it: dateline migrate")
    if _is_known(found):
        raise WarehouseError(f"{where}: at version {found}, this code needs {wanted}. Bring it up: dateline migrate")
    raise WarehouseError(f"{where}: at version {found}, newer than this code ({wanted}). Use the newer Dateline.")


def version_of(connection: Connection) -> str | None:
    """Return the revision that a warehouse is at, None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_version() -> str:
    """Return the newest revision that this code knows."""
    newest = _scripts().get_current_head()
    if newest is None:
        raise WarehouseError(f"{PROJECT / 'sql' / 'migrations'}: no revisions are there")
    return newest


def _migrated(connection: Connection, to: str) -> str:
    if is_postgresql(connection):
        connection.execute(text("set local statement_timeout = 0"))
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    found = version_of(connection)
    if found is not None and not _is_known(found):
        raise WarehouseError(f"the warehouse is at version {found}, newer than this code. Use the newer Dateline.")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if to == "head":
        upsert(connection, data_dictionary, describe_tables(connection.dialect.name))
    return version_of(connection) or ""


def _is_known(revision: str) -> bool:
    try:
        return _scripts().get_revision(revision) is not None
    except CommandError:
        return False


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "sql" / "migrations").replace("%", "%%"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())

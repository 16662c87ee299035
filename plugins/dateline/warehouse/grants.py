"""Reading rights on PostgreSQL: a role that reads the views and the star, and writes nothing.

Views are the contract. The named questions also read the star (``dim_…``, ``fct_…``) where that is faster, so a
reader gets both; what polling and matching keep for themselves stays closed. SQLite knows no roles: there, the
rights of the file decide.
"""

from sqlalchemy import Connection, Engine, inspect, text

from dateline.errors import WarehouseError
from dateline.warehouse.engine import is_postgresql, write_in
from dateline.warehouse.tables import metadata

ALSO_READ = ("data_dictionary", "alembic_version")  # what things mean, and whether this code fits them
STAR = ("dim_", "fct_")


def grant_reading(engine: Engine, role: str, *, only_views: bool = False) -> list[str]:
    """Let an existing role read the views, and unless ``only_views`` the star; return the names of what it reads.

    Whatever the role was granted here before and is not named now is taken back. Raises
    :class:`WarehouseError` on SQLite, and where no such role exists.
    """
    if engine.dialect.name != "postgresql":
        raise WarehouseError("SQLite has no roles. Give readers the file without the right to write it.")
    return write_in(engine, lambda connection: _granted(connection, role, only_views=only_views))


def readers(connection: Connection) -> list[tuple[str, str]]:
    """Return who else may read which view, so that views made anew can be read by the same roles."""
    if not is_postgresql(connection):
        return []
    granted = text(
        "select distinct table_name, grantee from information_schema.role_table_grants"
        " where privilege_type = 'SELECT' and table_schema = current_schema() and grantee <> grantor"
        " and table_name in (select viewname from pg_views where schemaname = current_schema())"
    )
    return sorted((one.table_name, one.grantee) for one in connection.execute(granted))


def grant_again(connection: Connection, before: list[tuple[str, str]]) -> None:
    """Give the views that were made anew back to their readers, and new views to whoever read all of the old."""
    views = set(inspect(connection).get_view_names())
    by_role: dict[str, set[str]] = {}
    for view, role in before:
        by_role.setdefault(role, set()).add(view)
    read_before = {view for view, _ in before}
    for role, known in sorted(by_role.items()):
        _grant(connection, role, views if known == read_before else views & known)


def _granted(connection: Connection, role: str, *, only_views: bool) -> list[str]:
    known = text("select 1 from pg_roles where rolname = :role")
    if connection.execute(known, {"role": role}).first() is None:
        raise WarehouseError(f"no role is named {role!r}. Make it: create role {role} login password '…'")
    names = {*inspect(connection).get_view_names(), *ALSO_READ}
    if not only_views:
        names |= {one.name for one in metadata.sorted_tables if one.name.startswith(STAR)}
    quote = connection.dialect.identifier_preparer.quote
    schema = quote(str(connection.execute(text("select current_schema()")).scalar_one()))
    connection.exec_driver_sql(f"revoke all on all tables in schema {schema} from {quote(role)}")
    connection.exec_driver_sql(f"revoke create on schema {schema} from {quote(role)}")
    connection.exec_driver_sql(f"grant usage on schema {schema} to {quote(role)}")
    _grant(connection, role, names)
    return sorted(names)


def _grant(connection: Connection, role: str, names: set[str]) -> None:
    quote = connection.dialect.identifier_preparer.quote
    if names:
        listed = ", ".join(quote(one) for one in sorted(names))
        connection.exec_driver_sql(f"grant select on {listed} to {'public' if role == 'PUBLIC' else quote(role)}")

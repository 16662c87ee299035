"""Publishing the views, the contract with analysts, and running the checks."""

from collections.abc import Callable
from dataclasses import dataclass

import orjson
import pendulum
from pendulum import DateTime
from sqlalchemy import Connection, Engine, delete, inspect

from dateline.model import digest_of
from dateline.warehouse.dictionary import describe_view
from dateline.warehouse.engine import is_postgresql, write_in
from dateline.warehouse.grants import grant_again, readers
from dateline.warehouse.library import Statement, statements_in, views_in_order
from dateline.warehouse.metadata import sortable
from dateline.warehouse.query import Result, query
from dateline.warehouse.results_tables import data_dictionary, fct_check_results
from dateline.warehouse.rows import insert_missing

SAMPLE = 10
_TOLD = data_dictionary.select().where(data_dictionary.c.kind == "view", data_dictionary.c.column_name == "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What one check found: the rows that offend, and the claim that they break."""

    name: str
    claim: str
    offending: Result

    @property
    def is_clean(self) -> bool:
        """Say whether nothing offends."""
        return not self.offending.rows


def publish_views(engine: Engine) -> list[str]:
    """Make every view of ``sql/views`` anew, in one transaction; return their names.

    Views that no file describes any more are dropped. Readers see the old views or the new, nothing between. On
    PostgreSQL, where dropping a view waits for all who read it and holds up all who would, views that stand as their
    files say are left alone.
    """
    views = views_in_order(engine.dialect.name)
    write_in(engine, lambda connection: _published(connection, views))
    return sorted(one.name for one in views)


def run_checks(engine: Engine, *, clock: Callable[[], DateTime] = pendulum.now) -> list[CheckResult]:
    """Run every check of ``sql/checks``, keep what they found, and return it. A check returns offending rows."""
    checks = statements_in("checks", engine.dialect.name)
    results = [
        CheckResult(name=one.name, claim=one.meaning, offending=query(engine, one.sql)) for one in checks.values()
    ]
    at = clock()
    rows = [_result_row(one, at) for one in results]
    write_in(engine, lambda connection: insert_missing(connection, fct_check_results, rows))
    return results


def _published(connection: Connection, views: list[Statement]) -> None:
    quote = connection.dialect.identifier_preparer.quote
    ours = {row.object_name for row in connection.execute(data_dictionary.select()) if row.kind == "view"}
    standing = set(inspect(connection).get_view_names())
    named = [one.name for one in views]
    if standing & (ours | set(named)) == set(named) and _stand_so(connection, views):
        return
    before = readers(connection)
    for name in [*reversed(named), *sorted(ours - set(named))]:
        if name in standing:
            connection.exec_driver_sql(f"drop view {quote(name)}{_cascade(connection)}")
    described = []
    by_name = {one.name: one for one in views}
    for view in views:
        connection.exec_driver_sql(_driver(connection, f"create view {quote(view.name)} as\n{view.sql}"))
        columns = [one["name"] for one in inspect(connection).get_columns(view.name)]
        described += describe_view(view, columns, by_name)
    connection.execute(delete(data_dictionary).where(data_dictionary.c.kind == "view"))
    insert_missing(connection, data_dictionary, described)
    if is_postgresql(connection):
        _comment(connection, described)
        grant_again(connection, before)


def _stand_so(connection: Connection, views: list[Statement]) -> bool:
    """Say whether PostgreSQL holds these very views, and their meanings; SQLite makes them anew at no cost."""
    if not is_postgresql(connection):
        return False
    told = {row.object_name: row.meaning for row in connection.execute(_TOLD)}
    by_name = {one.name: one for one in views}
    return all(
        told.get(view.name) == describe_view(view, (), by_name)[0]["meaning"] and _stands(connection, view)
        for view in views
    )


def _stands(connection: Connection, view: Statement) -> bool:
    """Compare a view with one made from its file, as the server writes both."""
    connection.exec_driver_sql(_driver(connection, f"create temporary view as_its_file_says as\n{view.sql}"))
    same = "select pg_get_viewdef('pg_temp.as_its_file_says'::regclass) = pg_get_viewdef(%s::regclass)"
    is_same: bool = connection.exec_driver_sql(same, (view.name,)).scalar_one()
    connection.exec_driver_sql("drop view as_its_file_says")
    return is_same


def _comment(connection: Connection, described: list[dict[str, str]]) -> None:
    quote = connection.dialect.identifier_preparer.quote
    for one in described:
        name, column = quote(one["object_name"]), one["column_name"]
        what = f"column {name}.{quote(column)}" if column else f"view {name}"
        meaning = one["meaning"].replace("'", "''")
        connection.exec_driver_sql(_driver(connection, f"comment on {what} is '{meaning}'"))


def _cascade(connection: Connection) -> str:
    return " cascade" if is_postgresql(connection) else ""


def _driver(connection: Connection, sql: str) -> str:
    return sql.replace("%", "%%") if is_postgresql(connection) else sql


def _result_row(result: CheckResult, at: DateTime) -> dict[str, object]:
    sample = orjson.loads(orjson.dumps(result.offending.as_dicts()[:SAMPLE]))
    return {
        "check_result_id": digest_of("check", result.name, sortable(at)),
        "check_name": result.name,
        "ran_at": at,
        "offending": len(result.offending.rows),
        "sample": sample,
    }

"""What every table, view and column means: for the data dictionary in the warehouse and the page about it.

Tables carry their comments. A column of a view means what the column of the table means that it is taken from;
what a view works out itself is told in ``sql/views/columns.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache

from dateline.errors import WarehouseError
from dateline.warehouse.library import SQL, Statement
from dateline.warehouse.tables import metadata

Row = dict[str, str]

ALEMBIC = {"": "The version of the schema. Grain: one row.", "version_num": "The newest migration that has run."}
SEARCH = {
    "search_keys": {
        "": "Numbers that keep the full-text index in step. Grain: one row per wording.",
        "search_id": "The number.",
        "wording_id": "The wording.",
    },
    "search_texts": {
        "": "What the full-text index was made from. Grain: one row per wording.",
        "search_id": "The number of the wording.",
        "headline": "Its headline.",
        "body": "The first 100,000 characters of its text.",
    },
    "wording_search": {
        "": "The full-text index (FTS5); ask the view entry_search instead. Grain: one row per wording.",
        "headline": "Its headline.",
        "body": "The first 100,000 characters of its text.",
    },
}
"""What SQLite keeps for full-text search; on PostgreSQL that is an index, which needs no words."""


def describe_tables(dialect: str) -> list[Row]:
    """Return a row of the data dictionary for every table and column that migrations make."""
    rows = []
    for table in metadata.sorted_tables:
        told = {"": table.comment or "", **{column.name: column.comment or "" for column in table.columns}}
        rows += _rows(table.name, "table", told)
    rows += _rows("alembic_version", "table", ALEMBIC)
    if dialect == "sqlite":
        rows += [row for name, told in SEARCH.items() for row in _rows(name, "index", told)]
    return rows


def describe_view(view: Statement, columns: Iterable[str], views: Mapping[str, Statement]) -> list[Row]:
    """Return a row of the data dictionary for a view and for each of its columns."""
    told = {"": view.meaning, **{one: _meaning(view, one, views) for one in columns}}
    return _rows(view.name, "view", told)


def _rows(name: str, kind: str, told: Mapping[str, str]) -> list[Row]:
    for column, meaning in told.items():
        if not meaning:
            where = "sql/views/columns.toml" if kind == "view" else "its comment"
            raise WarehouseError(f"{name}.{column}: nothing says what it means. Tell it in {where}.")
    return [
        {"object_name": name, "column_name": column, "kind": kind, "meaning": meaning}
        for column, meaning in told.items()
    ]


@cache
def _glossary() -> dict[str, dict[str, str]]:
    return tomllib.loads((SQL / "views" / "columns.toml").read_text(encoding="utf-8"))


def _meaning(view: Statement, column: str, views: Mapping[str, Statement]) -> str:
    """Ask the view's own section, then what the column is taken from, then the words for any view."""
    own = _glossary().get(view.name, {}).get(column)
    return own or _inherited(view, column, views) or _glossary()["any"].get(column) or ""


def _inherited(view: Statement, column: str, views: Mapping[str, Statement]) -> str:
    read = dict(re.findall(r"\b(?:from|join) (\w+)(?: as (\w+))?", view.sql))
    by_alias = {alias or name: name for name, alias in read.items()}
    named = [by_alias.get(one, "") for one in re.findall(rf"\b(\w+)\.{column}\b(?! as)", view.sql)]
    for name in [*reversed(named), *read]:
        table = metadata.tables.get(name)
        if table is not None and column in table.columns:
            return table.columns[column].comment or ""
        if name in views and name != view.name and re.search(rf"\b{column}\b", views[name].sql):
            return _meaning(views[name], column, views)
    return ""

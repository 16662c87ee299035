"""The schema written out as SQL, for people to read and for the first migration to run.

``python -m dateline.warehouse.schema`` rewrites ``sql/schema.<dialect>.sql``; a test keeps them in step.
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Table, make_url
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement, SetColumnComment, SetTableComment

from dateline.settings import PROJECT
from dateline.warehouse.tables import metadata

DIALECTS: dict[str, Dialect] = {
    name: make_url(url).get_dialect()()
    for name, url in (("postgresql", "postgresql+psycopg://"), ("sqlite", "sqlite://"))
}
BETWEEN = ";\n\n"


def schema(dialect: str) -> str:
    """Write every table, index and comment as the DDL of one dialect, in the order of their references."""
    chosen = DIALECTS[dialect]
    written = [
        _tidy(str(element.compile(dialect=chosen)))
        for table in metadata.sorted_tables
        for element in _elements(table, has_comments=chosen.supports_comments)
    ]
    return BETWEEN.join(written) + ";\n"


def _elements(table: Table, *, has_comments: bool) -> Iterator[ExecutableDDLElement]:
    yield CreateTable(table)
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        yield CreateIndex(index)
    if has_comments:
        yield SetTableComment(table)
        for column in table.columns:
            yield SetColumnComment(column)


def statements(text: str) -> list[str]:
    """Cut what :func:`schema` wrote into its statements again."""
    return [one.strip().rstrip(";") for one in text.split(BETWEEN) if one.strip()]


def schema_file(dialect: str) -> Path:
    """Return where the schema of a dialect is kept."""
    return PROJECT / "sql" / f"schema.{dialect}.sql"


def _tidy(statement: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "    ") for line in statement.strip().splitlines())


if __name__ == "__main__":
    for name in DIALECTS:
        schema_file(name).write_text(schema(name), encoding="utf-8")

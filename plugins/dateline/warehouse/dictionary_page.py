"""The page about the warehouse: its views, tables, questions and checks, and a diagram of what refers to what.

``python -m dateline.warehouse.dictionary_page`` rewrites ``sql/README.md``; a test keeps the two in step.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Table, inspect

from dateline.settings import PROJECT
from dateline.warehouse.dictionary import describe_view
from dateline.warehouse.engine import open_warehouse
from dateline.warehouse.library import statements_in
from dateline.warehouse.migrate import migrate
from dateline.warehouse.tables import metadata
from dateline.warehouse.views import publish_views

INTRODUCTION = """\
# The warehouse

Written by `python -m dateline.warehouse.dictionary_page` from the schema and the headers of the files here.

Views are the contract: ask them, not the tables. The same words stand in the warehouse itself, in the table
`data_dictionary`, and on PostgreSQL as comments. Times are UTC; a column that ends in `_at` is an instant, `is_` and
`has_` are true or false. [EXAMPLE.md](EXAMPLE.md) goes from a question to a chart.

A reader of PostgreSQL needs no more than this, once the role exists (`create role analyst login`):

```sh
dateline grant analyst                 # reads views and star, writes nothing
dateline grant analyst --only-views    # the views alone
```
"""
HEADINGS = {"queries": "Questions", "checks": "Checks"}


def page() -> str:
    """Write the whole page."""
    return "\n".join(
        [INTRODUCTION, *_views(), *_statements("queries"), *_statements("checks"), *_diagram(), *_tables()]
    )


def page_file() -> Path:
    """Return where the page is kept."""
    return PROJECT / "sql" / "README.md"


def _views() -> Iterator[str]:
    engine = open_warehouse("sqlite://")
    migrate(engine)
    publish_views(engine)
    known = statements_in("views", "sqlite")
    yield "## Views\n"
    for name, view in known.items():
        columns = [one["name"] for one in inspect(engine).get_columns(name)]
        told = {one["column_name"]: one["meaning"] for one in describe_view(view, columns, known)}
        yield f"### {name}\n\n{told.pop('')}\n"
        yield _listed(told.items())
    engine.dispose()


def _statements(folder: str) -> Iterator[str]:
    yield f"## {HEADINGS[folder]}\n"
    if folder == "queries":
        yield "`dateline query NAME`, with `--given name=value` where a value is asked for."
        yield "`since` is an instant or counts back from the newest capture: `P14D` a fortnight, `P1Y` a year.\n"
    for one in statements_in(folder, "sqlite").values():
        given = "".join(f" `--given {name}={value!r}`" for name, value in one.given.items())
        yield f"- **{one.name}**: {one.meaning}{given}"
    yield ""


def _diagram() -> Iterator[str]:
    """Draw keys and references; Mermaid is drawn by most places that show Markdown."""
    yield "## Diagram\n\n```mermaid\nerDiagram"
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
            many = "o|" if key.parent.primary_key and len(table.primary_key) == 1 else "o{"
            one = "|o" if key.parent.nullable else "||"
            yield f"    {key.column.table.name} {one}--{many} {table.name} : {key.parent.name}"
    for table in metadata.sorted_tables:
        if table.primary_key and (table.foreign_keys or table.name.startswith("dim_")):
            yield f"    {table.name} {{"
            yield from (f"        {_kind(table, one.name)} {one.name} PK" for one in table.primary_key)
            yield "    }"
    yield "```\n"


def _tables() -> Iterator[str]:
    yield "## Tables\n"
    for table in metadata.sorted_tables:
        yield f"### {table.name}\n\n{table.comment}\n"
        yield _listed((one.name, one.comment or "") for one in table.columns)


def _listed(told: Iterable[tuple[str, str]]) -> str:
    rows = [f"| `{name}` | {meaning.replace('|', chr(92) + '|')} |" for name, meaning in told]
    return "\n".join(["| column | meaning |", "|---|---|", *rows, ""])


def _kind(table: Table, column: str) -> str:
    return "bigint" if table.columns[column].type.python_type is int else "text"


if __name__ == "__main__":
    page_file().write_text(page(), encoding="utf-8")

"""``dateline query``: ask the warehouse a named question, or one statement of SQL that only reads."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

WIDE = 200  # columns where no terminal says how many it has


class Form(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def query_command(
    name_or_sql: Annotated[
        str | None, typer.Argument(metavar="NAME|SQL", help="A question of sql/queries/, or a SELECT. None: list them.")
    ] = None,
    given: Annotated[
        list[str] | None, typer.Option("--given", metavar="NAME=VALUE", help="A value that the question asks for.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to write the answer.")] = Form.TABLE,
    raw: Annotated[bool, typer.Option(help="CSV: leave what a spreadsheet would run as a formula.")] = False,
) -> None:
    """Ask the warehouse; without a name, list the questions."""
    from rich.console import Console

    from dateline.cli.results import as_csv, as_json, show
    from dateline.cli.warehouse import opened
    from dateline.settings import load_settings
    from dateline.warehouse.query import query

    with opened(load_settings()) as (engine, _):
        if name_or_sql is None:
            _list_questions(engine.dialect.name)
            return
        result = query(engine, name_or_sql, given=_values(given or []))
    if form is Form.TABLE:
        show(result, Console(width=None if sys.stdout.isatty() else WIDE))
    else:
        sys.stdout.write(as_json(result) if form is Form.JSON else as_csv(result, is_raw=raw))


def _values(given: list[str]) -> dict[str, str]:
    from dateline.errors import WarehouseError

    pairs = [one.partition("=") for one in given]
    unclear = [name for name, sign, _ in pairs if not sign]
    if unclear:
        raise WarehouseError(f"--given {unclear[0]}: say what it is, as in --given words=gates.")
    return {name.strip(): value for name, _, value in pairs}


def _list_questions(dialect: str) -> None:
    from rich.console import Console
    from rich.table import Table

    from dateline.warehouse.library import statements_in

    table = Table("name", "question", "given")
    for one in statements_in("queries", dialect).values():
        table.add_row(one.name, one.meaning, "\n".join(f"{name}={value}" for name, value in one.given.items()))
    Console().print(table)

"""The answer to a question, as a table for people, JSON or CSV."""

import csv
import io
import re

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.cli import printable
from dateline.warehouse.query import Cell, Result

MOST_CHARACTERS = 60
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def as_json(result: Result) -> str:
    """Write an answer as a JSON array of objects."""
    return orjson.dumps(result.as_dicts(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def as_csv(result: Result, *, is_raw: bool = False) -> str:
    """Write an answer as CSV; unless ``is_raw``, no cell can be run as a formula by a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([cell if is_raw else _harmless(cell) for cell in row] for row in result.rows)
    return out.getvalue()


def show(result: Result, console: Console) -> None:
    """Print an answer as a table of one line a row; what does not fit is cut, for the rest there is JSON."""
    table = Table(expand=False)
    for name in result.columns:
        table.add_column(name, no_wrap=True, overflow="ellipsis", min_width=min(len(name), 6))
    for row in result.rows:
        table.add_row(*(_cell(cell) for cell in row))
    console.print(table)
    console.print(f"{len(result.rows):,} rows", style="dim")


def _cell(cell: Cell) -> Text:
    text = "" if cell is None else printable(str(cell)).replace("\n", " ")
    if _TIME.fullmatch(text):
        text = text[:16].replace("T", " ")
    return Text(text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell

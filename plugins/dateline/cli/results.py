"""What commands print: the answer to a question, as a table for people, JSON or CSV; and what could not be read."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import orjson
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.cli import printable
from dateline.exports.files import harmless
from dateline.warehouse.query import Cell, Result

if TYPE_CHECKING:
    from dateline.ingest.report import Failure

MOST_CHARACTERS = 60
LEAST_CHARACTERS = 8
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def as_json(result: Result) -> str:
    """Write an answer as a JSON array of objects."""
    return orjson.dumps(result.as_dicts(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def as_csv(result: Result, *, is_raw: bool = False) -> str:
    """Write an answer as CSV; unless ``is_raw``, no cell can be run as a formula by a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([cell if is_raw else harmless(cell) for cell in row] for row in result.rows)
    return out.getvalue()


def show(result: Result, console: Console) -> None:
    """Print an answer as a table of one line a row; what does not fit is cut, for the rest there is JSON."""
    rows = [[_plain(cell) for cell in row] for row in result.rows]
    widths = _widths([list(result.columns), *rows], console.width - 3 * len(result.columns) - 1)
    table = Table()
    for name, width in zip(result.columns, widths, strict=True):
        table.add_column(name, no_wrap=True, overflow="ellipsis", width=width)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)
    console.print(f"{len(rows):,} rows", style="dim")


def failures_table(failures: "Iterable[Failure]") -> Table:
    """Lay out what could not be read: its name, one word for the reason, and why."""
    table = Table("not read", "reason", "why")
    for one in failures:
        table.add_row(*(Text(printable(text)) for text in (one.name, one.reason, one.why)))
    return table


def _widths(lines: Sequence[Sequence[str]], room: int) -> list[int]:
    """Give each column the room that it needs; where that is too much, the widest give way first."""
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    while sum(widths) > room and max(widths) > LEAST_CHARACTERS:
        widths[widths.index(max(widths))] -= 1
    return widths


def _plain(cell: Cell) -> str:
    text = "" if cell is None else printable(str(cell)).replace("\n", " ")
    if isinstance(cell, float):
        text = f"{cell:.4g}"
    if _TIME.fullmatch(text):
        text = text[:16].replace("T", " ")
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"

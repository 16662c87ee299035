"""Rows as one CSV file that no spreadsheet runs, or as lines of JSON."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from dateline.warehouse.query import Cell

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Rows = Iterable[list[tuple[Cell, ...]]]


def write_csv(store: Any, folder: str, columns: Sequence[str], batches: Rows) -> list[str]:
    """Write ``rows.csv`` with a header; no cell can be run as a formula."""
    with store.open(f"{folder}/rows.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for batch in batches:
            writer.writerows([harmless(cell) for cell in row] for row in batch)
    return ["rows.csv"]


def write_ndjson(store: Any, folder: str, columns: Sequence[str], batches: Rows) -> list[str]:
    """Write ``rows.ndjson``: one object a line."""
    with store.open(f"{folder}/rows.ndjson", "wb") as out:
        for batch in batches:
            for row in batch:
                out.write(orjson.dumps(dict(zip(columns, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE))
    return ["rows.ndjson"]


def harmless(cell: Cell) -> Cell:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    >>> harmless("=1+1"), harmless(-3)
    ("'=1+1", -3)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell

"""Rows as Parquet files, partitioned by carrier and day where a view has them.

A column's type follows from its name alone, so every export of a view has the same, whatever its rows are. Numbers
are those of the tables' columns of that name, and those that views work out, listed in ``sql/views/numbers.toml``;
``_at``, ``_earliest`` and ``_latest`` are instants, ``is_`` and ``has_`` claims; all else is text.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from pyarrow.fs import FSSpecHandler, PyFileSystem
from sqlalchemy import Float, Integer

from dateline.warehouse.library import SQL
from dateline.warehouse.metadata import metadata
from dateline.warehouse.query import Cell

INSTANT = pa.timestamp("us", tz="UTC")
INSTANT_ENDS = ("_at", "_earliest", "_latest")
CLAIM_STARTS = ("is_", "has_")
DAY_OF = ("published_at", "claimed_at", "latest_at", "first_seen_at")
"""What the day of a row is taken from: the first of these that the view has."""
MOST_OPEN = 100

Rows = Iterable[list[tuple[Cell, ...]]]


def write_parquet(store: Any, folder: str, columns: Sequence[str], batches: Rows) -> list[str]:
    """Write ``carrier=…/day=…/part-0.parquet``; return the paths relative to ``folder``.

    Without rows there is one file all the same: it says what the columns are.
    """
    schema = pa.schema([(name, type_of(name)) for name in columns])
    partitions = [pa.field(name, pa.string()) for name in _partitions(columns)]
    whole = schema
    if any(one.name == "day" for one in partitions):
        whole = schema.append(pa.field("day", pa.string()))
    written: list[str] = []
    ds.write_dataset(
        _tables(whole, columns, batches),
        folder,
        schema=whole,
        format="parquet",
        filesystem=PyFileSystem(FSSpecHandler(store)),
        partitioning=ds.partitioning(pa.schema(partitions), flavor="hive") if partitions else None,
        basename_template="part-{i}.parquet",
        existing_data_behavior="overwrite_or_ignore",
        max_open_files=MOST_OPEN,
        max_partitions=1_000_000,
        file_visitor=lambda file: written.append(file.path.partition(f"{folder.strip('/')}/")[2]),
    )
    return written or [_without_rows(store, folder, schema, [one.name for one in partitions])]


def _without_rows(store: Any, folder: str, schema: pa.Schema, partitions: Sequence[str]) -> str:
    inside = "".join(f"{name}=unknown/" for name in partitions)
    store.makedirs(f"{folder}/{inside}", exist_ok=True)
    held = pa.schema([one for one in schema if one.name not in partitions])
    with store.open(f"{folder}/{inside}part-0.parquet", "wb") as out:
        pq.write_table(held.empty_table(), out)
    return f"{inside}part-0.parquet"


def _partitions(columns: Sequence[str]) -> list[str]:
    has_day = any(one in columns for one in DAY_OF)
    return [one for one, is_there in (("carrier", "carrier" in columns), ("day", has_day)) if is_there]


def _tables(schema: pa.Schema, columns: Sequence[str], batches: Rows) -> Iterator[pa.RecordBatch]:
    for rows in batches:
        by_name = dict(zip(columns, zip(*rows, strict=True), strict=True))
        arrays = {name: _array(schema.field(name).type, by_name[name]) for name in columns}
        if "day" in schema.names:
            moments = by_name[next(one for one in DAY_OF if one in columns)]
            arrays["day"] = pa.array([str(one)[:10] if one else "unknown" for one in moments], pa.string())
        if "carrier" in columns:
            arrays["carrier"] = pa.array([str(one or "unknown") for one in by_name["carrier"]], pa.string())
        yield pa.record_batch([arrays[name] for name in schema.names], schema=schema)


def _array(kind: pa.DataType, cells: Sequence[Cell]) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return pa.array(cells, pa.string()).cast(kind)
    return pa.array(cells, kind)


def type_of(name: str) -> pa.DataType:
    """Return the type of a column of a view."""
    if name in _numbers():  # also the places in a text where something ends: ``ends_at`` is no instant
        return _numbers()[name]
    if name.endswith(INSTANT_ENDS):
        return INSTANT
    return pa.bool_() if name.startswith(CLAIM_STARTS) else pa.string()


@cache
def _numbers() -> dict[str, pa.DataType]:
    """Return the types of all columns that hold numbers: those of the tables, and above them what views work out."""
    columns = [column for table in metadata.sorted_tables for column in table.columns]
    found = {one.name: pa.int64() for one in columns if isinstance(one.type, Integer)}
    found |= {one.name: pa.float64() for one in columns if isinstance(one.type, Float)}
    told = tomllib.loads((SQL / "views" / "numbers.toml").read_text(encoding="utf-8"))
    return found | dict.fromkeys(told["whole"], pa.int64()) | dict.fromkeys(told["real"], pa.float64())

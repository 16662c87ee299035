"""Rows as Parquet files, partitioned by carrier and day where a view has them.

A column's type follows from what it is named after, as everywhere in the warehouse: ``_at``, ``_earliest`` and
``_latest`` are instants, ``is_`` and ``has_`` claims. What else there is follows from the column of that name in
the tables, and for what a view works out from its first values.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
from pyarrow.fs import FSSpecHandler, PyFileSystem
from sqlalchemy import BigInteger, Float

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
    """Write ``carrier=…/day=…/part-0.parquet``; return the paths relative to ``folder``."""
    portions = iter(batches)
    first = next(portions, [])
    schema = pa.schema([(name, _type(name, [row[n] for row in first])) for n, name in enumerate(columns)])
    partitions = [pa.field(name, pa.string()) for name in _partitions(columns)]
    whole = schema
    if any(one.name == "day" for one in partitions):
        whole = schema.append(pa.field("day", pa.string()))
    written: list[str] = []
    ds.write_dataset(
        _tables(whole, columns, first, portions),
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
    return written


def _partitions(columns: Sequence[str]) -> list[str]:
    has_day = any(one in columns for one in DAY_OF)
    return [one for one, is_there in (("carrier", "carrier" in columns), ("day", has_day)) if is_there]


def _tables(
    schema: pa.Schema, columns: Sequence[str], first: list[tuple[Cell, ...]], portions: Iterator[Any]
) -> Iterator[pa.RecordBatch]:
    while first:
        by_name = dict(zip(columns, zip(*first, strict=True), strict=True))
        arrays = {name: _array(schema.field(name).type, by_name[name]) for name in columns}
        if "day" in schema.names:
            moments = by_name[next(one for one in DAY_OF if one in columns)]
            arrays["day"] = pa.array([str(one)[:10] if one else "unknown" for one in moments], pa.string())
        if "carrier" in columns:
            arrays["carrier"] = pa.array([str(one or "unknown") for one in by_name["carrier"]], pa.string())
        yield pa.record_batch([arrays[name] for name in schema.names], schema=schema)
        first = next(portions, [])


def _array(kind: pa.DataType, cells: Sequence[Cell]) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return pa.array(cells, pa.string()).cast(kind)
    return pa.array(cells, kind)


def _type(name: str, cells: Sequence[Cell]) -> pa.DataType:
    if name.endswith(INSTANT_ENDS):
        return INSTANT
    if name.startswith(CLAIM_STARTS):
        return pa.bool_()
    known = [table.columns[name].type for table in metadata.sorted_tables if name in table.columns]
    if known:
        return pa.int64() if isinstance(known[0], BigInteger) else _real_or_text(known[0])
    seen = {type(one) for one in cells if one is not None}
    if seen <= {int, float} and seen:
        return pa.float64() if float in seen or "share" in name or name.startswith("average") else pa.int64()
    return pa.string()


def _real_or_text(kind: Any) -> pa.DataType:
    return pa.float64() if isinstance(kind, Float) else pa.string()

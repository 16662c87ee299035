"""Many numbers or names in one statement, on both engines: as a JSON list on SQLite, as an array on PostgreSQL."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Column, ColumnElement, Connection, any_, bindparam, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from dateline.warehouse.engine import is_postgresql
from dateline.warehouse.rows import one_of_names

__all__ = ["Numbers", "in_slices", "insert_prints", "one_of_names", "one_of_numbers"]

Numbers = NDArray[np.int64]


def one_of_numbers(connection: Connection, column: Column[int], numbers: Numbers) -> ColumnElement[bool]:
    """Say that a column holds one of many whole numbers."""
    if is_postgresql(connection):
        return column == any_(bindparam(None, numbers.tolist(), type_=ARRAY(BigInteger)))
    listed = func.json_each(_json(numbers)).table_valued("value")
    return column.in_(select(listed.c.value))


def insert_prints(connection: Connection, prints: Numbers, keys: Numbers) -> None:
    """Insert rows of ``fct_prints`` that are not there yet, in the order of the index."""
    if len(prints) == 0:
        return
    order = np.lexsort((keys, prints))
    prints, keys = prints[order], keys[order]
    if is_postgresql(connection):
        values = {"prints": prints.tolist(), "keys": keys.tolist()}
        connection.execute(_POSTGRESQL_PRINTS, values)
    else:
        # A row at a time: from a JSON list they took twice the CPU.
        pairs = list(zip(prints.tolist(), keys.tolist(), strict=True))
        connection.exec_driver_sql("insert or ignore into fct_prints (print, text_key) values (?, ?)", pairs)


def in_slices(values: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    """Cut a sequence into slices of a size."""
    return (values[start : start + size] for start in range(0, len(values), size))


_POSTGRESQL_PRINTS = text(
    "insert into fct_prints (print, text_key) select * from unnest(:prints, :keys) on conflict do nothing"
).bindparams(bindparam("prints", type_=ARRAY(BigInteger)), bindparam("keys", type_=ARRAY(BigInteger)))


def _json(numbers: Numbers) -> Any:
    return literal(orjson.dumps(numbers, option=orjson.OPT_SERIALIZE_NUMPY).decode())

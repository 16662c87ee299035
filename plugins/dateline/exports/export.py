"""Writing views to files, on any fsspec path: all of one moment, whole or not at all.

Each export of a view is a folder of its own, named after the moment; ``<view>/manifest.json`` names the files
that count, and is replaced last. So a reader that goes by the manifest sees the old export or the new, and one
that is killed leaves the old. The export before the newest stays for those who are reading it; what is older still is
removed. What is younger may be another export that is being written: what a killed one left goes one export later.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson
import pendulum
from pendulum import DateTime
from sqlalchemy import Connection, Engine, text

from dateline.archive.durable import put
from dateline.archive.store import open_store, store_errors
from dateline.errors import WarehouseError
from dateline.exports.files import write_csv, write_ndjson
from dateline.exports.parquet import write_parquet
from dateline.warehouse.dictionary import describe_view
from dateline.warehouse.engine import is_postgresql, reading_from
from dateline.warehouse.library import Statement, statements_in
from dateline.warehouse.query import Cell, plain_row

EXPORTED = ("documents", "current_entries", "entry_versions", "entry_log", "deletions", "copies")
ROWS_AT_ONCE = 20_000

Rows = Iterator[list[tuple[Cell, ...]]]


class Form(StrEnum):
    """How a view is written: Parquet is partitioned by carrier and day, the others are one file."""

    PARQUET = "parquet"
    CSV = "csv"
    NDJSON = "ndjson"


WRITERS: dict[Form, Callable[..., list[str]]] = {
    Form.PARQUET: write_parquet,
    Form.CSV: write_csv,
    Form.NDJSON: write_ndjson,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One export of one view: its files, relative to the view's folder, and what its columns mean."""

    view: str
    meaning: str
    form: str
    exported_at: str
    rows: int
    columns: dict[str, str]
    files: list[str]


def export(
    engine: Engine,
    to: str,
    *,
    views: Sequence[str] = EXPORTED,
    form: Form = Form.PARQUET,
    clock: Callable[[], DateTime] = pendulum.now,
) -> list[Manifest]:
    """Write views below the folder ``to`` and return what was written of each.

    Raises :class:`WarehouseError` for an unknown view, or where the place cannot be written, :class:`ArchiveError`
    where no library knows its address.
    """
    known = statements_in("views", engine.dialect.name)
    unknown = sorted(set(views) - known.keys())
    if unknown:
        raise WarehouseError(f"no view is named {unknown[0]!r}. There are: {', '.join(known)}.")
    store, root = open_store(to)
    try:
        with reading_from(engine) as connection:
            if is_postgresql(connection):
                connection.execute(text("set transaction isolation level repeatable read, read only"))
            return [_exported(connection, store, f"{root}/{name}", known[name], form, clock()) for name in views]
    except store_errors(ValueError) as error:
        why = f"{to}: cannot be written: {error}. Mend the place or its keys, then run again."
        raise WarehouseError(why) from error


def _exported(  # noqa: PLR0917 - what, where to, how and when
    connection: Connection, store: Any, folder: str, view: Statement, form: Form, at: DateTime
) -> Manifest:
    known = statements_in("views", connection.dialect.name)
    version = at.in_timezone("UTC").format("YYYYMMDD[T]HHmmss[.]SSSSSS[Z]")
    columns, batches = _read(connection, view.name)
    counted = _Counted(batches)
    store.makedirs(f"{folder}/{version}", exist_ok=True)
    files = WRITERS[form](store, f"{folder}/{version}", columns, counted)
    told = {one["column_name"]: one["meaning"] for one in describe_view(view, columns, known)}
    manifest = Manifest(
        view=view.name,
        meaning=told.pop(""),
        form=str(form),
        exported_at=at.in_timezone("UTC").to_iso8601_string(),
        rows=counted.rows,
        columns=told,
        files=sorted(f"{version}/{one}" for one in files),
    )
    before = _version_of(store, folder)
    put(store, f"{folder}/manifest.json", orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    _remove_before(store, folder, min(version, before))
    return manifest


def _read(connection: Connection, view: str) -> tuple[tuple[str, ...], Rows]:
    """Read a view in portions; a server hands them out one by one."""
    streaming = connection.execution_options(stream_results=True, max_row_buffer=ROWS_AT_ONCE)
    quote = connection.dialect.identifier_preparer.quote
    result = streaming.exec_driver_sql(f"select * from {quote(view)}")  # noqa: S608 - a name of ours
    columns = tuple(result.keys())
    return columns, ([plain_row(columns, row) for row in part] for part in result.partitions(ROWS_AT_ONCE))


class _Counted:
    """Portions of rows, counted as they go by."""

    def __init__(self, batches: Rows) -> None:
        self.batches, self.rows = batches, 0

    def __iter__(self) -> Rows:
        for batch in self.batches:
            self.rows += len(batch)
            yield batch


def _version_of(store: Any, folder: str) -> str:
    """Return the version that the manifest names now; empty where there is none."""
    path = f"{folder}/manifest.json"
    named = orjson.loads(store.cat_file(path))["files"] if store.exists(path) else []
    return min((one.partition("/")[0] for one in named), default="")


def _remove_before(store: Any, folder: str, version: str) -> None:
    """Remove the exports that began before one did: their names are moments."""
    for one in store.ls(folder, detail=True):
        if one["type"] == "directory" and one["name"].rstrip("/").rpartition("/")[2] < version:
            store.rm(one["name"], recursive=True)

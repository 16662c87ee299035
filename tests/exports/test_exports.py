"""Exports are read as an analyst reads them: by DuckDB, by way of the manifest."""

import csv
import json
import secrets
from dataclasses import replace

import duckdb
import fsspec
import pendulum
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import WarehouseError
from dateline.exports import export as exports
from dateline.exports.export import EXPORTED, Form, export
from dateline.exports.parquet import type_of, write_parquet
from dateline.warehouse import load, load_batch, publish_views, query
from dateline.warehouse.library import statements_in
from dateline.warehouse.metadata import metadata
from fabricate import post, reading, stored
from ferry import NINE, snapshots

READ = """
set variable files = (
    select list_transform(files, lambda one : '{folder}/' || one) from read_json('{folder}/manifest.json')
);
"""


@pytest.fixture
def filled(warehouse):
    load_batch(warehouse, snapshots())
    nasty = post("=cmd|' /C calc'!A0", anchor="e")
    load(warehouse, stored(40), [reading(replace(NINE, headline="+1"), nasty)])
    publish_views(warehouse)
    return warehouse


def in_duckdb(folder, sql):
    connection = duckdb.connect()
    connection.execute(READ.format(folder=folder))
    return connection.execute(sql).fetchall()


def test_duckdb_reads_in_every_view_what_the_warehouse_says(filled, tmp_path):
    for manifest in export(filled, str(tmp_path / "out")):
        wanted = query(filled, f"select * from {manifest.view}").as_dicts()  # noqa: S608 - a name of ours
        assert manifest.rows == len(wanted)
        assert manifest.columns.keys() == (wanted[0].keys() if wanted else manifest.columns.keys())
        if wanted:
            connection = duckdb.connect()
            connection.execute(READ.format(folder=tmp_path / "out" / manifest.view))
            rows = connection.execute("select * from read_parquet(getvariable('files'), hive_partitioning = true)")
            names = [one[0] for one in rows.description]
            plain = [dict(zip(names, map(_plain, row), strict=True)) for row in rows.fetchall()]
            for row in [*plain, *wanted]:
                row.pop("day", None)
                row["carrier"] = row.get("carrier") or "unknown"
            assert sorted(map(_key, plain)) == sorted(map(_key, wanted)), manifest.view


def _plain(cell):
    if hasattr(cell, "tzinfo"):
        return pendulum.instance(cell).in_timezone("UTC").format("YYYY-MM-DD[T]HH:mm:ss.SSSSSS[Z]")
    return cell


def _key(row):
    return json.dumps(row, sort_keys=True)


def test_partitions_are_publishers_and_days(filled, tmp_path):
    (manifest,) = export(filled, str(tmp_path), views=["current_entries"])
    assert {one.split("/", 1)[1] for one in manifest.files} == {
        "carrier=Harbour%20Courier/day=2026-03-02/part-0.parquet",
        "carrier=Harbour%20Courier/day=unknown/part-0.parquet",
    }


def test_types_are_the_same_from_both_engines(filled, tmp_path):
    export(filled, str(tmp_path), views=["current_entries", "copies"])
    told = "select column_name, column_type from (describe select * from read_parquet(getvariable('files')))"
    types = dict(in_duckdb(tmp_path / "current_entries", told))
    assert types["published_at"] == types["last_seen_at"] == "TIMESTAMP WITH TIME ZONE"
    assert (types["is_pinned"], types["word_count"], types["body"]) == ("BOOLEAN", "BIGINT", "VARCHAR")


def test_an_empty_warehouse_exports_the_types_of_a_full_one(filled, tmp_path):
    views = sorted(statements_in("views", filled.dialect.name).keys() - SEARCHED)
    export(filled, str(tmp_path / "full"), views=views)
    with filled.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    empty = {one.view: one.rows for one in export(filled, str(tmp_path / "empty"), views=views)}
    assert {name for name, rows in empty.items() if rows} <= {"warehouse_overview"}
    for view in views:
        assert schema_of(tmp_path / "empty" / view) == schema_of(tmp_path / "full" / view), view


def schema_of(folder):
    """Return the columns with their types; those of the partitions are text, whatever stands in them."""
    read = "read_parquet(getvariable('files'), hive_partitioning = true, hive_types_autocast = false)"
    return in_duckdb(folder, f"select column_name, column_type from (describe select * from {read})")  # noqa: S608 - ours


IN_POSTGRESQL = {
    "text": {pa.string()},
    "bigint": {pa.int64()},
    "integer": {pa.int64()},
    "numeric": {pa.int64(), pa.float64()},  # what a sum or an average comes to
    "double precision": {pa.float64()},
    "boolean": {pa.bool_()},
    "timestamp with time zone": {pa.timestamp("us", tz="UTC")},
}
SEARCHED = {"entry_search"}  # its words are an engine's own, no text and no number


def test_every_column_of_every_view_has_the_type_that_postgresql_makes_of_it(postgres_warehouse):
    publish_views(postgres_warehouse)
    told = (
        "select classes.relname, columns.attname, format_type(columns.atttypid, null) from pg_attribute as columns "
        "inner join pg_class as classes on columns.attrelid = classes.oid "
        "inner join pg_namespace as spaces on classes.relnamespace = spaces.oid "
        "where classes.relkind = 'v' and spaces.nspname = current_schema() and columns.attnum > 0"
    )
    with postgres_warehouse.connect() as connection:
        found = connection.exec_driver_sql(told).all()
    known = statements_in("views", "postgresql").keys() - SEARCHED
    assert {view for view, _, _ in found} >= known
    assert [one for one in found if one[0] in known and type_of(one[1]) not in IN_POSTGRESQL[one[2]]] == []


CELLS = {
    "copies": st.none() | st.integers(0, 2**53),
    "average_confidence": st.none() | st.integers(0, 1) | st.floats(0, 1),
    "seen_at": st.none() | st.just("2026-03-02T09:43:00.000000Z"),
    "is_newest": st.none() | st.booleans(),
    "due_because": st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.tuples(*CELLS.values()), min_size=1, max_size=3), max_size=4))
def test_no_order_of_rows_changes_a_type_or_a_value(portions):
    store, folder = fsspec.filesystem("memory"), f"/types-{secrets.token_hex(8)}"
    (path,) = write_parquet(store, folder, tuple(CELLS), portions)
    with store.open(f"{folder}/{path}") as file:
        table = pq.read_table(file)
    store.rm(folder, recursive=True)
    assert [str(one) for one in table.schema.types] == ["int64", "double", "timestamp[us, tz=UTC]", "bool", "string"]
    written = [tuple(map(_plain, row.values())) for row in table.to_pylist()]
    assert written == [row for portion in portions for row in portion]


def test_csv_runs_no_formula_and_ndjson_keeps_every_word(filled, tmp_path):
    wanted = query(filled, "select * from current_entries")
    (as_csv,) = export(filled, str(tmp_path / "csv"), views=["current_entries"], form=Form.CSV)
    with (tmp_path / "csv" / "current_entries" / as_csv.files[0]).open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(wanted.rows)
    assert {"'=cmd|' /C calc'!A0", "'+1"} <= {cell for row in rows for cell in row.values()}
    (as_lines,) = export(filled, str(tmp_path / "lines"), views=["current_entries"], form=Form.NDJSON)
    lines = (tmp_path / "lines" / "current_entries" / as_lines.files[0]).read_bytes().splitlines()
    assert sorted(map(_key, map(json.loads, lines))) == sorted(map(_key, wanted.as_dicts()))
    read = f"select count(*) from read_csv('{tmp_path}/csv/current_entries/{as_csv.files[0]}')"  # noqa: S608 - a path of ours
    assert duckdb.connect().execute(read).fetchall() == [(len(rows),)]


def test_an_export_that_dies_leaves_the_one_before(filled, tmp_path, monkeypatch):
    (before,) = export(filled, str(tmp_path), views=["current_entries"])

    def die(*words):
        exports.WRITERS[Form.CSV](*words)
        raise OSError("no space left")

    monkeypatch.setitem(exports.WRITERS, Form.PARQUET, die)
    with pytest.raises(WarehouseError, match="no space left"):
        export(filled, str(tmp_path), views=["current_entries"])
    assert json.loads((tmp_path / "current_entries" / "manifest.json").read_bytes())["files"] == before.files
    count = "select count(*) from read_parquet(getvariable('files'))"
    assert in_duckdb(tmp_path / "current_entries", count) == [(before.rows,)]
    monkeypatch.undo()
    one, other = (export(filled, str(tmp_path), views=["current_entries"])[0] for _ in range(2))
    versions = {one.name for one in (tmp_path / "current_entries").iterdir()} - {"manifest.json"}
    assert versions == {found.files[0].split("/")[0] for found in (one, other)}


def test_an_export_that_ends_first_takes_nothing_from_one_that_is_being_written(filled, tmp_path, monkeypatch):
    write = exports.WRITERS[Form.PARQUET]
    export(filled, str(tmp_path), views=["current_entries"])

    def write_slowly(*words):
        files = write(*words)
        monkeypatch.setitem(exports.WRITERS, Form.PARQUET, write)
        export(filled, str(tmp_path), views=["current_entries"])
        return files

    monkeypatch.setitem(exports.WRITERS, Form.PARQUET, write_slowly)
    (slow,) = export(filled, str(tmp_path), views=["current_entries"])
    count = "select count(*) from read_parquet(getvariable('files'))"
    assert in_duckdb(tmp_path / "current_entries", count) == [(slow.rows,)]


def test_any_fsspec_path_will_do(filled):
    for manifest in export(filled, "memory://exports", views=EXPORTED):
        store = fsspec.filesystem("memory")
        assert json.loads(store.cat_file(f"/exports/{manifest.view}/manifest.json"))["files"] == manifest.files
        assert all(store.exists(f"/exports/{manifest.view}/{one}") for one in manifest.files)


def test_an_unknown_view_and_an_unwritable_place_are_told(filled, tmp_path):
    with pytest.raises(WarehouseError, match="current_entries"):
        export(filled, str(tmp_path), views=["nothing"])
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WarehouseError, match="Mend the place"):
        export(filled, str(tmp_path / "file" / "below"))

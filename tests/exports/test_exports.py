"""Exports are read as an analyst reads them: by DuckDB, by way of the manifest."""

import csv
import json
from dataclasses import replace

import duckdb
import fsspec
import pendulum
import pytest

from dateline.errors import WarehouseError
from dateline.exports import export as exports
from dateline.exports.export import EXPORTED, Form, export
from dateline.warehouse import load, load_batch, publish_views, query
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

"""Bringing a warehouse up to date, on both engines."""

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import inspect, text

from dateline.errors import WarehouseError
from dateline.settings import PROJECT
from dateline.warehouse import migrate, open_warehouse, publish_views, require_current
from dateline.warehouse.migrate import newest_version, version_of
from dateline.warehouse.results_tables import data_dictionary
from dateline.warehouse.schema import DIALECTS, schema, schema_file
from dateline.warehouse.tables import metadata


def test_a_migration_can_be_repeated(warehouse):
    assert migrate(warehouse) == migrate(warehouse) == newest_version()
    require_current(warehouse)


def test_what_migrations_make_is_what_the_tables_say(warehouse):
    found = inspect(warehouse)
    for table in metadata.sorted_tables:
        assert {one["name"] for one in found.get_columns(table.name)} == {one.name for one in table.columns}
        assert {one["name"] for one in found.get_indexes(table.name)} >= {one.name for one in table.indexes}
        named = {one["name"] for one in found.get_check_constraints(table.name)}
        assert named >= {one.name for one in table.constraints if type(one).__name__ == "CheckConstraint"}


def test_a_migration_goes_down_and_up_again(warehouse):
    from alembic import command

    from dateline.warehouse.engine import write_in
    from dateline.warehouse.migrate import _config

    def down(connection):
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    write_in(warehouse, down)
    assert set(inspect(warehouse).get_table_names()) <= {"alembic_version"}
    assert migrate(warehouse) == newest_version()


def test_an_empty_database_says_how_to_make_a_warehouse(tmp_path):
    engine = open_warehouse(f"sqlite:///{tmp_path}/a folder/new.db")
    with pytest.raises(WarehouseError, match="dateline migrate"):
        require_current(engine)
    engine.dispose()


def test_an_older_and_a_newer_warehouse_are_refused(warehouse):
    for version, advice in (("0001", "dateline migrate"), ("9999", "newer")):
        with warehouse.begin() as connection:
            connection.execute(text("update alembic_version set version_num = :version"), {"version": version})
        with pytest.raises(WarehouseError, match=advice):
            require_current(warehouse)
    with pytest.raises(WarehouseError, match="newer"):
        migrate(warehouse)


@pytest.mark.slow
def test_a_migration_that_is_killed_leaves_the_version_before_or_the_new_one(tmp_path):
    url = f"sqlite:///{tmp_path}/warehouse.db"
    code = "import sys; from dateline.warehouse import migrate, open_warehouse; migrate(open_warehouse(sys.argv[1]))"
    environ = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins")}
    for number in range(4):
        process = subprocess.Popen([sys.executable, "-c", code, url], env=environ)
        while not (tmp_path / "warehouse.db").exists() and process.poll() is None:
            time.sleep(0.001)
        time.sleep(0.01 * number)
        process.send_signal(signal.SIGKILL)
        process.wait()
        engine = open_warehouse(url)
        with engine.connect() as connection:
            version = version_of(connection)
            tables = inspect(connection).get_table_names()
        assert (version is None and not tables) or version == newest_version()
        engine.dispose()
    engine = open_warehouse(url)
    assert migrate(engine) == newest_version()
    engine.dispose()


def test_another_database_is_refused():
    with pytest.raises(WarehouseError, match="SQLite or PostgreSQL"):
        open_warehouse("mysql://somewhere/else")
    with pytest.raises(WarehouseError, match="not a database address"):
        open_warehouse("nonsense")


def test_every_table_says_its_grain():
    assert [table.name for table in metadata.sorted_tables if "Grain: " not in (table.comment or "")] == []


def test_everything_in_a_warehouse_is_described(warehouse):
    publish_views(warehouse)
    with warehouse.connect() as connection:
        told = {(one.object_name, one.column_name): one.meaning for one in connection.execute(data_dictionary.select())}
    found = inspect(warehouse)
    # FTS5 keeps its own tables, named after the index that they belong to.
    names = [one for one in found.get_table_names() if not one.startswith("wording_search_")]
    for name in [*names, *found.get_view_names()]:
        columns = {one["name"] for one in found.get_columns(name)}
        assert {column for of, column in told if of == name} == {"", *columns}, name
    for table in metadata.sorted_tables:
        assert told[table.name, ""] == table.comment


@pytest.mark.postgres
def test_postgresql_knows_the_same_words_as_comments(postgres_warehouse):
    publish_views(postgres_warehouse)
    with postgres_warehouse.connect() as connection:
        told = {(one.object_name, one.column_name): one.meaning for one in connection.execute(data_dictionary.select())}
        said = connection.execute(
            text(
                "select relname, coalesce(attname, '') as attname, description from pg_description"
                " inner join pg_class on pg_class.oid = objoid and classoid = 'pg_class'::regclass"
                " left join pg_attribute on attrelid = objoid and attnum = objsubid and attnum > 0"
                " where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')"
            )
        )
        comments = {(one.relname, one.attname): one.description for one in said}
    assert {key: meaning for key, meaning in told.items() if key[0] != "alembic_version"} == comments


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_the_schema_that_people_read_is_the_schema(dialect):
    kept = schema_file(dialect).read_text(encoding="utf-8")
    assert kept == schema(dialect), "rewrite it: python -m dateline.warehouse.schema"


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_the_first_migration_makes_the_whole_schema(dialect):
    frozen = PROJECT / "sql" / "migrations" / "versions" / f"0001.{dialect}.sql"
    assert frozen.read_text(encoding="utf-8") == schema(dialect), "the first version is not released yet"

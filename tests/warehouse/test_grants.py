"""A reader of PostgreSQL reads what it is granted, and writes nothing."""

import uuid

import pytest
from sqlalchemy import make_url, text

from dateline.errors import WarehouseError
from dateline.warehouse import load_batch, open_warehouse, publish_views
from dateline.warehouse.grants import grant_reading
from dateline.warehouse.library import statements_in
from dateline.warehouse.migrate import require_current
from dateline.warehouse.query import query
from ferry import snapshots

pytestmark = pytest.mark.postgres


@pytest.fixture
def reader(postgres_warehouse):
    """A role of its own, and the warehouse as that role opens it."""
    role = f"reader_{uuid.uuid4().hex[:8]}"
    publish_views(postgres_warehouse)
    load_batch(postgres_warehouse, snapshots())
    with postgres_warehouse.begin() as connection:
        connection.execute(text(f"create role {role} login password 'reader'"))
    as_reader = make_url(postgres_warehouse.url).set(username=role, password="reader")
    engine = open_warehouse(as_reader)
    yield role, engine
    engine.dispose()
    with postgres_warehouse.begin() as connection:
        connection.execute(text(f"drop owned by {role}"))
        connection.execute(text(f"drop role {role}"))


def test_a_reader_reads_all_views_and_questions_and_writes_nothing(postgres_warehouse, reader):
    role, engine = reader
    with pytest.raises(WarehouseError, match=r"permission denied|does not exist"):
        query(engine, "latest_posts")
    grant_reading(postgres_warehouse, role)
    require_current(engine)
    for name in statements_in("queries", "postgresql"):
        query(engine, name)
    for name in statements_in("views", "postgresql"):
        counted = f"select count(*) as n from {name}"  # noqa: S608 - a name of ours
        assert query(engine, counted).columns == ("n",)
    for statement in (
        "delete from fct_entries",
        "update fct_entries set anchor = ''",
        "insert into dim_publishers values ('a', 'b')",
        "drop view current_entries",
        "create table mine (a int)",
        "select state from source_schedules",
    ):
        with pytest.raises(Exception, match=r"permission denied|must be owner"), engine.begin() as connection:
            connection.execute(text(statement))


def test_a_reader_of_views_alone_keeps_them_when_they_are_made_anew(postgres_warehouse, reader):
    role, engine = reader
    grant_reading(postgres_warehouse, role)
    grant_reading(postgres_warehouse, role, only_views=True)
    publish_views(postgres_warehouse)
    assert query(engine, "select count(*) as n from current_entries").rows == ((2,),)
    with pytest.raises(WarehouseError, match="permission denied"):
        query(engine, "select count(*) as n from fct_entries")


def test_a_role_that_is_not_there_and_an_engine_without_roles_are_told(postgres_warehouse, sqlite_warehouse):
    with pytest.raises(WarehouseError, match="create role nobody_here"):
        grant_reading(postgres_warehouse, "nobody_here")
    with pytest.raises(WarehouseError, match="no roles"):
        grant_reading(sqlite_warehouse, "reader")

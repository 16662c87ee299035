"""A warehouse on each engine, empty, with its tables and views: made once, then copied for every test."""

import os
import shutil
import uuid

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from dateline.warehouse.engine import open_warehouse
from dateline.warehouse.migrate import migrate
from dateline.warehouse.views import publish_views
from matching.stored import Shelf

SERVER = os.environ.get("DATELINE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request, tmp_path):
    """Give the address of an empty warehouse, and take it away afterwards."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("made_once"), tmp_path / "warehouse.db")
        yield f"sqlite:///{tmp_path}/warehouse.db"
        return
    template = request.getfixturevalue("made_once_on_a_server")
    name = _name()
    _on_server(f"create database {name} template {template}")
    yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    _on_server(f"drop database {name} with (force)")


@pytest.fixture
def shelf(address):
    """Give a warehouse to put documents into."""
    engine = open_warehouse(address)
    yield Shelf(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    path = tmp_path_factory.mktemp("matching") / "warehouse.db"
    _make(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def made_once_on_a_server():
    name = _name()
    try:
        _on_server(f"create database {name}")
    except OperationalError as error:
        pytest.skip(f"no PostgreSQL at {SERVER}: {error.orig}")
    _make(make_url(SERVER).set(database=name).render_as_string(hide_password=False))
    yield name
    _on_server(f"drop database {name} with (force)")


def _make(address):
    engine = open_warehouse(address)
    migrate(engine)
    publish_views(engine)
    engine.dispose()


def _name():
    return f"dateline_match_{uuid.uuid4().hex[:12]}"


def _on_server(statement):
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(statement))
    server.dispose()

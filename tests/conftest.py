"""What all tests share: the flag that rewrites golden cases, and the corpus if it is there."""

import contextlib
import os
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, make_url, text

from dateline.warehouse import migrate, open_warehouse

# A busy machine is no fault of the code: no example is timed. `make bench` measures speed. CI tries the same examples
# each time, so that what it refuses is the change at hand; everybody else tries new ones.
settings.register_profile("dateline", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("dateline")

pytest.register_assert_rewrite("answers")  # its asserts then say what they found, as those of a test do

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite what the golden cases expect")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real captures; tests that ask for it are skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip(f"no corpus at {CORPUS}")
    return CORPUS


def _postgres_address() -> str | None:
    """The server that tests may use: the one that is named, or one on loopback."""
    named = os.environ.get("DATELINE_TEST_POSTGRES")
    if named:
        return named
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", 5432), timeout=1):
        return "postgresql+psycopg://postgres@127.0.0.1/postgres"
    return None


@contextlib.contextmanager
def new_database() -> Iterator[str]:
    """Make a PostgreSQL database, and drop it when it is done with."""
    address = _postgres_address()
    if address is None:
        pytest.skip("no PostgreSQL: set DATELINE_TEST_POSTGRES, or start a server on 127.0.0.1:5432")
    server = create_engine(make_url(address), isolation_level="AUTOCOMMIT")
    name = f"dateline_test_{uuid.uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(text(f"create database {name}"))
    yield make_url(address).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    server.dispose()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL database of this session's own, dropped when it ends."""
    with new_database() as url:
        yield url


@pytest.fixture(scope="module")
def own_postgres_url() -> Iterator[str]:
    """A PostgreSQL database that one module's tests share."""
    with new_database() as url:
        yield url


@pytest.fixture
def postgres_warehouse(postgres_url: str) -> Iterator[Engine]:
    """An empty, migrated warehouse on PostgreSQL."""
    engine = open_warehouse(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_warehouse(tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated warehouse in a file."""
    engine = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def warehouse(request: pytest.FixtureRequest) -> Engine:
    """An empty, migrated warehouse, once on each engine."""
    engine: Engine = request.getfixturevalue("sqlite_warehouse" if request.param == "sqlite" else "postgres_warehouse")
    return engine

"""A warehouse in memory that holds the story of the ferry, for what only reads it."""

import pytest

from dateline.warehouse import load_batch, migrate, open_warehouse
from dateline.warehouse.query import query
from ferry import snapshots


@pytest.fixture(scope="session")
def ferry_warehouse():
    engine = open_warehouse("sqlite://")
    migrate(engine)
    load_batch(engine, snapshots())
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def ferry_id(ferry_warehouse):
    return query(ferry_warehouse, "select document_id from dim_documents").rows[0][0]

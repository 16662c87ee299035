"""The newsroom that parts are erased of, made once and copied for each test."""

import shutil

import pytest

from dateline.archive import Archive
from dateline.matching import match
from dateline.warehouse import migrate, open_warehouse
from ingest.erased_world import NOW, WORLD, filled


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    """The whole world, matched: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("original")
    engine = open_warehouse(f"sqlite:///{folder}/warehouse.db")
    migrate(engine)
    match(filled(engine, Archive(str(folder / "archive"), clock=lambda: NOW), WORLD))
    engine.dispose()
    return folder


@pytest.fixture
def archive(tmp_path):
    return Archive(str(tmp_path / "archive"), clock=lambda: NOW)


@pytest.fixture
def world(original, tmp_path):
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    engine = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    yield engine
    engine.dispose()


@pytest.fixture
def elsewhere(tmp_path):
    """Another warehouse, for what should have been there from the start."""
    engine = open_warehouse(f"sqlite:///{tmp_path}/elsewhere.db")
    migrate(engine)
    yield lambda found: filled(engine, Archive(str(tmp_path / "other"), clock=lambda: NOW), found)
    engine.dispose()

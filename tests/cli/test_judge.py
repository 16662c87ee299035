"""``dateline judge`` lists what waits for a person, and keeps what the person says."""

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from dateline.cli import app
from dateline.matching import match
from dateline.warehouse.engine import open_warehouse, reading_from
from dateline.warehouse.migrate import migrate
from dateline.warehouse.views import publish_views
from matching.stored import Shelf, prose


@pytest.fixture
def engine(tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path}/warehouse.db"
    monkeypatch.setenv("DATELINE_WAREHOUSE", address)
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    opened = open_warehouse(address)
    migrate(opened)
    publish_views(opened)
    shelf = Shelf(opened)
    shelf.put("gazette", prose(1), carrier="Elva Gazette", title="Dock strike over")
    shelf.put("portal", prose(1), carrier="Harbour Portal", title="Strike \x1b[31mover")
    match(opened)
    yield opened
    opened.dispose()


def said(*words):
    return CliRunner().invoke(app, ["judge", *words])


def test_what_waits_is_listed_with_both_sides_and_settled_by_a_verdict(engine):
    listed = said()
    assert listed.exit_code == 0, listed.output
    assert "portal  Harbour Portal: Strike" in listed.output
    assert "\x1b" not in listed.output
    link = listed.output.split()[0]
    assert said(link, "--origin", "portal", "--by", "Ada", "--why", "I asked.").exit_code == 0
    with reading_from(engine) as connection:
        kept = connection.execute(text("select person, origin_document_id, why from fct_verdicts")).all()
    assert [tuple(one) for one in kept] == [("Ada", "portal", "I asked.")]
    assert said().output == "0 links wait for a verdict.\n"


def test_a_verdict_must_say_something(engine):
    link = said().output.split()[0]
    assert said(link).exit_code == 2

"""The simulated newsroom judges the history: what it published, changed and withdrew is what we say it did."""

from datetime import UTC, datetime, timedelta

import pendulum
import pytest

from dateline.archive import Archive
from dateline.ingest import ingest_files
from dateline.replay import as_of
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.query import query
from newsroom.record import record
from newsroom.script import Timeline, load_coverage, offset_of, seen_by_readers

ANCHOR = datetime(2026, 3, 14, 6, tzinfo=UTC)
TIMELINE = Timeline(anchor=ANCHOR)
BASE = "http://127.0.0.1:8790"
COVERAGE = load_coverage()
STORIES = [one.slug for one in COVERAGE.stories]


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """Two days of the newsroom, captured every quarter of an hour where a page had changed, taken in from the file."""
    folder = tmp_path_factory.mktemp("newsroom")
    record(COVERAGE, TIMELINE, BASE, folder / "days.warc.gz", timedelta(minutes=15))
    engine = open_warehouse(f"sqlite:///{folder}/warehouse.db")
    migrate(engine)
    report = ingest_files([folder / "days.warc.gz"], engine=engine, archive=Archive(str(folder / "archive")))
    assert report.loaded > 40
    yield engine
    engine.dispose()


def document_of(engine, slug):
    story = COVERAGE.story(slug)
    url = f"{BASE}{story.address}"
    rows = query(engine, "select document_id, url from dim_documents where kind = 'live_blog'").rows
    (document_id,) = [one for one, at in rows if at == url]
    return document_id


def captured_at(engine, document_id):
    rows = query(engine, "select captured_at, document_id from fct_readings where place = 0 order by captured_at").rows
    return [pendulum.parse(at) for at, of in rows if of == document_id]


@pytest.mark.parametrize("slug", STORIES)
def test_as_of_every_capture_is_the_page_that_was_served(ingested, slug):
    document_id = document_of(ingested, slug)
    instants = captured_at(ingested, document_id)
    assert len(instants) > 8
    for at in instants:
        served = [(one.anchor, one.headline, one.text) for one in seen_by_readers(COVERAGE.story(slug), TIMELINE, at)]
        seen = [(one.anchor, one.headline, one.text) for one in as_of(ingested, document_id, at) if one.is_on_page]
        assert seen == served[: len(seen)], at
        assert seen


@pytest.mark.parametrize("slug", STORIES)
def test_exactly_the_withdrawn_posts_are_deleted(ingested, slug):
    withdrawn = {one["post"] for one in COVERAGE.story(slug).changes if one["action"] == "delete"}
    document_id = document_of(ingested, slug)
    rows = query(ingested, "select anchor, document_id from fct_entries where is_deleted").rows
    assert {anchor for anchor, of in rows if of == document_id} == withdrawn


@pytest.mark.parametrize("slug", STORIES)
def test_every_change_lies_within_the_bounds_of_its_event(ingested, slug):
    # Pins are left out: on these two formats a pin of the newest post looks like no pin.
    kinds = {"edit": "edited", "delete": "deleted", "redate": "re-dated"}
    document_id = document_of(ingested, slug)
    log = query(
        ingested, "select anchor, kind, earliest_at, latest_at from fct_entry_events join fct_entries using (entry_id)"
    )
    for change in [one for one in COVERAGE.story(slug).changes if one["action"] in kinds]:
        at = TIMELINE.instant(offset_of(change["at"]))
        bounds = [
            (pendulum.parse(early), pendulum.parse(late))
            for anchor, kind, early, late in log.rows
            if anchor == change["post"] and kind == kinds[change["action"]]
        ]
        assert any(early <= at <= late for early, late in bounds), (change, document_id)

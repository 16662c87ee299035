"""What a load says in its log: each line names the source, the snapshot and the document."""

import logging
from collections import defaultdict
from types import SimpleNamespace

import pendulum
import pytest

from dateline.archive import Archive
from dateline.ingest.keeping import Found, keep
from dateline.model import Snapshot
from dateline.source import Source
from dateline.warehouse.ledger import declare_sources
from dateline.warehouse.query import query
from dateline_airflow import task_edge

NOW = pendulum.datetime(2026, 3, 14, 6, 30)
PAGE = b"""<html><head><title>The tide</title><script type="application/ld+json">{
  "@context": "https://schema.org", "@type": "LiveBlogPosting", "url": "https://quay.example/live/tide",
  "headline": "The tide at the quay", "coverageStartTime": "2026-03-14T06:00:00Z", "liveBlogUpdate": [
    {"@type": "BlogPosting", "@id": "#post-11", "headline": "The gates are shut",
     "datePublished": "2026-03-14T06:10:00Z", "articleBody": "The harbour master has shut the gates."},
    {"@type": "BlogPosting", "@id": "#post-12", "headline": "The water falls",
     "datePublished": "2026-03-14T06:20:00Z", "articleBody": "The water falls since six o'clock."}]
}</script></head><body><p>Live.</p></body></html>"""


@pytest.fixture
def stored(warehouse, tmp_path, monkeypatch):
    """One live page and one answer that is no page, kept and not yet loaded, by source."""
    monkeypatch.setenv("DATELINE_WAREHOUSE", warehouse.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("DATELINE_SOURCES", str(tmp_path))
    events = defaultdict(SimpleNamespace)
    monkeypatch.setattr(task_edge, "get_current_context", lambda: {"outlet_events": events})
    declare_sources(warehouse, [Source(source_id="quay", url="https://quay.example/"), Source(source_id="mole")])
    archive = Archive(str(tmp_path / "archive"))
    captures = {
        "quay": Snapshot(body=PAGE, url="https://quay.example/live/tide", captured_at=NOW),
        "mole": Snapshot(body=b"gone", url="https://mole.example/live", captured_at=NOW, status=410),
    }
    found = [Found(source_id=source_id, snapshot=one) for source_id, one in captures.items()]
    keep(warehouse, archive, found, name="polls", clock=lambda: NOW)
    return dict(query(warehouse, "select source_id, snapshot_id from fct_snapshots").rows)


def test_each_line_names_source_snapshot_and_document(stored, warehouse, caplog):
    with caplog.at_level(logging.INFO, "dateline_airflow"):
        counts = task_edge.loaded(["quay", "mole"], [])
    assert counts["fct_entries"] == 2
    ((document_id,),) = query(warehouse, "select document_id from dim_documents").rows
    refused, told = ours(caplog)
    assert (refused.source, refused.snapshot, refused.reason) == ("mole", stored["mole"], "status_410")
    assert (told.source, told.snapshot, told.document) == ("quay", stored["quay"], document_id)
    assert told.getMessage() == "The tide at the quay: loaded"


def test_a_load_that_changes_no_document_names_none(stored, caplog):
    task_edge.loaded(["quay", "mole"], [])
    caplog.clear()
    with caplog.at_level(logging.INFO, "dateline_airflow"), pytest.raises(task_edge.AirflowSkipException):
        task_edge.loaded(["quay", "mole"], [])
    assert ours(caplog) == []


def ours(caplog):
    return [one for one in caplog.records if one.name == "dateline_airflow.task_edge"]

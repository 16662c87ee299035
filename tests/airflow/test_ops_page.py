"""Dateline's page in the UI: closed to strangers, and no page's words become markup on it."""

import shutil
import threading
import time

import pendulum
import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import expect, sync_playwright

from dateline.archive import Archive
from dateline.ingest import load_pending
from dateline.ingest.keeping import Found, keep
from dateline.model import Snapshot
from dateline.source import Source
from dateline.warehouse.ledger import declare_sources
from dateline.warehouse.views import publish_views
from dateline_airflow import ops_page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NOW = pendulum.datetime(2026, 3, 14, 6)
BROKEN = b"<html><title><script>alert(1)</script></title></html>"


@pytest.fixture
def shown(warehouse, tmp_path, monkeypatch):
    """A page with one refused capture on it, for a visitor who may see it."""
    monkeypatch.setenv("DATELINE_WAREHOUSE", warehouse.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DATELINE_ARCHIVE", str(tmp_path / "archive"))
    archive = Archive(str(tmp_path / "archive"))
    declare_sources(warehouse, [Source(source_id="quay", url="https://quay.example/", title="<b>The Quay</b>")])
    capture = Snapshot(body=BROKEN, url="https://quay.example/", captured_at=NOW, status=500)
    (kept,) = keep(warehouse, archive, [Found(source_id="quay", snapshot=capture)], name="polls", clock=lambda: NOW)
    load_pending(warehouse, archive, clock=lambda: NOW)
    publish_views(warehouse)
    monkeypatch.setattr(
        ops_page.app, "dependency_overrides", {one.dependency: lambda: None for one in ops_page.ALLOWED}
    )
    return TestClient(ops_page.app), kept


def test_a_stranger_is_turned_away():
    with TestClient(ops_page.app) as stranger:
        assert stranger.get("/").status_code == 401
        assert stranger.get("/snapshots/any").status_code == 401


def test_what_was_refused_is_listed_with_its_reason_and_leads_to_the_capture(shown):
    visitor, kept = shown
    page = visitor.get("/")
    assert page.status_code == 200, page.text
    assert "status_500" in page.text
    assert f"snapshots/{kept}" in page.text
    capture = visitor.get(f"/snapshots/{kept}")
    assert capture.text.endswith(BROKEN.decode())
    assert capture.headers["content-type"].startswith("text/plain")
    assert capture.headers["x-content-type-options"] == "nosniff"


def test_the_figures_and_the_sources_in_trouble_stand_on_it(shown):
    visitor, _ = shown
    page = visitor.get("/").text
    assert "<div><dt>sources</dt><dd>1</dd></div>" in page
    assert "<div><dt>quarantined</dt><dd>1</dd></div>" in page
    assert "<div><dt>waiting to be read</dt><dd>0</dd></div>" in page
    assert "No post of the last day." in page


def test_a_publishers_words_are_text(shown):
    visitor, _ = shown
    page = visitor.get("/")
    assert "&lt;b&gt;The Quay" in page.text
    assert "<b>The Quay" not in page.text
    assert "script" not in page.headers["content-security-policy"]


@pytest.fixture
def address(shown):
    """The address of the page, served as Airflow's API server serves it."""
    server = uvicorn.Server(uvicorn.Config(ops_page.app, host="127.0.0.1", port=0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join()


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_one_click_leads_from_the_page_to_what_was_refused(address):
    """A message of a failure leads to this page with the other click; Airflow shows it in a frame."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(f'<iframe src="{address}" width="1200" height="800"></iframe>')
        frame = page.frame_locator("iframe")
        frame.get_by_text("the capture", exact=True).click()
        expect(frame.locator("body")).to_contain_text("captured 2026-03-14")
        expect(frame.locator("body")).to_contain_text("<script>alert(1)</script>")
        browser.close()


def test_an_unknown_capture_is_said(shown):
    visitor, _ = shown
    assert visitor.get("/snapshots/unknown").status_code == 404


def test_a_warehouse_that_cannot_be_asked_is_named_and_what_to_do(shown, monkeypatch, tmp_path):
    visitor, kept = shown
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"sqlite:///{tmp_path}/never-migrated.db")
    for address in ("/", f"/snapshots/{kept}"):
        answer = visitor.get(address)
        assert answer.status_code == 503
        assert "dateline migrate" in answer.text

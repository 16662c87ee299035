"""Secrets in addresses: out of rows, logs and messages; what an address names stays what it was."""

from pathlib import Path

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.archive import Archive
from dateline.errors import DatelineError, FetchError
from dateline.ingest import load_pending, poll_sources
from dateline.ingest.explaining import explained
from dateline.masking import masked
from dateline.model import normal_url
from dateline.source import Source, SourceKind
from fetch.loopback_hub import LoopbackHub

SECRET = "open-sesame-31"
NAMES = [
    "key",
    "api-key",
    "API_KEY",
    "apikey",
    "access_token",
    "token",
    "X-Amz-Signature",
    "sig",
    "client_secret",
    "hub.secret",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_secret_is_masked_and_the_rest_of_the_address_stays(name):
    shown = masked(f"GET https://news.example/live?page=2&{name}={SECRET}&q=tide: timeout.")
    assert SECRET not in shown
    assert shown.startswith(f"GET https://news.example/live?page=2&{name}=masked-")
    assert shown.endswith("&q=tide: timeout.")


@pytest.mark.parametrize(
    "url", ["https://news.example/live?monkey=1&tokens=2&design=3", "https://news.example/key=1", "a@b.example"]
)
def test_what_is_no_secret_stays(url):
    assert masked(url) == url


def test_a_login_is_masked():
    assert masked("https://ana:word@news.example/a") == "https://***@news.example/a"
    assert masked("No Redis answers at redis://:word@broker.example:6379/5") == (
        "No Redis answers at redis://***@broker.example:6379/5"
    )


@given(st.text())
def test_masking_again_changes_nothing(text):
    url = f"https://news.example/?key={text}"
    assert masked(masked(url)) == masked(url)


def test_two_addresses_stay_two_before_and_behind_the_archive():
    one, other = "https://news.example/live?key=1", "https://news.example/live?key=2"
    assert normal_url(one) != normal_url(other)
    assert normal_url(masked(one)) == normal_url(one)


def test_no_error_of_ours_tells_a_secret():
    assert SECRET not in str(DatelineError(f"https://news.example/?key={SECRET}: gone"))
    assert SECRET not in str(FetchError("timeout", f"https://news.example/?token={SECRET}: no answer"))


@pytest.fixture
def feed():
    with LoopbackHub() as server:
        yield server


@pytest.mark.parametrize("path", ["feed.xml", "no-such-page"])
def test_a_key_reaches_the_server_and_the_archive_and_no_row_log_or_message(
    sqlite_warehouse, tmp_path, feed, path, caplog
):
    archive = Archive(str(tmp_path / "archive"))
    url = f"{feed.base}/{path}?api-key={SECRET}"
    source = Source(source_id="courier", kind=SourceKind.FEED, url=url, allow_private=True)
    report, _ = poll_sources([source], engine=sqlite_warehouse, archive=archive, contact="none")
    report.add(load_pending(sqlite_warehouse, archive, sources={"courier": source}))
    assert f"/{path}?api-key={SECRET}" in feed.seen
    assert {snapshot.url for name in archive.files() for _, snapshot in archive.records(name)} == {url}
    sqlite_warehouse.dispose()
    kept = b"".join(one.read_bytes() for one in Path(sqlite_warehouse.url.database).parent.glob("warehouse.db*"))
    assert b"open-sesame" not in kept
    lines = explained(sqlite_warehouse, [source], "courier", pendulum.now("UTC"))
    said = f"{report.failures} {lines} {caplog.text}"
    assert "open-sesame" not in said

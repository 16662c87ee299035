"""Reading the archive again: nothing changes unless the code did, and then exactly what it changes."""

import pendulum
import pytest
from sqlalchemy import text

from dateline.archive import Archive
from dateline.ingest.keeping import Found, keep
from dateline.ingest.loading import load_pending
from dateline.model import Snapshot
from dateline.replay import reread
from dateline.warehouse.canonical import row_digests
from fabricate import DAY

PAGE = """<!doctype html><html><head><title>Ferry adrift</title><script type="application/ld+json">
{"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Ferry adrift",
"url": "https://harbour-courier.example/live/ferry", "liveBlogUpdate": [%s]}</script></head>
<body><h1>Ferry adrift</h1></body></html>"""

UPDATE = """{"@type": "BlogPosting", "url": "https://harbour-courier.example/live/ferry#%(n)d",
"headline": "Post %(n)d", "datePublished": "2026-03-02T09:%(n)02d:00Z", "articleBody": "%(words)s"}"""


def snapshot(at, posts, words="The crew of the tug waves to those on the shore"):
    body = PAGE % ",".join(UPDATE % {"n": n, "words": f"{words}, number {n}"} for n in reversed(range(posts)))
    url = "https://harbour-courier.example/live/ferry"
    return Snapshot(body=body.encode(), url=url, captured_at=DAY.add(minutes=at))


@pytest.fixture
def archive(tmp_path):
    return Archive(str(tmp_path / "archive"), clock=lambda: DAY)


@pytest.fixture
def loaded(warehouse, archive):
    pages = [snapshot(5, 3), snapshot(10, 4), snapshot(11, 4), snapshot(20, 5)]
    found = [Found(source_id="ferry", snapshot=one) for one in pages]
    keep(warehouse, archive, found, name="files/ferry", clock=lambda: DAY)
    assert load_pending(warehouse, archive).loaded == 4
    return warehouse


def forget_a_title(engine):
    """Make the rows look as if older code had read the title wrong."""
    with engine.begin() as connection:
        connection.execute(text("update fct_snapshots set parser_version = 0"))
        connection.execute(text("update dim_documents set title = 'Fery adrift'"))


def test_reading_again_with_the_same_code_changes_nothing(loaded, archive):
    rows = row_digests(loaded)
    report = reread(loaded, archive)
    assert report.snapshots == 4
    assert not report.load.changes
    assert row_digests(loaded) == rows


def test_a_rebuild_from_the_archive_alone_gives_the_same_rows(loaded, archive):
    rows = row_digests(loaded)
    with loaded.begin() as connection:
        for table in ("fct_readings", "dim_documents", "fct_editions", "dim_statements", "dim_wordings"):
            connection.execute(text(f"delete from {table}"))  # noqa: S608 - our own names
        connection.execute(text("update fct_snapshots set state = 'stored', parser_version = null"))
    report = reread(loaded, archive)
    assert report.by_version == {0: 4}
    assert row_digests(loaded) == rows


def test_a_dry_run_reports_and_writes_nothing(loaded, archive):
    with loaded.begin() as connection:
        connection.execute(text("delete from fct_readings"))
        connection.execute(text("delete from dim_documents"))
    rows = row_digests(loaded)
    report = reread(loaded, archive, dry_run=True)
    assert report.load.changes.tables["fct_entries"].added >= 5
    assert row_digests(loaded) == rows


def test_only_the_span_and_the_source_that_are_asked_for_are_read(loaded, archive):
    at = [DAY.add(minutes=n) for n in (8, 15)]
    assert reread(loaded, archive, since=at[0], until=at[1]).snapshots == 2
    assert reread(loaded, archive, source="ferry").snapshots == 4
    assert reread(loaded, archive, source="other").snapshots == 0


def test_a_stopped_run_is_taken_up_where_it_was(loaded, archive):
    forget_a_title(loaded)
    assert reread(loaded, archive, until=DAY.add(minutes=8), only_stale=True).by_version == {0: 1}
    assert reread(loaded, archive, only_stale=True).by_version == {0: 3}
    assert reread(loaded, archive, only_stale=True).snapshots == 0


def test_a_lost_archive_never_costs_rows_that_were_good(loaded, archive, tmp_path):
    rows = row_digests(loaded)
    for path in (tmp_path / "archive").rglob("*.warc.gz"):
        path.unlink()
    report = reread(loaded, archive)
    assert {one.reason for one in report.failures} == {"corrupt_snapshot"}
    assert row_digests(loaded) == rows


def test_shards_read_everything_once_between_them(loaded, archive):
    assert sum(reread(loaded, archive, shard=(k, 3)).snapshots for k in range(3)) == 4


def test_progress_is_told(loaded, archive):
    told = []
    reread(loaded, archive, progress=told.append, clock=pendulum.now)
    assert (told[-1].done, told[-1].total) == (4, 4)

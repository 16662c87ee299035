"""Ingesting files: what can be read is loaded, what cannot is said, and nothing is taken twice."""

import gzip
import lzma

import pytest

from dateline.archive import Archive
from dateline.errors import WarehouseError
from dateline.ingest import find_lost, ingest_files, load_pending
from dateline.ingest.drops import captures_in, paths_at
from dateline.ingest.keeping import Found, keep
from dateline.model import Snapshot
from dateline.source import ANY_SOURCE
from dateline.warehouse import open_warehouse
from dateline.warehouse.canonical import row_digests
from dateline.warehouse.query import query
from fabricate import DAY

ARTICLE = """<!doctype html><html lang="en"><head><title>The ferry is home - Harbour Courier</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "The ferry is home", "datePublished": "2026-03-02T11:00:00Z", "url": "https://harbour-courier.example/%d"}</script></head>
<body><article><h1>The ferry is home</h1><p>The ferry that lost its engine off the lighthouse on Monday morning has been
towed home. All ninety people on board are well, the harbour master says, and most of them slept.</p>
<p>The company has promised to bring the cars to the island by the next tide, and to pay for the breakfast that was
served in the terminal. An inquiry into the failure of the engine has begun.</p></article></body></html>"""


@pytest.fixture
def archive(tmp_path):
    return Archive(str(tmp_path / "archive"), clock=lambda: DAY)


@pytest.fixture
def drop(tmp_path):
    folder = tmp_path / "drop"
    (folder / "inner").mkdir(parents=True)
    (folder / "plain.html").write_text(ARTICLE % 1, encoding="utf-8")
    (folder / "packed.html.gz").write_bytes(gzip.compress((ARTICLE % 2).encode()))
    (folder / "inner" / "tight.html.xz").write_bytes(lzma.compress((ARTICLE % 3).encode()))
    return folder


def spoil(folder):
    (folder / "empty.html").write_bytes(b"")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "torn.html.gz").write_bytes(gzip.compress(b"x" * 5000)[:-20])
    (folder / "half.html").write_text((ARTICLE % 9)[:200], encoding="utf-8")


def test_files_folders_and_globs_name_each_file_once(drop):
    named = paths_at([drop, str(drop / "*.html"), drop / "plain.html", drop / "absent.html"])
    assert sorted(one.name for one in named) == ["absent.html", "packed.html.gz", "plain.html", "tight.html.xz"]


def test_packed_files_are_unpacked(drop):
    bodies = {one.snapshot.body for path in paths_at([drop]) for one in captures_in(path)}
    assert bodies == {(ARTICLE % n).encode() for n in (1, 2, 3)}


def test_a_plain_file_states_no_time_of_capture(drop):
    (found,) = captures_in(drop / "plain.html")
    assert found.snapshot.captured_at is None
    assert found.snapshot.url is None


def test_files_become_documents_and_a_second_time_nothing(warehouse, archive, drop):
    first = ingest_files([drop], engine=warehouse, archive=archive)
    assert (first.found, first.stored, first.loaded, first.documents) == (3, 3, 3, 3)
    rows = row_digests(warehouse)
    second = ingest_files([drop], engine=warehouse, archive=archive)
    assert (second.found, second.stored, second.loaded) == (3, 0, 0)
    assert row_digests(warehouse) == rows


def test_bad_files_never_stop_the_rest(warehouse, archive, drop):
    spoil(drop)
    report = ingest_files([drop, drop / "absent.html"], engine=warehouse, archive=archive)
    assert report.loaded >= 3
    said = {failure.name.rsplit("/", 1)[-1].split(" ")[0]: failure.reason for failure in report.failures}
    assert said["torn.html.gz"] == said["absent.html"] == "unreadable_file"
    assert report.quarantined >= 2
    refused = query(warehouse, "select count(*) as n from fct_rejects where snapshot_id is not null").rows
    assert refused == ((report.quarantined,),)
    assert query(warehouse, "select count(*) as n from fct_snapshots where state = 'stored'").rows == ((0,),)


def test_a_bad_file_is_not_read_again(warehouse, archive, drop):
    spoil(drop)
    ingest_files([drop], engine=warehouse, archive=archive)
    rows = row_digests(warehouse)
    report = ingest_files([drop], engine=warehouse, archive=archive)
    assert (report.stored, report.quarantined) == (0, 0)
    assert row_digests(warehouse) == rows


def test_what_is_stored_is_loaded_by_whoever_comes(warehouse, archive, drop):
    captures = [one.snapshot for path in paths_at([drop]) for one in captures_in(path)]
    found = [Found(source_id="any", snapshot=one) for one in captures]
    assert len(keep(warehouse, archive, found, name="files/any", clock=lambda: DAY)) == 3
    steps = []
    report = load_pending(warehouse, archive, 2, progress=steps.append)
    assert (report.loaded, len(steps)) == (2, 1)
    assert load_pending(warehouse, archive).loaded == 1
    assert load_pending(warehouse, archive).loaded == 0


def test_bytes_without_a_row_are_found_again(warehouse, archive):
    snapshot = Snapshot(body=(ARTICLE % 5).encode(), url="https://harbour-courier.example/5", captured_at=DAY)
    archive.write([snapshot], "files/any")  # and here the writer died
    assert len(find_lost(warehouse, archive, [ANY_SOURCE], lambda: DAY)) == 1
    assert find_lost(warehouse, archive, [ANY_SOURCE], lambda: DAY) == []
    assert load_pending(warehouse, archive).loaded == 1


def test_a_torn_archive_quarantines_what_it_held(warehouse, archive, tmp_path, drop):
    captures = [Found(source_id="any", snapshot=next(captures_in(drop / "plain.html")).snapshot)]
    keep(warehouse, archive, captures, name="files/any", clock=lambda: DAY)
    (kept,) = (tmp_path / "archive").rglob("*.warc.gz")
    kept.write_bytes(kept.read_bytes()[:-40])
    report = load_pending(warehouse, archive)
    assert [one.reason for one in report.failures] == ["corrupt_snapshot"]


def test_an_error_page_is_kept_and_never_read(warehouse, archive):
    page = Snapshot(body=(ARTICLE % 6).encode(), url="https://harbour-courier.example/6", captured_at=DAY, status=503)
    keep(warehouse, archive, [Found(source_id="any", snapshot=page)], name="files/any", clock=lambda: DAY)
    assert [one.reason for one in load_pending(warehouse, archive).failures] == ["status_503"]
    assert query(warehouse, "select count(*) as n from dim_documents").rows == ((0,),)


def test_a_warehouse_that_was_never_made_is_said(tmp_path, archive):
    engine = open_warehouse(f"sqlite:///{tmp_path}/none.db")
    with pytest.raises(WarehouseError, match="dateline migrate"):
        ingest_files([tmp_path], engine=engine, archive=archive)
    engine.dispose()

"""Drop folders in stores: what lies at any fsspec address is taken in once, and again where it changes."""

import gzip
import secrets

import fsspec
import pendulum
import pytest
import s3fs
from moto.server import ThreadedMotoServer

from dateline.archive import Archive
from dateline.errors import ArchiveError
from dateline.ingest import ingest_files, load_pending, poll_sources
from dateline.ingest.schedule import states_of
from dateline.model import Snapshot
from dateline.source import Source, SourceKind
from dateline.warehouse.query import query

NOW = pendulum.datetime(2026, 3, 14, 9)
KEYS = {"key": "testing", "secret": "testing"}
FERRY = b"The ferry is home. " * 40


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["memory", "s3"])
def folder(request, monkeypatch):
    """The address of a folder in a store, and a file system to drop files with."""
    name = f"drop-{secrets.token_hex(4)}"
    if request.param == "memory":
        fsspec.filesystem("memory").mkdir(f"/{name}")
        yield f"memory://{name}", fsspec.filesystem("memory")
        fsspec.filesystem("memory").rm(f"/{name}", recursive=True)
        return
    endpoint = request.getfixturevalue("endpoint")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setitem(fsspec.config.conf, "s3", {**KEYS, "endpoint_url": endpoint})  # as a connection does
    other = s3fs.S3FileSystem(**KEYS, endpoint_url=endpoint, skip_instance_cache=True)  # another process's listings
    other.mkdir(name)
    yield f"s3://{name}/drop", other


@pytest.fixture
def archive(tmp_path):
    return Archive(str(tmp_path / "archive"))


def look(engine, archive, url, at=NOW):
    source = Source(source_id="drop", url=url, kind=SourceKind.DROP)
    return poll_sources([source], engine=engine, archive=archive, contact="none", clock=lambda: at)


def test_what_is_dropped_into_a_store_is_taken_in_once_and_what_comes_later_too(sqlite_warehouse, archive, folder):
    url, store = folder
    store.pipe_file(f"{url}/one.txt", FERRY)
    store.pipe_file(f"{url}/deeper/two.txt.gz", gzip.compress(FERRY + b"Two."))
    store.pipe_file(f"{url}/.hidden", b"no page")
    assert len(look(sqlite_warehouse, archive, url)[1]) == 2
    assert look(sqlite_warehouse, archive, url) == look(sqlite_warehouse, archive, url)
    assert look(sqlite_warehouse, archive, url)[1] == []
    store.pipe_file(f"{url}/one.txt", FERRY + b"Mended.")
    assert len(look(sqlite_warehouse, archive, url)[1]) == 1
    load_pending(sqlite_warehouse, archive)
    assert query(sqlite_warehouse, "select count(*) from fct_snapshots where state = 'loaded'").rows == ((3,),)


def test_a_warc_file_in_a_store_states_addresses_and_times(sqlite_warehouse, archive, folder, tmp_path):
    url, store = folder
    capture = Snapshot(body=FERRY, url="https://meridian.example/a", captured_at=NOW, headers=(("A", "b"),))
    other = Archive(str(tmp_path / "other"))
    (location,) = other.write([capture], "x")
    store.pipe_file(f"{url}/days.warc.gz", (tmp_path / "other" / location.path).read_bytes())
    look(sqlite_warehouse, archive, url)
    kept = query(sqlite_warehouse, "select url, captured_at from fct_snapshots").rows
    assert kept == (("https://meridian.example/a", "2026-03-14T09:00:00.000000Z"),)


def test_a_file_that_cannot_be_read_is_named_and_looked_at_again_an_hour_later(sqlite_warehouse, archive, folder):
    url, store = folder
    store.pipe_file(f"{url}/torn.txt.gz", gzip.compress(FERRY)[:-9])
    store.pipe_file(f"{url}/whole.txt", FERRY)
    report, new = look(sqlite_warehouse, archive, url)
    (failure,) = report.failures
    assert (len(new), failure.reason) == (1, "unreadable_file")
    assert failure.name == f"{url}/torn.txt.gz".replace("memory://", "memory:///")
    assert look(sqlite_warehouse, archive, url, NOW.add(minutes=59))[0].failures == []
    assert len(look(sqlite_warehouse, archive, url, NOW.add(minutes=61))[0].failures) == 1


def test_a_store_without_the_folder_is_said(sqlite_warehouse, archive, folder):
    url, _ = folder
    absent = f"{url}-that-is-not-there"
    assert [one.reason for one in look(sqlite_warehouse, archive, absent)[0].failures] == ["no_folder"]
    assert states_of(sqlite_warehouse, ["drop"]) == {}


def test_a_store_that_nobody_knows_is_said_and_stops_no_other(sqlite_warehouse, archive, tmp_path):
    (tmp_path / "one.txt").write_bytes(FERRY)
    sources = [
        Source(source_id=name, url=url, kind=SourceKind.DROP)
        for name, url in (("odd", "nosuchstore://x"), ("sound", str(tmp_path / "one.txt")))
    ]
    report, new = poll_sources(sources, engine=sqlite_warehouse, archive=archive, contact="none")
    assert ([one.reason for one in report.failures], len(new)) == (["unreachable_folder"], 1)


def test_files_and_globs_in_a_store_are_ingested_by_name(sqlite_warehouse, archive, folder):
    url, store = folder
    for name in ("a.txt", "b.txt", "c.html"):
        store.pipe_file(f"{url}/{name}", FERRY + name.encode())
    report = ingest_files([f"{url}/*.txt", f"{url}/c.html"], engine=sqlite_warehouse, archive=archive)
    assert (report.found, report.loaded) == (3, 3)
    with pytest.raises(ArchiveError, match="nosuchstore"):
        ingest_files(["nosuchstore://x"], engine=sqlite_warehouse, archive=archive)

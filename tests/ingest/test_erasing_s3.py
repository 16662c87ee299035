"""Erasing where the archive is a bucket: the same rows are left, the same bytes gone, an interrupted one is ended."""

import gzip
import secrets

import pytest
import s3fs
from moto.server import ThreadedMotoServer

from dateline.archive import Archive
from dateline.errors import StoreError
from dateline.ingest import load_pending
from dateline.ingest.archive_care import compact, prove
from dateline.ingest.erasing import erase, resume
from dateline.ingest.keeping import keep
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.canonical import row_digests
from dateline.warehouse.erasure_log import rule_of, unfinished
from dateline.warehouse.ledger import declare_sources, snapshot_id_of
from dateline.warehouse.query import query
from ingest.few_captures import NOW, few_captures, sources_of

KEYS = {"key": "testing", "secret": "testing"}
FOUND = few_captures()
SOURCES = sources_of(FOUND)
LIVE = FOUND[0].source_id


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    name = f"archive-{secrets.token_hex(4)}"
    store = s3fs.S3FileSystem(**KEYS, endpoint_url=endpoint, skip_instance_cache=True)
    store.mkdir(name)
    return name, store


@pytest.fixture
def archive(bucket, endpoint):
    return Archive(f"s3://{bucket[0]}/snapshots", clock=lambda: NOW, **KEYS, endpoint_url=endpoint)


def filled(engine, archive, found):
    declare_sources(engine, SOURCES.values())
    for start in range(0, len(found), 4):
        keep(engine, archive, found[start : start + 4], name="polls/2026/03/14", clock=lambda: NOW)
    load_pending(engine, archive, sources=SOURCES, clock=lambda: NOW)


def bytes_in(bucket):
    name, store = bucket
    store.invalidate_cache()
    return b"".join(unpacked(store.cat_file(path)) for path in store.find(name))


def unpacked(content):
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def without_what_was_erased(warehouse, tmp_path):
    """The rows of a warehouse that never saw what was erased, from an archive on a disk."""
    gone = {row[0] for row in query(warehouse, "select snapshot_id from fct_erased_snapshots").rows}
    left = [one for one in FOUND if snapshot_id_of(one.snapshot, one.source_id) not in gone]
    assert 0 < len(left) < len(FOUND)
    engine = open_warehouse(f"sqlite:///{tmp_path}/elsewhere.db")
    migrate(engine)
    filled(engine, Archive(str(tmp_path / "elsewhere"), clock=lambda: NOW), left)
    return engine


@pytest.mark.parametrize("is_joined", [False, True])
def test_what_is_erased_is_gone_from_the_bucket_and_the_rest_is_as_if_it_had_never_been(
    warehouse, archive, bucket, tmp_path, is_joined
):
    filled(warehouse, archive, FOUND)
    if is_joined:
        compact(warehouse, archive)
    words = FOUND[0].snapshot.body[-2000:]
    assert words in bytes_in(bucket)
    erase(warehouse, archive, rule_of(source_id=LIVE), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    assert row_digests(warehouse) == row_digests(without_what_was_erased(warehouse, tmp_path))
    assert words not in bytes_in(bucket)
    proof = prove(warehouse, archive)
    assert (proof.faults, proof.unknown_files) == ((), ())
    assert proof.records == len(FOUND) - sum(one.source_id == LIVE for one in FOUND)


def refused(path, content, **options):
    raise OSError("the bucket is out of reach")


def test_an_erasure_that_the_bucket_interrupts_is_ended_by_the_next(warehouse, archive, bucket, tmp_path, monkeypatch):
    filled(warehouse, archive, FOUND)
    rule = rule_of(source_id=LIVE, before=FOUND[4].snapshot.captured_at)
    with monkeypatch.context() as patched:
        patched.setattr(archive._store, "pipe_file", refused)
        with pytest.raises(StoreError, match="out of reach"):
            erase(warehouse, archive, rule, asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    assert len(unfinished(warehouse)) == 1
    assert resume(warehouse, archive, sources=SOURCES, clock=lambda: NOW) == 1
    assert row_digests(warehouse) == row_digests(without_what_was_erased(warehouse, tmp_path))
    assert FOUND[0].snapshot.body[-2000:] not in bytes_in(bucket)

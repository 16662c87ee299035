"""The archive on S3, spoken to through its API by a real server on loopback."""

import secrets

import pendulum
import pytest
import s3fs
from moto.server import ThreadedMotoServer

from dateline.archive import Archive, Capture, Kept, plan_merges
from dateline.errors import ArchiveError
from dateline.model import Snapshot

MOMENT = pendulum.datetime(2026, 3, 2, 9, 43)
KEYS = {"key": "testing", "secret": "testing"}


def page(n: int) -> Snapshot:
    return Snapshot(
        body=secrets.token_bytes(3000),
        url=f"https://meridian.example/{n}",
        captured_at=MOMENT.add(seconds=n),
        headers=(("Content-Type", "text/html"),),
    )


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def archive(endpoint, monkeypatch) -> Archive:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    bucket = f"archive-{secrets.token_hex(4)}"
    s3fs.S3FileSystem(**KEYS, endpoint_url=endpoint, skip_instance_cache=True).mkdir(bucket)
    return Archive(f"s3://{bucket}/snapshots", clock=lambda: MOMENT, **KEYS, endpoint_url=endpoint)


def test_snapshots_come_back_equal_from_s3(archive):
    pages = [page(n) for n in range(3)]
    locations = archive.write([*pages, Snapshot(body=b"kept")], "2026/03/shard-1")
    assert [archive.read(one) for one in locations] == [*pages, Snapshot(body=b"kept")]
    assert archive.verify(locations) == []
    assert [archive.verify_file(path) for path in archive.files()] == [None]


def test_files_on_s3_are_joined_and_old_locations_still_read(archive):
    pages = [page(n) for n in range(4)]
    locations = [archive.write([one], f"2026/03/shard-{n}")[0] for n, one in enumerate(pages)]
    revisit = Capture(snapshot=Snapshot(body=pages[0].body, captured_at=MOMENT), original=locations[0])
    locations += archive.write([revisit], "2026/03/shard-9")
    archive.compact(plan_merges(archive.files()))
    assert len(archive.files()) == 1
    assert [archive.read(one) for one in locations] == [*pages, revisit.snapshot]


def test_erased_records_are_gone_from_s3_and_the_rest_is_proved(archive):
    pages = [page(n) for n in range(4)]
    locations = archive.write(pages, "2026/03/shard-1")
    revisit = Capture(snapshot=Snapshot(body=pages[1].body, captured_at=MOMENT), original=locations[1])
    locations += archive.write([revisit], "2026/03/shard-2")
    archive.erase(locations[:2], [Kept(location=locations[4], body_digest=pages[1].digest, url=None)])
    archive.compact(plan_merges(archive.files()))
    assert [archive.read(one) for one in locations[2:]] == [*pages[2:], revisit.snapshot]
    assert [archive.verify_file(path) for path in archive.files()] == [None]
    bodies = {one.digest for path in archive.files() for _, one in archive.records(path)}
    assert bodies == {pages[1].digest, pages[2].digest, pages[3].digest}  # the revisit keeps its own
    stored = archive._store.find(archive._root)
    assert not any(archive._full(one.path) in stored for one in locations)


def test_a_changed_object_is_found(archive):
    (location,) = archive.write([page(1)], "torn")
    content = archive._store.cat_file(archive._full(location.path))
    archive._store.pipe_file(archive._full(location.path), content[:-9])
    (fault,) = archive.verify([location])
    assert "were written" in fault.why
    assert archive.verify_file(location.path) is not None


def test_a_missing_object_or_bucket_is_an_archive_error(archive):
    (location,) = archive.write([page(1)], "gone")
    archive._store.rm_file(archive._full(location.path))
    with pytest.raises(ArchiveError, match="no such file"):
        archive.read(location)
    with pytest.raises(ArchiveError, match="cannot be written"):
        Archive("s3://no-such-bucket/x", **archive._store.storage_options).write([page(2)], "nowhere")

"""A store that cannot be asked is told in one line, and never mistaken for one that has lost something."""

import secrets
from urllib.request import Request, urlopen

import fsspec
import pendulum
import pytest
import s3fs
from moto.server import ThreadedMotoServer

from dateline.archive import Archive
from dateline.errors import ArchiveError, DatelineError, StoreError
from dateline.exports.export import Form, export
from dateline.ingest import ingest_files, load_pending
from dateline.ingest.archive_care import prove
from dateline.ingest.keeping import Found, keep
from dateline.ingest.remote_files import remote_files
from dateline.model import Snapshot
from dateline.warehouse import publish_views
from dateline.warehouse.query import query

NOW = pendulum.datetime(2026, 3, 14, 9)
KEYS = {"key": "testing", "secret": "testing"}
PAGE = Snapshot(body=b"The ferry is home. " * 40, url="https://meridian.example/ferry", captured_at=NOW)


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, monkeypatch, tmp_path):
    """A bucket, and an environment in which nothing but the options of a call names keys."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    name = f"store-{secrets.token_hex(4)}"
    s3fs.S3FileSystem(**KEYS, endpoint_url=endpoint, skip_instance_cache=True).mkdir(name)
    return f"s3://{name}"


NOBODY = "http://127.0.0.1:9"  # the port at which bytes are thrown away, and nobody listens


@pytest.fixture(params=["no_keys", "wrong_keys", "no_answer"])
def trouble(request, endpoint, bucket, monkeypatch):
    """Options of a store that refuses us, and the reason."""
    check_keys(endpoint, after="0")
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)
    keys = {} if request.param == "no_keys" else KEYS
    place = NOBODY if request.param == "no_answer" else endpoint
    yield {**keys, "endpoint_url": place, "skip_instance_cache": True}
    check_keys(endpoint, after="inf")


def check_keys(endpoint, after):
    """Have the server look at keys from so many requests on; no key of ours is one of its own."""
    plain = {"Content-Type": "text/plain"}
    urlopen(Request(f"{endpoint}/moto-api/reset-auth", data=after.encode(), headers=plain)).close()


def test_no_record_counts_as_lost_where_the_store_cannot_be_asked(sqlite_warehouse, endpoint, bucket, trouble):
    check_keys(endpoint, after="inf")
    sound = Archive(f"{bucket}/a", clock=lambda: NOW, **KEYS, endpoint_url=endpoint, skip_instance_cache=True)
    found = [Found(source_id="ferry", snapshot=PAGE)]
    keep(sqlite_warehouse, sound, found, name="polls/a", clock=lambda: NOW)
    check_keys(endpoint, after="0")
    archive = Archive(f"{bucket}/a", clock=lambda: NOW, **trouble)
    for asked in (
        lambda: load_pending(sqlite_warehouse, archive),
        lambda: prove(sqlite_warehouse, archive),
        lambda: archive.write([PAGE], "polls/b"),
        archive.files,
        archive.sweep,
    ):
        with pytest.raises(StoreError, match=r"cannot be .+ and its keys, then run again"):
            asked()
    assert query(sqlite_warehouse, "select count(*) from fct_snapshots where state = 'stored'").rows == ((1,),)
    check_keys(endpoint, after="inf")
    assert load_pending(sqlite_warehouse, sound).loaded == 1


@pytest.fixture
def refused(trouble, monkeypatch):
    """The same for whoever is given an address only."""
    monkeypatch.setitem(fsspec.config.conf, "s3", trouble)


@pytest.fixture
def archive(tmp_path):
    return Archive(str(tmp_path / "archive"))


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize("form", Form)
def test_exports_and_drop_folders_say_what_the_store_said(sqlite_warehouse, archive, bucket, form):
    publish_views(sqlite_warehouse)
    with pytest.raises(DatelineError, match=r"cannot be written: .+ keys, then run again"):
        export(sqlite_warehouse, f"{bucket}/out", views=["documents"], form=form)
    with pytest.raises(ArchiveError, match=r"cannot be listed: .+ and the store's keys"):
        remote_files(f"{bucket}/drop")
    with pytest.raises(ArchiveError, match="cannot be listed"):
        ingest_files([f"{bucket}/drop"], engine=sqlite_warehouse, archive=archive)


def test_an_address_that_no_library_knows_is_told():
    with pytest.raises(ArchiveError, match="nosuchstore://x: cannot be opened"):
        Archive("nosuchstore://x")

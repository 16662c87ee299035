"""The newsroom runs as a process of its own, and says so when it cannot."""

import socket
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from dateline.errors import SettingsError
from dateline.source import SourceKind, load_sources
from dateline_airflow import newsroom

pytestmark = pytest.mark.xdist_group("airflow")


@pytest.fixture
def port(monkeypatch, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    monkeypatch.setattr(newsroom, "PORT", free)
    monkeypatch.setattr(newsroom, "LOGS", tmp_path)
    return free


def test_the_newsroom_is_open_inside_the_block_and_closed_after_it(port):
    with newsroom.open_newsroom() as address:
        assert b"User-agent" in urlopen(f"{address}/robots.txt", timeout=5).read()
        assert address.endswith(f":{port}")
    with pytest.raises(URLError):
        urlopen(f"{address}/robots.txt", timeout=5)


def test_a_port_that_is_taken_is_named(port):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", port))
        holder.listen()
        with pytest.raises(SettingsError, match=f"Port {port} must be free"), newsroom.open_newsroom():
            pass


def test_its_sources_are_at_its_port_and_include_the_recording(port, tmp_path):
    newsroom.declare_newsroom(tmp_path, Path("/somewhere/with space"))
    sources = load_sources(tmp_path)
    (drop,) = [one for one in sources if one.kind is SourceKind.DROP]
    assert drop.url == "/somewhere/with space"
    assert all(f"127.0.0.1:{port}/" in one.url for one in sources if one is not drop)
    assert len(sources) > 5


def test_a_newsroom_of_another_time_leaves_the_recording_out(port, tmp_path):
    newsroom.declare_newsroom(tmp_path, None)
    assert all(one.kind is not SourceKind.DROP for one in load_sources(tmp_path))


def test_a_recording_is_made_once(port, tmp_path):
    path = tmp_path / "deep" / "days.warc.gz"
    newsroom.record_newsroom(path)
    first = path.read_bytes()
    newsroom.record_newsroom(path)
    assert path.read_bytes() == first
    assert first[:2] == b"\x1f\x8b"
    assert [one.name for one in path.parent.iterdir()] == ["days.warc.gz"]

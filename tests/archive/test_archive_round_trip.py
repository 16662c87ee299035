"""What goes into the archive comes out equal, and other tools read it too."""

import io
from pathlib import Path

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from dateline.archive import Archive, Capture, Location
from dateline.errors import ArchiveError
from dateline.model import Snapshot

MOMENT = pendulum.datetime(2026, 3, 2, 9, 43, 7, 123456)
PAGE = Snapshot(
    body=b"<html>" + b"The harbour bridge opens at noon. " * 100,
    url="https://meridian.example/live/harbour?page=2",
    captured_at=MOMENT,
    headers=(
        ("Content-Type", "text/html; charset=utf-8"),
        ("content-encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Length", "512"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("ETag", 'W/"x"'),
    ),
)


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(str(tmp_path), clock=lambda: MOMENT)


def written(tmp_path: Path, location: Location) -> bytes:
    return (tmp_path / location.path).read_bytes()


def test_a_snapshot_comes_back_equal(archive):
    (location,) = archive.write([PAGE], "2026/03/02/shard-1")
    assert archive.read(location) == PAGE


def test_locations_come_in_the_order_of_the_captures(archive):
    pages = [Snapshot(body=bytes([n]) * 2000, url=f"https://a.example/{n}", captured_at=MOMENT) for n in range(5)]
    assert [archive.read(one) for one in archive.write(pages, "five")] == pages


def test_an_unknown_time_and_address_stay_unknown(archive):
    dropped = Snapshot(body=b"a text that somebody kept")
    (location,) = archive.write([dropped], "drop")
    assert archive.read(location) == dropped
    assert archive.read(location).captured_at is None


def test_a_file_that_was_no_http_answer_becomes_a_resource_record(archive, tmp_path):
    (location,) = archive.write([Snapshot(body=b"kept")], "drop")
    kinds = [one.rec_type for one in ArchiveIterator(io.BytesIO(written(tmp_path, location)))]
    assert kinds == ["warcinfo", "resource"]


def test_dates_keep_their_microseconds_and_are_utc(archive, tmp_path):
    local = Snapshot(body=b"x", url="https://a.example/", captured_at=MOMENT.in_timezone("Europe/Dublin"))
    (location,) = archive.write([local], "zone")
    records = ArchiveIterator(io.BytesIO(written(tmp_path, location)))
    dates = [one.rec_headers.get_header("WARC-Date") for one in records]
    assert dates[1] == "2026-03-02T09:43:07.123456Z"
    assert archive.read(location).captured_at == MOMENT


def test_the_request_stands_beside_its_answer(archive, tmp_path):
    capture = Capture(snapshot=PAGE, asked=(("Host", "meridian.example"), ("User-Agent", "Dateline/0.1")))
    (location,) = archive.write([capture], "asked")
    for record in ArchiveIterator(io.BytesIO(written(tmp_path, location))):
        if record.rec_type == "response":
            answer = record.rec_headers.get_header("WARC-Record-ID")
        if record.rec_type == "request":
            assert record.rec_headers.get_header("WARC-Concurrent-To") == answer
            assert record.http_headers.protocol == "GET"
            assert record.http_headers.statusline == "/live/harbour?page=2 HTTP/1.1"
            assert record.http_headers.get_header("User-Agent") == "Dateline/0.1"
            return
    pytest.fail("no request record")


def test_another_reader_gets_the_body_without_decoding_it_twice(archive, tmp_path):
    (location,) = archive.write([PAGE], "foreign")
    bodies = [
        one.content_stream().read()
        for one in ArchiveIterator(io.BytesIO(written(tmp_path, location)))
        if one.rec_type == "response"
    ]
    assert bodies == [PAGE.body]


def test_warcios_own_checker_finds_nothing_wrong(archive, tmp_path):
    captures = [Capture(snapshot=PAGE, asked=(("Host", "meridian.example"),)), PAGE, Snapshot(body=b"kept")]
    (location, *_) = archive.write(captures, "checked")

    class Options:
        inputs = [str(tmp_path / location.path)]  # noqa: RUF012 - the shape that the checker reads
        verbose = False

    checker = Checker(Options())
    checker.process_all()
    assert checker.exit_value == 0


def test_an_unchanged_body_is_stored_once(archive, tmp_path):
    later = Snapshot(body=PAGE.body, url=PAGE.url, captured_at=MOMENT.add(minutes=1), headers=(("Age", "1"),))
    locations = archive.write([PAGE, later], "twice")
    kinds = [one.rec_type for one in ArchiveIterator(io.BytesIO(written(tmp_path, locations[0])))]
    assert kinds == ["warcinfo", "response", "revisit"]
    assert [archive.read(one) for one in locations] == [PAGE, later]


def test_a_body_of_an_earlier_file_is_referred_to(archive):
    (original,) = archive.write([PAGE], "first")
    later = Snapshot(body=PAGE.body, url=PAGE.url, captured_at=MOMENT.add(minutes=1))
    (revisit,) = archive.write([Capture(snapshot=later, original=original)], "second")
    assert archive.read(revisit) == later
    assert revisit.length < original.length + 600


def test_a_revisit_of_a_revisit_leads_to_the_body(archive):
    (first,) = archive.write([PAGE], "first")
    later = [Snapshot(body=PAGE.body, url=PAGE.url, captured_at=MOMENT.add(minutes=n)) for n in (1, 2)]
    (second,) = archive.write([Capture(snapshot=later[0], original=first)], "second")
    (third,) = archive.write([Capture(snapshot=later[1], original=second)], "third")
    assert archive.read(third) == later[1]


def test_a_304_reads_as_the_body_that_it_stands_for(archive):
    (original,) = archive.write([PAGE], "first")
    unchanged = Snapshot(body=b"", url=PAGE.url, captured_at=MOMENT, status=304, headers=(("ETag", "x"),))
    (location,) = archive.write([Capture(snapshot=unchanged, original=original)], "second")
    read = archive.read(location)
    assert (read.body, read.status, read.headers) == (PAGE.body, 304, unchanged.headers)


def test_an_original_that_is_lost_or_another_body_means_storing_in_full(archive, tmp_path):
    (original,) = archive.write([PAGE], "first")
    other = Snapshot(body=b"quite another body" * 100, url=PAGE.url, captured_at=MOMENT)
    (location,) = archive.write([Capture(snapshot=other, original=original)], "other")
    assert archive.read(location) == other
    (tmp_path / original.path).unlink()
    (location,) = archive.write([Capture(snapshot=PAGE, original=original)], "again")
    assert archive.read(location) == PAGE


def test_a_304_whose_original_is_lost_is_refused(archive, tmp_path):
    (original,) = archive.write([PAGE], "first")
    (tmp_path / original.path).unlink()
    unchanged = Snapshot(body=b"", url=PAGE.url, captured_at=MOMENT, status=304)
    with pytest.raises(ArchiveError, match="no such file"):
        archive.write([Capture(snapshot=unchanged, original=original)], "second")


def test_the_same_captures_written_twice_are_one_file(archive):
    assert archive.write([PAGE], "same") == archive.write([PAGE], "same")
    assert len(archive.files()) == 1


def test_writing_nothing_leaves_no_file(archive):
    assert archive.write([], "nothing") == []
    assert archive.files() == {}


def test_a_file_rebuilds_its_index(archive):
    locations = archive.write([Capture(snapshot=PAGE, asked=()), PAGE, Snapshot(body=b"kept")], "rebuilt")
    found = list(archive.records(locations[0].path))
    assert [where for where, _ in found] == locations
    assert [snapshot for _, snapshot in found] == [archive.read(one) for one in locations]


@pytest.mark.parametrize(
    "name",
    [
        "../up",
        "/etc/passwd",
        "a/../b",
        "",
        "a//b",
        "a b",
        "Upper",
        ".hidden",
        "a\x00b",
        "a\n",
        "a" * 300,
        "é",
        "a.warc.gz",
        "con:",
    ],
)
def test_no_name_of_a_person_becomes_a_path(archive, name):
    with pytest.raises(ArchiveError, match="cannot name"):
        archive.write([PAGE], name)


@pytest.mark.parametrize("path", ["../x.warc.gz", "/etc/passwd", "x.txt", "a/../../x.warc.gz"])
def test_no_path_outside_the_archive_is_read(archive, path):
    with pytest.raises(ArchiveError):
        archive.read(Location(path=path, offset=0, length=1, sha256="0" * 64))


_words = st.text(max_size=30)
_snapshots = st.builds(
    Snapshot,
    body=st.binary(max_size=3000),
    url=st.none() | _words | st.sampled_from(["https://a.example/ü?q=ß#f", "<https://a.example/>", " x ", "a\r\nb"]),
    captured_at=st.none() | st.datetimes(timezones=st.just(pendulum.UTC)).map(pendulum.instance),
    status=st.integers(100, 999),
    headers=st.lists(st.tuples(_words, _words), max_size=5).map(tuple),
)


@settings(max_examples=200, deadline=None)
@given(snapshots=st.lists(_snapshots, min_size=1, max_size=4))
def test_any_snapshot_comes_back_equal(snapshots):
    archive = Archive("memory://round-trip", clock=lambda: MOMENT)
    locations = archive.write([*snapshots, *snapshots], "any")
    assert [archive.read(one) for one in locations] == [*snapshots, *snapshots]
    assert [one for _, one in archive.records(locations[0].path)] == [*snapshots, *snapshots]

"""Joining files moves records and changes none; what pointed at them still does."""

import io

import pendulum
import pytest
from warcio.archiveiterator import ArchiveIterator

from dateline.archive import Archive, Capture, Merge, plan_merges
from dateline.errors import ArchiveError
from dateline.model import Snapshot

MOMENT = pendulum.datetime(2026, 3, 2, 9, 43)


def page(n: int) -> Snapshot:
    return Snapshot(body=f"Goal number {n}. ".encode() * 200, url=f"https://a.example/{n}", captured_at=MOMENT)


@pytest.fixture(params=["local", "memory"])
def archive(request, tmp_path) -> Archive:
    url = str(tmp_path) if request.param == "local" else f"memory://compaction-{tmp_path.name}"
    return Archive(url, clock=lambda: MOMENT)


def filled(archive):
    locations = [archive.write([page(n)], f"2026/03/shard-{n:02}")[0] for n in range(6)]
    revisit = Capture(
        snapshot=Snapshot(body=page(0).body, url="https://a.example/0", captured_at=MOMENT.add(hours=1)),
        original=locations[0],
    )
    locations += archive.write([revisit], "2026/03/shard-99")
    return locations, [page(n) for n in range(6)] + [revisit.snapshot]


def test_old_locations_still_read_after_files_are_joined(archive):
    locations, pages = filled(archive)
    archive.compact(plan_merges(archive.files()))
    assert len(archive.files()) == 1
    assert [archive.read(one) for one in locations] == pages
    assert archive.verify(locations) == []


def test_moves_say_where_each_record_is_now(archive):
    locations, pages = filled(archive)
    moves = {one.path: one for one in archive.compact(plan_merges(archive.files()))}
    present = [moves[one.path].applied_to(one) for one in locations]
    assert [archive.read(one) for one in present] == pages
    (path,) = archive.files()
    assert [where for where, _ in archive.records(path)] == present
    assert archive.verify_file(path) is None


def test_joining_what_was_joined_keeps_the_oldest_locations_readable(archive):
    locations, pages = filled(archive)
    files = sorted(archive.files())
    archive.compact([Merge(paths=tuple(files[:3])), Merge(paths=tuple(files[3:]))])
    archive.compact(plan_merges(archive.files()))
    assert len(archive.files()) == 1
    assert [archive.read(one) for one in locations] == pages


def test_another_process_finds_the_moved_records(archive):
    locations, pages = filled(archive)
    other = Archive(archive._store.unstrip_protocol(archive._root))
    assert other.read(locations[0]) == pages[0]
    archive.compact(plan_merges(archive.files()))
    assert [other.read(one) for one in locations] == pages


def test_a_joined_file_is_an_ordinary_warc(archive):
    filled(archive)
    archive.compact(plan_merges(archive.files()))
    (path,) = archive.files()
    content = archive._store.cat_file(archive._full(path))
    kinds = [one.rec_type for one in ArchiveIterator(io.BytesIO(content))]
    assert kinds.count("warcinfo") == 7
    assert kinds.count("response") + kinds.count("resource") + kinds.count("revisit") == 7


def test_a_damaged_file_is_not_joined(archive):
    filled(archive)
    path = min(archive.files())
    content = bytearray(archive._store.cat_file(archive._full(path)))
    content[100] ^= 1
    archive._store.pipe_file(archive._full(path), bytes(content))
    with pytest.raises(ArchiveError, match="not joined"):
        archive.compact(plan_merges(archive.files()))
    assert len(archive.files()) == 7


def test_a_crash_before_the_removal_doubles_nothing(archive):
    locations, pages = filled(archive)
    kept = {path: archive._store.cat_file(archive._full(path)) for path in archive.files()}
    archive.compact(plan_merges(archive.files()))
    for path, content in kept.items():
        archive._store.pipe_file(archive._full(path), content)
    fresh = Archive(archive._store.unstrip_protocol(archive._root))
    assert len(fresh.files()) == 1
    assert sorted(fresh.sweep()) == sorted(kept)
    assert [fresh.read(one) for one in locations] == pages


def test_the_plan_joins_small_files_of_one_folder_up_to_the_target():
    sizes = {f"a/{n}-0.warc.gz": 40 for n in range(5)} | {"b/1-0.warc.gz": 40, "b/2-0.warc.gz": 900}
    merges = plan_merges(sizes, small=100, target=100)
    assert [one.paths for one in merges] == [
        ("a/0-0.warc.gz", "a/1-0.warc.gz"),
        ("a/2-0.warc.gz", "a/3-0.warc.gz"),
    ]

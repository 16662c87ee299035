"""Erased records are gone from every byte of the archive, and all others read as before."""

import gzip
import io
import random

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from dateline.archive import Archive, Capture, Kept, plan_merges
from dateline.errors import ArchiveError
from dateline.model import Snapshot

MOMENT = pendulum.datetime(2026, 3, 2, 9, 43)
ASKED = (("User-Agent", "Dateline"),)


def page(n: int, *, body: int | None = None, at: int | None = None) -> Snapshot:
    text = f"Goal number {n if body is None else body}. ".encode() * 200
    when = MOMENT.add(minutes=n if at is None else at)
    return Snapshot(body=text, url=f"https://a.example/{n}", captured_at=when, headers=(("Content-Type", "text/html"),))


@pytest.fixture(params=["local", "memory"])
def archive(request, tmp_path) -> Archive:
    url = str(tmp_path) if request.param == "local" else f"memory://erasing-{tmp_path.name}"
    return Archive(url, clock=lambda: MOMENT)


def reopened(archive: Archive) -> Archive:
    return Archive(archive._store.unstrip_protocol(archive._root), clock=lambda: MOMENT)


def kept(where, pages) -> list[Kept]:
    return [Kept(location=place, body_digest=one.digest, url=one.url) for place, one in zip(where, pages, strict=True)]


def content_of(archive: Archive) -> bytes:
    return b"".join(gzip.decompress(archive._store.cat_file(archive._full(path))) for path in archive.files())


def test_an_erased_record_leaves_no_byte_and_the_others_read_from_their_old_places(archive):
    pages = [page(n) for n in range(5)]
    where = archive.write([Capture(snapshot=one, asked=ASKED) for one in pages], "polls/a")
    archive.erase([where[1], where[3]], [])
    for fresh in (archive, reopened(archive)):
        assert [fresh.read(where[n]) for n in (0, 2, 4)] == [pages[n] for n in (0, 2, 4)]
        with pytest.raises(ArchiveError, match="was erased"):
            fresh.read(where[1])
        assert fresh.where(where[3]) is None
    left = content_of(archive)
    assert b"Goal number 0. " in left
    assert b"Goal number 1. " not in left
    assert b"a.example/3" not in left  # neither its answer nor its request
    assert [archive.verify_file(path) for path in archive.files()] == [None]


def test_a_file_without_records_left_is_gone(archive):
    where = archive.write([page(1)], "polls/a")
    archive.erase(where, [])
    assert archive.files() == {}
    assert archive.files_of({where[0].path}) == set()


def test_revisits_keep_their_body_when_its_record_goes(archive):
    first = page(0)
    (original,) = archive.write([first], "polls/a")
    later = [page(0, at=n) for n in (10, 20, 30)]
    places = [archive.write([Capture(snapshot=one, original=original)], f"polls/{n}")[0] for n, one in enumerate(later)]
    sizes = len(archive.files())
    archive.erase([original], kept(places, later))
    assert [reopened(archive).read(one) for one in places] == later
    assert len(archive.files()) == sizes - 1
    full = [one for one in places if archive.where(one) != one]
    assert len(full) == 1  # one stands in for all
    archive.erase([places[0]], kept(places[1:], later[1:]))
    assert [reopened(archive).read(one) for one in places[1:]] == later[1:]


def test_revisits_within_one_file_keep_their_body_too(archive):
    pages = [page(0), page(1), page(0, at=5), page(2), page(0, at=6)]
    where = archive.write(pages, "polls/a")
    archive.erase([where[0], where[1]], kept(where[2:], pages[2:]))
    assert [archive.read(one) for one in where[2:]] == pages[2:]
    (path,) = archive.files()
    assert [one for _, one in archive.records(path)] == pages[2:]


def test_a_revisit_at_another_address_gets_a_body_of_its_own_and_names_nothing_erased(archive):
    (original,) = archive.write([page(0)], "polls/a")
    others = [page(7, body=0), page(8, body=0)]
    places = [
        archive.write([Capture(snapshot=one, original=original)], f"polls/{n}")[0] for n, one in enumerate(others)
    ]
    archive.erase([original], kept(places, others))
    assert [archive.read(one) for one in places] == others
    assert b"a.example/0" not in content_of(archive)


def test_a_revisit_that_no_index_knows_is_written_in_full(archive):
    pages = [page(0), page(0, at=5)]
    where = archive.write(pages, "polls/a")
    archive.erase([where[0]], [])
    assert archive.read(where[1]) == pages[1]


def test_erasing_after_files_were_joined_and_joining_after_erasing(archive):
    pages = [page(n) for n in range(6)]
    where = [archive.write([one], f"polls/{n}")[0] for n, one in enumerate(pages)]
    archive.compact(plan_merges(archive.files()))
    archive.erase([where[2]], [])
    archive.write([page(9)], "polls/9")
    archive.compact(plan_merges(archive.files()))
    assert [reopened(archive).read(one) for n, one in enumerate(where) if n != 2] == pages[:2] + pages[3:]
    assert b"Goal number 2. " not in content_of(archive)


def test_a_crash_before_the_note_leaves_all_as_it_was_and_the_same_call_ends_it(archive, monkeypatch):
    where = archive.write([page(n) for n in range(3)], "polls/a")
    steps = []

    def dying(store, path, content):
        steps.append(path)
        if path.endswith(".json"):
            raise KeyboardInterrupt
        real(store, path, content)

    from dateline.archive import archive as module

    real = module.put
    monkeypatch.setattr(module, "put", dying)
    with pytest.raises(KeyboardInterrupt):
        archive.erase([where[1]], [])
    monkeypatch.undo()
    fresh = reopened(archive)
    assert [fresh.read(one) for one in where] == [page(n) for n in range(3)]
    fresh.erase([where[1]], [])
    assert b"Goal number 1. " not in content_of(fresh)
    assert len(fresh.files()) == 1


def test_a_crash_after_the_note_leaves_the_new_state_and_the_same_call_removes_the_old_file(archive, monkeypatch):
    where = archive.write([page(n) for n in range(3)], "polls/a")
    old = archive._store.cat_file(archive._full(where[0].path))
    archive.erase([where[1]], [])
    archive._store.pipe_file(archive._full(where[0].path), old)  # as if the removal had not come
    fresh = reopened(archive)
    fresh.erase([where[1]], [])
    assert b"Goal number 1. " not in content_of(fresh)
    assert not fresh._store.exists(fresh._full(where[0].path))
    assert fresh.read(where[2]) == page(2)


def test_a_torn_file_is_refused_before_anything_is_written(archive):
    where = archive.write([page(n) for n in range(3)], "polls/a")
    content = archive._store.cat_file(archive._full(where[0].path))
    archive._store.pipe_file(archive._full(where[0].path), content[:-7])
    with pytest.raises(ArchiveError, match="not rewritten"):
        archive.erase([where[0]], [])


def test_a_rewritten_file_is_an_ordinary_warc(archive):
    pages = [page(0), page(1), page(0, at=5)]
    where = archive.write([Capture(snapshot=one, asked=ASKED) for one in pages], "polls/a")
    archive.erase([where[0]], kept(where[1:], pages[1:]))
    (path,) = archive.files()
    file = io.BytesIO(archive._store.cat_file(archive._full(path)))
    kinds, sound = [], []
    for record in ArchiveIterator(file, check_digests=True):
        kinds.append(record.rec_type)
        record.content_stream().read()
        sound.append(record.digest_checker.passed)
    assert kinds == ["warcinfo", "response", "request", "response", "request"]
    assert False not in sound


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_whatever_is_erased_in_any_order_the_rest_reads_as_it_was(seed):
    choose = random.Random(seed)  # noqa: S311 - what to erase, and when
    archive = Archive(f"memory://erasing-any-{seed}", clock=lambda: MOMENT)
    pages, where = [], []
    for number in range(4):
        batch = [page(choose.randrange(3), body=choose.randrange(3), at=10 * number + n) for n in range(4)]
        known = {one.digest: place for one, place in zip(pages, where, strict=True)}
        where += archive.write([Capture(snapshot=one, original=known.get(one.digest)) for one in batch], f"a/{number}")
        pages += batch
    left = set(range(len(pages)))
    for _ in range(3):
        gone = set(choose.sample(sorted(left), k=min(3, len(left))))
        left -= gone
        archive.erase([where[n] for n in gone], kept([where[n] for n in left], [pages[n] for n in left]))
        if choose.random() < 0.4:
            archive.compact(plan_merges(archive.files()))
        assert all(reopened(archive).read(where[n]) == pages[n] for n in left)
    held = {snapshot.captured_at for path in archive.files() for _, snapshot in archive.records(path)}
    assert held == {pages[n].captured_at for n in left}

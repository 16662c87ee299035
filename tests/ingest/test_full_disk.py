"""A disk that fills at any point of an ingest: it is said, nothing is half-written, and with room all is made up for.

Archive and warehouse share one small disk, of a size that differs from trial to trial. A trial in which the disk never
filled proves nothing, so there must be enough of the others.
"""

import subprocess

import pytest

from dateline.archive import Archive
from dateline.errors import ArchiveError, WarehouseError
from dateline.ingest import find_lost, load_pending, poll_sources
from dateline.ingest.archive_care import prove
from dateline.ingest.keeping import keep
from dateline.source import Source
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.canonical import row_digests
from dateline.warehouse.ledger import declare_sources
from dateline.warehouse.query import query
from ingest.few_captures import NOW, few_captures, sources_of

pytestmark = pytest.mark.slow

FOUND = few_captures()
SOURCES = sources_of(FOUND)
STEPS_OF_KILOBYTES = range(40, 1400, 100)
MOST_KILOBYTES = 64_000


def ingest(engine, archive):
    """Take the captures in one by one and load them, as a worker does that is started again and again."""
    for one in FOUND:
        keep(engine, archive, [one], name="polls/2026/03/14", clock=lambda: NOW)
        load_pending(engine, archive, sources=SOURCES, clock=lambda: NOW)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    """An empty warehouse to copy, its size, and the rows that an undisturbed ingest ends in."""
    folder = tmp_path_factory.mktemp("quiet")
    empty = made(folder / "empty.db")
    empty.dispose()
    engine = made(folder / "warehouse.db")
    ingest(engine, Archive(str(folder / "archive"), clock=lambda: NOW))
    rows = row_digests(engine)
    engine.dispose()
    return folder / "empty.db", rows


def made(path):
    engine = open_warehouse(f"sqlite:///{path}")
    migrate(engine)
    declare_sources(engine, SOURCES.values())
    return engine


@pytest.fixture
def small_disk(tmp_path):
    """Mount a disk of so many kilobytes, again and again; skipped where this user may not."""
    place = tmp_path / "small"
    place.mkdir()

    def mounted(kilobytes, *, again=False):
        what = f"{'remount,' if again else ''}size={kilobytes}k"
        command = ["mount", "-o", what, place] if again else ["mount", "-t", "tmpfs", "-o", what, "tmpfs", place]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("this user may not mount a small disk")
        return place

    yield mounted
    while subprocess.run(["umount", "-l", place], check=False, capture_output=True).returncode == 0:
        pass


def test_whenever_the_disk_fills_nothing_is_lost_doubled_or_half_written(small_disk, quiet):
    empty, rows = quiet
    filled = []
    for step in STEPS_OF_KILOBYTES:
        place = small_disk(empty.stat().st_size // 1024 + step)
        (place / "warehouse.db").write_bytes(empty.read_bytes())
        engine = open_warehouse(f"sqlite:///{place}/warehouse.db")
        try:
            ingest(engine, Archive(f"{place}/archive", clock=lambda: NOW))
        except (ArchiveError, WarehouseError) as error:
            filled.append(str(error))
        engine.dispose()
        small_disk(MOST_KILOBYTES, again=True)
        engine, archive = open_warehouse(f"sqlite:///{place}/warehouse.db"), Archive(f"{place}/archive")
        with engine.connect() as connection:
            assert connection.exec_driver_sql("pragma integrity_check").scalar_one() == "ok"
        find_lost(engine, archive, SOURCES.values(), lambda: NOW)
        ingest(engine, archive)
        assert row_digests(engine) == rows, f"at {step} kB"
        assert prove(engine, archive).faults == ()
        engine.dispose()
        subprocess.run(["umount", "-l", place], check=True)
    assert len(filled) >= len(STEPS_OF_KILOBYTES) // 3, filled
    assert all("space" in one or "full" in one or "room" in one for one in filled), filled


def test_nothing_is_fetched_onto_a_disk_that_is_all_but_full(sqlite_warehouse, tmp_path, monkeypatch):
    archive = Archive(str(tmp_path / "archive"))
    monkeypatch.setattr(Archive, "has_room", lambda self: False)
    asked = Source(source_id="storm", url="http://127.0.0.1:9/never", allow_private=True)
    with pytest.raises(ArchiveError, match="no_space"):
        poll_sources([asked], engine=sqlite_warehouse, archive=archive, contact="none")
    assert query(sqlite_warehouse, "select count(*) from fct_fetches").rows == ((0,),)

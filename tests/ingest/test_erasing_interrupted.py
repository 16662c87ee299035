"""An erasure that dies at any step is ended by the next; one that meets a torn file stops."""

import pytest

from dateline.archive import Archive
from dateline.errors import ArchiveError
from dateline.ingest import load_pending
from dateline.ingest.archive_care import prove
from dateline.ingest.erasing import erase, resume
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.canonical import row_digests
from dateline.warehouse.erasure_log import rule_of, unfinished
from dateline.warehouse.ledger import find_stored
from ingest.erased_world import (
    NOW,
    RULES,
    SOURCES,
    filled,
    snapshot_id,
    staying,
)


@pytest.fixture(scope="module")
def rest(tmp_path_factory):
    """The digests of a warehouse that never saw what the rule of the interrupted erasures names."""
    folder = tmp_path_factory.mktemp("rest")
    engine = open_warehouse(f"sqlite:///{folder}/warehouse.db")
    migrate(engine)
    found = staying(RULES["a source's age"][1])
    yield row_digests(filled(engine, Archive(str(folder / "archive"), clock=lambda: NOW), found))
    engine.dispose()


class Killed(BaseException):
    """A process dies here."""


STEPS = (
    "dateline.archive.archive.put",
    "dateline.archive.archive.note_of",
    "dateline.ingest.removing.move_records",
    "dateline.ingest.removing._forgotten",
    "dateline.ingest.removing.gather",
    "dateline.ingest.erasing.load_snapshots",
    "dateline.ingest.erasing._finished",
)


@pytest.mark.parametrize("step", STEPS)
def test_an_interrupted_erasure_is_ended_by_the_next_run(world, tmp_path, monkeypatch, rest, step):
    stated, is_gone = RULES["a source's age"]
    archive = Archive(str(tmp_path / "archive"), clock=lambda: NOW)
    monkeypatch.setattr("dateline.ingest.removing.PORTION", 2)

    def dies(*_args, **_options):
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(step, dies)
        with pytest.raises(Killed):
            erase(world, archive, rule_of(**stated), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    assert len(unfinished(world)) == 1
    fresh = Archive(str(tmp_path / "archive"), clock=lambda: NOW)
    assert prove_readable(fresh, staying(is_gone), world)
    assert resume(world, fresh, sources=SOURCES, clock=lambda: NOW) == 1
    load_pending(world, fresh, sources=SOURCES)
    assert unfinished(world) == []
    assert row_digests(world) == rest
    proof = prove(world, fresh)
    assert (proof.faults, proof.unknown_files) == ((), ())


def prove_readable(archive, found, engine) -> bool:
    """Every capture that stays reads as it was, whatever state the erasure was left in."""
    by_id = {snapshot_id(one): one for one in found}
    stored = find_stored(engine, by_id)
    return all(archive.read(one.location).body == by_id[one.snapshot_id].snapshot.body for one in stored)


def test_a_torn_file_stops_the_erasure_and_says_what_to_do(world, archive, tmp_path):
    path = max((tmp_path / "archive").rglob("*.warc.gz"))
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ArchiveError, match="Restore the file"):
        erase(world, archive, rule_of(before=NOW), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    assert len(unfinished(world)) == 1

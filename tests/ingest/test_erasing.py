"""What is erased is gone from every byte and row, the rest is as if it had never been there, and it stays out."""

import gzip
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pendulum
import pytest
from sqlalchemy import select

from dateline.archive import Archive, plan_merges
from dateline.errors import ArchiveError, WarehouseError
from dateline.ingest import find_lost, load_pending
from dateline.ingest.archive_care import compact, prove
from dateline.ingest.erasing import erase, erase_expired, preview, resume
from dateline.ingest.keeping import Found, keep
from dateline.matching import match
from dateline.model import Snapshot, normal_url
from dateline.source import Source
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.canonical import row_digests, rows_of_table
from dateline.warehouse.engine import reading_from
from dateline.warehouse.erasure_log import erasures, lift, rule_of, unfinished
from dateline.warehouse.ledger import declare_sources
from dateline.warehouse.print_tables import fct_story_copies, fct_syndications
from dateline.warehouse.query import query
from dateline.warehouse.tables import metadata
from newsroom.record import captures
from newsroom.script import Timeline, load_coverage

ANCHOR = datetime(2026, 3, 14, 6, tzinfo=UTC)
BASE = "https://newsroom.example"
NOW = pendulum.datetime(2026, 3, 20)
BLOG = f"{BASE}/courier/live/storm-ottilie"


MOST = {
    "/courier/live/storm-ottilie": 6,
    "/courier/feed.xml": 5,
    "/meridian/tag/StormOttilie.txt": 2,
    "/meridian/storm-ottilie-copy": 1,
    "/herald/live/tram-vote": 2,
}
"""How many captures of each page of the newsroom are taken."""


def newsroom() -> list[Found]:
    """Captures of a few pages of the newsroom; the first of each comes a second time, unchanged, some days on."""
    found: dict[str, list[Found]] = {}
    for instant, url, content_type, body in captures(
        load_coverage(), Timeline(anchor=ANCHOR), BASE, timedelta(minutes=90)
    ):
        address = url.removeprefix(BASE)
        if len(found.get(address, [])) < MOST.get(address, 0):
            headers = (("Content-Type", content_type),)
            snapshot = Snapshot(body=body, url=url, captured_at=pendulum.instance(instant), headers=headers)
            one = Found(source_id=named(address), snapshot=snapshot, asked=(("User-Agent", "Dateline"),))
            found.setdefault(address, []).append(one)
    first = [pages[0] for pages in found.values()]
    again = [
        replace(one, snapshot=replace(one.snapshot, captured_at=one.snapshot.captured_at.add(days=5))) for one in first
    ]
    return [*(one for pages in found.values() for one in pages), *again]


def named(address: str) -> str:
    return re.sub(r"[^a-z]+", "-", address.lower()).strip("-")


WORLD = newsroom()
LIVE = next(one.source_id for one in WORLD if one.snapshot.url == BLOG)
SOURCES = {one.source_id: Source(source_id=one.source_id, url=one.snapshot.url) for one in WORLD}


def filled(engine, archive, found):
    declare_sources(engine, SOURCES.values())
    for start in range(0, len(found), 16):
        keep(engine, archive, found[start : start + 16], name="polls/2026/03/14", clock=lambda: NOW)
    load_pending(engine, archive, sources=SOURCES)
    return engine


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The whole world, matched: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("original")
    engine = open_warehouse(f"sqlite:///{folder}/warehouse.db")
    migrate(engine)
    match(filled(engine, Archive(str(folder / "archive"), clock=lambda: NOW), WORLD))
    engine.dispose()
    return folder


@pytest.fixture
def archive(tmp_path):
    return Archive(str(tmp_path / "archive"), clock=lambda: NOW)


@pytest.fixture
def world(original, tmp_path):
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    engine = open_warehouse(f"sqlite:///{tmp_path}/warehouse.db")
    yield engine
    engine.dispose()


@pytest.fixture
def elsewhere(tmp_path):
    """Another warehouse, for what should have been there from the start."""
    engine = open_warehouse(f"sqlite:///{tmp_path}/elsewhere.db")
    migrate(engine)
    yield lambda found: filled(engine, Archive(str(tmp_path / "other"), clock=lambda: NOW), found)
    engine.dispose()


def lines_of(found) -> set[str]:
    return {line for one in found for line in re.findall(r"[^<>\"{}]{40,90}", one.snapshot.body.decode())}


def bytes_of(engine, folder: Path) -> bytes:
    """Every byte that is kept: the archive unpacked, the database's own files, and each value of each table."""
    parts = [gzip.decompress(path.read_bytes()) for path in folder.rglob("*.warc.gz")]
    parts += [path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".gz")]
    if engine.dialect.name == "sqlite":
        parts += [path.read_bytes() for path in folder.parent.glob("warehouse.db*")]
    with reading_from(engine) as connection:
        for table in metadata.sorted_tables:
            parts += [repr(tuple(row)).encode() for row in connection.execute(select(table))]
    return b"\n".join(parts)


def staying(is_gone) -> list[Found]:
    return [one for one in WORLD if not is_gone(one)]


RULES = {
    "source": ({"source_id": LIVE}, lambda one: one.source_id == LIVE),
    "age": ({"before": pendulum.datetime(2026, 3, 15)}, lambda one: one.snapshot.captured_at.date().day < 15),
    "a source's age": (
        {"source_id": LIVE, "before": pendulum.datetime(2026, 3, 14, 10)},
        lambda one: one.source_id == LIVE and one.snapshot.captured_at < pendulum.datetime(2026, 3, 14, 10),
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_the_rest_is_as_if_what_was_erased_had_never_come_in(world, archive, tmp_path, elsewhere, name):
    stated, is_gone = RULES[name]
    done = erase(world, archive, rule_of(**stated), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    left = elsewhere(staying(is_gone))
    assert done.snapshots == len(WORLD) - len(staying(is_gone)) > 2
    assert done.finished_at is not None
    assert row_digests(world) == row_digests(left)
    match(world)
    match(left)
    assert rows_of_table(world, fct_syndications) == rows_of_table(left, fct_syndications)
    assert rows_of_table(world, fct_story_copies) == rows_of_table(left, fct_story_copies)
    proof = prove(world, archive)
    assert (proof.faults, proof.unknown_files) == ((), ())
    assert proof.records == len(staying(is_gone))


@pytest.mark.parametrize(
    ("stated", "is_gone"),
    [
        ({"source_id": LIVE}, lambda one: one.source_id == LIVE),
        ({"publisher": "the harbour courier"}, None),
        ({"address": BLOG + "/?utm_source=x"}, None),
    ],
)
def test_no_byte_and_no_value_is_left(world, archive, tmp_path, stated, is_gone):
    before = bytes_of(world, tmp_path / "archive")
    erase(world, archive, rule_of(**stated), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    gone = {row[0] for row in query(world, "select snapshot_id from fct_erased_snapshots").rows}
    is_gone = is_gone or (lambda one: snapshot_id(one) in gone)
    standing = b"".join(one.snapshot.body for one in staying(is_gone))
    marks = {line.encode() for line in lines_of(filter(is_gone, WORLD))}
    marks = {line for line in marks if line in before and line not in standing}
    assert len(marks) > 5
    after = bytes_of(world, tmp_path / "archive")
    assert [line for line in marks if line in after] == []


def test_the_word_index_knows_no_erased_word(world, archive):
    erase(world, archive, rule_of(before=NOW), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    raw = world.raw_connection()
    segments = raw.execute("select count(*) from wording_search_data where id > 10").fetchone()
    assert segments == (0,)  # only what describes the empty index is left
    raw.close()


def snapshot_id(one: Found) -> str:
    from dateline.warehouse.ledger import snapshot_id_of

    return snapshot_id_of(one.snapshot, one.source_id)


def test_an_address_takes_the_pages_of_others_that_carry_it_and_says_so(world, archive):
    seen = preview(world, rule_of(address=BLOG))
    assert {one.source_id for one in seen.sources} > {LIVE}
    assert 0 < seen.others < seen.snapshots
    assert seen.documents_gone > 0
    erase(world, archive, rule_of(address=BLOG), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    urls = [row[0] for row in query(world, "select url from dim_documents").rows]
    assert BLOG not in urls
    assert urls
    assert preview(world, rule_of(address=BLOG)).snapshots == 0


def test_a_preview_writes_nothing(world):
    rows = row_digests(world)
    assert preview(world, rule_of(source_id=LIVE)).snapshots > 3
    assert (row_digests(world), erasures(world)) == (rows, [])


def test_what_was_erased_does_not_come_back(world, archive, tmp_path):
    erase(world, archive, rule_of(source_id=LIVE), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    rows = row_digests(world)
    refused = []
    again = [one for one in WORLD if one.source_id == LIVE]
    as_files = [Found(source_id="any", snapshot=Snapshot(body=one.snapshot.body)) for one in again]
    keep(world, archive, again, name="a", clock=lambda: NOW, on_erased=lambda one, why: refused.append(why))
    keep(world, archive, as_files, name="b", clock=lambda: NOW, on_erased=lambda one, why: refused.append(why))
    assert len(refused) == len(again) + len({one.snapshot.digest for one in as_files})
    archive.write([one.snapshot for one in again], "copied/back")
    assert find_lost(world, archive, SOURCES.values(), lambda: NOW) == []
    assert row_digests(world) == rows


def test_a_page_that_names_what_was_erased_is_set_aside_when_it_is_read_and_an_item_left_out(world, archive):
    erase(world, archive, rule_of(address=BLOG), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    page = next(one for one in WORLD if one.source_id == LIVE).snapshot
    other = replace(page, body=page.body + b"<!-- another -->", url=None)
    feed = next(one for one in WORLD if one.snapshot.url.endswith("courier/feed.xml"))
    feed = replace(feed, snapshot=replace(feed.snapshot, body=feed.snapshot.body + b"<!-- another -->"))
    keep(world, archive, [Found(source_id="any", snapshot=other), feed], name="c", clock=lambda: NOW)
    done = load_pending(world, archive, sources=SOURCES)
    assert [one.reason for one in done.failures] == ["erased"]
    assert done.loaded == 1
    assert query(
        world, "select count(*) from fct_rejects where why like 'it was erased%' and edition_id is not null"
    ).rows[0] != (0,)
    assert BLOG not in [row[0] for row in query(world, "select url from dim_documents").rows]
    erase_expired(world, archive, SOURCES.values(), clock=lambda: NOW)
    assert query(world, "select count(*) from fct_snapshots where reason = 'erased'").rows == ((0,),)
    assert page.digest not in {one.digest for path in archive.files() for _, one in archive.records(path)}


def test_a_lifted_erasure_lets_it_in_again(world, archive):
    done = erase(world, archive, rule_of(source_id=LIVE), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    lift(world, done.erasure_id, NOW)
    again = [one for one in WORLD if one.source_id == LIVE]
    assert len(keep(world, archive, again, name="a", clock=lambda: NOW)) == len(again)


def test_the_log_says_what_when_who_and_how_much_and_holds_none_of_it(world, archive):
    done = erase(world, archive, rule_of(source_id=LIVE), asked_by="R. Tide", sources=SOURCES, clock=lambda: NOW)
    (entry,) = erasures(world)
    assert entry == done
    assert (entry.asked_by, entry.rule.words, entry.asked_at) == ("R. Tide", f"source {LIVE}", NOW)
    assert entry.removed["fct_snapshots"] == entry.snapshots
    assert entry.removed["fct_entry_versions"] > 5
    assert entry.archive_bytes > 1000
    digests = {one.snapshot.digest for one in WORLD if one.source_id == LIVE}
    assert {row[0] for row in query(world, "select body_digest from fct_erased_snapshots").rows} == digests


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
    from dateline.warehouse.ledger import find_stored

    by_id = {snapshot_id(one): one for one in found}
    stored = find_stored(engine, by_id)
    return all(archive.read(one.location).body == by_id[one.snapshot_id].snapshot.body for one in stored)


def test_captures_older_than_their_source_keeps_expire_and_what_stands_today_is_taken_in(world, archive):
    sources = [replace(SOURCES[LIVE], keep_days=4)]
    (done,) = erase_expired(world, archive, sources, clock=lambda: pendulum.datetime(2026, 3, 20))
    assert "keep_days = 4" in done.asked_by
    assert done.is_retention
    assert erase_expired(world, archive, sources, clock=lambda: pendulum.datetime(2026, 3, 20)) == []
    left = min(
        row[0] for row in query(world, "select captured_at, source_id from fct_snapshots").rows if row[1] == LIVE
    )
    assert left > "2026-03-16"
    page = next(one for one in WORLD if one.source_id == LIVE)
    today = replace(page, snapshot=replace(page.snapshot, captured_at=pendulum.datetime(2026, 3, 20)))
    assert len(keep(world, archive, [today], name="a", clock=lambda: NOW)) == 1
    assert keep(world, archive, [page], name="a", clock=lambda: NOW) == []


def test_erasing_after_joining_and_joining_after_erasing(world, archive):
    compact(world, archive)
    erase(world, archive, rule_of(source_id=LIVE), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    compact(world, archive)
    proof = prove(world, archive)
    assert (proof.faults, proof.unknown_files) == ((), ())
    assert plan_merges(archive.files()) == []


def test_a_torn_file_stops_the_erasure_and_says_what_to_do(world, archive, tmp_path):
    path = max((tmp_path / "archive").rglob("*.warc.gz"))
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ArchiveError, match="Restore the file"):
        erase(world, archive, rule_of(before=NOW), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    assert len(unfinished(world)) == 1


def test_an_erasure_names_something():
    with pytest.raises(WarehouseError, match="nothing was named to erase"):
        rule_of()
    assert rule_of(address="https://www.a.example/x/").address == normal_url("http://a.example/x")


def test_postgresql_forgets_the_same(warehouse, archive, elsewhere):
    if warehouse.dialect.name != "postgresql":
        pytest.skip("the other tests are about SQLite")
    match(filled(warehouse, archive, WORLD))
    for stated in ({"source_id": LIVE, "before": pendulum.datetime(2026, 3, 15)}, {"publisher": "Meridian News"}):
        erase(warehouse, archive, rule_of(**stated), asked_by="a test", sources=SOURCES, clock=lambda: NOW)
    gone = {row[0] for row in query(warehouse, "select snapshot_id from fct_erased_snapshots").rows}
    left = elsewhere(staying(lambda one: snapshot_id(one) in gone))
    assert row_digests(warehouse) == row_digests(left)
    match(warehouse)
    match(left)
    assert rows_of_table(warehouse, fct_syndications) == rows_of_table(left, fct_syndications)
    compact(warehouse, archive)
    proof = prove(warehouse, archive)
    assert (proof.records, proof.faults, proof.unknown_files) == (len(WORLD) - len(gone), (), ())
    assert "Meridian News" not in [row[0] for row in query(warehouse, "select name from dim_publishers").rows]


GOES_WITH_CAPTURES = {
    "dim_documents", "dim_publishers", "dim_statements", "dim_wordings", "fct_check_results", "fct_conflicts",
    "fct_editions", "fct_entries", "fct_entry_events", "fct_entry_versions", "fct_fetches", "fct_print_units",
    "fct_prints", "fct_readings", "fct_rejects", "fct_sightings", "fct_snapshots", "fct_story_copies",
    "fct_syndications", "fct_verdicts", "fct_match_queue", "fct_alignments", "fct_aligned_pairs",
    "fct_inheritances",
}  # fmt: skip
GOES_WITH_SOURCES = {
    "dim_sources", "source_schedules", "followed_pages", "source_opt_outs", "websub_subscriptions",
}  # fmt: skip
HOLDS_NOTHING_OF_A_PAGE = {
    "data_dictionary", "dim_boilerplate_prints", "fct_erasures", "fct_erased_snapshots", "host_turns", "robots_files",
}  # fmt: skip


def test_of_every_table_it_is_decided_what_an_erasure_does_to_it():
    decided = GOES_WITH_CAPTURES | GOES_WITH_SOURCES | HOLDS_NOTHING_OF_A_PAGE
    assert {table.name for table in metadata.sorted_tables} == decided

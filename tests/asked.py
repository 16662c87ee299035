"""The warehouse that the questions are asked of: the newsroom's two days, and a ferry's morning with every oddity.

The newsroom's pages mark no key events, and nothing polls them; so a ferry's live blog is made up beside them, with
a key event, a new title, a silent edit, a back-dated post, a refused piece and requests whose validators lie.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dateline.archive import Archive
from dateline.ingest import ingest_files
from dateline.matching import match
from dateline.model import Origin, digest_of
from dateline.source import Expect, Source, SourceKind
from dateline.warehouse import declare_sources, load, migrate, open_warehouse, publish_views
from dateline.warehouse.engine import write_in
from dateline.warehouse.ledger_tables import fct_fetches
from dateline.warehouse.load import quarantine
from dateline.warehouse.rows import insert_missing
from dateline.warehouse.tables import metadata
from fabricate import BLOG, DAY, article, minute, post, reading, stored
from newsroom.record import record
from newsroom.script import Timeline, load_coverage

COVERAGE = load_coverage()
TIMELINE = Timeline(anchor=datetime(2026, 3, 14, 6, tzinfo=UTC))
BASE = "http://127.0.0.1:8790"
EVERY = timedelta(minutes=15)

NINE = post("The ferry left the harbour at nine with ninety people on board", at=0, anchor="a", author="Tove Brandal")
ENGINE = post("The engine failed off the lighthouse", at=5, anchor="b", is_key_event=True, headline="Engine fails")
EDITED = replace(ENGINE, text="The engine failed off the lighthouse; a tug is on its way")
PRE_WRITTEN = post("The harbour master had been warned of the old engine", at=3, anchor="c")
UNDATED = post("Readers tell us what they saw from the pier", anchor="d")
PINNED = replace(NINE, is_pinned=True)
FERRY = (
    (1, "Ferry adrift", (NINE,)),
    (6, "Ferry adrift", (ENGINE, NINE)),
    (8, "Ferry adrift", (EDITED, NINE)),
    (60, "Ferry safe", (UNDATED, EDITED, PRE_WRITTEN, NINE)),
    (70, "Ferry safe", (PINNED, UNDATED, EDITED, PRE_WRITTEN)),
    (80, "Ferry safe", (PINNED, EDITED, PRE_WRITTEN)),
)
MERIDIAN = "https://meridian.example/a"
FERRY_SOURCE = Source(
    source_id="ferry",
    kind=SourceKind.LIVE_PAGE,
    url=BLOG,
    title="The ferry",
    expect=Expect(min_entries=5, max_entries=9, max_age_hours=1),
)
REQUESTS = (  # minute, status, conditional, verdict, failure
    (1, 200, False, "none", None),
    (6, 304, True, "lied-same", None),
    (8, 200, True, "changed", None),
    (60, 200, True, "lied-changed", None),
    (65, None, False, "none", "timeout"),
    (70, 304, True, "lied-same", None),
)


def answerable(folder):
    """Fill a SQLite warehouse with all of it, match it, publish its views."""
    engine = open_warehouse(f"sqlite:///{folder}/warehouse.db")
    migrate(engine)
    record(COVERAGE, TIMELINE, BASE, folder / "days.warc.gz", EVERY)
    ingest_files([folder / "days.warc.gz"], engine=engine, archive=Archive(str(folder / "archive")))
    match(engine)
    _ferry(engine)
    publish_views(engine)
    return engine


def _ferry(engine):
    declare_sources(engine, [FERRY_SOURCE])
    for at, title, posts in FERRY:
        oddities = {"rejects": 1, "conflicts": 1} if at == 70 else {}
        load(engine, stored(at), [reading(*posts, title=title, **oddities)], clock=lambda: DAY.add(hours=4))
    taken = article("A ferry has been towed home", url=MERIDIAN, carrier="Meridian News")
    origin = Origin(name="Harbour Courier", reason="its credit line", confidence=0.9)
    taken = replace(taken, origin=origin, published=minute(90))
    load(engine, stored(95, url=MERIDIAN, source_id="meridian"), [taken], clock=lambda: DAY.add(hours=4))
    elsewhere = stored(96, url="https://meridian.example/b", source_id="meridian")
    quarantine(engine, elsewhere, "unreadable", "it is empty", clock=lambda: DAY.add(hours=4))
    write_in(engine, lambda connection: insert_missing(connection, fct_fetches, _requests()))


def _requests():
    for at, status, is_conditional, verdict, failure in REQUESTS:
        yield {
            "fetch_id": digest_of("fetch", str(at)),
            "source_id": "ferry",
            "url": BLOG,
            "started_at": DAY.add(minutes=at),
            "status": status,
            "wire_bytes": None if status is None else 1000,
            "milliseconds": 40,
            "is_conditional": is_conditional,
            "verdict": verdict,
            "failure": failure,
            "snapshot_id": stored(at).snapshot_id if status == 200 else None,
        }


def copied(source, target):
    """Copy every row of one warehouse into an empty one, and publish its views."""
    with source.connect() as reading_side, target.begin() as connection:
        for table in metadata.sorted_tables:
            rows = [dict(one) for one in reading_side.execute(table.select()).mappings()]
            connection.execute(table.delete())
            if rows:
                connection.execute(table.insert(), rows)
    publish_views(target)
    return target

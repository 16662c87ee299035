"""What was erased stays out, whichever way it comes again; by age only the captures themselves."""

from dataclasses import replace

import pendulum

from dateline.ingest import find_lost, load_pending
from dateline.ingest.erasing import erase, erase_expired
from dateline.ingest.keeping import Found, keep
from dateline.model import Snapshot
from dateline.warehouse.canonical import row_digests
from dateline.warehouse.erasure_log import lift, rule_of
from dateline.warehouse.query import query
from ingest.erased_world import (
    BLOG,
    LIVE,
    NOW,
    SOURCES,
    WORLD,
)


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

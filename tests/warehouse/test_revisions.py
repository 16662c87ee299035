"""Real pairs of captures of one live blog, minutes to hours apart: what history says happened in between."""

import gzip
import json

import pytest

from dateline.model import Snapshot
from dateline.reading import read
from dateline.warehouse.editions import edition_of
from dateline.warehouse.entry_tables import EventKind
from dateline.warehouse.history import fold
from dateline.warehouse.past import Showing
from dateline.warehouse.times import better, has_collapsed
from fabricate import DAY

pytestmark = pytest.mark.corpus

PAIRS = range(12)


@pytest.fixture(scope="module")
def pairs(corpus):
    folder = corpus / "liveblogs" / "guardian-api"
    listed = [json.loads(line) for line in (folder / "revisions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(listed) == len(PAIRS)
    return [(one, [_showing(folder, one, name, at) for at, name in enumerate(("old", "new"))]) for one in listed]


def _showing(folder, pair, name, at):
    body = gzip.decompress((folder / pair[name]).read_bytes())
    captured_at = DAY.add(hours=at)
    (found,) = read(Snapshot(body=body, url=f"https://guardian.example/{pair['blog_id']}", captured_at=captured_at))
    edition = edition_of(found, is_item=False, is_cut=False).edition
    return Showing(snapshot_id=name, place=0, captured_at=captured_at, edition=edition)


def happened(history, kind):
    return {
        history.state.entries[one.entry_id].statement.anchor
        for one in history.events.values()
        if one.kind is kind and one.after_snapshot_id == "new"
    }


@pytest.mark.parametrize("number", PAIRS)
def test_what_was_added_is_posted_and_nothing_is_taken_for_gone(pairs, number):
    pair, showings = pairs[number]
    history = fold("doc", showings)
    assert happened(history, EventKind.POSTED) == set(pair["added"])
    assert len(history.state.entries) == pair["kept"] + len(pair["added"])
    assert not [one for one in history.state.entries.values() if one.missing_snapshot_id]


@pytest.mark.parametrize("number", PAIRS)
def test_every_edit_of_a_text_is_found_and_no_other(pairs, number):
    pair, showings = pairs[number]
    listed = {one["id"] for one in pair["edited"] if "text" in one["changed"]}
    texts = [{one.anchor: one.text for one in showing.edition.statements} for showing in showings]
    edited = happened(fold("doc", showings), EventKind.EDITED)
    assert {one for one in edited if texts[0][one] != texts[1][one]} <= listed <= edited


@pytest.mark.parametrize("number", PAIRS)
def test_either_order_of_arrival_gives_the_same_history(pairs, number):
    _, showings = pairs[number]
    assert fold("doc", showings) == fold("doc", showings[::-1])


@pytest.mark.parametrize("number", PAIRS)
def test_times_that_collapsed_never_replace_good_ones(pairs, number):
    _, showings = pairs[number]
    entries = fold("doc", showings).state.entries.values()
    for showing in showings:
        stated = {one.anchor: one.published for one in showing.edition.statements}
        is_collapsed = has_collapsed(stated.values())
        for entry in entries:
            other = stated.get(entry.statement.anchor, entry.published)
            assert not better(
                entry.published, other, kept_collapsed=entry.is_time_collapsed, new_collapsed=is_collapsed
            )
        if not is_collapsed:
            assert not has_collapsed(one.published for one in entries)

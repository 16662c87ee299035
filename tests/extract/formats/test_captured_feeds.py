"""Every captured feed gives all of its items, each with an id of its own and the date that it states."""

import json
from pathlib import Path

import pytest

from dateline.extract.page import Page
from dateline.extract.recognise import read_page
from dateline.model import Basis, Kind, Snapshot
from dateline.source import ANY_SOURCE

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.exists(), reason="the folder ../shared/corpus is not here"),
]
UNDATED = {"finanzen-net-analysen.xml", "heise.rdf.xml"}
"""Feeds whose items state no date anywhere: no element, no address."""


def captured():
    manifest = CORPUS / "feeds" / "manifest.jsonl"
    return [json.loads(line) for line in manifest.read_text("utf-8").splitlines()] if manifest.exists() else []


def read(name):
    body = (CORPUS / "feeds" / name).read_bytes()
    return read_page(Page(Snapshot(body=body, url=f"https://feeds.test/{name}")), ANY_SOURCE)


@pytest.mark.parametrize("about", captured(), ids=lambda one: one["file"])
def test_a_captured_feed_is_read_item_by_item(about):
    feed = read(about["file"])
    assert (feed.kind, len(feed.items)) == (Kind.FEED, about["items"])
    assert len({one.document_id for one in feed.items}) == len(feed.items)
    assert all(one.guid for one in feed.items)
    assert not any("<p>" in one.text or "&amp;" in (one.title or "") for one in feed.items)
    dated = [one for one in feed.items if one.clocks]
    assert len(dated) == (0 if about["file"] in UNDATED else len(feed.items))


def test_the_topic_page_of_the_seed_gives_its_four_documents():
    body = (CORPUS / "seed" / "hashtag-great-northern-war.txt").read_bytes()
    found = read_page(Page(Snapshot(body=body)), ANY_SOURCE)
    assert found.kind is Kind.TOPIC_PAGE
    assert [one.carrier for one in found.items] == ["Yahoo", "New European", "Yahoo", "Yahoo"]
    assert [one.clocks[0].basis for one in found.items] == [Basis.RELATIVE, *[Basis.PAGE_DATE] * 3]

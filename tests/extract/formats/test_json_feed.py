import json

import pytest

from dateline.errors import ExtractError
from dateline.extract.formats import json_feed
from dateline.extract.page import Page
from dateline.model import Basis, Clock, Role, Snapshot
from dateline.source import ANY_SOURCE

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Gull News",
    "feed_url": "https://gullnews.example/feed.json",
    "language": "en",
    "items": [
        {
            "id": 17,
            "url": "https://gullnews.example/a",
            "title": "Ferry aground",
            "content_html": "<p>The ferry.</p><p>It ran aground.</p>",
            "date_published": "2026-11-24T09:41:00+01:00",
            "authors": [{"name": "M. Aalto"}, {"name": "J. Brandt"}],
            "tags": ["sea"],
        },
        {"content_text": "No title, no id, no address."},
        "broken",
    ],
}


def read(feed):
    return json_feed.extract(Page(Snapshot(body=json.dumps(feed).encode())), ANY_SOURCE)


def test_each_item_is_read_with_its_id_date_and_authors():
    first = read(FEED).items[0]
    assert (first.guid, first.text, first.language) == ("17", "The ferry.\nIt ran aground.", "en")
    assert first.clocks == (Clock(role=Role.PUBLISHED, stated="2026-11-24T09:41:00+01:00", basis=Basis.FEED),)
    assert first.credits == {"author": "M. Aalto, J. Brandt"}


def test_an_item_of_bare_text_gets_an_id_and_a_broken_one_is_rejected():
    found = read(FEED)
    assert len(found.items) == 2
    assert found.items[1].guid
    assert [one.where for one in found.rejects] == ["items[2]"]


def test_a_feed_without_items_is_an_error():
    with pytest.raises(ExtractError, match="items"):
        read({"version": "https://jsonfeed.org/version/1"})


@pytest.mark.parametrize("body", [[], {}, {"version": 2, "items": []}, "text"])
def test_other_json_is_left_alone(body):
    assert read(body) is None

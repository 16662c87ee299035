"""Whatever a server sends, a reader answers, returns nothing, or raises ExtractError; and it ends in time."""

import contextlib
import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import ExtractError
from dateline.extract import confined
from dateline.extract.formats import feed, generic, text_clocks, topic_page
from dateline.extract.page import Page
from dateline.extract.recognise import formats
from dateline.model import Document, Snapshot
from dateline.source import ANY_SOURCE
from golden import CASES

JSON_FORMATS = [
    *("json_feed", "superdesk", "wordpress_liveblog", "al_jazeera", "reddit_live", "tickaroo", "norkon", "live24"),
    "washington_post",
]
KEYS = [
    *(
        "_items",
        "_meta",
        "_links",
        "groups",
        "refs",
        "item",
        "text",
        "entries",
        "type",
        "timestamp",
        "entry_time",
        "id",
    ),
    *(
        "liveblog_replaces",
        "data",
        "children",
        "kind",
        "after",
        "embeds",
        "url",
        "posts",
        "postType",
        "content",
        "created",
    ),
    *(
        "news",
        "nid",
        "contents",
        "title",
        "items",
        "version",
        "html",
        "initialData",
        "authors",
        "date_published",
        "self",
    ),
    *("content_elements", "headlines", "basic", "credits", "by", "schemaOrg", "deleted", "stricken", "next", "href"),
]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.sampled_from(
        ["", "new", "delete", "story", "LiveUpdate", "<p>x", "&lt;b&gt;", "2031-03-02T10:00:00Z", "\ud800"]
    ),
    st.text(max_size=20),
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
)
PAGES = sorted(CASES.glob("*/*/page.*"))
PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def answer(name, body):
    page = Page(Snapshot(body=body, url="https://gullnews.test/x"))
    try:
        found = formats()[name].extract(page, ANY_SOURCE)
    except ExtractError:
        return None
    assert found is None or isinstance(found, Document)
    return found


@PATIENT
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6) | VALUES)
def test_json_of_any_shape_is_answered(value):
    body = json.dumps(value).encode("utf-8", "replace")
    script = (
        b'<html><script id="__NEXT_DATA__">' + body + b"</script><script>window.__APOLLO_STATE__=" + body + b"</script>"
    )
    for name in JSON_FORMATS:
        answer(name, body)
        answer(name, script)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: "/".join(path.parts[-3:-1]))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(cut=st.floats(0, 1), width=st.integers(0, 400), noise=st.binary(max_size=6))
def test_half_a_page_is_answered(path, cut, width, noise):
    body = path.read_bytes()
    start = int(len(body) * cut)
    name = path.parts[-3]
    answer(name, body[:start])
    answer(name, body[:start] + noise + body[start + width :])


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<p>",
        "<b>12:31",
        "<time>12:31",
        "<li>12:31 ",
        "<h2>12.31 Uhr: x</h2>",
        '<div data-t="1795545600">x',
        "12:31 ",
        "<br>",
    ],
)
@pytest.mark.parametrize("reader", [generic, text_clocks, topic_page], ids=lambda one: one.__name__.rpartition(".")[2])
def test_repeated_pieces_end_in_time(piece, reader):
    body = "<html><body>" + piece * 20_000
    started = time.process_time()
    with contextlib.suppress(ExtractError):
        reader.extract(Page(Snapshot(body=body.encode())), ANY_SOURCE)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel><item " + " ".join(f'a{n}="1"' for n in range(100_000)) + "></item></channel></rss>",
        "<rss><channel><item><description>" + "<!--" * 250_000 + "</description></item></channel></rss>",
        "<rss><channel>" + "<a>" * 1_000_000 + "</channel></rss>",
    ],
    ids=["attributes", "comments", "nesting"],
)
def test_a_feed_that_keeps_the_parser_busy_is_stopped(body, monkeypatch):
    monkeypatch.setattr(confined, "LIMITS", confined.Limits(cpu_seconds=1, wall_seconds=3))
    started = time.monotonic()
    with contextlib.suppress(ExtractError):
        feed.extract(Page(Snapshot(body=body.encode())), ANY_SOURCE)
    assert time.monotonic() - started < 10

"""Broken and hostile pages end in rejects or one refusal, soon and in bounded memory."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import ExtractError
from dateline.extract.page import MAX_CHARACTERS, Page
from dateline.extract.recognise import read_page
from dateline.model import Document, Kind, Snapshot
from dateline.source import ANY_SOURCE


def read(body: str | bytes) -> Document:
    return read_page(Page(Snapshot(body=body.encode() if isinstance(body, str) else body)), ANY_SOURCE)


def post(number: int, **more) -> str:
    told = {"id": f"post-{9_000_000 + number}", "text": f"Paragraph {number} of a long, long day."} | more
    return (
        f'<div id="{told["id"]}" data-sort-time="{1_900_000_000_000 + number * 1000}" data-update-time="1">'
        f'<a href="#post-{number}"></a><div><h3>Head {number}</h3><p>{told["text"]}</p></div></div>'
    )


def amp(*posts: str) -> str:
    return f"<html><body><amp-live-list><div items>{''.join(posts)}</div></amp-live-list></body></html>"


def blog(**more) -> str:
    return json.dumps({"@type": "LiveBlogPosting", "headline": "Flood: live"} | more)


def ld(text: str) -> str:
    return (
        f'<html><head><script type="application/ld+json">{text}</script></head><body><h1>Flood: live</h1></body></html>'
    )


def test_ten_thousand_entries_are_all_read_in_time():
    start = time.process_time()
    document = read(amp(*map(post, range(10_000))))
    assert len(document.blocks) == 10_000
    assert time.process_time() - start < 20


def test_ten_thousand_updates_are_all_read():
    updates = [
        {"@type": "BlogPosting", "articleBody": f"{n} {'x' * 50}", "datePublished": f"t{n}"} for n in range(10_000)
    ]
    assert len(read(ld(blog(liveBlogUpdate=updates))).blocks) == 10_000


def test_a_page_cut_anywhere_gives_the_posts_before_the_cut():
    whole = amp(*map(post, range(20)))
    for size in range(200, len(whole), 97):
        try:
            document = read(whole[:size])
        except ExtractError:
            continue
        if document.kind is Kind.LIVE_BLOG:
            assert len(document.blocks) <= 20
            assert not document.window.is_complete


def test_too_much_is_cut_and_said():
    body = amp(post(1)) + "<p>x</p>" * (MAX_CHARACTERS // 8 + 10_000)
    page = Page(Snapshot(body=body.encode()))
    assert len(page.text) == MAX_CHARACTERS
    assert "only the first" in page.rejects[0].why


@pytest.mark.parametrize("tag", ["div", "b", "span", "ul><li", "table><tr><td", "a", "svg", "template"])
def test_nesting_without_end_ends_in_time(tag):
    start = time.process_time()
    updates = [{"@type": "BlogPosting", "articleBody": f"Sentence {n}.", "datePublished": f"t{n}"} for n in range(3)]
    document = read(ld(blog(liveBlogUpdate=updates)).replace("</body></html>", f"<{tag}>" * 100_000))
    assert len(document.blocks) == 3
    assert time.process_time() - start < 10


def test_an_update_inside_itself_is_read_once():
    update = {"@type": "BlogPosting", "articleBody": "Once.", "datePublished": "t"}
    inner = update
    for _ in range(200):
        inner["liveBlogUpdate"] = {"@type": "BlogPosting", "articleBody": "Once.", "datePublished": "t"}
        inner = inner["liveBlogUpdate"]
    assert [one.text for one in read(ld(blog(liveBlogUpdate=[update, update]))).blocks] == ["Once."]


def test_entries_without_ids_are_entries():
    updates = [{"articleBody": f"Sentence {n}.", "datePublished": f"t{n}"} for n in range(4)]
    document = read(ld(blog(liveBlogUpdate=updates)))
    assert [(one.anchor, one.text) for one in document.blocks] == [(None, f"Sentence {n}.") for n in range(4)]


@pytest.mark.parametrize("odd", [None, 7, "text", [], {}, [[[{}]]], {"@type": "BlogPosting"}, [None, 1, "x"]])
def test_an_odd_update_list_is_no_crash(odd):
    document = read(ld(blog(liveBlogUpdate=odd)))
    assert document.kind is Kind.LIVE_BLOG
    assert document.blocks == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=6), one, max_size=3),
    max_leaves=6,
)
FIELDS = ("headline", "url", "@id", "articleBody", "datePublished", "dateModified", "author", "image", "video", "@type")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=5), max_size=4), JSON, JSON)
def test_any_json_in_any_field_is_no_crash(updates, publisher, url):
    document = read(ld(blog(liveBlogUpdate=updates, publisher=publisher, url=url).replace("</", "<\\/")))
    assert document.kind is Kind.LIVE_BLOG


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["id", "title", "elements", "attributes", "contributors", "blockCreatedOn"]), JSON)
)
def test_any_json_in_a_guardian_block_is_a_reject_at_worst(block):
    good = {"id": "6579e3a48f08e3b7ab1a3236", "elements": [{"_type": "x.TextBlockElement", "html": "<p>Good.</p>"}]}
    body = json.dumps(
        {"blocks": [good, block], "blockFirstPublished": 1, "keyEvents": [block], "x": '"blockCreatedOn"'}
    )
    document = read(body)
    assert document.blocks[0].text == "Good."
    assert len(document.blocks) + len(document.rejects) >= 2


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(body):
    try:
        document = read(body)
    except ExtractError:
        return
    assert document.blocks or document.text or document.items or document.kind is Kind.LIVE_BLOG

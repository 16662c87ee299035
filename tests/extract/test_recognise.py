"""Pages are recognised by what they hold, and a reader that is named must read."""

import datetime as dt

import pendulum
import pytest

from dateline.errors import ExtractError
from dateline.extract import Rank
from dateline.extract.page import Page
from dateline.extract.recognise import formats, read_page
from dateline.model import Kind, Snapshot
from dateline.source import ANY_SOURCE, Layout, Source, load_sources
from golden import CASES

POST = (
    '<div class="live-event-entry" id="{id}" data-post-time="{ms}" data-last-modified-time="{ms}">'
    '<div class="entry-info"><time>10:00</time></div><div class="entry-content"><h3>{head}</h3>'
    "<p>{text}</p></div></div>"
)
REACH = "".join(
    POST.format(
        id=4400000 + n, ms=1951663330112 - n * 60_000, head=f"Head {n}", text=f"Paragraph number {n} of the blog."
    )
    for n in range(4)
)


def page(body: str, url: str = "https://news.example.test/a", **more) -> Page:
    return Page(Snapshot(body=f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), url=url, **more))


def test_the_address_decides_nothing():
    for url in ("https://www.theguardian.com/live/delivery-in-liverpool", "https://www.bbc.co.uk/news/live/x", None):
        document = read_page(page(REACH, url), ANY_SOURCE)
        assert (document.format, len(document.blocks)) == ("reach", 4)


@pytest.mark.parametrize("path", ["liverpool-delivery", "live/alive", "video-olive-oil"])
def test_live_in_an_address_makes_no_live_blog(path):
    words = " ".join(f"Sentence {n} tells of the harbour and of the people who work in it." for n in range(40))
    article = f"<article><h1>Oil prices</h1><p>{words}</p><p>{words}</p></article>"
    assert read_page(page(article, f"https://news.example.test/{path}"), ANY_SOURCE).kind is Kind.ARTICLE


def test_a_named_format_must_read_the_page():
    with pytest.raises(ExtractError, match="not in the format telegraph"):
        read_page(page(REACH), ANY_SOURCE, "telegraph")


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(ExtractError, match=r"no format is named 'reech'.*reach.*telegraph"):
        read_page(page(REACH), ANY_SOURCE, "reech")


def test_a_declared_format_that_finds_nothing_gives_way_and_says_so():
    document = read_page(page(REACH), Source(source_id="x", format="telegraph"))
    assert document.format == "reach"
    assert any("declares the format telegraph" in one.why for one in document.rejects)


def test_the_layout_of_the_day_reads_old_captures():
    until = dt.date(2031, 6, 30)
    source = Source(source_id="x", layouts=(Layout(format="generic", until=until), Layout(format="reach")))
    old = page(REACH, captured_at=pendulum.datetime(2031, 6, 1))
    new = page(REACH, captured_at=pendulum.datetime(2031, 7, 1))
    assert (read_page(old, source).format, read_page(new, source).format) == ("generic", "reach")


@pytest.fixture
def bbc(tmp_path):
    """A source file that names both of its publisher's layouts."""
    (tmp_path / "bbc.toml").write_text(
        'url = "https://www.example-bbc.test/news/live/uk-59300000"\n'
        '[[layouts]]\nformat = "bbc_old"\nuntil = 2030-06-30\n[[layouts]]\nformat = "bbc"\n',
        encoding="utf-8",
    )
    (source,) = load_sources(tmp_path)
    return source


OLD_LAYOUT, NEW_LAYOUT = ("bbc_old/uk-times-over-utc", "bbc/markup-alone")


@pytest.mark.parametrize(
    ("case", "year", "reader", "is_noted"),
    [(OLD_LAYOUT, 2029, "bbc_old", False), (NEW_LAYOUT, 2031, "bbc", False), (OLD_LAYOUT, 2031, "bbc_old", True)],
    ids=["old page of its day", "new page of its day", "old page, kept by a cache beyond its day"],
)
def test_a_publishers_two_layouts_are_read_each_until_its_day(bbc, case, year, reader, is_noted):
    captured = pendulum.datetime(year, 3, 2, 23, 58)
    document = read_page(Page(Snapshot(body=(CASES / case / "page.html").read_bytes(), captured_at=captured)), bbc)
    assert document.format == reader
    assert document.blocks
    assert any("declares the format bbc" in one.why for one in document.rejects) is is_noted


def test_the_reader_named_after_the_site_is_asked_first(monkeypatch):
    asked = []
    monkeypatch.setattr(formats()["telegraph"], "extract", lambda *_: asked.append("telegraph"))
    monkeypatch.setattr(formats()["express"], "extract", lambda *_: asked.append("express"))
    body = f'<html><head><meta property="og:site_name" content="The Telegraph"></head><body>{REACH}</body></html>'
    assert read_page(Page(Snapshot(body=body.encode())), ANY_SOURCE).format == "reach"
    assert asked == ["telegraph", "express"]


def test_a_name_of_posts_that_two_houses_share_does_not_decide():
    post = (
        '<div data-testid="live-blog-post" id="p{n}"><time datetime="2031-11-05T1{n}:42:00Z">1{n}:42</time>'
        "<h2>Boat {n} is back</h2><p>Boat {n} is back in port, and its crew is well.</p></div>"
    )
    posts = "".join(post.format(n=n) for n in range(6, 0, -1))
    other = read_page(page(f"<main>{posts}</main>"), ANY_SOURCE)
    assert (other.format, len(other.blocks)) == ("generic", 6)
    own = posts.replace("<time", '<span data-testid="live-blog-byline">Noor Vance</span><time')
    assert read_page(page(f"<main>{own}</main>"), ANY_SOURCE).format == "nyt"


def test_a_live_blog_beats_the_article_around_it():
    words = " ".join(["The harbour is closed and nobody knows until when."] * 40)
    document = read_page(page(f"<article><h1>Harbour</h1><p>{words}</p>{REACH}</article>"), ANY_SOURCE)
    assert (document.kind, len(document.blocks)) == (Kind.LIVE_BLOG, 4)


def test_half_a_page_is_never_complete():
    whole = f'<html><body>{REACH}<script>/* "liveBlogUpdate" */</script></body></html>'
    half = whole.replace("</body></html>", "")
    windows = [read_page(Page(Snapshot(body=one.encode())), ANY_SOURCE).window for one in (whole, half)]
    assert [one.is_complete for one in windows] == [True, False]


def test_follow_up_addresses_are_whole_and_never_the_page_itself():
    list_of = (
        '<amp-live-list><div items><div id="p-1" data-sort-time="1"><p>One</p></div></div>'
        '<div pagination><a href="/a">1</a><a href="?page=2">2</a></div></amp-live-list>'
    )
    window = read_page(page(list_of), ANY_SOURCE).window
    assert window.next_urls == ("https://news.example.test/a?page=2",)


@pytest.mark.parametrize("body", [b"", b"   \n", b"\x00\x01\x02\x03" * 50, b"{]", b"<html></html>"])
def test_a_body_that_says_nothing_is_refused_in_one_sentence(body):
    with pytest.raises(ExtractError, match="no reader finds anything"):
        read_page(Page(Snapshot(body=body)), ANY_SOURCE)


def test_readers_are_tried_in_the_order_of_their_ranks():
    ranks = [module.RANK for module in formats().values()]
    assert ranks == sorted(ranks)
    assert formats()["schema_org"].RANK is Rank.SCHEMA


def unknown_page(posts: str, updates: str) -> Page:
    script = f'<script type="application/ld+json">{{"@type":"LiveBlogPosting","liveBlogUpdate":[{updates}]}}</script>'
    return page(f"{script}<h1>Storm: live</h1><main>{posts}</main>")


TEXTS = [f"Boat number {n} is back in the harbour, with all of her crew on board and nothing broken." for n in range(6)]
POSTS = "".join(
    f'<div class="upd" data-ts="{1951663330112 - n * 600_000}"><h3>Boat {n}</h3><p>{text}</p></div>'
    for n, text in enumerate(TEXTS)
)


def test_wordless_updates_are_completed_from_unknown_markup():
    updates = ",".join(
        f'{{"headline":"Boat {n}","datePublished":"2031-11-05T{16 - n}:42:10Z","articleBody":""}}' for n in range(6)
    )
    document = read_page(unknown_page(POSTS, updates), ANY_SOURCE)
    assert [one.text for one in document.blocks] == TEXTS
    assert all(len(one.clocks) == 2 for one in document.blocks)


def test_markup_that_holds_other_things_does_not_replace_the_updates():
    updates = ",".join(
        f'{{"headline":"Ward {n} declares","datePublished":"2031-11-05T0{n}:00:01Z","articleBody":""}}'
        for n in range(6)
    )
    document = read_page(unknown_page(POSTS, updates), ANY_SOURCE)
    assert [one.headline for one in document.blocks] == [f"Ward {n} declares" for n in range(6)]

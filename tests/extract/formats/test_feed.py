from pathlib import Path

import pytest

from dateline.errors import ExtractError
from dateline.extract.formats import feed
from dateline.extract.page import Page
from dateline.model import Basis, Kind, Role, Snapshot
from dateline.source import ANY_SOURCE

ITEM = "<item><title>{title}</title><link>{link}</link>{more}<description>{text}</description></item>"


def read(body, url="https://gullnews.example/rss"):
    body = body.encode() if isinstance(body, str) else body
    return feed.extract(Page(Snapshot(body=body, url=url)), ANY_SOURCE)


def rss(*items, channel=""):
    head = "<title>Gull News</title><link>https://gullnews.example/</link><language>en-gb</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{channel}{"".join(items)}</channel></rss>'


def item(title="Ferry aground", link="https://gullnews.example/a", more="", text="The ferry ran aground."):
    return ITEM.format(title=title, link=link, more=more, text=text)


def test_a_feed_states_its_title_and_language():
    found = read(rss(item()))
    assert (found.kind, found.title, found.language) == (Kind.FEED, "Gull News", "en-gb")


def test_an_item_is_a_document_of_its_own():
    (found,) = read(rss(item(more="<guid>g-1</guid><category>Sea</category><author>M. Aalto</author>"))).items
    assert (found.kind, found.title, found.url, found.guid) == (
        Kind.ARTICLE,
        "Ferry aground",
        "https://gullnews.example/a",
        "g-1",
    )
    assert found.categories == ("Sea",)
    assert found.credits == {"author": "M. Aalto"}
    assert found.text == "The ferry ran aground."


def test_html_in_a_description_becomes_paragraphs():
    (found,) = read(rss(item(text="&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;"))).items
    assert found.text == "One & two.\nThree."


@pytest.mark.parametrize(
    "stated",
    ["Tue, 24 Nov 2026 09:41:00 GMT", "24. November 2026, 09.41 Uhr", "1795513260", "2026-11-24T09:41:00Z"],
)
def test_a_date_is_kept_as_stated_whatever_its_wording(stated):
    (found,) = read(rss(item(more=f"<pubDate>{stated}</pubDate>"))).items
    (clock,) = found.clocks
    assert (clock.role, clock.stated, clock.basis) == (Role.PUBLISHED, stated, Basis.FEED)


@pytest.mark.parametrize(
    ("name", "role"),
    [("wp:lastPublished", Role.PUBLISHED), ("x:first_created", Role.CREATED), ("dc:date", Role.PUBLISHED)],
)
def test_any_element_that_speaks_of_a_date_counts(name, role):
    prefix = name.partition(":")[0]
    space = {"dc": "http://purl.org/dc/elements/1.1/"}.get(prefix, f"https://{prefix}.example/ns")
    more = f'<{name} xmlns:{prefix}="{space}">2026-11-24 09:41</{name}>'
    (found,) = read(rss(item(more=more))).items
    assert [(one.role, one.stated) for one in found.clocks] == [(role, "2026-11-24 09:41")]


def test_a_day_in_the_address_counts_only_where_nothing_else_does():
    link = "https://gullnews.example/2026/11/24/ferry"
    (undated,) = read(rss(item(link=link))).items
    (dated,) = read(rss(item(link=link, more="<pubDate>Wed, 25 Nov 2026 08:00:00 GMT</pubDate>"))).items
    assert [(one.stated, one.basis) for one in undated.clocks] == [("2026/11/24", Basis.PAGE_DATE)]
    assert [one.basis for one in dated.clocks] == [Basis.FEED]


def test_atom_keeps_published_and_updated_apart():
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Gull</title><entry><title>A</title><id>tag:1</id>
    <link href="https://gullnews.example/a"/><published>2026-11-24T09:00:00Z</published>
    <updated>2026-11-24T10:00:00Z</updated><content type="html">&lt;p&gt;A&lt;/p&gt;</content></entry></feed>"""
    (found,) = read(body).items
    assert {one.role: one.stated for one in found.clocks} == {
        Role.PUBLISHED: "2026-11-24T09:00:00Z",
        Role.MODIFIED: "2026-11-24T10:00:00Z",
    }


def test_made_ids_do_not_depend_on_the_order():
    items = [item(title=f"Item {n}", link="", text=f"Text {n}.") for n in range(5)]
    forwards = {one.title: (one.guid, one.document_id) for one in read(rss(*items)).items}
    backwards = {one.title: (one.guid, one.document_id) for one in read(rss(*reversed(items))).items}
    assert forwards == backwards
    assert len({guid for guid, _ in forwards.values()}) == 5


def test_items_that_share_an_address_are_different_documents():
    page = "https://gullnews.example/harbour-blog"
    items = [item(title="Post", link=f"{page}#p{n}", more=f"<guid isPermaLink='false'>p{n}</guid>") for n in range(3)]
    found = read(rss(*items)).items
    assert len({one.document_id for one in found}) == 3
    assert found[0].credits["link"] == f"{page}#p0"


def test_an_item_without_a_title_is_an_item():
    (found,) = read(rss("<item><description>Only words.</description></item>")).items
    assert (found.title, found.text) == (None, "Only words.")


@pytest.mark.parametrize(
    ("title", "link", "kind"),
    [
        ("Harbour fire", "https://gullnews.example/world/live/2026/nov/24/harbour-fire", Kind.LIVE_BLOG),
        ("Harbour fire – live", "https://gullnews.example/a1", Kind.LIVE_BLOG),
        ("Liverpool delivery drivers strike", "https://gullnews.example/liverpool/delivery-live-in", Kind.ARTICLE),
        ("Where whales live", "https://gullnews.example/olive/whales", Kind.ARTICLE),
    ],
)
def test_an_item_is_a_live_blog_only_where_it_says_so(title, link, kind):
    (found,) = read(rss(item(title=title, link=link))).items
    assert found.kind is kind


def test_an_emoji_written_as_two_surrogates_is_read():
    (found,) = read(rss(item(title="Storm &#xD83C;&#xDF0A; &#xD800; &#0; &#99999999999;"))).items
    assert found.title == "Storm \U0001f30a \ufffd \ufffd \ufffd"


def test_a_body_that_is_a_path_opens_no_file(tmp_path: Path):
    canary = tmp_path / "feed.xml"
    canary.write_text(rss(item(title="Canary")), encoding="utf-8")
    assert read(str(canary)) is None


def test_an_entity_that_names_a_file_is_not_opened(tmp_path: Path):
    canary = tmp_path / "secret"
    canary.write_text("canary", encoding="utf-8")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{canary}">]>'
    body = rss(item(title="A &x; B")).replace("<rss", f"{doctype}<rss")
    assert "canary" not in str(read(body))


def test_an_entity_bomb_ends_in_bounds():
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "haha">{bomb}]>'
    body = rss(item(title="&l9;")).replace("<rss", f"{doctype}<rss")
    try:
        found = read(body)
    except ExtractError:
        return
    assert all(len(one.title or "") <= 1_000 for one in found.items)


def test_an_ill_formed_feed_is_read_and_says_so():
    found = read(rss(item(title="Fish & chips <b>"), item(title="Second", link="https://gullnews.example/b")))
    assert len(found.items) == 2
    assert "not well-formed" in found.rejects[0].why


@pytest.mark.parametrize("charset", ["punycode", "zlib_codec", "utf-7", "no-such", "windows-1252"])
def test_a_false_charset_in_the_prolog_breaks_nothing(charset):
    body = rss(item(title="Málaga")).replace('"1.0"?', f'"1.0" encoding="{charset}"?')
    assert read(body).items[0].title == "Málaga"


def test_items_beyond_the_limit_are_rejected_by_number():
    found = read(rss(*(item(title=f"T{n}", link=f"https://gullnews.example/{n}") for n in range(5_001))))
    assert len(found.items) == 5_000
    assert "5,001 items" in found.rejects[-1].why


@pytest.mark.parametrize(
    "body",
    ["", "<html><body><p>rss</p></body></html>", "{}", "plain words", "<!doctype html><feed-view></feed-view>"],
)
def test_what_is_no_feed_is_left_alone(body):
    assert read(body) is None


def test_a_feed_in_utf_16_is_read():
    body = rss(item(title="Málaga")).replace('"1.0"?', '"1.0" encoding="utf-16"?').encode("utf-16")
    assert read(body).items[0].title == "Málaga"

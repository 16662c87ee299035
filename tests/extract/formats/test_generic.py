import time

import pytest

from dateline.extract.formats import generic
from dateline.extract.page import Page
from dateline.model import Basis, Kind, Role, Snapshot
from dateline.source import ANY_SOURCE
from live_pages import POSTS, SHAPES, clock, each, iso, milliseconds, page

URL = "https://gullnews.example/live/harbour"


def read(body, url=URL):
    return generic.extract(Page(Snapshot(body=body.encode(), url=url)), ANY_SOURCE)


def titles(document):
    return [one.headline for one in document.blocks]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_post_is_found_and_nothing_else(shape):
    found = read(page(SHAPES[shape]))
    assert found is not None
    assert found.kind is Kind.LIVE_BLOG
    assert titles(found) == [title for title, _ in POSTS]
    assert [one.text.splitlines()[0] for one in found.blocks] == [text for _, text in POSTS]


@pytest.mark.parametrize(
    "shape", [one for one in SHAPES if one not in {"ids that carry time", "a time on every third post"}]
)
def test_every_post_states_a_clock(shape):
    assert all(one.clocks for one in read(page(SHAPES[shape])).blocks)


def test_share_links_and_buttons_are_no_text():
    found = read(page(SHAPES["milliseconds in an attribute"]))
    assert {line for one in found.blocks for line in one.text.splitlines()} == {text for _, text in POSTS}


def test_an_attribute_publishes_and_the_text_beside_it_is_what_was_shown():
    first = read(page(SHAPES["milliseconds in an attribute"])).blocks[0]
    assert [(one.role, one.stated, one.basis) for one in first.clocks] == [
        (Role.PUBLISHED, str(milliseconds(0)), Basis.DOM),
        (Role.SHOWN, clock(0), Basis.TEXT_CLOCK),
    ]


def test_an_update_time_is_a_change():
    posts = each('<div class="p" data-published="{ms}" data-last-updated="{s}"><h3>{title}</h3><p>{text}</p></div>')
    first = read(page("".join(posts))).blocks[0]
    assert {one.role for one in first.clocks} == {Role.PUBLISHED, Role.MODIFIED}


def test_a_clock_in_quoted_speech_dates_nothing():
    found = read(page(SHAPES["time elements in a list"]))
    assert [(one.stated, one.role) for one in found.blocks[2].clocks] == [
        (iso(2), Role.PUBLISHED),
        (clock(2), Role.SHOWN),
    ]


def test_an_id_is_the_anchor():
    assert read(page(SHAPES["ids that carry time"])).blocks[0].anchor.startswith("block-6")


def test_adverts_promos_and_forms_between_posts_are_left_out():
    posts = each('<div class="upd" data-stamp="{ms}"><h3>{title}</h3><p>{text}</p></div>')
    slots = [
        '<div class="upd ad-slot" data-stamp="1795545600"><p>Advertisement</p></div>',
        '<div class="upd promo" data-stamp="1795545601"><h3>Our letter</h3><p>Every morning at 07:00.</p></div>',
        '<div class="donation-box"><h3>Support us</h3><p>Readers like you keep the lights on here.</p></div>',
        '<form class="upd" data-stamp="1795545602"><input></form>',
    ]
    mixed = [part for pair in zip(posts, slots * 2, strict=True) for part in pair]
    assert titles(read(page("".join(mixed)))) == [title for title, _ in POSTS]


def test_a_post_with_only_a_picture_is_a_post():
    posts = each('<div class="upd" data-stamp="{ms}"><h3>{title}</h3><p>{text}</p></div>')
    posts[3] = (
        f'<div class="upd" data-stamp="{milliseconds(3)}"><img src="https://gullnews.example/p.jpg" alt="Pier"></div>'
    )
    picture = read(page("".join(posts))).blocks[3]
    assert (picture.headline, picture.text, picture.embeds[0].kind) == (None, "", "image")


def comments(count=40):
    return (
        '<section id="comments"><h2>Comments</h2>'
        + "".join(
            f'<div class="item"><span class="user">Reader {n}</span><time datetime="{iso(n)}">{n} minutes ago</time>'
            f"<p>I have lived above the market for {n + 3} years and never has anybody looked after these arches."
            f" The council was warned again and again, as everybody here knows, and did nothing about it.</p>"
            f"<a href='#'>Reply</a></div>"
            for n in range(count)
        )
        + "</section>"
    )


def teasers(count=30, name="list"):
    return (
        f'<div class="{name}">'
        + "".join(
            f'<div class="t"><time datetime="{iso(n)}">{clock(n % 8)}</time><h3><a href="/news/story-{n}">A story about'
            f" number {n} of this year</a></h3><p>What it says in a line or so about number {n}.</p></div>"
            for n in range(count)
        )
        + "</div>"
    )


def test_comments_and_teasers_beside_the_posts_are_left_out():
    found = read(page(teasers() + SHAPES["time elements in a list"] + comments() + teasers(name="more")))
    assert titles(found) == [title for title, _ in POSTS]


ARTICLE = "".join(
    f"<p>{text} And so the afternoon of the harbour went on, with number {n}.</p>" for n, (_, text) in enumerate(POSTS)
)
BYLINE = '<p class="byline">By Mira Aalto</p><time datetime="2026-11-24T18:40:00Z">Published at 18:40</time>'


def forum(count=20):
    return "".join(
        f'<article class="message"><h4 class="username">sailor{n}</h4><time datetime="{iso(n)}">{clock(n % 8)}</time>'
        f"<div><p>In my opinion the pier number {n} was never built to carry lorries, as I said in spring.</p></div>"
        "</article>"
        for n in range(count)
    )


def dated_apart(days):
    return "".join(
        f'<article class="entry"><time datetime="2026-{10 - n:02d}-0{days}T10:00:00Z">10:00</time><h2>No. {n}</h2>'
        f"<p>This release mends the things that were broken in the one before it, and brings new ones.</p></article>"
        for n in range(8)
    )


TIMETABLE = "".join(f"<li><time>{h}:15</time> Ferry {h}</li>" for h in range(10, 20))
SCORES = "".join(
    f"<tr><td>{h}:30</td><td>Gulls - Terns, a match of the second round at home</td></tr>" for h in range(10, 20)
)


@pytest.mark.parametrize(
    "body",
    [
        BYLINE + ARTICLE,
        BYLINE + ARTICLE + comments(),
        BYLINE + ARTICLE + teasers(),
        teasers(),
        teasers(name="search-results"),
        comments(),
        forum(),
        dated_apart(1),
        f"<ul>{TIMETABLE}</ul>",
        f"<table>{SCORES}</table>",
        BYLINE + "<p>There were alarms at 10:15, at 11:20 and at 12:45.</p>" + ARTICLE,
        "",
    ],
    ids=[
        "article",
        "article with comments",
        "article with related stories",
        "section front",
        "search results",
        "comment thread",
        "forum",
        "release notes",
        "timetable",
        "scores",
        "article with clocks in its sentences",
        "nothing",
    ],
)
@pytest.mark.parametrize(
    "url", ["https://gullnews.example/sport/liverpool-live-in-hope", "https://gullnews.example/delivery"]
)
def test_what_is_no_live_page_is_left_alone(body, url):
    assert read(page(body, title="Harbour delivery in Liverpool"), url) is None


def test_ten_thousand_posts_are_read_in_proportion():
    def seconds(count):
        posts = "".join(
            f'<div class="u" data-t="{1795545600 - n}"><h3>No. {n}</h3><p>Text {n}, with a few words in it.</p></div>'
            for n in range(count)
        )
        started = time.process_time()
        assert len(read(page(posts)).blocks) == count
        return time.process_time() - started

    small, large = seconds(1_000), seconds(10_000)
    assert large < 30 * small + 1


def test_columns_that_only_mention_a_clock_somewhere_are_no_posts():
    words = "The council of Gullhaven approves a plan for the old slipway after years of waiting"
    columns = "".join(
        f'<div class="column"><p>{words} {day}.</p><p>The ferry on {day} leaves at 8:15 from the old quay</p></div>'
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday")
    )
    assert read(f"<html><body><main>{columns}</main></body></html>") is None


def test_tables_that_lay_a_front_page_out_are_no_posts():
    """One table has an id (a search form), another a clock, as portals of 1999 had them."""
    words = (
        "The council of Gullhaven approves a plan for the old slipway after years of waiting, and the ferries go on."
    )
    tables = (
        "<table id='form1'><tr><td><img src='https://img.example/find.png'></td></tr></table>"
        "<table><tr><td><p>15 Oct</p><p>10:15 a.m.</p></td></tr></table>"
        f"<table><tr><td><h3>Sections</h3><p>{words}</p><p>Updated at 9:40 a.m.</p></td></tr></table>"
        f"<table><tr><td><h3>On the slipway</h3><p>{words}</p><p>8:15 a.m.</p></td></tr></table>"
    )
    assert read(f"<html><body>{tables}</body></html>") is None


def test_an_id_without_a_time_in_it_dates_no_block():
    words = "The council of Gullhaven approves a plan for the old slipway after years of waiting"
    columns = "".join(
        f'<div class="column" id="part-{day}"><p>{words} {day}.</p>'
        f"<p>The ferry on {day} leaves at 8:15 from the old quay</p></div>"
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday")
    )
    assert read(f"<html><body><main>{columns}</main></body></html>") is None

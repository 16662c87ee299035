"""Reach plc live pages (Mirror, Cork Beo and their sisters): ``div.live-event-entry``, newest first.

The markup shows thirty posts and loads more by script; the JSON-LD holds all of them, with offsets
mixed in one object. ``data-post-time`` and ``data-last-modified-time`` are epoch milliseconds, the last update
sometimes a second *before* the publication. The shown ``21:22`` is local time. ``data-type`` marks key events.
"""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs
from dateline.model import Basis, Block, Clock, Document, Order, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
MARKS = ()

_NOT_TEXT = f".entry-info, .entry-content > h3:first-child, .share-bar, .live-event-share, .advert, {CAPTIONS}"


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a Reach live page, or return None where it holds no entry."""
    posts = page.html.css(".live-event-entry")
    if not posts:
        return None
    return facts_of(page).live_blog(
        "reach", [_block(one) for one in posts], order=Order.NEWEST_FIRST, window=_window(page)
    )


def _window(page: Page) -> Window:
    """The JSON-LD of these pages lists every post; without it, the page shows the latest."""
    if page.holds('"liveBlogUpdate"'):
        return Window(is_complete=True, shows="all")
    return Window(shows="latest")


def _block(post: LexborNode) -> Block:
    headline = post.css_first(".entry-content > h3, .entry-content > h2, h3")
    author = post.css_first(".entry-info mark")
    kind = post.attributes.get("data-type") or ""
    return Block(
        where=f"div#{post.id}",
        anchor=anchor(post.id),
        headline=line(paragraphs(headline)) if headline else None,
        text=paragraphs(post, _NOT_TEXT, (headline,) if headline else ()),
        author=line(paragraphs(author)) if author else None,
        clocks=tuple(_clocks(post)),
        embeds=embeds_of(post),
        is_pinned="pin" in kind,
        is_key_event="key" in kind,
        is_summary="summary" in kind,
    )


def _clocks(post: LexborNode) -> Iterator[Clock]:
    for key, role in (("data-post-time", Role.PUBLISHED), ("data-last-modified-time", Role.MODIFIED)):
        if stated := post.attributes.get(key):
            yield Clock(role=role, stated=stated[:64], basis=Basis.DOM)
    node = post.css_first("time")
    if node is not None and (shown := line(node.text())):
        yield Clock(role=Role.SHOWN, stated=shown[:64], basis=Basis.DOM)

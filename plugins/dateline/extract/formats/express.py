"""Express live pages: ``div.live-events__entry``, newest first.

``data-sort-time`` and ``data-update-time`` are epoch seconds. ``time@data-time`` is local time without a zone,
and its words glue a relative time to a clock (``21 mins ago11:48``); they are taken apart. A
``time@datetime`` with a ``Z`` is local time all the same: dating finds the constant gap.
"""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs
from dateline.model import Basis, Block, Clock, Document, Order, Role
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
MARKS = ()

_NOT_TEXT = f".live-events__entry-info, .live-events__entry-head, .photo, .newsCaption, .advert, {CAPTIONS}"


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read an Express live page, or return None where it holds no entry."""
    posts = page.html.css("div.live-events__entry")
    if not posts:
        return None
    return facts_of(page).live_blog("express", [_block(one) for one in posts], order=Order.NEWEST_FIRST)


def _block(post: LexborNode) -> Block:
    headline = post.css_first(".live-events__entry-head")
    author = post.css_first(".live-events__entry-author")
    classes = post.attributes.get("class") or ""
    return Block(
        where=f"div#{post.id}",
        anchor=anchor(post.id),
        headline=line(paragraphs(headline)) if headline else None,
        text=paragraphs(post, _NOT_TEXT),
        author=line(paragraphs(author)) if author else None,
        clocks=tuple(_clocks(post)),
        embeds=embeds_of(post),
        is_pinned="pinned" in classes,
        is_key_event="key" in classes,
    )


def _clocks(post: LexborNode) -> Iterator[Clock]:
    for key, role in (("data-sort-time", Role.PUBLISHED), ("data-update-time", Role.MODIFIED)):
        if stated := post.attributes.get(key):
            yield Clock(role=role, stated=stated[:64], basis=Basis.DOM)
    node = post.css_first("time")
    if node is None:
        return
    for key, role in (("data-time", Role.SHOWN), ("datetime", Role.PUBLISHED)):
        if stated := node.attributes.get(key):
            yield Clock(role=role, stated=stated[:64], basis=Basis.DOM)
    for words in (one.text() for one in node.iter(include_text=True)):
        if stated := line(words):
            yield Clock(role=Role.SHOWN, stated=stated[:64], basis=Basis.DOM)

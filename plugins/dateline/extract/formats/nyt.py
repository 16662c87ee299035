"""New York Times live pages: ``[data-testid=live-blog-post]`` and short ``reporter-update`` posts, in editorial order.

Older pages write ``data-test-id`` and give the post's anchor in the headline's link; newer ones in
``data-url``. Other houses name their posts the same, so a page must hold something more of this one's. The markup
often has no time at all: the JSON-LD, merged in, has. ``aria-posinset`` counts the posts from the oldest, so it
says how many the page leaves out. "Here's what you need to know" heads the summary.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor, anchor_of_url
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs, select
from dateline.model import Basis, Block, Clock, Document, Order, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
MARKS = ()

_POST = (
    '[data-test-id="live-blog-post"], [data-testid="live-blog-post"], [data-testid="reporter-update"], .live-blog-post'
)
_OWN = (
    '[data-test-id="live-blog-post"], [data-testid="live-blog-post"][data-url], [data-testid="reporter-update"],'
    ' [data-testid="live-blog-byline"], [class*="live-blog-byline"], .live-blog-meta'
)
"""What tells these pages from those of other houses that say ``live-blog-post`` too."""
_HEADLINE = '[itemprop="headline"], h2, h3'
_BYLINE = '[data-testid="live-blog-byline"], [data-test-id="live-blog-byline"], [class*="live-blog-byline"]'
_NOT_TEXT = (
    f"{_BYLINE}, time, [data-testid=copy-link], [data-testid=Show-More], [data-testid=share-tools], [role=toolbar],"
    f" .live-blog-meta, [aria-label=Advertisement], [data-testid=pinned-label], {CAPTIONS}"
)
_SUMMARY = re.compile(r"here[’']?s? (?:is )?(?:what|the latest)", re.IGNORECASE)
_LABEL = re.compile(r"^Pinned$\n?", re.MULTILINE)


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a New York Times live page, or return None where it holds no post."""
    posts = _outermost(select(page.html, _POST))
    if not posts or page.html.css_first(_OWN) is None:
        return None
    return facts_of(page).live_blog("nyt", [_block(one) for one in posts], order=Order.EDITORIAL, window=_window(posts))


def _outermost(posts: list[LexborNode]) -> list[LexborNode]:
    """A post may be matched by its box and again inside it."""
    inner = {below.mem_id for one in posts for below in one.css(_POST) if below.mem_id != one.mem_id}
    return [one for one in posts if one.mem_id not in inner]


def _window(posts: list[LexborNode]) -> Window:
    stated = [_position(one) for one in posts]
    positions = [one for one in stated if one is not None]
    if not positions:
        return Window()
    is_complete = min(positions) == 1 and len(set(positions)) == max(positions)
    return Window(is_complete=is_complete, total=max(positions), shows="all" if is_complete else "latest")


def _position(post: LexborNode) -> int | None:
    above: LexborNode | None = post
    for _ in range(4):
        if above is None:
            return None
        stated = above.attributes.get("aria-posinset") or ""
        if stated.isdecimal():
            return int(stated)
        above = above.parent
    return None


def _block(post: LexborNode) -> Block:
    headline = post.css_first(_HEADLINE)
    words = line(paragraphs(headline)) if headline else None
    text = paragraphs(post, _NOT_TEXT, (headline,) if headline else ())
    is_pinned = "pinned" in (post.attributes.get("class") or "") or _LABEL.search(text) is not None
    return Block(
        where=f"{post.tag}#{post.id or post.attributes.get('data-url') or ''}",
        anchor=_anchor(post, headline),
        headline=words,
        text=_LABEL.sub("", text),
        author=_author(post),
        clocks=tuple(_clocks(post)),
        embeds=embeds_of(post),
        is_pinned=is_pinned,
        is_summary=bool(words and _SUMMARY.match(words)),
    )


def _anchor(post: LexborNode, headline: LexborNode | None) -> str | None:
    link = headline.css_first("a[href]") if headline else None
    for url in (post.attributes.get("data-url"), link.attributes.get("href") if link else None):
        if found := anchor_of_url(url) or (url and anchor(url.rstrip("/").rpartition("/")[2])):
            return found
    return anchor(post.id)


def _author(post: LexborNode) -> str | None:
    node = post.css_first('[itemprop="name"]') or post.css_first(_BYLINE)
    words = line(paragraphs(node, "time")) if node else None
    return re.sub(r"^(?:By|Reporting (?:by|from))\s+", "", words) if words else None


def _clocks(post: LexborNode) -> Iterator[Clock]:
    node = post.css_first("time")
    if node is None:
        return
    stated, shown = node.attributes.get("datetime"), line(node.text())
    if stated:
        yield Clock(role=Role.PUBLISHED, stated=stated[:64], basis=Basis.DOM)
    if shown:
        yield Clock(role=Role.SHOWN if stated else Role.PUBLISHED, stated=shown[:64], basis=Basis.DOM)

"""BBC live pages up to 2023: ``li.lx-stream__post-container``, ``article#post_<24 hex>``, newest first.

The clock is ``HH:MM`` in UK time, without a date, and a date only on older posts (``14:05 2 Mar``). The page says
"All times stated are UK" even over clocks in UTC; the ids (ObjectIds) carry the second of creation, which dating
holds against it. Pages shift as posts are added. The same stream serves topic pages, where each
post is the card of a story elsewhere: those are not live blogs, and not read here.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs, select
from dateline.model import Basis, Block, Clock, Document, Order, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
MARKS = ()

_POST = "li.lx-stream__post-container article, article[id^='post_']"
_TIME = ".qa-post-auto-meta, time .qa-visually-hidden-meta, time"
_HEADLINE = ".lx-stream-post__header-text, .qa-post-title"
_AUTHOR = ".qa-contributor-name, .lx-stream-post__contributor-name"
_BODY = ".lx-stream-post-body, .qa-post-body"
_NOT_TEXT = (
    f"header, time, {_HEADLINE}, .lx-stream-post__meta, .qa-share-tools, .lx-share-tools, [class*=contributor],"
    f" [class*=share], {CAPTIONS}, .lx-media-asset__copyright"
)
_UNTITLED = frozenset({"Get involved", "Get Involved", "Post update"})
_UK_TIME = re.compile(r"all times (?:stated )?(?:are )?(?:in )?UK", re.IGNORECASE)


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read an old BBC live page, or return None where it holds no post of its own."""
    posts = select(page.html, _POST)
    if not posts or len(page.html.css("li.lx-stream__post-container a.qa-heading-link")) * 2 > len(posts):
        return None
    return facts_of(page).live_blog(
        "bbc_old",
        [_block(one) for one in posts],
        order=Order.NEWEST_FIRST,
        window=_window(page),
        lead="\n".join(_summary(page)),
        zone="Europe/London" if _UK_TIME.search(page.text) else None,
    )


def _summary(page: Page) -> Iterator[str]:
    for one in page.html.css(".lx-c-summary-points__item, .qa-summary-points li, .lx-event-summary li"):
        if words := line(paragraphs(one)):
            yield words


def _window(page: Page) -> Window:
    number = _number(page, ".qa-pagination-current-page-number")
    pages = _number(page, ".qa-pagination-total-page-number")
    links = page.html.css("a.qa-pagination-next-page, a.qa-pagination-last-page, a.qa-pagination-previous-page")
    following = tuple(dict.fromkeys(href for one in links if (href := one.attributes.get("href"))))
    shows = None if pages is None else "all" if pages == 1 else "page"
    return Window(is_complete=pages == 1, page=number, pages=pages, shows=shows, next_urls=following)


def _number(page: Page, css: str) -> int | None:
    node = page.html.css_first(css)
    words = line(node.text()) if node else None
    return int(words) if words and words.isdecimal() else None


def _block(post: LexborNode) -> Block:
    headline = post.css_first(_HEADLINE)
    words = line(paragraphs(headline)) if headline else None
    author = post.css_first(_AUTHOR)
    body = post.css_first(_BODY)
    classes = f"{post.attributes.get('class') or ''} {post.parent.attributes.get('class') if post.parent else ''}"
    return Block(
        where=f"article#{post.id}",
        anchor=anchor(post.id),
        headline=None if words in _UNTITLED else words,
        text=paragraphs(body or post, _NOT_TEXT),
        author=line(paragraphs(author)) if author else None,
        clocks=tuple(_clocks(post)),
        embeds=embeds_of(body or post),
        is_pinned="pinned" in classes,
        is_summary=post.css_first(".lx-stream-post-body--summary, .qa-summary") is not None,
    )


def _clocks(post: LexborNode) -> Iterator[Clock]:
    node = post.css_first(_TIME)
    if node is None:
        return
    if stated := node.attributes.get("datetime"):
        yield Clock(role=Role.PUBLISHED, stated=stated[:64], basis=Basis.DOM)
    if words := line(node.text()):
        yield Clock(role=Role.PUBLISHED, stated=words[:64], basis=Basis.DOM)

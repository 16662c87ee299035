"""Telegraph live pages: ``div[data-js=live-post]``, newest first, the whole blog on one page.

The anchor (``a#1709415798345``) is the time of publication in epoch milliseconds. The ``livepost46``
of the box counts posts and is not used.
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

_POST = '[data-js="live-post"]'
_TIME = "time.live-post__wrapper-body-timestamp-full, .live-post__wrapper-body-timestamp time, time[datetime]"
_HEADLINE = ".live-post__title"
_NOT_TEXT = f"{_HEADLINE}, .live-post__wrapper-body-timestamp, time, [data-test='article-body-ad'], .advert, {CAPTIONS}"


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a Telegraph live page, or return None where it holds no live post."""
    posts = page.html.css(_POST)
    if not posts:
        return None
    return facts_of(page).live_blog(
        "telegraph",
        [_block(post) for post in posts],
        order=Order.NEWEST_FIRST,
        window=Window(is_complete=True, page=1, pages=1, shows="all"),
    )


def _block(post: LexborNode) -> Block:
    stamp = post.css_first(".live-post__wrapper-body-timestamp")
    stated = (stamp.id if stamp else None) or post.id
    headline = post.css_first(_HEADLINE)
    return Block(
        where=f"div#{post.id}",
        anchor=anchor(stated) if stamp and stamp.id else None,
        headline=line(paragraphs(headline)) if headline else None,
        text=paragraphs(post, _NOT_TEXT),
        clocks=tuple(_clocks(post)),
        embeds=embeds_of(post),
    )


def _clocks(post: LexborNode) -> Iterator[Clock]:
    node = post.css_first(_TIME)
    if node is None:
        return
    if stated := node.attributes.get("datetime"):
        yield Clock(role=Role.PUBLISHED, stated=stated[:64], basis=Basis.DOM)
    if shown := line(node.text()):
        yield Clock(role=Role.SHOWN, stated=shown[:64], basis=Basis.DOM)

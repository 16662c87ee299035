"""``<amp-live-list>`` of any publisher, by its specification: tombstones, update times, paging.

A publisher with markup of its own inside the posts has a reader of its own (``independent``); this one
takes the first heading as headline and leaves out what names itself a time or byline.
"""

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.amp_list import clocks_of, is_tombstone, items_of, lists_of, state_of, window_of
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.text import byline, line, paragraphs
from dateline.model import Block, Document
from dateline.source import Source

RANK = Rank.STANDARD
SYNTAX = HTML
MARKS = ()

_AUTHOR = "[class*=author], [class*=byline], [rel=author], [itemprop=author]"
_NOT_TEXT = f"time, amp-timeago, amp-social-share, [class*=share], [class*=timestamp], {_AUTHOR}, {CAPTIONS}"


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a live list, or return None where the page has none with posts in it."""
    lists = lists_of(page)
    items = items_of(lists)
    if not items:
        return None
    return facts_of(page).live_blog(
        "amp_live_list", [_block(one) for one in items], window=window_of(lists), coverage=state_of(lists)
    )


def _block(item: LexborNode) -> Block:
    headline = item.css_first("h1, h2, h3, h4")
    author = item.css_first(_AUTHOR)
    return Block(
        where=f"{item.tag}#{item.id}",
        anchor=anchor(item.id),
        headline=line(paragraphs(headline)) if headline else None,
        text=paragraphs(item, _NOT_TEXT, (headline,) if headline else ()),
        author=byline(line(paragraphs(author))) if author else None,
        clocks=tuple(clocks_of(item)),
        embeds=embeds_of(item, in_amp=True),
        is_deleted=is_tombstone(item),
    )

"""Guardian live pages: ``article.block#block-<oid>`` (``div.block`` until 2022), newest first, about ten to a page.

``time@datetime`` is in UTC; the words beside it (``4m ago``, ``12.50 BST``) are in the reader's edition. The footer
states the last update. A pinned post is a copy on top, without an id of its own: its link names the
block. Key events and summaries are told only by the props of the carousel's ``gu-island``, with ids. The JSON-LD
repeats one time and one headline, so it is merged for its words alone.
"""

import html
import re
from collections.abc import Iterator

import orjson
from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.embeds import embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.guardian import NOT_TEXT, block_anchor, flags_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs, select
from dateline.model import Basis, Block, Clock, Document, Order, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
MARKS = ()

_POST = 'article.block, div.block[id^="block-"], article[id^="block-"]'
_FURNITURE = f"{NOT_TEXT}, header, footer, gu-island[name*=Share], gu-island[name*=Contribut]"
_CAROUSEL = 'gu-island[props*="keyEvents"]'
_EVENT = re.compile(r'"id":"([0-9a-f]{24})"')
_NAVIGATION = '#liveblog-navigation, [data-component="liveblog-pagination"]'
_PAGE_OF = re.compile(r"(\d+)\s*(?:of|/)\s*(\d+)")


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a Guardian live page, or return None where it holds no block."""
    posts = [one for one in select(page.html, _POST) if block_anchor(_stated_id(one))]
    if not posts:
        return None
    events = _key_events(page)
    return facts_of(page).live_blog(
        "guardian_page",
        [_block(one, events) for one in posts],
        order=Order.NEWEST_FIRST,
        window=_window(page),
    )


def _stated_id(post: LexborNode) -> str | None:
    """A block's own id, or the one that the link of a pinned copy names."""
    if post.id:
        return post.id
    link = post.css_first('a[href*="#block-"]')
    return link.attributes.get("href") if link else None


def _key_events(page: Page) -> frozenset[str]:
    node = page.html.css_first(_CAROUSEL)
    props = node.attributes.get("props") if node else None
    if not props:
        return frozenset()
    try:
        listed = orjson.loads(html.unescape(props) if props.startswith("{&quot;") else props).get("keyEvents")
    except (orjson.JSONDecodeError, AttributeError):
        return frozenset(f"block-{one}" for one in _EVENT.findall(props))
    events = (one for one in listed or () if isinstance(one, dict))
    return frozenset(f"block-{one.get('id')}" for one in events if not (one.get("attributes") or {}).get("summary"))


def _block(post: LexborNode, events: frozenset[str]) -> Block:
    header = post.css_first("header")
    headline = post.css_first(".block-title, header h2, h2")
    anchor = block_anchor(_stated_id(post))
    flags = flags_of(post)
    return Block(
        where=f"article#{post.id or f'pinned {anchor}'}",
        anchor=anchor,
        headline=line(paragraphs(headline)) if headline else None,
        text=paragraphs(post, _FURNITURE, (headline,) if headline else ()),
        author=_author(header),
        clocks=tuple(_clocks(post, header)),
        embeds=embeds_of(post),
        is_pinned=not post.id or flags["is_pinned"],
        is_key_event=anchor in events or flags["is_key_event"],
        is_summary=flags["is_summary"],
    )


def _author(header: LexborNode | None) -> str | None:
    """The contributor stands in the header, beside a portrait that is named after him."""
    portraits = header.css("img[alt]") if header else []
    return line(", ".join(one.attributes.get("alt") or "" for one in portraits)) if portraits else None


def _clocks(post: LexborNode, header: LexborNode | None) -> Iterator[Clock]:
    published = (header or post).css_first("time[datetime]")
    if published is not None:
        yield Clock(role=Role.PUBLISHED, stated=(published.attributes.get("datetime") or "")[:64], basis=Basis.DOM)
    for node in header.css('a[href*="#block-"] > span, a[href*="#block-"] > time') if header else ():
        if words := line(node.text()):
            yield Clock(role=Role.SHOWN, stated=words[:64], basis=Basis.DOM)
    modified = post.css_first("footer time[datetime], .updated-time time[datetime]")
    if modified is not None:
        yield Clock(role=Role.MODIFIED, stated=(modified.attributes.get("datetime") or "")[:64], basis=Basis.DOM)


def _window(page: Page) -> Window:
    """Where there is more than one page, the navigation below the posts says so; without it nothing is said."""
    navigation = page.html.css_first(_NAVIGATION)
    if navigation is None:
        return Window()
    links = (one.attributes.get("href") for one in navigation.css("a[href]"))
    following = tuple(dict.fromkeys(one.partition("#")[0] for one in links if one))
    found = _PAGE_OF.search(" ".join(navigation.text(separator=" ").split()))
    number, pages = (int(found[1]), int(found[2])) if found else (None, None)
    return Window(
        is_complete=pages == 1, page=number, pages=pages, shows="all" if pages == 1 else "page", next_urls=following
    )

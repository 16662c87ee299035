"""tagesschau.de live blogs: ``div.liveblog--anchor`` begins a post, its paragraphs follow as siblings.

The time is text: ``20:11 Uhr``, on older posts with the day before it (``27.02.2026 • 20:11 Uhr``). The last post
ends where its siblings end, or where a box of another kind begins.
"""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs
from dateline.model import Basis, Block, Clock, Document, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
SELECTOR = ".liveblog--anchor"
MARKS = ("liveblog--anchor",)

_BODY = frozenset({"p", "ul", "ol", "h3", "h4", "blockquote", "figure", "div"})
_NOT_TEXT = f"[class*=teaser], [class*=ts-picture], [class*=video], script, {CAPTIONS}"


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a live blog of tagesschau.de, or return None where the page has no post."""
    if page.looks_like != "html":
        return None
    begun = [one for one in page.html.css(".liveblog--anchor") if one.css_first(".liveblog__datetime, h2") is not None]
    if not begun:
        return None
    older = page.html.css("a[class*=liveblog][href*=liveblog], .liveblog__more a[href], .paginierung a[href]")
    following = tuple(dict.fromkeys(href for one in older if (href := one.attributes.get("href"))))
    window = Window(shows="page" if following else None, next_urls=following)
    return facts_of(page).live_blog("tagesschau", [_block(one) for one in begun], window=window)


def _block(begun: LexborNode) -> Block:
    headline = begun.css_first("h2, h3, [class*=subhead]")
    body = list(_body(begun))
    return Block(
        where=f"div#{begun.id}",
        anchor=anchor(begun.id),
        headline=line(paragraphs(headline)) if headline else None,
        text="\n".join(text for one in body if (text := paragraphs(one, _NOT_TEXT))),
        clocks=tuple(_clocks(begun)),
        embeds=tuple(dict.fromkeys(embed for one in (begun, *body) for embed in embeds_of(one))),
    )


def _body(begun: LexborNode) -> Iterator[LexborNode]:
    """Yield the siblings behind a beginning, up to the next one."""
    node = begun.next
    while node is not None and "liveblog--anchor" not in (node.attributes.get("class") or ""):
        if node.css_first(".liveblog--anchor") is not None or node.tag in {"section", "footer", "aside"}:
            return
        if node.tag in _BODY and "teaser" not in (node.attributes.get("class") or ""):
            yield node
        node = node.next


def _clocks(begun: LexborNode) -> Iterator[Clock]:
    shown = begun.css_first(".liveblog__datetime, time")
    stated = line(paragraphs(shown)) if shown is not None else None
    if stated:
        yield Clock(role=Role.PUBLISHED, stated=stated.replace(" • ", ", ")[:64], basis=Basis.TEXT_CLOCK)

"""SportoweFakty live commentary: ``div.coventry`` blocks, a clock on some of them only, newest first.

A block without a clock is a post all the same: its time lies between those of its neighbours.
"""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs
from dateline.model import Basis, Block, Clock, Document, Role
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
SELECTOR = "div.coventry"
MARKS = ("coventry",)

_HEADLINE = "h1, h2, h3, h4"


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a live commentary, or return None where the page has none."""
    nodes = page.html.css("div.coventry") if page.looks_like == "html" else []
    blocks = [_block(one) for one in nodes]
    kept = [one for one in blocks if one.text or one.headline or one.embeds]
    if not any(one.clocks for one in kept):
        return None
    return facts_of(page).live_blog("sporto_fakty", kept)


def _block(node: LexborNode) -> Block:
    headline = node.css_first(_HEADLINE)
    words = node.attributes.get("class") or ""
    return Block(
        where=f"div.{'.'.join(words.split())}",
        anchor=anchor(node.id or node.attributes.get("data-id")),
        headline=line(paragraphs(headline)) if headline is not None else None,
        text=paragraphs(node, f"time, {CAPTIONS}", (headline,) if headline is not None else ()),
        clocks=tuple(_clocks(node)),
        embeds=embeds_of(node),
        is_key_event="highlight" in words,
    )


def _clocks(node: LexborNode) -> Iterator[Clock]:
    shown = node.css_first("time")
    if shown is None:
        return
    dated = shown.attributes.get("datetime")
    stated = dated or line(paragraphs(shown))
    if stated:
        yield Clock(role=Role.PUBLISHED, stated=stated[:64], basis=Basis.DOM if dated else Basis.TEXT_CLOCK)

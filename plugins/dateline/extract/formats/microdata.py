"""schema.org ``LiveBlogPosting`` as microdata: ``itemprop="liveBlogUpdate"`` in the markup itself.

An attribute (``content``, ``datetime``) may be cut at a quote that its publisher forgot to escape, while the
visible words are whole: where one opens with the other, the longer is read.
"""

from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor, anchor_of_url, without_positions
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.same_post import letters
from dateline.extract.text import line, paragraphs, plain, select
from dateline.model import Basis, Block, Clock, Document, Role
from dateline.source import Source

RANK = Rank.SCHEMA
SYNTAX = HTML
MARKS = ()

_UPDATE = '[itemprop~="liveBlogUpdate"], [itemprop~="liveBlogUpdates"]'
_CLOCKS = (("dateCreated", Role.CREATED), ("datePublished", Role.PUBLISHED), ("dateModified", Role.MODIFIED))
_HEADLINE = '[itemprop~="headline"], [itemprop~="name"]'
_NOT_TEXT = f'[itemprop^="date"], [itemprop~="author"], [itemprop~="publisher"], time, {_HEADLINE}, {CAPTIONS}'


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read the page's microdata live blog, or return None where there is none."""
    scope = page.html.css_first('[itemtype*="schema.org/LiveBlogPosting"]')
    if scope is None:
        return None
    facts = facts_of(page)
    updates = select(scope, _UPDATE) or page.html.css('[itemtype$="schema.org/BlogPosting"]')
    facts = replace(facts, title=_property(scope, "headline", updates) or facts.title)
    blocks = without_positions([_block(number, one) for number, one in enumerate(updates)])
    return facts.live_blog("microdata", blocks, coverage=dict(_coverage(scope)))


def _coverage(scope: LexborNode) -> Iterator[tuple[str, str]]:
    for key, name in (("coverageStartTime", "start"), ("coverageEndTime", "end")):
        node = scope.css_first(f'[itemprop~="{key}"]')
        if node is not None and (stated := _stated(node)):
            yield name, stated[:64]


def _property(scope: LexborNode, name: str, updates: list[LexborNode]) -> str | None:
    inside = {node.mem_id for update in updates for node in update.css(f'[itemprop~="{name}"]')}
    own = (node for node in scope.css(f'[itemprop~="{name}"]') if node.mem_id not in inside)
    return next((found for node in own if (found := line(_whole(node)))), None)


def _block(number: int, update: LexborNode) -> Block:
    headline = update.css_first(_HEADLINE)
    body = update.css_first('[itemprop~="articleBody"], [itemprop~="text"]')
    author = update.css_first('[itemprop~="author"]')
    return Block(
        where=f"liveBlogUpdate[{number}]",
        anchor=_anchor(update),
        headline=line(_whole(headline)) if headline else None,
        text=_whole(body) if body else paragraphs(update, _NOT_TEXT),
        author=line(_whole(author)) if author else None,
        clocks=tuple(_clocks(update)),
        embeds=embeds_of(update),
    )


def _anchor(update: LexborNode) -> str | None:
    link = update.css_first('[itemprop~="url"], [itemprop~="mainEntityOfPage"]')
    stated = (link.attributes.get("href") or link.attributes.get("content")) if link is not None else None
    found = anchor_of_url(stated) if stated and "#" in stated else None
    return anchor(update.attributes.get("itemid")) or found or anchor(update.id)


def _clocks(update: LexborNode) -> Iterator[Clock]:
    for key, role in _CLOCKS:
        node = update.css_first(f'[itemprop~="{key}"]')
        if node is not None and (stated := _stated(node)):
            yield Clock(role=role, stated=stated[:64], basis=Basis.DOM)


def _stated(node: LexborNode) -> str | None:
    about = node.attributes
    return line(about.get("content") or about.get("datetime") or node.text())


def _whole(node: LexborNode) -> str:
    """Return the attribute's words or the visible ones: the longer of two that open alike, else the attribute's."""
    shown, stated = paragraphs(node, CAPTIONS), plain(node.attributes.get("content") or "")
    if not stated or letters(shown).startswith(letters(stated)):
        return shown
    return stated

"""CNN live pages, in two layouts, and the API's list of posts.

Since 2023: ``article[data-component-name=live-story-post]`` with ``data-post-id`` and ``data-last-updated``.
Headline and time stand empty until a script fills them: the JSON-LD, merged in, has both. Until 2023:
``#posts-and-button article`` with "12:09 a.m. ET, October 30, 2023". The API lists posts with ``created_at``
and ``updated_at``. A byline "From CNN's X" names X.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, JSON, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of, name_of
from dateline.extract.page import Page
from dateline.extract.scripts import objects_of
from dateline.extract.text import line, paragraphs, plain, plain_line, select
from dateline.model import Basis, Block, Clock, Document, Order, Role
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML | JSON
MARKS = ()

_POST = 'article[data-component-name="live-story-post"], .live-story-post[data-post-id], #posts-and-button article'
_HEADLINE = ".live-story-post__headline, header h2, h2"
_BYLINE = ".live-story-post__byline, header p"
_BODY = ".live-story-post__content, .live-story-post__body, .post-content-rendered"
_NOT_TEXT = (
    f"header, {_HEADLINE}, {_BYLINE}, .social-share_compact, [class*=social-share], [class*=timestamp], .ad-slot,"
    f" [data-component-name=related-content], .image__metadata, [data-editable=metaCaption], {CAPTIONS}"
)
_CREDIT = re.compile(r"^(?:From|By|Reporting from)\s+(?:CNN[’']s\s+)?")
_TIMES = (
    ("data-first-publish", Role.PUBLISHED),
    ("data-published", Role.PUBLISHED),
    ("data-last-updated", Role.MODIFIED),
)


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a CNN live page or its API's answer, or return None where it holds no post."""
    if page.looks_like == "json":
        return _from_api(page)
    if page.looks_like != "html":
        return None
    posts = select(page.html, _POST)
    if not posts:
        return None
    return facts_of(page).live_blog("cnn", [_block(one) for one in posts], order=Order.NEWEST_FIRST)


def _block(post: LexborNode) -> Block:
    headline = post.css_first(_HEADLINE)
    byline = post.css_first(_BYLINE)
    body = post.css_first(_BODY)
    stated = post.attributes.get("data-post-id") or post.id
    return Block(
        where=f"article#{stated}",
        anchor=anchor(stated),
        headline=line(paragraphs(headline)) if headline else None,
        text=paragraphs(body or post, _NOT_TEXT),
        author=_credit(line(paragraphs(byline))) if byline else None,
        clocks=tuple(_clocks(post)),
        embeds=embeds_of(post),
        is_pinned="pinned" in (post.attributes.get("class") or ""),
    )


def _credit(byline: str | None) -> str | None:
    return _CREDIT.sub("", byline) or None if byline else None


def _clocks(post: LexborNode) -> Iterator[Clock]:
    for key, role in _TIMES:
        if stated := post.attributes.get(key):
            yield Clock(role=role, stated=stated[:64], basis=Basis.DOM)
    node = post.css_first("time, .live-story-post__timestamp, header [class*=timestamp], header > span")
    if node is None:
        return
    stated, shown = node.attributes.get("datetime"), line(node.text())
    if stated:
        yield Clock(role=Role.PUBLISHED, stated=stated[:64], basis=Basis.DOM)
    if shown:
        words = re.sub(r"^(?:Published|Updated|Posted)\s+", "", shown)
        yield Clock(role=Role.SHOWN if stated else Role.PUBLISHED, stated=words[:64], basis=Basis.DOM)


def _from_api(page: Page) -> Document | None:
    if not page.holds('"created_at"'):
        return None
    posts = next((found for one in objects_of({"answer": page.json}) if (found := _listed(one))), None)
    if posts is None:
        return None
    return facts_of(page).live_blog("cnn", [_object(one) for one in posts])


def _listed(value: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """Return the first list of posts that an object holds: objects with a headline, a body and ``created_at``."""
    for below in value.values():
        if isinstance(below, list):
            posts: list[Mapping[str, Any]] = [one for one in below if isinstance(one, dict) and _is_post(one)]
            if posts:
                return posts
    return None


def _is_post(value: Mapping[str, Any]) -> bool:
    return "created_at" in value and "headline" in value and _words(value) is not None


def _words(post: Mapping[str, Any]) -> str | None:
    return next((post[key] for key in ("content", "body", "html", "text") if isinstance(post.get(key), str)), None)


def _object(post: Mapping[str, Any]) -> Block:
    stated = post.get("source_id") or post.get("sourceId") or post.get("id")
    headline = post.get("headline") or post.get("title")
    clocks = (("created_at", Role.CREATED), ("published_at", Role.PUBLISHED), ("updated_at", Role.MODIFIED))
    roles = [(key, role) for key, role in clocks if post.get(key)]
    if "published_at" not in post:
        roles.append(("created_at", Role.PUBLISHED))
    return Block(
        where=f"post[{stated}]",
        anchor=anchor(stated) if isinstance(stated, str | int) else None,
        headline=plain_line(headline) if isinstance(headline, str) else None,
        text=plain(_words(post) or ""),
        author=name_of(post.get("byline") or post.get("author")),
        clocks=tuple(Clock(role=role, stated=str(post[key])[:64], basis=Basis.API) for key, role in roles),
        is_pinned=post.get("pinned") is True,
    )

"""Norkon Live Center: an embed in a publisher's page, the frame that it shows, and the posts that it is fed.

The publisher's page names a tenant and a channel; the frame at that address is a page with posts in it. The feed is
JSON: each post with ``created`` in seconds and a ``content`` of the publisher's own making.
"""

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, JSON, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.payload import Fields, clocks_in, fields, flag, json_of, listed, markup, names_in, text_field
from dateline.extract.scripts import objects_of
from dateline.extract.text import line, paragraphs, plain_line
from dateline.model import Basis, Block, Clock, Document, Role, Window
from dateline.source import Source

RANK = Rank.EMBED
SYNTAX = HTML | JSON
MARKS = ("norkon", "NcPosts", "ncpost", '"created"')
HTML_MARKS = ("norkon", "NcPosts", "ncpost")
FRAME = "https://livecenter.norkon.net/frame/{tenant}/{channel}/default"

_FRAME_URL = re.compile(r"https?://[\w.-]*norkon\.net/frame/[\w./-]+")
_STARTED = re.compile(r"NcPosts\.start\(\s*(\{.{0,2000}?\})\s*\)", re.DOTALL)
_CHANNEL = re.compile(r"channelId[\"']?\s*:\s*[\"']?(\d{1,12})")
_TENANT = re.compile(r"tenantKey[\"']?\s*:\s*[\"']([\w-]{1,60})")
_ROLES = ((Role.PUBLISHED, ("created", "published")), (Role.MODIFIED, ("edited", "modified", "changed", "updated")))
_TEXT_NAMES = ("html", "text", "body", "comment", "message")
_NOT_TEXT = f".ncpost-timestamp, .ncpost-author, .ncpost-share, .ncpost-icon, time, {CAPTIONS}"


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a feed of posts, a frame, or a page with the embed; None where nothing of the kind is there."""
    if page.looks_like == "json":
        return _from_feed(page)
    if page.looks_like != "html":
        return None
    posts = _posts(page)
    following = tuple(dict.fromkeys(_frames(page.text)))
    if not posts and not following:
        return None
    return facts_of(page).live_blog("norkon", [_shown(one) for one in posts], window=Window(next_urls=following))


def _from_feed(page: Page) -> Document | None:
    posts = [one for one in objects_of(json_of(page), limit=50_000) if _is_post(one)]
    if not posts:
        return None
    return facts_of(page).live_blog("norkon", [_block(one) for one in posts], window=Window(shows="latest"))


def _is_post(one: Fields) -> bool:
    created = one.get("created")
    is_time = isinstance(created, int | float) and not isinstance(created, bool) and created > 10**9
    return is_time and isinstance(one.get("content"), dict) and text_field(one, "id", "postId") is not None


def _block(post: Fields) -> Block:
    content = fields(post, "content")
    text, embeds = markup("".join(_bodies(content)))
    identity = text_field(post, "id", "postId")
    return Block(
        where=f"posts[{identity}]",
        anchor=anchor(identity),
        headline=plain_line(text_field(content, "title", "heading", "headline") or ""),
        text=text,
        author=names_in(content.get("author") or content.get("authors") or post.get("author")),
        clocks=clocks_in(post, _ROLES),
        embeds=embeds,
        is_pinned=flag(post, "sticky", "isSticky", "pinned", "isPinned"),
        is_key_event=flag(post, "important", "isImportant", "highlight") or flag(content, "important"),
        is_deleted=flag(post, "deleted", "isDeleted"),
    )


def _bodies(content: Fields) -> Iterator[str]:
    """Yield the words of a post: its own fields, or those of the components that it is made of."""
    own = text_field(content, *_TEXT_NAMES)
    if own:
        yield own
    for part in (*listed(content, "components"), *listed(content, "elements")):
        inner: Any = part.get("content")
        stated = text_field(part, *_TEXT_NAMES) or (
            text_field(inner, *_TEXT_NAMES) if isinstance(inner, dict) else inner
        )
        if isinstance(stated, str):
            yield f"<div>{stated}</div>"


def _frames(text: str) -> Iterator[str]:
    yield from _FRAME_URL.findall(text)
    for call in _STARTED.findall(text):
        channel, tenant = _CHANNEL.search(call), _TENANT.search(call)
        if channel and tenant:
            yield FRAME.format(tenant=tenant[1], channel=channel[1])


def _posts(page: Page) -> list[LexborNode]:
    """Return the posts of a frame: what holds both a timestamp and a content."""
    found: dict[int, LexborNode] = {}
    for content in page.html.css(".ncpost-content"):
        node = content.parent
        for _ in range(4):
            if node is None or node.css_first(".ncpost-timestamp, time") is not None:
                break
            node = node.parent
        if node is not None and node.tag not in {"body", "html"}:
            found.setdefault(node.mem_id, node)
    return list(found.values())


def _shown(post: LexborNode) -> Block:
    body = post.css_first(".ncpost-content") or post
    headline = post.css_first(".ncpost-title, h1, h2, h3, h4")
    author = post.css_first(".ncpost-author")
    return Block(
        where=f"{post.tag}#{post.id or post.attributes.get('data-post-id')}",
        anchor=anchor(post.attributes.get("data-post-id") or post.id),
        headline=line(paragraphs(headline)) if headline is not None else None,
        text=paragraphs(body, _NOT_TEXT, (headline,) if headline is not None else ()),
        author=line(paragraphs(author)) if author is not None else None,
        clocks=tuple(_shown_clocks(post)),
        embeds=embeds_of(body),
    )


def _shown_clocks(post: LexborNode) -> Iterator[Clock]:
    node = post.css_first("time[datetime]")
    if node is not None and (stated := node.attributes.get("datetime")):
        yield Clock(role=Role.PUBLISHED, stated=stated[:64], basis=Basis.DOM)
        return
    node = post.css_first(".ncpost-timestamp")
    shown = line(paragraphs(node)) if node is not None else None
    if shown:
        yield Clock(role=Role.PUBLISHED, stated=shown[:64], basis=Basis.TEXT_CLOCK)

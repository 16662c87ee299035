"""24liveblog: an embed in a publisher's page, and the answer of its interface that holds the posts.

The page holds an event id; the posts come newest first from an address with a cursor (``last_nid``). ``created`` and
``updated`` are seconds. A page that asks for the next n posts says nothing of the rest.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from dateline.extract import HTML, JSON, Rank
from dateline.extract.anchors import anchor
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.payload import Fields, clocks_in, fields, flag, json_of, listed, markup, names_in, text_field
from dateline.extract.text import plain_line
from dateline.model import Block, Document, Role, Window
from dateline.source import Source

RANK = Rank.EMBED
SYNTAX = HTML | JSON
MARKS = ("24liveblog", "LB24_LIVE_CONTENT", '"news"')
HTML_MARKS = ("24liveblog", "LB24_LIVE_CONTENT")
NEWS = "https://data.24liveplus.com/v1/retrieve_server/x/event/{event}/news/?inverted_order=1&last_nid=&limit=100"

_EVENT = re.compile(
    r"LB24_LIVE_CONTENT[^>]{0,200}?data-eid=[\"']?(\d{5,25})|24liveblog\.com/[^\"'\s<>]{0,60}?\bid=(\d{5,25})"
)
_ROLES = ((Role.PUBLISHED, ("created",)), (Role.MODIFIED, ("updated", "last_updated", "modified")))


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read an answer with posts, or a page with the embed; None where neither is there."""
    if page.looks_like == "json":
        return _from_answer(page)
    if page.looks_like != "html":
        return None
    events = dict.fromkeys(one or other for one, other in _EVENT.findall(page.text))
    if not events:
        return None
    window = Window(next_urls=tuple(NEWS.format(event=event) for event in events))
    return facts_of(page).live_blog("live24", (), window=window)


def _from_answer(page: Page) -> Document | None:
    data = fields(json_of(page), "data")
    posts = [one for one in listed(data, "news") if "nid" in one]
    if not posts:
        return None
    window = Window(shows="latest", next_urls=tuple(_older(page.snapshot.url, posts)))
    return facts_of(page).live_blog("live24", [_block(one) for one in posts], window=window)


def _block(post: Fields) -> Block:
    text, embeds = markup(text_field(post, "contents", "content"))
    identity = text_field(post, "nid")
    return Block(
        where=f"news[{identity}]",
        anchor=anchor(identity),
        headline=plain_line(text_field(post, "newstitle", "title") or ""),
        text=text,
        author=names_in(post.get("newsAuthor") or post.get("author") or post.get("user")),
        clocks=clocks_in(post, _ROLES),
        embeds=embeds,
        is_pinned=flag(post, "pinned", "is_pinned", "sticky", "top"),
        is_key_event=flag(post, "important", "highlight", "keypoint"),
        is_deleted=flag(post, "deleted", "is_deleted"),
    )


def _older(url: str | None, posts: list[Fields]) -> Iterator[str]:
    """Name the answer behind the last post of this one, where as many came as were asked for."""
    last = text_field(posts[-1], "nid")
    if not url or not last:
        return
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    limit = asked.get("limit", "")
    if limit.isdigit() and len(posts) >= int(limit):
        yield urlunsplit(parts._replace(query=urlencode(asked | {"last_nid": last})))

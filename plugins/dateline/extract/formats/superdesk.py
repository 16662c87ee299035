"""Sourcefabric Live Blog (Superdesk): the API's ``_items[]``, each a post made of groups, refs and items.

A post is a package: its words and pictures stand in the items of its group ``main``. ``order`` is the desk's own
number and says nothing of time; ``deleted`` and the status say that a post is gone.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from dateline.extract import JSON, Rank
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.payload import Fields, clocks_in, fields, flag, json_of, listed, markup, names_in, text_field
from dateline.extract.scripts import objects_of
from dateline.model import Block, Document, Embed, Role, Window
from dateline.source import Source

RANK = Rank.STANDARD
SYNTAX = JSON
MARKS = ('"_items"',)

_GONE = frozenset({"deleted", "spiked", "killed"})
_NOT_OUT = frozenset({"draft", "submitted", "scheduled"})
_ROLES = (
    (Role.CREATED, ("firstcreated", "_created")),
    (Role.PUBLISHED, ("published_date",)),
    (Role.MODIFIED, ("content_updated_date", "versioncreated", "_updated")),
)


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read an answer of the posts API, or return None where the body is something else."""
    answer = _answer(json_of(page))
    if answer is None:
        return None
    posts = [one for one in listed(answer, "_items") if one.get("post_status") not in _NOT_OUT]
    return facts_of(page).live_blog(
        "superdesk", [_block(one) for one in posts], window=_window(answer, page.snapshot.url)
    )


def _answer(value: Any) -> Fields | None:
    """Find the object whose items are posts: other answers of the same API hold items of other kinds."""
    for one in objects_of(value, limit=1_000):
        items = listed(one, "_items")
        if items and any("groups" in item for item in items):
            return one
    return None


def _block(post: Fields) -> Block:
    texts: list[str] = []
    embeds: list[Embed] = []
    for item in _items(post):
        text, quoted = markup(text_field(item, "text"))
        texts.append(text)
        embeds.extend(quoted)
    identity = text_field(post, "_id", "guid")
    return Block(
        where=f"_items[{identity}]",
        anchor=identity,
        headline=text_field(post, "headline"),
        text="\n".join(text for text in texts if text),
        author=text_field(post, "byline")
        or names_in(fields(post, "publisher"))
        or names_in(fields(post, "original_creator")),
        clocks=clocks_in(post, _ROLES),
        embeds=tuple(dict.fromkeys(embeds)) or _linked(post),
        is_pinned=flag(post, "sticky"),
        is_key_event=flag(post, "lb_highlight", "highlight"),
        is_deleted=flag(post, "deleted") or post.get("post_status") in _GONE or post.get("state") in _GONE,
    )


def _items(post: Fields) -> Iterator[Fields]:
    for group in listed(post, "groups"):
        if group.get("id") != "root":
            yield from (item for ref in listed(group, "refs") if (item := fields(ref, "item")))


def _linked(post: Fields) -> tuple[Embed, ...]:
    """Return what the items' own fields name where their text holds no element of it."""
    found = (text_field(fields(item, "meta"), "original_url", "url") for item in _items(post))
    return tuple(Embed(kind="link", url=url) for url in found if url)


def _window(answer: Fields, url: str | None) -> Window:
    meta = fields(answer, "_meta")
    total, size, page = meta.get("total"), meta.get("max_results"), meta.get("page")
    following = text_field(fields(answer, "_links", "next"), "href")
    pages = -(-total // size) if isinstance(total, int) and isinstance(size, int) and size > 0 else None
    return Window(
        is_complete=pages == 1,
        page=page if isinstance(page, int) else None,
        pages=pages,
        total=total if isinstance(total, int) else None,
        shows="all" if pages == 1 else "page" if pages else None,
        next_urls=(_absolute(following, answer, url),) if following else (),
    )


def _absolute(href: str, answer: Fields, url: str | None) -> str:
    """Resolve a link against the root of the API: there it is relative to, not to its own answer."""
    own = text_field(fields(answer, "_links", "self"), "href")
    if url and own and own in url:
        return url[: url.index(own)] + href
    return urljoin(url or "", href)

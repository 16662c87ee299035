"""Al Jazeera live blogs: the answers of its GraphQL interface, and the state that its pages carry.

The shell of a live blog names its children, newest first; each child is an answer of its own (``posts``). So a shell
says what to fetch, and an answer holds one post. A post states little more than ``modified_gmt``, without
a zone: the field's name says that it is UTC.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

from dateline.errors import ExtractError
from dateline.extract import HTML, JSON, Rank
from dateline.extract.anchors import anchor
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.payload import MAX_STATED, Fields, flag, json_of, markup, names_in, text_field
from dateline.extract.scripts import assigned, objects_of
from dateline.extract.text import plain_line
from dateline.model import Basis, Block, Clock, Document, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML | JSON
MARKS = ("liveblog-update", '"childrenMeta"', "SingleLiveBlog", "__APOLLO_STATE__")
HTML_MARKS = ("window.__APOLLO_STATE__",)
MAX_CHILDREN = 500

_STATE = HTML_MARKS[0]
_UPDATE = "liveblog-update"


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read the shell of a live blog, one of its posts, or a page that holds both; None for anything else."""
    data = json_of(page) if page.looks_like == "json" else _state(page)
    parts = list(objects_of(data, limit=50_000)) if data is not None else []
    posts = [one for one in parts if one.get("postType") == _UPDATE and "content" in one]
    shell = next((one for one in parts if _is_shell(one)), {})
    if not posts and not shell:
        return None
    blocks = {block.anchor or block.where: block for block in map(_block, posts)}
    missing = [child for child in _children(shell) if child not in blocks]
    return facts_of(page, _about(shell)).live_blog("al_jazeera", blocks.values(), window=_window(page, shell, missing))


def _state(page: Page) -> Any:
    if page.looks_like != "html" or not page.holds(_STATE):
        return None
    try:
        return assigned(page.text, _STATE)
    except ExtractError:
        return None


def _is_shell(one: Fields) -> bool:
    children = one.get("children")
    return isinstance(children, list) and bool(children) and ("childrenMeta" in one or all(map(_is_number, children)))


def _is_number(value: Any) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, str) and value.isdigit())


def _children(shell: Fields) -> Sequence[str]:
    stated = shell.get("children")
    named = [anchor(str(one)) for one in stated if _is_number(one)] if isinstance(stated, list) else []
    return [one for one in named if one][:MAX_CHILDREN]


def _about(shell: Fields) -> Mapping[str, Any]:
    return {
        "headline": text_field(shell, "title"),
        "datePublished": text_field(shell, "date"),
        "url": text_field(shell, "link"),
    }


def _block(post: Fields) -> Block:
    text, embeds = markup(text_field(post, "content"))
    identity = text_field(post, "id", "postID", "databaseId")
    return Block(
        where=f"posts[{identity}]",
        anchor=anchor(identity),
        headline=plain_line(text_field(post, "title") or ""),
        text=text,
        author=names_in(post.get("author") or post.get("authors")),
        clocks=tuple(_clocks(post)),
        embeds=embeds,
        is_pinned=flag(post, "isPinned", "pinned"),
    )


def _clocks(post: Fields) -> Iterator[Clock]:
    stated = tuple(_stated_clocks(post))
    yield from stated
    if [one.role for one in stated] == [Role.MODIFIED]:  # the only time that readers are shown
        yield replace(stated[0], role=Role.SHOWN)


def _stated_clocks(post: Fields) -> Iterator[Clock]:
    pairs = (
        (Role.PUBLISHED, ("publishedTime", "date_gmt", "dateGmt", "date")),
        (Role.MODIFIED, ("modified_gmt", "modifiedGmt")),
    )
    for role, names in pairs:
        name = next((one for one in names if text_field(post, one)), None)
        if name:
            stated = (text_field(post, name) or "")[:MAX_STATED]
            yield Clock(role=role, stated=stated, basis=Basis.API, zone="UTC" if "gmt" in name.lower() else None)


def _window(page: Page, shell: Fields, missing: Sequence[str]) -> Window:
    children = _children(shell)
    return Window(
        is_complete=bool(children) and not missing,
        total=len(children) or None,
        shows="all" if children and not missing else None,
        next_urls=tuple(_addresses(page.snapshot.url, missing)),
    )


def _addresses(url: str | None, children: Sequence[str]) -> Iterator[str]:
    """Name the answer that holds each child, on the site that the shell came from."""
    parts = urlsplit(url or "https://www.aljazeera.com/")
    for child in children:
        variables = {"postID": int(child), "postType": _UPDATE, "preview": "", "isAmp": False}
        asked = quote(json.dumps(variables, separators=(",", ":")))
        yield (
            f"{parts.scheme}://{parts.netloc}/graphql?wp-site=aje&operationName=LiveBlogUpdateQuery"
            f"&variables={asked}&extensions=%7B%7D"
        )

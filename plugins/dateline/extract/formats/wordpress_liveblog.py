"""The Liveblog plugin of WordPress: its REST answers, which are an event log, and its pages.

``/wp-json/liveblog/v1/<post>/get-entries/…`` answers with events: ``new``, ``update`` and ``delete``. An update carries
the id of the entry that it replaces (as its own ``id``, or in ``liveblog_replaces``); a delete has no content. The
log is folded: one block an entry, in its last wording, with the time of its first event and that of its last
change; a deleted entry stays as a tombstone. ``entry_time`` is the entry's own, ``timestamp`` the event's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborNode

from dateline.errors import ExtractError
from dateline.extract import HTML, JSON, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import CAPTIONS, embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.payload import Fields, fields, flag, json_of, listed, markup, names_in, text_field
from dateline.extract.scripts import tolerant_json
from dateline.extract.text import line, paragraphs
from dateline.model import Basis, Block, Clock, Document, Role, Window
from dateline.source import Source

RANK = Rank.STANDARD
SYNTAX = HTML | JSON
MARKS = ('"entries"', "liveblog-entry", "wpcom-liveblog")
HTML_MARKS = ("liveblog-entry", "liveblog_settings")

_SETTINGS = re.compile(r"\bliveblog_settings\s*=\s*(\{.*?\})\s*;", re.DOTALL)
_PREFIX = "liveblog-entry-"
_KINDS = frozenset({"new", "update", "delete"})
_AUTHOR = ".liveblog-author-name, .liveblog-entry-author, .liveblog-meta-author, .comment-author"
_NOT_TEXT = f"header, footer, .liveblog-meta, .liveblog-entry-header, .liveblog-share, time, {_AUTHOR}, {CAPTIONS}"


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read an answer of the REST interface, or a page of the plugin; None for anything else."""
    if page.looks_like == "json":
        return _from_log(page)
    return _from_page(page) if page.looks_like == "html" else None


# -- the event log -----------------------------------------------------------------------------------


def _from_log(page: Page) -> Document | None:
    answer = json_of(page)
    events = listed(answer, "entries")
    if not any("timestamp" in one or "entry_time" in one for one in events) or not any("type" in one for one in events):
        return None
    return facts_of(page).live_blog("wordpress_liveblog", folded(events), window=_log_window(fields(answer)))


def folded(events: Sequence[Fields]) -> list[Block]:
    """Fold the log into one block an entry, in the order in which the answer first names them."""
    ordered = sorted(enumerate(events), key=lambda one: (_moment(one[1]), -one[0]))
    blocks: dict[str, Block] = {}
    for number, event in ordered:
        kind = str(event.get("type") or "new")
        identity = text_field(event, "liveblog_replaces", "id")
        if kind in _KINDS and identity:
            blocks[identity] = _after(blocks.get(identity), event, kind, f"entries[{number}]", identity)
    named = dict.fromkeys(text_field(one, "liveblog_replaces", "id") for one in events)
    return [blocks[one] for one in named if one in blocks]


def _moment(event: Fields) -> float:
    stated = text_field(event, "timestamp", "entry_time") or ""
    return float(stated) if stated.replace(".", "", 1).isdigit() else 0.0


def _after(before: Block | None, event: Fields, kind: str, where: str, identity: str) -> Block:
    """Return the block as it stands after an event."""
    if kind == "delete":
        gone = before or Block(where=where, anchor=anchor(identity))
        return replace(gone, is_deleted=True, clocks=_clocks(before, event, kind))
    text, embeds = markup(text_field(event, "content", "render", "html"), _NOT_TEXT)
    return Block(
        where=where,
        anchor=anchor(identity),
        headline=line(text_field(event, "headline", "title")),
        text=text,
        author=names_in(event.get("authors") or event.get("author")) or (before.author if before else None),
        clocks=_clocks(before, event, kind),
        embeds=embeds,
        is_key_event=flag(event, "key_event"),
        is_pinned=flag(event, "pinned", "is_pinned"),
    )


def _clocks(before: Block | None, event: Fields, kind: str) -> tuple[Clock, ...]:
    """Keep the first time of publication; the event's own time is that of a change, unless it is the first."""
    happened = text_field(event, "timestamp")
    own = text_field(event, "entry_time") or (happened if kind == "new" else None)
    known = [one for one in before.clocks if one.role is Role.PUBLISHED] if before else []
    published = known or ([Clock(role=Role.PUBLISHED, stated=own, basis=Basis.API)] if own else [])
    changed = bool(happened) and (kind != "new" or bool(published)) and happened != (published and published[0].stated)
    modified = [Clock(role=Role.MODIFIED, stated=happened, basis=Basis.API)] if changed and happened else []
    return (*published, *modified)


def _log_window(answer: Fields) -> Window:
    page, pages, total = answer.get("page"), answer.get("pages"), answer.get("total")
    is_whole = pages == 1 and page in (None, 0, 1)
    return Window(
        is_complete=is_whole,
        page=page if isinstance(page, int) else None,
        pages=pages if isinstance(pages, int) else None,
        total=total if isinstance(total, int) else None,
        shows="all" if is_whole else "page" if isinstance(pages, int) else None,
    )


# -- the page ----------------------------------------------------------------------------------------


def _from_page(page: Page) -> Document | None:
    entries = page.html.css(f"[id^={_PREFIX}], .liveblog-entry[data-timestamp]")
    settings = _settings(page)
    if not entries and not settings:
        return None
    window = Window(shows="latest" if entries else None, next_urls=tuple(_interfaces(settings)))
    return facts_of(page).live_blog("wordpress_liveblog", [_entry(one) for one in entries], window=window)


def _settings(page: Page) -> Mapping[str, Any]:
    found = _SETTINGS.search(page.text)
    try:
        return fields(tolerant_json(found[1])) if found else {}
    except ExtractError:
        return {}


def _interfaces(settings: Mapping[str, Any]) -> Iterator[str]:
    """Name the REST address that holds every entry."""
    endpoint = text_field(settings, "endpoint_url", "entriesEndpoint")
    if endpoint and endpoint.startswith("http"):
        newest = text_field(settings, "latest_entry_timestamp", "timestamp")
        yield f"{endpoint.rstrip('/')}/get-entries/1/{newest}" if newest else f"{endpoint.rstrip('/')}/get-entries/1"


def _entry(node: LexborNode) -> Block:
    body = node.css_first(".liveblog-entry-content, .liveblog-entry-text, .comment-body") or node
    headline = node.css_first(".liveblog-entry-title, h2, h3, h4")
    author = node.css_first(_AUTHOR)
    words = node.attributes.get("class") or ""
    return Block(
        where=f"{node.tag}#{node.id}",
        anchor=anchor((node.id or node.attributes.get("data-id") or "").removeprefix(_PREFIX)),
        headline=line(paragraphs(headline)) if headline else None,
        text=paragraphs(body, _NOT_TEXT, (headline,) if headline else ()),
        author=line(paragraphs(author)) if author else None,
        clocks=tuple(_page_clocks(node)),
        embeds=embeds_of(body),
        is_key_event="type-key" in words or "key-event" in words,
        is_pinned="pinned" in words,
    )


def _page_clocks(node: LexborNode) -> Iterator[Clock]:
    if stated := node.attributes.get("data-timestamp"):
        yield Clock(role=Role.PUBLISHED, stated=stated[:64], basis=Basis.DOM)
    for one in node.css("time[datetime], abbr[title].liveblog-timestamp")[:1]:
        if stated := one.attributes.get("datetime") or one.attributes.get("title"):
            yield Clock(role=Role.SHOWN, stated=stated[:64], basis=Basis.DOM)

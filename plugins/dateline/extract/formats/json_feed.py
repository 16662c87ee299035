"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from dateline.errors import ExtractError
from dateline.extract import JSON, Rank
from dateline.extract.facts import name_of
from dateline.extract.feed_items import MAX_ITEMS, MAX_TITLE, made_id, says_live, with_distinct_addresses
from dateline.extract.page import Page
from dateline.extract.text import line, plain, plain_line, tidy
from dateline.model import Basis, Clock, Document, Kind, Reject, Role, Window
from dateline.source import Source

RANK = Rank.FEED
SYNTAX = JSON
MARKS = ("jsonfeed.org/version", "jsonfeed.org\\/version")

_CLOCKS = (("date_published", Role.PUBLISHED), ("date_modified", Role.MODIFIED))
MAX_STATED_DATE = 64


def extract(page: Page, source: Source) -> Document | None:
    """Read a JSON Feed, or return None where the body is something else."""
    if page.looks_like != "json":
        return None
    feed = page.json
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in str(feed.get("version")):
        return None
    stated = feed.get("items")
    if not isinstance(stated, list):
        raise ExtractError(f"items: a list was expected, found {type(stated).__name__}")
    url = page.snapshot.url or _text(feed, "feed_url")
    items = tuple(_item(one, feed, url, source.publisher) for one in stated[:MAX_ITEMS] if isinstance(one, dict))
    title = plain_line(_text(feed, "title") or "")
    next_url = _text(feed, "next_url")
    return Document(
        format="json_feed",
        kind=Kind.FEED,
        url=url,
        title=title,
        carrier=source.publisher,
        language=_text(feed, "language"),
        credits=_credits(feed),
        window=Window(shows="latest", next_urls=(urljoin(url or "", next_url),) if next_url else ()),
        items=with_distinct_addresses(items, _text(feed, "home_page_url"), title),
        rejects=tuple(_rejects(stated)),
    )


def _item(item: Mapping[str, Any], feed: Mapping[str, Any], base: str | None, publisher: str | None) -> Document:
    stated_url = _text(item, "url") or _text(item, "external_url")
    url = urljoin(base or "", stated_url) if stated_url else None
    title = plain_line(_text(item, "title") or "")
    summary = plain(_text(item, "summary") or "")
    text = plain(_text(item, "content_html") or "") or tidy(_text(item, "content_text") or "")
    tags = item.get("tags")
    categories = tuple(one for one in tags if isinstance(one, str)) if isinstance(tags, list) else ()
    identity = item.get("id")
    return Document(
        format="json_feed",
        kind=Kind.LIVE_BLOG if says_live(url, title, categories) else Kind.ARTICLE,
        url=url,
        title=title[:MAX_TITLE] if title else None,
        carrier=publisher,
        language=_text(item, "language") or _text(feed, "language"),
        categories=categories,
        credits=_credits(item) or _credits(feed),
        clocks=_clocks(item),
        lead=summary if text and text != summary else "",
        text=text or summary,
        guid=made_id(None if identity is None else str(identity), url, title, text or summary),
    )


def _credits(part: Mapping[str, Any]) -> dict[str, str]:
    author = name_of(part.get("authors") or part.get("author"))
    return {"author": author} if author else {}


def _clocks(item: Mapping[str, Any]) -> tuple[Clock, ...]:
    stated = ((role, _text(item, key)) for key, role in _CLOCKS)
    return tuple(
        Clock(role=role, stated=text, basis=Basis.FEED)
        for role, text in stated
        if text and len(text) <= MAX_STATED_DATE
    )


def _rejects(stated: list[Any]) -> list[Reject]:
    rejects = [
        Reject(where=f"items[{number}]", why=f"an object was expected, found {type(one).__name__}")
        for number, one in enumerate(stated[:MAX_ITEMS])
        if not isinstance(one, dict)
    ]
    if len(stated) > MAX_ITEMS:
        why = f"{len(stated):,} items: more than {MAX_ITEMS:,} are not read"
        rejects.append(Reject(where=f"items[{MAX_ITEMS}]", why=why))
    return rejects


def _text(part: Mapping[str, Any], key: str) -> str | None:
    """Return a text field; a number is taken as its digits, as some feeds write ids and titles so."""
    value = part.get(key)
    if isinstance(value, str):
        return value.strip() or None
    return line(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None

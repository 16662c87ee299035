"""Tickaroo live blogs: an embed in a publisher's page, and the prefetched answer that holds its posts.

The publisher's page holds the ids of the embed only, unless its server put the answer in already. The answer is JSON
whose ``html`` carries ``initialData``, an attribute with JSON in entities, whose ``schemaOrg`` is a string of JSON-LD
again. Its updates have no ids; a body often begins with its own headline.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from dateline.errors import ExtractError
from dateline.extract import HTML, JSON, Rank
from dateline.extract.facts import facts_of
from dateline.extract.formats import schema_org
from dateline.extract.page import Page
from dateline.extract.payload import fields, json_of, text_field
from dateline.extract.scripts import tolerant_json
from dateline.model import Block, Document, Reject, Snapshot, Window
from dateline.source import Source

RANK = Rank.EMBED
SYNTAX = HTML | JSON
MARKS = ("tickaroo", "initialData")
PREFETCH = "https://cdn.tickaroo.com/api/embed/v4/prefetch/liveblog.json"

_INITIAL = re.compile(r"initial-?data=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_BLOG_ID = re.compile(r"(?:liveblog|ticker)[-_]?id[\"']?\s*[:=]\s*[\"']?([0-9a-f]{24})\b", re.IGNORECASE)
_CLIENT_ID = re.compile(r"client[-_]?id[\"']?\s*[:=]\s*[\"']?([0-9a-f]{24})\b", re.IGNORECASE)
MAX_CHARACTERS = 5_000_000


def extract(page: Page, source: Source) -> Document | None:
    """Read a prefetched answer, or a page with the embed in it; None where neither is there."""
    if page.looks_like == "json":
        markup = text_field(fields(json_of(page)), "html") or ""
        return _read(page, source, markup) if _INITIAL.search(markup) else None
    if page.looks_like != "html" or "tickaroo" not in page.text.lower():
        return None
    following = tuple(_prefetched(page.text))
    found = _read(page, source, page.text) if _INITIAL.search(page.text) else None
    if found is None and not following:
        return None
    facts = facts_of(page)
    if found is None:
        return facts.live_blog("tickaroo", (), window=Window(next_urls=following))
    return replace(found, title=facts.title or found.title, window=Window(next_urls=following))


def _read(page: Page, source: Source, markup: str) -> Document | None:
    """Unwrap the layers down to the JSON-LD, and read that."""
    found = _INITIAL.search(markup)
    stated = html.unescape((found[1] or found[2] or "") if found else "")
    try:
        schema = text_field(fields(tolerant_json(stated)), "schemaOrg")
    except ExtractError as error:
        page.rejects.append(Reject(where="initialData", why=str(error)))
        return None
    if schema is None or len(schema) > MAX_CHARACTERS:
        return None
    script = schema.replace("</", "<\\/")
    body = f'<!doctype html><html><body><script type="application/ld+json">{script}</script></body></html>'
    snapshot = Snapshot(
        body=body.encode("utf-8", "replace"), url=page.snapshot.url, captured_at=page.snapshot.captured_at
    )
    document = schema_org.extract(Page(snapshot), source)
    if document is None:
        return None
    return replace(document, format="tickaroo", blocks=tuple(_without_headline(one) for one in document.blocks))


def _without_headline(block: Block) -> Block:
    """Take the headline off the beginning of the body, where it stands twice."""
    if not block.headline or not block.text.startswith(block.headline) or block.text == block.headline:
        return block
    return replace(block, text=block.text[len(block.headline) :].lstrip(" .:\n"))


def _prefetched(text: str) -> Iterator[str]:
    client = _CLIENT_ID.search(text)
    for blog in dict.fromkeys(_BLOG_ID.findall(text)):
        yield f"{PREFETCH}?client_id={client[1]}&liveblogId={blog}" if client else f"{PREFETCH}?liveblogId={blog}"

"""Reddit live threads: the listing of ``/live/<thread>.json``, and the thread's page.

A *stricken* update is retracted and kept: readers see it struck through. Its text is given as Reddit itself
writes that, between double tildes, so that striking an update is a change of its wording like any other.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, JSON, Rank
from dateline.extract.anchors import anchor
from dateline.extract.embeds import embeds_of
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.payload import Fields, clocks_in, fields, flag, json_of, listed, markup, text_field
from dateline.extract.text import line, paragraphs, plain
from dateline.model import Basis, Block, Clock, Document, Embed, Order, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML | JSON
SELECTOR = '[data-fullname^="LiveUpdate_"]'
MARKS = ("LiveUpdate",)

_PREFIX = "LiveUpdate_"
_KINDS = (
    ("twitter.com", "tweet"),
    ("x.com", "tweet"),
    ("youtu", "video"),
    ("imgur", "image"),
    (".jpg", "image"),
    (".png", "image"),
)


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a listing of live updates, or a thread's page; None for anything else."""
    if page.looks_like == "json":
        return _from_listing(page)
    return _from_page(page) if page.looks_like == "html" else None


def _from_listing(page: Page) -> Document | None:
    data = fields(json_of(page), "data")
    updates = [fields(one, "data") for one in listed(data, "children") if one.get("kind") == "LiveUpdate"]
    if not updates:
        return None
    following = text_field(data, "after")
    window = Window(shows="page", next_urls=_older(page.snapshot.url, following))
    blocks = [_block(one) for one in updates]
    return facts_of(page).live_blog("reddit_live", blocks, order=Order.NEWEST_FIRST, window=window)


def _older(url: str | None, after: str | None) -> tuple[str, ...]:
    """Name the next page of the listing: the same address, behind the last update of this one."""
    if not url or not after:
        return ()
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] not in {"after", "before"}]
    return (urlunsplit(parts._replace(query=urlencode([*query, ("after", after)]))),)


def _block(update: Fields) -> Block:
    text = markup(text_field(update, "body_html"))[0] or plain(text_field(update, "body") or "")
    identity = (text_field(update, "id", "name") or "").removeprefix(_PREFIX)
    return Block(
        where=f"LiveUpdate[{identity}]",
        anchor=anchor(identity),
        text=struck(text) if flag(update, "stricken") else text,
        author=text_field(update, "author"),
        clocks=clocks_in(update, ((Role.PUBLISHED, ("created_utc",)),)),
        embeds=tuple(dict.fromkeys(_embeds(update))),
    )


def struck(text: str) -> str:
    """Return a text as struck through, line by line."""
    return "\n".join(f"~~{one}~~" for one in text.split("\n") if one)


def _embeds(update: Fields) -> Iterator[Embed]:
    for one in (*listed(update, "embeds"), *listed(update, "mobile_embeds")):
        if url := text_field(one, "original_url", "url"):
            kind = next((kind for part, kind in _KINDS if part in url), "link")
            yield Embed(kind=kind, url=url)


def _from_page(page: Page) -> Document | None:
    updates = page.html.css(SELECTOR)
    if not updates:
        return None
    more = page.html.css("a[rel~=next][href]")
    window = Window(shows="page", next_urls=tuple(href for one in more if (href := one.attributes.get("href"))))
    blocks = [_page_block(one) for one in updates]
    return facts_of(page).live_blog("reddit_live", blocks, order=Order.NEWEST_FIRST, window=window)


def _page_block(update: LexborNode) -> Block:
    body = update.css_first(".md") or update.css_first(".body") or update
    author = update.css_first(".author")
    shown = update.css_first("time[datetime]")
    text = paragraphs(body, "time, .author, .buttonrow")
    identity = (update.attributes.get("data-fullname") or "").removeprefix(_PREFIX)
    stated = shown.attributes.get("datetime") if shown is not None else None
    return Block(
        where=f"LiveUpdate[{identity}]",
        anchor=anchor(identity),
        text=struck(text) if "stricken" in (update.attributes.get("class") or "").split() else text,
        author=line(paragraphs(author)) if author is not None else None,
        clocks=(Clock(role=Role.PUBLISHED, stated=stated[:64], basis=Basis.DOM),) if stated else (),
        embeds=embeds_of(body),
    )

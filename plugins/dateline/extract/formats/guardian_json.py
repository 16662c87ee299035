"""Guardian pages as JSON (``blocks[]``): what the Guardian's own renderer is given.

A block states four clocks in epoch milliseconds: created, first published, last updated, and the first
published time as it is shown (``17.25 GMT``). ``pinnedPost`` stands apart, on every page, so it may be a post
of another page. ``keyEvents[]`` repeats posts of all pages; only its ids are used, to mark posts. The blog
is over when ``config.isLive`` says so; ``pagination`` says which page this is.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dateline.errors import ExtractError
from dateline.extract import JSON, Rank
from dateline.extract.embeds import embeds_of, picture_url
from dateline.extract.guardian import CARRIER, NOT_TEXT, block_anchor
from dateline.extract.page import Page
from dateline.extract.text import fragment, line, paragraphs, plain, plain_line
from dateline.model import Basis, Block, Clock, Document, Embed, Kind, Order, Reject, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = JSON
MARKS = ('"blockFirstPublished"', '"blockCreatedOn"', "dotcomrendering.pageElements")

_CLOCKS = (
    ("blockCreatedOn", Role.CREATED),
    ("blockFirstPublished", Role.PUBLISHED),
    ("blockLastUpdated", Role.MODIFIED),
    ("blockFirstPublishedDisplay", Role.SHOWN),
)
_PAGES = ("newest", "newer", "older", "oldest")


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read the JSON of a Guardian live page, or return None where the body is none."""
    told = _article(page.json)
    if told is None:
        return None
    canonical = told.get("canonicalUrl") or told.get("webURL")
    blocks, rejects = _blocks(told)
    return Document(
        format="guardian_json",
        kind=Kind.LIVE_BLOG,
        url=page.snapshot.url or told.get("webURL"),
        canonical_url=canonical,
        title=plain_line(told.get("headline") or told.get("webTitle") or ""),
        carrier=CARRIER,
        language=told.get("lang"),
        categories=tuple(one for one in (told.get("sectionLabel"),) if one),
        credits={"author": told["byline"]} if told.get("byline") else {},
        clocks=tuple(_own_clocks(told)),
        coverage=_coverage(told),
        order=Order.NEWEST_FIRST,
        window=_window(told, canonical),
        lead=plain(told.get("standfirst") or told.get("trailText") or ""),
        blocks=blocks,
        rejects=rejects,
    )


def _article(value: Any) -> Mapping[str, Any] | None:
    """Find the article in an answer that may wrap it: the object whose ``blocks`` state block clocks."""
    candidates = [value] if isinstance(value, dict) else []
    for key in ("frontendData", "article", "data", "props", "pageProps"):
        candidates += [one[key] for one in candidates if isinstance(one.get(key), dict)]
    for one in candidates:
        blocks = one.get("blocks")
        if isinstance(blocks, list) and any(isinstance(block, dict) and "elements" in block for block in blocks):
            return one
    return None


def _own_clocks(told: Mapping[str, Any]) -> Iterator[Clock]:
    """The display line states the first publication in words; the ISO date moves with every update."""
    first = told.get("webPublicationSecondaryDateDisplay")
    if isinstance(first, str) and first.startswith("First published on "):
        yield Clock(role=Role.PUBLISHED, stated=first.removeprefix("First published on ")[:64], basis=Basis.API)
    if stated := told.get("webPublicationDate"):
        yield Clock(role=Role.SHOWN if first else Role.PUBLISHED, stated=str(stated)[:64], basis=Basis.API)


def _coverage(told: Mapping[str, Any]) -> Mapping[str, str]:
    config = told.get("config")
    is_live = config.get("isLive") if isinstance(config, dict) else None
    return {} if is_live is None else {"state": "live" if is_live else "over"}


def _window(told: Mapping[str, Any], canonical: str | None) -> Window:
    stated = told.get("pagination")
    if not isinstance(stated, dict):
        return Window(is_complete=True, page=1, pages=1, shows="all")
    pages = stated.get("totalPages")
    links = (f"{canonical or ''}{stated[key]}" for key in _PAGES if isinstance(stated.get(key), str))
    return Window(
        is_complete=pages == 1,
        page=stated.get("currentPage"),
        pages=pages,
        shows="all" if pages == 1 else "page",
        next_urls=tuple(dict.fromkeys(links)),
    )


def _blocks(told: Mapping[str, Any]) -> tuple[tuple[Block, ...], tuple[Reject, ...]]:
    events = told.get("keyEvents")
    listed = [one.get("id") for one in events if isinstance(one, dict)] if isinstance(events, list) else []
    key_ids = {one for one in listed if isinstance(one, str)}
    blocks: list[Block] = []
    rejects: list[Reject] = []
    stated = [("pinnedPost", told["pinnedPost"])] if isinstance(told.get("pinnedPost"), dict) else []
    stated += [(f"blocks[{number}]", one) for number, one in enumerate(told["blocks"])]
    for where, one in stated:
        try:
            blocks.append(_block(one, where, key_ids))
        except (AttributeError, KeyError, TypeError) as error:
            rejects.append(Reject(where=where, why=f"not a block: {error!r}"))
    if not blocks:
        raise ExtractError("none of the blocks can be read")
    return tuple(blocks), tuple(rejects)


def _block(block: Mapping[str, Any], where: str, key_ids: set[str]) -> Block:
    flags = block.get("attributes") or {}
    elements = [one for one in block["elements"] if isinstance(one, dict)]
    parts = [_element(one) for one in elements]
    return Block(
        where=f"{where}#{block['id']}",
        anchor=block_anchor(block["id"]) or block["id"],
        headline=plain_line(block.get("title") or ""),
        text="\n".join(text for text, _ in parts if text),
        author=_contributors(block),
        clocks=tuple(_clocks(block)),
        embeds=tuple(dict.fromkeys(embed for _, embeds in parts for embed in embeds)),
        is_pinned=where == "pinnedPost" or flags.get("pinned") is True,
        is_key_event=flags.get("keyEvent") is True or (block["id"] in key_ids and flags.get("summary") is not True),
        is_summary=flags.get("summary") is True,
    )


def _contributors(block: Mapping[str, Any]) -> str | None:
    named = [one.get("name") for one in block.get("contributors") or () if isinstance(one, dict)]
    return line(", ".join(one for one in named if one)) or line(block.get("byline"))


def _clocks(block: Mapping[str, Any]) -> Iterator[Clock]:
    for key, role in _CLOCKS:
        stated = block.get(key)
        if stated not in {None, ""}:
            yield Clock(role=role, stated=str(stated)[:64], basis=Basis.API)


def _element(element: Mapping[str, Any]) -> tuple[str, tuple[Embed, ...]]:
    """Return an element's words, and what it quotes. Pictures and cards of other articles have no words of the post."""
    kind = str(element.get("_type", "")).rpartition(".")[2].removesuffix("BlockElement")
    if kind == "Image":
        return "", _picture(element)
    if kind in {"RichLink", "Interactive", "Map", "Document"}:
        url = element.get("url") or element.get("originalUrl")
        return "", (Embed(kind="link", url=url, text=line(element.get("text") or element.get("title"))),) if url else ()
    markup = element.get("html") or ""
    if isinstance(markup, str) and markup:
        root = fragment(markup)
        return paragraphs(root, NOT_TEXT), embeds_of(root)
    url = element.get("url") or element.get("originalUrl") or element.get("embedUrl") or element.get("id")
    title = line(element.get("mediaTitle") or element.get("title") or element.get("caption") or element.get("alt"))
    embed_kind = "video" if "Video" in kind or "Youtube" in kind else "audio" if "Audio" in kind else "other"
    return "", (Embed(kind=embed_kind, url=str(url), text=title),) if url else ()


def _picture(element: Mapping[str, Any]) -> tuple[Embed, ...]:
    about = element.get("data") or {}
    images = (element.get("media") or {}).get("allImages") or []
    url = next((one["url"] for one in images if isinstance(one, dict) and isinstance(one.get("url"), str)), None)
    words = plain_line(about.get("caption") or about.get("alt") or "")
    return (Embed(kind="image", url=picture_url(url), text=words, author=line(about.get("credit"))),) if url else ()

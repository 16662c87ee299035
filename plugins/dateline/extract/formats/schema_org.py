"""schema.org ``LiveBlogPosting`` as JSON-LD: ``liveBlogUpdate`` as a list, one object, or missing yet.

It may stand in a list, in ``@graph``, in ``mainEntity``, or be a whole body of its own; ``@type`` may be a
list; ``articleBody`` may be plain, HTML, escaped twice, or an object. An update with no text is an update: a
picture or a tweet stood there. Updates that say the same twice, or that hold themselves, are read once.

The clocks are often false: where more than two updates share one ``datePublished``, it is the page's
own (:mod:`dateline.extract.merge` then takes the markup's, dating refuses it). A headline that every
update shares with the page is the page's, so it is left out here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dateline.extract import HTML, JSON, Rank
from dateline.extract.anchors import anchor, anchor_of_url, without_positions
from dateline.extract.facts import Facts, address, facts_of, name_of, text_in, title_of, types_of
from dateline.extract.page import Page
from dateline.extract.scripts import objects_of
from dateline.extract.text import plain
from dateline.model import Basis, Block, Clock, Document, Embed, Reject, Role
from dateline.source import Source

RANK = Rank.SCHEMA
SYNTAX = HTML | JSON
MARKS = ()
MAX_UPDATES = 20_000

_CLOCKS = (("dateCreated", Role.CREATED), ("datePublished", Role.PUBLISHED), ("dateModified", Role.MODIFIED))
_EMBEDS = (("image", "image"), ("video", "video"), ("audio", "audio"), ("sharedContent", "link"))


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read the page's ``LiveBlogPosting``, or return None where there is none."""
    if not page.holds("LiveBlogPosting"):
        return None
    blogs = [one for one in page.json_ld if "LiveBlogPosting" in types_of(one)] or _further_down(page)
    if not blogs:
        return None
    about = max(blogs, key=lambda one: len(_listed(one.get("liveBlogUpdate"))))
    facts = facts_of(page, about)
    blocks, rejects = _blocks(about, facts)
    return facts.live_blog(
        "schema_org", without_positions(blocks), lead=plain(text_in(about, "description") or ""), rejects=rejects
    )


def _further_down(page: Page) -> list[dict[str, Any]]:
    """Look for the blog below other properties (``hasPart``, ``subjectOf``) where it does not stand on top."""
    return [below for one in page.json_ld for below in objects_of(one) if "LiveBlogPosting" in types_of(below)]


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _blocks(about: Mapping[str, Any], facts: Facts) -> tuple[list[Block], list[Reject]]:
    blocks: list[Block] = []
    rejects: list[Reject] = []
    seen: set[tuple[Any, ...]] = set()
    page_url = address(about.get("url")) or facts.canonical_url
    for number, update in _updates(about):
        where = f"liveBlogUpdate[{number}]"
        if not isinstance(update, dict):
            rejects.append(Reject(where=where, why=f"an object was expected, found {type(update).__name__}"))
            continue
        block = _block(update, where, about, page_url)
        same = (block.anchor, block.headline, block.text, block.clocks)
        if same not in seen and not _is_hollow(block):
            blocks.append(block)
        seen.add(same)
    return _without_page_images(_without_page_headline(blocks, facts.title)), rejects


def _is_hollow(block: Block) -> bool:
    return not (block.anchor or block.headline or block.text or block.clocks or block.embeds)


def _updates(about: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    """List the updates; some publishers wrap them in an ``ItemList`` or in lists of lists."""
    stack = list(reversed(_listed(about.get("liveBlogUpdate"))))
    number = 0
    while stack and number < MAX_UPDATES:
        one = stack.pop()
        if isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, dict) and "itemListElement" in one:
            stack.extend(reversed(_listed(one["itemListElement"])))
        elif isinstance(one, dict) and isinstance(one.get("item"), dict):
            stack.append(one["item"])
        else:
            yield number, one
            number += 1


def _block(update: Mapping[str, Any], where: str, about: Mapping[str, Any], page_url: str | None) -> Block:
    return Block(
        where=where,
        anchor=_anchor(update, page_url),
        headline=title_of(update),
        text=_body(update),
        author=name_of(update.get("author")),
        clocks=tuple(_clocks(update)),
        embeds=tuple(_embeds(update, about)),
    )


def _anchor(update: Mapping[str, Any], page_url: str | None) -> str | None:
    for key in ("url", "@id", "mainEntityOfPage"):
        if found := anchor_of_url(address(update.get(key)), page_url):
            return found
    stated = update.get("identifier")
    if isinstance(stated, dict):
        stated = stated.get("value")
    return anchor(stated) if isinstance(stated, str | int) else None


def _body(update: Mapping[str, Any]) -> str:
    for key in ("articleBody", "text", "description"):
        stated = update.get(key)
        if isinstance(stated, dict):
            stated = stated.get("@value") or stated.get("text") or stated.get("articleBody")
        parts = [one for one in _listed(stated) if isinstance(one, str)]
        if text := plain("\n".join(parts)):
            return text
    return ""


def _clocks(update: Mapping[str, Any]) -> Iterator[Clock]:
    for key, role in _CLOCKS:
        stated = update.get(key)
        if isinstance(stated, str) and (words := stated.strip()):
            yield Clock(role=role, stated=words[:64], basis=Basis.JSON_LD)


def _embeds(update: Mapping[str, Any], about: Mapping[str, Any]) -> Iterator[Embed]:
    for key, kind in _EMBEDS:
        stated = update.get(key)
        if stated is None or stated == about.get(key):  # the page's own picture
            continue
        for one in _listed(stated):
            told = one if isinstance(one, dict) else {}
            url = address(one)
            if url:
                caption = text_in(told, "caption") or text_in(told, "name")
                yield Embed(kind=kind, url=url, text=caption, author=name_of(told.get("creditText")))


def _without_page_headline(blocks: list[Block], title: str | None) -> list[Block]:
    if len(blocks) < 2 or not title or any(one.headline != title for one in blocks):
        return blocks
    return [replace(one, headline=None) for one in blocks]


def _without_page_images(blocks: list[Block]) -> list[Block]:
    """Drop a picture that several updates share: it is the page's, and changes when the page's does."""
    times = Counter(embed.url for one in blocks for embed in set(one.embeds))
    if all(count == 1 for count in times.values()):
        return blocks
    shared = {url for url, count in times.items() if count > 1}
    return [
        replace(one, embeds=tuple(e for e in one.embeds if e.url not in shared))
        if any(e.url in shared for e in one.embeds)
        else one
        for one in blocks
    ]

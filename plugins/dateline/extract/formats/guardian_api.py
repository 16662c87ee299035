"""Guardian Content API answers: ``fields.body`` as HTML of blocks, or ``blocks.body[]`` as objects.

A bare result, ``response.content`` (one item, the whole blog) and ``response.results`` (a list; each body
then carries the newest two blocks only) are read. Of the blocks' two clocks the published one is in
the editor's own zone or in UTC, as it comes; both are instants, and the words beside them render the
same value, so they are not stated again. Flags are the classes
``is-key-event`` and ``is-summary``. One body in fourteen gives every block one time: the blog was
published again; dating judges that.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborNode

from dateline.extract import JSON, Rank
from dateline.extract.embeds import embeds_of
from dateline.extract.guardian import CARRIER, NOT_TEXT, SITE, block_anchor, flags_of
from dateline.extract.page import Page
from dateline.extract.text import fragment, line, paragraphs, plain, plain_line
from dateline.model import Basis, Block, Clock, Document, Kind, Order, Reject, Role, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = JSON
MARKS = ("block-time published-time", '"bodyTextSummary"', '"publishedDate"', "block-elements")

_LISTED = Window(shows="latest")
_WHOLE = Window(is_complete=True, page=1, pages=1, shows="all")


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a Content API answer, or return None where the body is none."""
    answer = page.json
    if not isinstance(answer, dict):
        return None
    response = answer.get("response", answer)
    if not isinstance(response, dict):
        return None
    if isinstance(response.get("results"), list):
        return _list(response["results"], page)
    content = response.get("content", response)
    return _item(content, page, _WHOLE) if isinstance(content, dict) else None


def _list(results: list[Any], page: Page) -> Document | None:
    items = [_item(one, page, _LISTED) for one in results if isinstance(one, dict)]
    found = tuple(one for one in items if one is not None)
    if not found:
        return None
    return Document(format="guardian_api", kind=Kind.FEED, url=page.snapshot.url, carrier=CARRIER, items=found)


def _item(content: Mapping[str, Any], page: Page, window: Window) -> Document | None:
    blocks, rejects = _blocks(content)
    if not blocks:
        return None
    fields = content.get("fields") or {}
    url = content.get("webUrl") or (SITE + content["id"] if isinstance(content.get("id"), str) else None)
    return Document(
        format="guardian_api",
        kind=Kind.LIVE_BLOG,
        url=url if window is _LISTED else page.snapshot.url or url,
        canonical_url=url,
        title=plain_line(fields.get("headline") or content.get("webTitle") or ""),
        carrier=fields.get("publication") or CARRIER,
        language=fields.get("lang"),
        categories=tuple(one for one in (content.get("sectionName") or content.get("sectionId"),) if one),
        credits={"author": plain_line(fields["byline"]) or ""} if fields.get("byline") else {},
        clocks=tuple(_own_clocks(content, fields)),
        coverage={"state": "live" if fields["liveBloggingNow"] == "true" else "over"}
        if "liveBloggingNow" in fields
        else {},
        order=Order.NEWEST_FIRST,
        window=window,
        lead=plain(fields.get("standfirst") or fields.get("trailText") or ""),
        blocks=blocks,
        rejects=rejects,
    )


def _own_clocks(content: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[Clock]:
    """The answer's own publication date moves with every update, so the first one is stated first."""
    for stated, role in (
        (fields.get("firstPublicationDate"), Role.PUBLISHED),
        (content.get("webPublicationDate"), Role.SHOWN if fields.get("firstPublicationDate") else Role.PUBLISHED),
        (fields.get("lastModified"), Role.MODIFIED),
    ):
        if isinstance(stated, str):
            yield Clock(role=role, stated=stated[:64], basis=Basis.API)


def _blocks(content: Mapping[str, Any]) -> tuple[tuple[Block, ...], tuple[Reject, ...]]:
    listed = content.get("blocks")
    if isinstance(listed, dict) and isinstance(listed.get("body"), list):
        found = [one for one in listed["body"] if isinstance(one, dict)]
        odd = len(listed["body"]) - len(found)
        rejects = (Reject(where="blocks.body", why=f"{odd} of the blocks are no objects"),) if odd else ()
        return tuple(_object(one) for one in found), rejects
    fields = content.get("fields")
    body = fields.get("body") if isinstance(fields, dict) else None
    if not isinstance(body, str) or 'id="block-' not in body:
        return (), ()
    nodes = fragment(body).css('.block[id^="block-"]')
    return tuple(_markup(one) for one in nodes), ()


def _markup(block: LexborNode) -> Block:
    title = block.css_first(".block-title")
    return Block(
        where=f"div#{block.id}",
        anchor=block_anchor(block.id),
        headline=line(paragraphs(title)) if title else None,
        text=paragraphs(block, NOT_TEXT),
        author=_contributor(block),
        clocks=tuple(_clocks(block)),
        embeds=embeds_of(block),
        **flags_of(block),
    )


def _contributor(block: LexborNode) -> str | None:
    """The contributor is named by an address of his page: the words of its last part."""
    return _name(block.attributes.get("data-block-contributor") or "")


def _name(stated: str) -> str | None:
    return stated.rpartition("/")[2].replace("-", " ").replace("_", " ").title() or None


def _clocks(block: LexborNode) -> Iterator[Clock]:
    for css, role in ((".published-time > time", Role.PUBLISHED), (".updated-time > time", Role.MODIFIED)):
        node = block.css_first(css)
        if node is None:
            continue
        if stated := node.attributes.get("datetime"):
            yield Clock(role=role, stated=stated[:64], basis=Basis.API)


def _object(block: Mapping[str, Any]) -> Block:
    root = fragment(block.get("bodyHtml") or "")
    flags = block.get("attributes") or {}
    return Block(
        where=f"blocks.body[{block.get('id')}]",
        anchor=block_anchor(block.get("id")),
        headline=plain_line(block.get("title") or flags.get("title") or ""),
        text=paragraphs(root, NOT_TEXT) or plain(block.get("bodyTextSummary") or ""),
        author=", ".join(name for one in block.get("contributors") or () if (name := _name(str(one)))) or None,
        clocks=tuple(_object_clocks(block)),
        embeds=embeds_of(root),
        is_key_event=flags.get("keyEvent") in {True, "true"},
        is_summary=flags.get("summary") in {True, "true"},
        is_pinned=flags.get("pinned") in {True, "true"},
    )


def _object_clocks(block: Mapping[str, Any]) -> Iterator[Clock]:
    for key, role in (
        ("createdDate", Role.CREATED),
        ("firstPublishedDate", Role.PUBLISHED),
        ("publishedDate", Role.SHOWN if block.get("firstPublishedDate") else Role.PUBLISHED),
        ("lastModifiedDate", Role.MODIFIED),
    ):
        stated = block.get(key)
        if isinstance(stated, dict):
            stated = stated.get("iso8601") or stated.get("dateTime")
        if stated:
            yield Clock(role=role, stated=str(stated)[:64], basis=Basis.API)

"""Washington Post live pages: ``__NEXT_DATA__`` holds the blog, its ``content_elements`` of type ``story`` the posts.

Each story has its own headline, credits and body of typed elements. ``first_display_date`` is when readers
first saw it; ``first_publish_date`` may be that of the draft's publication elsewhere.
"""

from collections.abc import Iterator
from typing import Any

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.payload import MAX_STATED, Fields, fields, flag, listed, markup, names_in, text_field
from dateline.extract.scripts import objects_of, tolerant_json
from dateline.extract.text import plain, plain_line
from dateline.model import Basis, Block, Clock, Document, Embed, Role
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
SELECTOR = "script#__NEXT_DATA__"
MARKS = ('"first_display_date"',)

_WORDS = frozenset({"text", "header", "quote", "list", "raw_html", "correction", "list_element"})


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a Washington Post live page, or return None where its data holds no stories."""
    script = page.html.css_first("script#__NEXT_DATA__") if page.looks_like == "html" else None
    if script is None:
        return None
    blog = _blog(tolerant_json(script.text()))
    if blog is None:
        return None
    stories = [one for one in listed(blog, "content_elements") if one.get("type") == "story"]
    lead = "\n".join(
        text for one in listed(blog, "content_elements") if one.get("type") == "text" for text in _words(one)
    )
    return facts_of(page).live_blog("washington_post", [_block(one) for one in stories], lead=lead)


def _blog(data: Any) -> Fields | None:
    """Find the object that holds stories: the page's own content, wherever the site's code keeps it."""
    for one in objects_of(data, limit=20_000):
        elements = listed(one, "content_elements")
        if any(element.get("type") == "story" for element in elements):
            return one
    return None


def _block(story: Fields) -> Block:
    identity = text_field(story, "_id")
    return Block(
        where=f"content_elements[{identity}]",
        anchor=anchor(identity),
        headline=plain_line(text_field(fields(story, "headlines"), "basic") or ""),
        text="\n".join(text for element in listed(story, "content_elements") for text in _words(element)),
        author=names_in(fields(story, "credits").get("by")),
        clocks=tuple(_clocks(story)),
        embeds=tuple(dict.fromkeys(_embeds(story))),
        is_pinned=flag(fields(story, "additional_properties"), "is_pinned", "pinned") or flag(story, "pinned"),
        is_key_event=flag(fields(story, "additional_properties"), "is_key_update", "key_update"),
    )


def _words(element: Fields) -> Iterator[str]:
    kind = element.get("type")
    if kind in _WORDS and (text := plain(text_field(element, "content") or "")):
        yield text
    for inner in (*listed(element, "items"), *(listed(element, "content_elements") if kind == "quote" else ())):
        yield from _words({"type": "text"} | dict(inner))


def _embeds(story: Fields) -> Iterator[Embed]:
    for element in listed(story, "content_elements"):
        kind = element.get("type")
        if kind in {"image", "video"}:
            caption = plain_line(text_field(element, "caption", "credits_caption_display") or "")
            yield Embed(kind=str(kind), url=text_field(element, "url", "canonical_url"), text=caption)
        elif kind == "oembed_response":
            raw = fields(element, "raw_oembed")
            provider = (text_field(raw, "provider_name", "type") or "").lower()
            tweet = provider in {"twitter", "x"}
            words = markup(text_field(raw, "html"))[0]
            yield Embed(kind="tweet" if tweet else "other", url=text_field(raw, "url", "_id"), text=words or None)
        elif kind == "raw_html":
            yield from markup(text_field(element, "content"))[1]


def _clocks(story: Fields) -> Iterator[Clock]:
    extra = fields(story, "additional_properties")
    stated = (
        (Role.CREATED, text_field(story, "created_date")),
        (
            Role.PUBLISHED,
            text_field(extra, "first_display_date") or text_field(story, "first_display_date", "first_publish_date"),
        ),
        (Role.SHOWN, text_field(story, "display_date")),
        (Role.MODIFIED, text_field(story, "last_updated_date")),
    )
    yield from (Clock(role=role, stated=text[:MAX_STATED], basis=Basis.API) for role, text in stated if text)

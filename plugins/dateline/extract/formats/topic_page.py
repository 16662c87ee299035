"""Topic and hashtag pages of aggregators: whole articles of many carriers, one below the other.

As text, a page title stands first, then the items. As HTML, the same lines are taken from the page's
main part; a list of labels gives the dashes that the text form shows, and a title that is a link gives
the item its address.
"""

from dataclasses import replace

from selectolax.lexbor import LexborNode

from dateline.extract import Rank
from dateline.extract.facts import facts_of
from dateline.extract.page import Page
from dateline.extract.text import line, paragraphs
from dateline.extract.topic_items import items_in
from dateline.model import Document, Kind
from dateline.source import Source

RANK = Rank.TOPIC_PAGE
SYNTAX = frozenset({"text", "html"})
MARKS = ()

_FURNITURE = "nav, header, footer, aside, [role=navigation], [aria-hidden=true]"


def extract(page: Page, source: Source) -> Document | None:
    """Read a topic page in text or HTML, or return None where no item opens with its head."""
    if page.looks_like == "text":
        return _from_text(page, source)
    return _from_html(page, source) if page.looks_like == "html" else None


def _from_text(page: Page, source: Source) -> Document | None:
    before, items = items_in(page.text.splitlines(), "topic_page")
    if not items:
        return None
    return Document(
        format="topic_page",
        kind=Kind.TOPIC_PAGE,
        url=page.snapshot.url,
        title=next((found for one in before if (found := line(one))), None),
        carrier=source.publisher,
        language=source.language,
        items=tuple(items),
    )


def _from_html(page: Page, source: Source) -> Document | None:
    root = page.html.css_first("main, [role=main]") or page.html.body
    if root is None:
        return None
    _, items = items_in(_lines(root), "topic_page")
    if len(items) < 2:  # one such head may stand above any article
        return None
    facts = facts_of(page)
    addresses = _addresses(root)
    return Document(
        format="topic_page",
        kind=Kind.TOPIC_PAGE,
        url=facts.url,
        canonical_url=facts.canonical_url,
        title=facts.title,
        carrier=source.publisher or facts.carrier,
        language=facts.language,
        items=tuple(replace(item, url=addresses.get(item.title or "")) for item in items),
    )


def _lines(root: LexborNode) -> list[str]:
    """Return the lines of the page, with a dash before each label that is a list item."""
    labels = {text for one in root.css("li") if (text := line(one.text())) and len(text) <= 80}
    return [f"- {one}" if one in labels else one for one in paragraphs(root, _FURNITURE).splitlines()]


def _addresses(root: LexborNode) -> dict[str, str]:
    """Map what a link says to where it leads, the first of each wording."""
    found: dict[str, str] = {}
    for link in root.css("a[href^=http]"):
        text = line(link.text())
        if text:
            found.setdefault(text, link.attributes["href"] or "")
    return found

"""Wall Street Journal live coverage: schema.org updates whose addresses are cards, ``#card-x`` or ``/card/x``.

A card is a post with a page of its own; its anchor is the name of the card in both channels. Cards whose text the
coverage page leaves out are offered as follow-up addresses.
"""

import re
from dataclasses import replace

from dateline.extract import HTML, Rank
from dateline.extract.facts import address, joined
from dateline.extract.formats import schema_org
from dateline.extract.page import Page
from dateline.extract.payload import listed
from dateline.model import Block, Document, Window
from dateline.source import Source

RANK = Rank.PUBLISHER
SYNTAX = HTML
MARKS = ("liveBlogUpdate",)

_CARD = re.compile(r"(?:#card-|/card/)([\w-]{3,200})")


def extract(page: Page, source: Source) -> Document | None:
    """Read coverage made of cards, or return None where the page's updates are no cards."""
    cards = _cards(page)
    if not cards:
        return None
    document = schema_org.extract(page, source)
    if document is None:
        return None
    blocks = tuple(_named(one) for one in document.blocks)
    untold = {one.anchor for one in blocks if not one.text}
    return replace(
        document,
        format="wsj",
        blocks=blocks,
        window=Window(next_urls=tuple(url for name, url in cards.items() if name in untold)),
    )


def _cards(page: Page) -> dict[str, str]:
    """Map each card's name to the address of its own page."""
    found: dict[str, str] = {}
    for blog in page.json_ld:
        for update in listed(blog, "liveBlogUpdate"):
            url = joined(page.snapshot.url, address(update.get("url")) or address(update.get("mainEntityOfPage")))
            card = _CARD.search(url or "")
            if url and card:
                base = url[: card.start()].rstrip("/")
                found.setdefault(card[1], f"{base}/card/{card[1]}")
    return found


def _named(block: Block) -> Block:
    return replace(block, anchor=block.anchor.removeprefix("card-")) if block.anchor else block

"""What all channels of the Guardian share: its block ids and the markup inside a block.

``block-<24 hex>`` is a MongoDB ObjectId: its first eight digits are the second of creation. The JSON
of the page states it without ``block-``, everything else with it.
"""

import re

from selectolax.lexbor import LexborNode

from dateline.extract.embeds import CAPTIONS

CARRIER = "The Guardian"
SITE = "https://www.theguardian.com/"

NOT_TEXT = (
    f"{CAPTIONS}, .block-time, .block-title, .block-share, .element-image, .element-video figcaption,"
    " .contributions__epic, gu-island[name*=Epic], .ad-slot, [data-name^=inline]"
)
"""CSS inside a block of what is not its words."""

_OBJECT_ID = re.compile(r"(?:block-)?([0-9a-f]{24})")


def block_anchor(stated: str | None) -> str | None:
    """Return ``block-<oid>`` for a block's id or an address that ends in one, or None."""
    found = _OBJECT_ID.fullmatch((stated or "").rpartition("#")[2])
    return f"block-{found[1]}" if found else None


def flags_of(block: LexborNode) -> dict[str, bool]:
    """Read the flags from a block's classes."""
    classes = (block.attributes.get("class") or "").split()
    return {
        "is_key_event": "is-key-event" in classes or "block--key-event" in classes,
        "is_summary": "is-summary" in classes or "block--summary" in classes,
        "is_pinned": "is-pinned" in classes or "block--pinned" in classes,
    }

"""Clocks to datings: when was each entry written, published, changed and shown, and how well do we know.

Pure functions. :func:`date` takes what a page states and gives what we judge from it. No time is made up: a time
that the evidence does not give stays bounded or unknown, and keeps the publisher's words.
"""

from dataclasses import replace
from datetime import UTC, datetime

from pendulum import DateTime

from dateline.dating.frame import NEWEST, OLDEST
from dateline.dating.items import bounded_items, order_of_items
from dateline.dating.judge import judged
from dateline.dating.surroundings import frame_of
from dateline.model import Document, Reading

__all__ = ["date"]


def date(document: Document, *, captured_at: DateTime | None, zone: str | None = None) -> list[Reading]:
    """Date a document, its entries and its items.

    Args:
        document: what the page states, as extracted (and split, where it was a flattened copy).
        captured_at: the moment of capture, against which relative times are resolved; None where nobody knows it.
        zone: the IANA name of the zone of clocks that state none, as the source declares it.

    Returns:
        The reading of the document, then one for each of its items, in their order. A clock that cannot be
        read becomes a reject and leaves its time unknown; nothing is raised.
    """
    captured = _believable(captured_at)
    page = judged(document, frame_of(document, captured, zone))
    items = [judged(item, frame_of(item, captured, zone, page=document)) for item in document.items]
    if not items:
        return [page]
    order = order_of_items(document, items)
    return [replace(page, order=order), *bounded_items(items, order)]


def _believable(captured_at: DateTime | None) -> datetime | None:
    """Return a moment of capture as a plain datetime; one outside the web's own years is none."""
    if captured_at is None or not OLDEST <= captured_at < NEWEST:
        return None
    return datetime.fromtimestamp(captured_at.timestamp(), UTC)

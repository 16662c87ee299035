"""The items of a feed or a topic page bound each other where the page's order is known.

A topic page lists newest first. An item that has no date of its own ("6 days ago" with no moment of capture) was
published no earlier than the next dated item below it, and no later than the nearest dated one above; with none
above it is open on that side. A neighbour that is dated to the day lends its day as it is named.
"""

from collections.abc import Sequence
from dataclasses import replace

from dateline.dating.neighbours import bounded_by_neighbours
from dateline.dating.order import order_of_instants
from dateline.model import Basis, Dating, Document, Kind, Order, Precision, Reading


def order_of_items(document: Document, readings: Sequence[Reading]) -> Order:
    """Name the order of a page's items: as the page says, else by their dates, else (topic pages) newest first."""
    if document.order is not Order.UNKNOWN:
        return document.order
    found = order_of_instants([one.published.at for one in readings if one.published.at is not None])
    if found is Order.UNKNOWN and document.kind is Kind.TOPIC_PAGE:
        return Order.NEWEST_FIRST
    return found


def bounded_items(readings: Sequence[Reading], order: Order) -> list[Reading]:
    """Give each item without a time the bounds that its neighbours lend."""
    times = bounded_by_neighbours([one.published for one in readings], order)
    return [
        one if time is one.published else _published(one, _with_basis(one.published, time))
        for one, time in zip(readings, times, strict=True)
    ]


def _published(reading: Reading, time: Dating) -> Reading:
    """Give an item, and the one entry that an article is, the time that was found for it."""
    entries = tuple(
        replace(entry, published=time) if entry.published is reading.published else entry for entry in reading.entries
    )
    return replace(reading, published=time, entries=entries)


def _with_basis(own: Dating, bounds: Dating) -> Dating:
    """Keep "6 days ago" as the basis and the words of bounds that neighbours made of it."""
    if own.basis is not Basis.RELATIVE or bounds.precision is Precision.UNKNOWN:
        return bounds
    return replace(bounds, basis=Basis.RELATIVE, stated=own.stated)

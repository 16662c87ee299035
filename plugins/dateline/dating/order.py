"""The order of a page's entries, from their times, where the page does not say it.

Pinned entries and summaries stand where an editor put them, so they do not count. Of the steps from one
dated entry to the next (equal times are no step), nine in ten must go one way for the page to be newest or oldest
first; with more steps back than that the order is an editor's. One lonely step decides only where there is no other.
"""

import itertools
from collections.abc import Iterable, Sequence

from pendulum import DateTime

from dateline.model import Block, Dating, Order

SHARE = 0.9
FEW = 3
"""With this few steps or fewer, every one must agree."""


def order_of(blocks: Sequence[Block], times: Sequence[Dating]) -> Order:
    """Name the order in which a page stands, by its entries' datings."""
    instants = [
        dating.at
        for block, dating in zip(blocks, times, strict=True)
        if dating.at is not None and not block.is_pinned and not block.is_summary
    ]
    return order_of_instants(instants)


def order_of_instants(instants: Sequence[DateTime]) -> Order:
    """Name the order of a row of instants."""
    down, up = steps(instants)
    total = down + up
    if total == 0:
        return Order.UNKNOWN
    needed = total if total <= FEW else SHARE * total
    if down >= needed:
        return Order.NEWEST_FIRST
    return Order.OLDEST_FIRST if up >= needed else Order.EDITORIAL


def steps(instants: Iterable[DateTime]) -> tuple[int, int]:
    """Count the steps back and the steps forward in time along a row."""
    row = list(instants)
    down = sum(1 for one, after in itertools.pairwise(row) if after < one)
    up = sum(1 for one, after in itertools.pairwise(row) if after > one)
    return down, up

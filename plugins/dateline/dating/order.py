"""The order of a page's entries, from their times, where the page does not say it.

Pinned entries and summaries stand where an editor put them, so they do not count. Of the steps from one
dated entry to the next (equal times are no step), nine in ten must go one way for the page to be newest or oldest
first; with more steps back than that the order is an editor's. One lonely step decides only where there is no other.
"""

from collections.abc import Sequence
from itertools import pairwise

from pendulum import DateTime

from dateline.model import Basis, Block, Dating, Order

SHARE = 0.9
FEW = 3
"""With this few steps or fewer, every one must agree."""


def order_of(blocks: Sequence[Block], times: Sequence[Dating]) -> Order:
    """Name the order in which a page stands, by its entries' datings; bounds of clocks count where they start."""
    instants = [
        instant
        for block, dating in zip(blocks, times, strict=True)
        if (instant := dating.at or _clocks_start(dating)) is not None and not block.is_pinned and not block.is_summary
    ]
    return order_of_instants(instants)


def order_of_instants(instants: Sequence[DateTime]) -> Order:
    """Name the order of a row of instants."""
    down = sum(1 for one, after in pairwise(instants) if after < one)
    up = sum(1 for one, after in pairwise(instants) if after > one)
    return order_of_steps(down, up)


def order_of_steps(down: int, up: int) -> Order:
    """Name the order of a page with so many steps back and forward in time."""
    total = down + up
    if total == 0:
        return Order.UNKNOWN
    needed = total if total <= FEW else SHARE * total
    if down >= needed:
        return Order.NEWEST_FIRST
    return Order.OLDEST_FIRST if up >= needed else Order.EDITORIAL


def _clocks_start(dating: Dating) -> DateTime | None:
    """Return where the bounds of a clock begin: clocks in an unknown zone keep their order all the same."""
    return dating.earliest if dating.basis is Basis.TEXT_CLOCK and dating.latest is not None else None

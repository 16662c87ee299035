"""Which way a page's clocks run, when all that they show is a time of day.

Where some clocks state their day and others do not, those that do are the older ones. A step of half a day or less
counts as it looks; a longer one is a midnight, and counts the other way. Date headings outvote clocks. Where votes
are even both ways are tried.
"""

from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise

from dateline.dating.headings import Heading
from dateline.dating.order import order_of_steps
from dateline.dating.walk import Row
from dateline.model import Order

_DAY = 24 * 3600
_HALF_DAY = 12 * 3600


def ways_of(order: Order, rows: Sequence[Row], headings: Sequence[Heading]) -> tuple[bool, ...]:
    """Return the ways a page may run: True for newest first, False for oldest first, both where nothing tells."""
    if order in {Order.NEWEST_FIRST, Order.OLDEST_FIRST}:
        return (order is Order.NEWEST_FIRST,)
    balance = _balance_of_days([one.day for one in headings]) or _balance_of_days(
        [row.day for row in rows if row.day is not None]
    )
    balance = balance or _side_of_days(rows)
    balance = balance or sum(_step(one, after) for one, after in pairwise(rows))
    return (True, False) if balance == 0 and len(rows) > 1 else (balance <= 0,)


def _side_of_days(rows: Sequence[Row]) -> int:
    """Say on which side the dated rows stand: all at the end (-1), all at the start (1), mixed or none (0)."""
    dated = [row.day is not None for row in rows]
    if all(dated) or not any(dated) or sorted(dated) not in (dated, dated[::-1]):
        return 0
    return -1 if dated[-1] else 1


def order_shown(clocks: Sequence[time]) -> Order:
    """Name the order that three clocks or more show, whatever day they are of."""
    if len(clocks) < 3:
        return Order.UNKNOWN
    ahead = [_step(one, after) for one, after in pairwise([Row(clock=clock) for clock in clocks])]
    return order_of_steps(ahead.count(-1), ahead.count(1))


def _balance_of_days(days: Sequence[date]) -> int:
    return sum((after > one) - (after < one) for one, after in pairwise(days))


def _step(one: Row, after: Row) -> int:
    """Say whether a step leads forward (1), back (-1) or nowhere (0) in time."""
    ahead = (after.seconds - one.seconds + _HALF_DAY) % _DAY - _HALF_DAY
    return (ahead > 0) - (ahead < 0)

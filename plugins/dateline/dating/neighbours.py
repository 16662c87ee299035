"""Bounds from neighbours: on a page in order, an entry without a time lies between those that have one.

The nearest known time on either side counts; a neighbour dated to the day lends the day that it names. Bounds that
would cross (the neighbours themselves are out of order) are not given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pendulum import DateTime

from dateline.model import Basis, Dating, Order, Precision


def bounded_by_neighbours(times: Sequence[Dating], order: Order) -> list[Dating]:
    """Give each unknown or half-open time the bounds of its neighbours; others stay the objects they are."""
    if order is Order.NEWEST_FIRST:
        return list(reversed(_bounded(list(reversed(times)))))
    return _bounded(list(times)) if order is Order.OLDEST_FIRST else list(times)


def _bounded(oldest_first: list[Dating]) -> list[Dating]:
    if all(one.at is not None for one in oldest_first):
        return oldest_first
    floors = list(_latest_so_far(oldest_first))
    ceilings = list(reversed(list(_earliest_so_far(reversed(oldest_first)))))
    return [_narrowed(one, floor, ceiling) for one, floor, ceiling in zip(oldest_first, floors, ceilings, strict=True)]


def _latest_so_far(times: Iterable[Dating]) -> Iterable[DateTime | None]:
    """Walk forward: what is known to lie before each entry."""
    floor: DateTime | None = None
    for one in times:
        yield floor
        lower = one.at or one.earliest
        floor = lower if floor is None else max(floor, lower or floor)


def _earliest_so_far(times: Iterable[Dating]) -> Iterable[DateTime | None]:
    """Walk backward: what is known to lie after each entry."""
    ceiling: DateTime | None = None
    for one in times:
        yield ceiling
        ceiling = one.latest if ceiling is None else min(ceiling, one.latest or ceiling)


def _narrowed(one: Dating, floor: DateTime | None, ceiling: DateTime | None) -> Dating:
    if one.at is not None:
        return one
    earliest = max((bound for bound in (one.earliest, floor) if bound is not None), default=None)
    latest = min((bound for bound in (one.latest, ceiling) if bound is not None), default=None)
    if (earliest, latest) == (one.earliest, one.latest) or (earliest and latest and earliest > latest):
        return one
    basis = one.basis if one.earliest or one.latest else Basis.ORDER
    return replace(one, earliest=earliest, latest=latest, precision=Precision.BOUNDED, basis=basis)

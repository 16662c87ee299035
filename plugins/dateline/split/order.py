"""Do clocks run one way, as those of a live blog do, and which way?"""

from collections.abc import Sequence
from itertools import pairwise

DAY = 24 * 60


def steps_of(minutes: Sequence[int]) -> list[int]:
    """Return the steps between neighbouring clocks, each within half a day either way: midnight is no jump."""
    return [(later - earlier + DAY // 2) % DAY - DAY // 2 for earlier, later in pairwise(minutes)]


def direction_of(minutes: Sequence[int]) -> tuple[int, float]:
    """Return -1 for newest first or 1 for oldest first, and the share of the steps that go that way or stand still."""
    steps = steps_of(minutes)
    if not steps:
        return -1, 1.0
    down, up = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    still = len(steps) - down - up
    return (-1 if down >= up else 1), (max(down, up) + still) / len(steps)


def running(minutes: Sequence[int]) -> list[bool]:
    """Mark the longest chain of clocks that runs the main way; what is off it was perhaps no entry's clock."""
    way, _ = direction_of(minutes)
    best = [1] * len(minutes)
    link = [-1] * len(minutes)
    for at, minute in enumerate(minutes):
        for before in range(max(at - 12, 0), at):
            step = (minute - minutes[before] + DAY // 2) % DAY - DAY // 2
            if step * way >= 0 and best[before] + 1 > best[at]:
                best[at], link[at] = best[before] + 1, before
    on = [False] * len(minutes)
    at = max(range(len(minutes)), key=best.__getitem__, default=-1)
    while at >= 0:
        on[at] = True
        at = link[at]
    return on

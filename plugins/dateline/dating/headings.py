"""Which entries a date heading dates: those that stand below it, or, on some pages, those above.

A heading above its entries is the rule. It cannot be meant so where the last heading has no entry below it; it
cannot be meant the other way where the first has none above it. Where both are possible, the page's limits decide:
on a page that is newest first, entries above the first heading would be of a later day, which the moment of capture
may rule out; entries below the last would be of an earlier one, which the document's own publication may rule out.
What stays open is worked out both ways, and the entries are bounded by both.

A heading dates its group from its own side up to the first midnight that the walk passes: desks forget a heading.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from dateline.dating.walk import Row, turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A day, standing before the entry at ``position`` of the page."""

    position: int
    day: date


def readings_of(
    headings: Sequence[Heading], count: int, *, newest_first: bool, first: date | None, last: date | None
) -> list[bool]:
    """Return the ways the headings can be meant: True for above its entries, False for below.

    ``first`` and ``last`` are the days that no entry can lie before and after, where they are known.
    """
    starts, ends = headings[0], headings[-1]
    above = ends.position < count and not _is_ruled_out(starts, starts.position > 0, newest_first, first, last)
    below = starts.position > 0 and not _is_ruled_out(ends, ends.position < count, not newest_first, first, last)
    return [way for way, possible in ((True, above), (False, below)) if possible]


def _is_ruled_out(heading: Heading, has_others: bool, later: bool, first: date | None, last: date | None) -> bool:
    """Say whether entries beyond a heading, which would be of a later or an earlier day, cannot exist."""
    if not has_others:
        return False
    if later:
        return last is not None and last <= heading.day
    return first is not None and first >= heading.day


def headed(
    rows: Sequence[Row], places: Sequence[int], headings: Sequence[Heading], *, above: bool, newest_first: bool
) -> list[Row]:
    """Give rows (in page order, at ``places``) the days of their headings, and the number of their group."""
    found: list[Row] = list(rows)
    for group, members in enumerate(_groups(places, headings)):
        heading = _heading_of(group, headings, above=above)
        from_heading = members if above else members[::-1]
        passed = _midnights([rows[number] for number in from_heading], falling=newest_first == above)
        for number, midnights in zip(from_heading, passed, strict=True):
            day = heading.day if heading is not None and not midnights else None
            found[number] = replace(rows[number], day=rows[number].day or day, group=group)
    return found


def _groups(places: Sequence[int], headings: Sequence[Heading]) -> list[list[int]]:
    """List the rows between one heading and the next; the first group stands before all headings."""
    edges = [heading.position for heading in headings]
    groups: list[list[int]] = [[] for _ in range(len(edges) + 1)]
    for number, place in enumerate(places):
        groups[sum(1 for edge in edges if edge <= place)].append(number)
    return groups


def _heading_of(group: int, headings: Sequence[Heading], *, above: bool) -> Heading | None:
    number = group - 1 if above else group
    return headings[number] if 0 <= number < len(headings) else None


def _midnights(rows: Sequence[Row], *, falling: bool) -> list[int]:
    """Count the midnights passed from the heading on; ``falling`` where that way leads back in time."""
    return turns([replace(row, clock=_mirror(row.clock)) for row in rows] if falling else rows)


def _mirror(clock: time) -> time:
    return time(23 - clock.hour, 59 - clock.minute, 59 - clock.second)

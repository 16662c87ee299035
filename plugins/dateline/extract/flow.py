"""Cut posts out of the lines of a page whose posts have no element of their own.

Given the lines that begin a post, a post runs to the next such line. Three things end it earlier: a line
that is nothing but a day (it dates posts, and belongs to none); the end of the post's own wrapper, where most
posts have one (what stands between two wrappers is no post's); and, for the last post of a page without
wrappers, a heading or a run of links, for there the page goes on with something else.

Only the element that holds four in five of the beginnings counts: a clock in the margin begins nothing.
"""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from dateline.extract.clock_text import is_day
from dateline.extract.lines import Line, Quote, Sheet
from dateline.model import DateHeading


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One post: the line that begins it, the lines of its body, what is quoted in it, its own id."""

    start: int
    opening: Line
    body: tuple[Line, ...]
    quotes: tuple[LexborNode, ...]
    anchor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The posts of a page, the days that stand between them, and the lines before the first."""

    posts: tuple[Cut, ...]
    headings: tuple[DateHeading, ...]
    lead: tuple[Line, ...]


def flow_of(sheet: Sheet, starts: Sequence[int]) -> Flow:
    """Cut the posts that begin at the lines ``starts`` (numbers, rising)."""
    lines = sheet.lines
    home = _home(lines, starts)
    starts = [number for number in starts if home in lines[number].inside]
    depth = lines[starts[0]].inside.index(home) + 1
    stop = next((n for n in range(starts[-1], len(lines)) if home not in lines[n].inside), len(lines))
    days = _days(lines, starts, home)
    edges = [*starts, stop]
    is_wrapped = _has_wrappers(lines, edges, depth)
    posts = [
        _cut(sheet, start, _end(lines, start, after, days, depth if is_wrapped else None), depth, is_wrapped=is_wrapped)
        for start, after in itertools.pairwise(edges)
    ]
    if not is_wrapped:
        posts[-1] = _ended(posts[-1], sheet, depth)
    first = next(n for n, line in enumerate(lines) if home in line.inside)
    return Flow(
        posts=tuple(posts),
        headings=tuple(DateHeading(position=sum(1 for n in starts if n < day), stated=lines[day].text) for day in days),
        lead=tuple(line for n, line in enumerate(lines[first : starts[0]], first) if n not in days),
    )


def _home(lines: Sequence[Line], starts: Sequence[int]) -> int:
    """Find the innermost element that holds four in five of the beginnings.

    An element around it that holds all of them is taken where no heading and few lines stand between: a desk may
    set its first post apart.
    """
    paths = [lines[number].inside for number in starts]
    counts = Counter(element for path in paths for element in path)
    depths = {element: depth for path in paths for depth, element in enumerate(path)}
    home = max((one for one in counts if counts[one] * 5 >= len(paths) * 4), key=depths.__getitem__)
    whole = max((one for one in counts if counts[one] == len(paths)), key=depths.__getitem__)
    size = Counter(element for line in lines for element in line.inside if element in {home, whole})
    taken = set(starts)
    between = [n for n in range(starts[0], starts[-1]) if home not in lines[n].inside]
    is_apart = any(lines[n].heading and n not in taken for n in between)
    return home if is_apart or size[whole] * 2 > size[home] * 3 else whole


def _days(lines: Sequence[Line], starts: Sequence[int], home: int) -> list[int]:
    """Return the lines that are nothing but a day: any among the posts, headings and bold lines around them."""
    taken = set(starts)
    near = set(lines[starts[0]].inside[max(0, lines[starts[0]].inside.index(home) - 3) :])
    return [
        number
        for number, line in enumerate(lines)
        if number not in taken
        and (home in line.inside or (line.is_bold and not near.isdisjoint(line.inside)))
        and is_day(line.text)
    ]


def _child(line: Line | Quote, depth: int) -> int | None:
    """Name the child of the home element that a line stands in; None where it stands in none."""
    return line.inside[depth] if len(line.inside) > depth else None


def _has_wrappers(lines: Sequence[Line], edges: Sequence[int], depth: int) -> bool:
    """Say whether most posts with a body have it in the same child of the home element as their beginning."""
    own = [_child(lines[start], depth) for start in edges[:-1]]
    if None in own or len(set(own)) < len(own):
        return False
    bodies = [
        _child(lines[start], depth) == _child(lines[start + 1], depth)
        for start, after in itertools.pairwise(edges[:-1])
        if after > start + 1
    ]
    return bool(bodies) and sum(bodies) * 3 >= len(bodies) * 2


def _end(lines: Sequence[Line], start: int, after: int, days: Sequence[int], depth: int | None) -> int:
    end = next((day for day in days if start < day < after), after)
    if depth is None:
        return end
    own = _child(lines[start], depth)
    return next((n for n in range(start, end) if _child(lines[n], depth) != own), end)


def _cut(sheet: Sheet, start: int, end: int, depth: int, *, is_wrapped: bool) -> Cut:
    opening = sheet.lines[start]
    own = _child(opening, depth)
    if is_wrapped:
        quotes = [one.node for one in sheet.quotes if _child(one, depth) == own]
    else:
        quotes = [one.node for one in sheet.quotes if start < one.before <= end]
    return Cut(
        start=start,
        opening=opening,
        body=tuple(sheet.lines[start + 1 : end]),
        quotes=tuple(quotes),
        anchor=_anchor(opening, depth),
    )


def _ended(post: Cut, sheet: Sheet, depth: int) -> Cut:
    """End the last post where the page goes on with something else."""
    level = post.opening.heading or 4
    for number, line in enumerate(post.body):
        is_heading = 0 < line.heading <= level and not (number == 0 and line.is_bold and not post.opening.heading)
        following = post.body[number + 1 : number + 2]
        if is_heading or (_is_link(line) and all(_is_link(one) for one in following) and following):
            return _cut(sheet, post.start, post.start + 1 + number, depth, is_wrapped=False)
    return post


def _is_link(line: Line) -> bool:
    return line.linked * 10 >= len(line.text) * 9


def _anchor(opening: Line, depth: int) -> str | None:
    """Return the id of the beginning, or of an element around it that is not yet the home element's."""
    node: LexborNode | None = opening.node
    for _ in range(len(opening.inside) - depth):
        if node is None:
            break
        if node.id:
            return node.id
        node = node.parent
    return None


def attributes_around(line: Line, depth: int) -> Mapping[str, str | None]:
    """Return the attributes of the elements around a line, up to ``depth`` of them, the inner ones first."""
    found: dict[str, str | None] = {}
    node: LexborNode | None = line.node
    for _ in range(depth):
        if node is None:
            break
        for name, value in node.attributes.items():
            found.setdefault(name, value)
        node = node.parent
    return found

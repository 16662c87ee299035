"""Repeated blocks of a page that carry times: found, dressed alike, and filled with their lines.

A group is the children of one element that have one tag and, by and large, one set of classes, at least three
of them with a time in them. Day sections that each hold posts in the same dress are put together. Whether such a
group is the posts of a live blog is for :mod:`dateline.extract.live_signs` to judge.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from dateline.extract.lines import Line, Quote, Sheet
from dateline.extract.time_evidence import MAX_DEPTH, Evidence

MIN_POSTS = 3

_ADDRESS = re.compile(r"https?://\S+")


@dataclass(slots=True)
class Member:
    """One block of a group: its element, the lines and quotes in it, and the times that it carries."""

    node: LexborNode
    lines: list[Line]
    quotes: list[Quote]
    evidence: list[Evidence]

    @property
    def own_text(self) -> int:
        """Count the characters that are no link."""
        return sum(unlinked(line) for line in self.lines)

    @property
    def longest_line(self) -> int:
        """Count the characters of the longest line that are no link."""
        return max(map(unlinked, self.lines), default=0)


def unlinked(line: Line) -> int:
    """Count the characters of a line that are neither a link nor an address."""
    return 0 if _ADDRESS.fullmatch(line.text) else max(0, len(line.text) - line.linked)


def groups_of(evidence: Sequence[Evidence]) -> list[list[Member]]:
    """Gather the ancestors of every time by parent and tag, then by dress."""
    children: dict[tuple[int, str], dict[int, Member]] = {}
    for one in evidence:
        node: LexborNode | None = one.node
        for _ in range(MAX_DEPTH):
            parent = node.parent if node is not None else None
            if node is None or parent is None or node.tag in {"body", "html"}:
                break
            siblings = children.setdefault((parent.mem_id, node.tag or ""), {})
            member = siblings.setdefault(node.mem_id, Member(node, [], [], []))
            member.evidence.append(one)
            node = parent
    dressed = [_in_one_dress(list(siblings.values())) for siblings in children.values() if siblings]
    return _joined([one for one in dressed if one])


def _in_one_dress(members: list[Member]) -> list[Member]:
    """Keep the members that wear the classes which most of them share; where there are none, the commonest set.

    Posts of several kinds (``post post--text``, ``post post--image``) share one class and differ in another.
    """
    classes = [classes_of(one.node) for one in members]
    counts = Counter(name for worn in classes for name in worn)
    shared = frozenset(name for name, count in counts.items() if count * 10 >= len(members) * 7)
    dress = shared or Counter(classes).most_common(1)[0][0]
    return [
        one for one, worn in zip(members, classes, strict=True) if (worn >= shared if shared else _agree(worn, dress))
    ]


def classes_of(node: LexborNode) -> frozenset[str]:
    """Return the classes of an element, numbers in them set aside."""
    return frozenset(re.sub(r"\d+", "#", node.attributes.get("class") or "").split())


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or len(one & other) * 2 >= len(one | other)


def _joined(groups: list[list[Member]]) -> list[list[Member]]:
    """Put together groups of one dress whose parents are siblings of one dress: days, pages, parts."""
    joined: dict[tuple[object, ...], list[Member]] = {}
    for members in groups:
        parent = members[0].node.parent
        above = parent.parent if parent is not None else None
        dress = classes_of(parent) if parent is not None else None
        key = (above.mem_id if above else None, parent.tag if parent else None, dress, members[0].node.tag)
        joined.setdefault((*key, classes_of(members[0].node)), []).extend(members)
    return [members for members in joined.values() if len(members) >= MIN_POSTS]


def fill(groups: Iterable[list[Member]], sheet: Sheet) -> None:
    """Give each member the lines and quotes that stand in it, in one pass over the page."""
    wanted: dict[int, list[Member]] = {}
    for one in itertools.chain.from_iterable(groups):
        wanted.setdefault(one.node.mem_id, []).append(one)
    for line in sheet.lines:
        for one in _holding(line, wanted):
            one.lines.append(line)
    for quote in sheet.quotes:
        for one in _holding(quote, wanted):
            one.quotes.append(quote)


def _holding(part: Line | Quote, wanted: Mapping[int, list[Member]]) -> Iterator[Member]:
    for element in part.inside:
        yield from wanted.get(element, ())

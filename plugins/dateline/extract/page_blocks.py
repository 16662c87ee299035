"""Repeated blocks of a page that carry times: found, dressed alike, and filled with their lines.

A group is the children of one element that have one tag and, by and large, one set of classes, at least three
of them with a time in them. Day sections that each hold posts in the same dress are put together, and so are
blocks whose ids have one stem (``post-17``, ``post-18``), wherever they stand: an element that a post left open holds
all the posts behind it, and only their ids show that they are its equals. What stands in such an inner block
belongs to it alone. Whether a group is the posts of a live blog is for :mod:`dateline.extract.live_signs` to judge.
"""

import re
import sys
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
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
    position: int = sys.maxsize  # of its first line or quote on the page

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
    """Keep the members that wear half of the classes that most share; where none are shared, the commonest set.

    Posts of several kinds (``post post--text``, ``post post--image``) share one class and differ in another.
    """
    classes = [classes_of(one.node) for one in members]
    counts = Counter(name for worn in classes for name in worn)
    shared = frozenset(name for name, count in counts.items() if count * 10 >= len(members) * 7)
    commonest, _ = Counter(classes).most_common(1)[0]
    if shared:
        return [one for one, worn in zip(members, classes, strict=True) if len(worn & shared) * 2 >= len(shared)]
    return [one for one, worn in zip(members, classes, strict=True) if _agree(worn, commonest)]


def classes_of(node: LexborNode) -> frozenset[str]:
    """Return the classes of an element, numbers in them set aside."""
    return frozenset(re.sub(r"\d+", "#", node.attributes.get("class") or "").split())


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or len(one & other) * 2 >= len(one | other)


def _joined(groups: list[list[Member]]) -> list[list[Member]]:
    """Put together groups with ids of one stem, and those of one dress whose parents are siblings of one dress."""
    joined: dict[tuple[object, ...], list[Member]] = {}
    for members in groups:
        stems = {_stem(one.node) for one in members}
        if None not in stems and len(stems) == 1:
            joined.setdefault((members[0].node.tag, *stems), []).extend(members)
            continue
        parent = members[0].node.parent
        above = parent.parent if parent is not None else None
        dress = classes_of(parent) if parent is not None else None
        key = (above.mem_id if above else None, parent.tag if parent else None, dress, members[0].node.tag)
        joined.setdefault((*key, classes_of(members[0].node)), []).extend(members)
    return [members for members in joined.values() if len(members) >= MIN_POSTS]


def _stem(node: LexborNode) -> str | None:
    """Return what is left of an id without its number, where both are there."""
    name = node.id or ""
    stem = re.sub(r"[0-9a-f]{8,}|\d+", "#", name)
    return stem if stem != name and len(stem) > 2 else None


def fill(groups: Iterable[Sequence[Member]], sheet: Sheet) -> None:
    """Give each member of each group the lines and quotes that stand in it, in one pass over the page."""
    wanted: dict[int, list[tuple[int, Member]]] = {}
    for number, members in enumerate(groups):
        for one in members:
            wanted.setdefault(one.node.mem_id, []).append((number, one))
    for number, line in enumerate(sheet.lines):
        for one in _holding(line, wanted):
            one.lines.append(line)
            one.position = min(one.position, number)
    for quote in sheet.quotes:
        for one in _holding(quote, wanted):
            one.quotes.append(quote)
            one.position = min(one.position, quote.before)


def _holding(part: Line | Quote, wanted: Mapping[int, list[tuple[int, Member]]]) -> Iterable[Member]:
    """Return the innermost member of each group that a part of the page stands in."""
    found: dict[int, Member] = {}
    for element in part.inside:
        if element in wanted:
            found.update(wanted[element])
    return found.values()


def own_evidence(members: Sequence[Member]) -> None:
    """Take from each member the times that stand in another member inside it."""
    blocks = {one.node.mem_id for one in members}
    for member in members:
        member.evidence = [one for one in member.evidence if _first_of(one.node, blocks) == member.node.mem_id]


def _first_of(node: LexborNode, blocks: Container[int]) -> int | None:
    current: LexborNode | None = node
    for _ in range(MAX_DEPTH):
        if current is None or current.mem_id in blocks:
            break
        current = current.parent
    return current.mem_id if current is not None else None

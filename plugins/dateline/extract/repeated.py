"""The choice of the posts among the repeated blocks of a page.

Of the groups that could be posts the one with the most text of its own is taken, weighed by the number of its blocks.
A group that only holds the blocks of another, several each (days, pages, parts), gives way to that one. Blocks that
hold less text than stands between them only begin posts: headings, or paragraphs that open with a clock, in one flow.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2

from dateline.extract.clock_text import minute_of_day, opening_clock, run_one_way, shows_time
from dateline.extract.lines import Sheet
from dateline.extract.live_signs import NO_POST, About, are_comments, are_teasers, could_be_posts, has_words, words_of
from dateline.extract.page_blocks import MIN_POSTS, Member, classes_of, fill, groups_of, own_evidence
from dateline.extract.time_evidence import Evidence

_LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "time", "strong", "b", "dt"})
"""Elements that hold a line, not a post: what belongs to such a line stands behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The blocks that are posts, in page order, and how sure that is: only to be compared with other groups."""

    members: tuple[Member, ...]
    score: float
    is_flow: bool = False  # each member only begins a post: its body follows as siblings


def posts_of(evidence: Sequence[Evidence], sheet: Sheet, about: About) -> Group | None:
    """Choose the group of blocks that are the posts of a live blog, or None where none can be."""
    groups = groups_of(evidence)
    fill(groups, sheet)
    candidates = [one for members in groups for one in _candidates(members, sheet, about)]
    for one in candidates:
        own_evidence(one.members)
    inner = [one for one in candidates if not any(_is_around(one, other) for other in candidates)]
    return max(inner, key=lambda one: one.score, default=None)


def _is_around(outer: Group, inner: Group) -> bool:
    """Say whether a group's blocks only hold those of another, several each: days, pages, parts."""
    if len(inner.members) < 2 * len(outer.members) or inner.score * 5 < outer.score * 2:
        return False
    blocks = {one.node.mem_id for one in outer.members}
    held = sum(1 for one in inner.members if one.lines and not blocks.isdisjoint(one.lines[0].inside))
    return held * 5 >= len(inner.members) * 4


def _candidates(members: list[Member], sheet: Sheet, about: About) -> Iterator[Group]:
    """Offer a group as blocks, or, where its members hold little of the text between them, as a flow."""
    members = sorted((one for one in members if one.lines or one.quotes), key=lambda one: one.position)
    if not could_be_posts(members):
        return
    if _begins_a_flow(members, sheet):
        starts = [one for one in members if _opens(one)]
        if len(starts) >= MIN_POSTS and _runs_one_way(starts) and not are_teasers(starts, about):
            yield Group(members=tuple(starts), score=_flow_text(starts, sheet) * log2(1 + len(starts)), is_flow=True)
    elif has_words(members) and not are_teasers(members, about) and not are_comments(members):
        yield Group(members=tuple(_with_plain_siblings(members, sheet)), score=_score(members))


def _with_plain_siblings(members: list[Member], sheet: Sheet) -> list[Member]:
    """Add siblings in the same dress that carry no time: some desks give a time to every third post only."""
    known = {one.node.mem_id: one for one in members}
    dresses = {classes_of(one.node) for one in members}
    found: list[Member] = []
    fresh: list[Member] = []
    for parent in {one.node.parent.mem_id: one.node.parent for one in members if one.node.parent}.values():
        for child in parent.iter():
            member = known.get(child.mem_id)
            if member is None and child.tag == members[0].node.tag and classes_of(child) in dresses:
                member = Member(child, [], [], [])
                fresh.append(member)
            if member is not None:
                found.append(member)
    fill([fresh], sheet)
    kept = [one for one in found if (one.lines or one.quotes) and not NO_POST.search(words_of(one.node))]
    return sorted(kept, key=lambda one: one.position)


def _score(members: Sequence[Member]) -> float:
    return sum(one.own_text + 40 * len(one.quotes[:3]) for one in members) * log2(1 + len(members))


def _begins_a_flow(members: Sequence[Member], sheet: Sheet) -> bool:
    """Say whether the siblings between the members hold more text than the members do."""
    parents = {one.node.parent.mem_id for one in members if one.node.parent}
    if len(parents) != 1 or (members[0].node.tag not in _LINES and has_words(members)):
        return False
    home = next(iter(parents))
    around = sum(len(one.text) for one in sheet.lines if home in one.inside)
    return sum(len(line.text) for one in members for line in one.lines) * 2 < around


def _opens(member: Member) -> bool:
    first = member.lines[0] if member.lines else None
    return first is not None and (
        first.time is not None or opening_clock(first.text) is not None or shows_time(first.text)
    )


def _runs_one_way(members: Sequence[Member]) -> bool:
    return run_one_way([minute_of_day(one.lines[0].text) for one in members])


def _flow_text(members: Sequence[Member], sheet: Sheet) -> int:
    home = members[0].node.parent
    return sum(len(one.text) - one.linked for one in sheet.lines if home is not None and home.mem_id in one.inside)

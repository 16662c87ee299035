"""Repeated blocks of a page that carry times, and which of them are the posts of a live blog.

A group is the children of one element that have one tag and, by and large, one set of classes, at least three
of them with a time in them. Day sections that each hold posts in the same dress are put together. Of the groups
that could be posts the one with the most text of its own is taken; the smaller blocks win over those around them.

What is not a live blog, and how it shows:

- lists of teasers, search results, section fronts: the headline is a link to another page, and little text follows;
- comment threads and forums: blocks so named, a "reply" in most of them, or nearly as many authors as blocks;
- blogs, reviews, release notes: days apart from each other, or no time of day at all;
- timetables and scores: hardly any words beside the clock.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import median
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from dateline.extract.clock_text import minute_of_day, opening_clock, run_one_way, shows_time
from dateline.extract.lines import Line, Quote, Sheet
from dateline.extract.time_evidence import MAX_DEPTH, Evidence

MIN_POSTS = 3
MIN_WORDS = 35
"""Characters of a post that are no link, in the median: a timetable's or a score's line has fewer."""

MAX_GAP = 12 * 3600.0
"""Seconds between two posts, in the median, beyond which nobody follows anything live."""

MAX_SPAN = 60 * 86400.0

_NO_POST = re.compile(
    r"(?:^|[\s_-])(?:comments?|kommentare?|commentlist|repl(?:y|ies)|disqus|respond|related|recommend\w*|teasers?|most-?read"
    r"|trending|popular|newsletter|ads?|advert\w*|promo\w*|sponsor\w*|outbrain|taboola|breadcrumbs?|menu|pagination|cookie\w*"
    r"|donat\w*|subscribe|paywall|carousel|toc|timetable|schedule)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LIVE = re.compile(
    r"(?<![^\W_])(?:live|live-?blog|live-?ticker|ticker|updates|en direct|directo|ao vivo|diretta|direkte"
    r"|minuto a minuto)(?![^\W_])",
    re.IGNORECASE,
)
_REPLY = re.compile(
    r"(?:reply|répondre|antworten|responder|rispondi|reageren|svar|odpowiedz|report|upvote|quote)(?: \(?\d+\)?)?",
    re.IGNORECASE,
)
_LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "time", "strong", "b", "dt"})
"""Elements that hold a line, not a post: what belongs to such a line stands behind it."""

_USERS = "[class*=user], [class*=nick], [class*=poster], [class*=member]"
_AUTHORS = f"[rel=author], [itemprop=author], [class*=author], [class*=byline], {_USERS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the page says of itself: its address, and whether its title or address calls it live."""

    url: str | None
    says_live: bool


def about_page(url: str | None, title: str | None) -> About:
    """Read the claim off the words of the title and the segments of the address, never off single letters."""
    segments = re.split(r"[/_]", _path(url or ""))
    is_live = _LIVE.search(title or "") is not None or any(_LIVE.search(one) for one in segments)
    return About(url=url, says_live=is_live)


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
        return sum(max(0, len(line.text) - line.linked) for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The blocks that are posts, in page order, and how sure that is: only to be compared with other groups."""

    members: tuple[Member, ...]
    score: float
    is_flow: bool = False  # each member only begins a post: its body follows as siblings


def posts_of(evidence: Sequence[Evidence], sheet: Sheet, about: About) -> Group | None:
    """Choose the group of blocks that are the posts of a live blog, or None where none can be."""
    groups = _groups(evidence)
    _fill(groups, sheet)
    candidates = [one for members in groups for one in _candidates(members, sheet, about)]
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
    members = [one for one in members if one.lines or one.quotes]
    if not _could_be_posts(members):
        return
    if _begins_a_flow(members, sheet):
        starts = [one for one in members if _opens(one)]
        if len(starts) >= MIN_POSTS and _runs_one_way(starts) and not _are_teasers(starts, about):
            yield Group(members=tuple(starts), score=_flow_text(starts, sheet) * log2(1 + len(starts)), is_flow=True)
    elif _has_words(members) and not _are_teasers(members, about) and not _are_comments(members):
        yield Group(members=tuple(_with_plain_siblings(members, sheet)), score=_score(members))


# -- finding groups ----------------------------------------------------------------------------------


def _groups(evidence: Sequence[Evidence]) -> list[list[Member]]:
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


def _fill(groups: Iterable[list[Member]], sheet: Sheet) -> None:
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
    _fill([fresh], sheet)
    return [one for one in found if (one.lines or one.quotes) and not _NO_POST.search(words_of(one.node))]


def words_of(node: LexborNode) -> str:
    """Return the id and classes of an element, as the words that name it."""
    return f"{node.id or ''} {node.attributes.get('class') or ''}"


# -- judging them ------------------------------------------------------------------------------------


def _score(members: Sequence[Member]) -> float:
    return sum(one.own_text + 40 * len(one.quotes[:3]) for one in members) * log2(1 + len(members))


def _could_be_posts(members: Sequence[Member]) -> bool:
    if len(members) < MIN_POSTS or members[0].node.tag in {"td", "th", "option", "a", "nav"}:
        return False
    if members[0].node.tag == "tr" and median(one.own_text for one in members) < 120:  # scores, departures, prices
        return False
    fine = sum(1 for one in members if any(item.is_fine for item in one.evidence))
    return fine * 2 >= len(members) and not _is_named_otherwise(members) and not _is_far_apart(members)


def _begins_a_flow(members: Sequence[Member], sheet: Sheet) -> bool:
    """Say whether the siblings between the members hold more text than the members do."""
    parents = {one.node.parent.mem_id for one in members if one.node.parent}
    if len(parents) != 1 or (members[0].node.tag not in _LINES and _has_words(members)):
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


def _is_named_otherwise(members: Sequence[Member]) -> bool:
    """Say whether the blocks, or an element closely around them, are named as something else than posts."""
    if sum(1 for one in members if _NO_POST.search(words_of(one.node))) * 2 > len(members):
        return True
    node = members[0].node.parent
    for _ in range(4):
        if node is None or node.tag in {"body", "html", "main", "article"}:
            return False
        if node.tag in {"aside", "nav", "footer", "header"} or _NO_POST.search(words_of(node)):
            return True
        node = node.parent
    return False


def _has_words(members: Sequence[Member]) -> bool:
    return median(one.own_text + 60 * bool(one.quotes) for one in members) >= MIN_WORDS


def _is_far_apart(members: Sequence[Member]) -> bool:
    """Say whether the posts' absolute times, where there are enough, are those of a blog and not of an event."""
    instants = sorted(
        next(item.instant for item in one.evidence if item.instant is not None)
        for one in members
        if any(item.instant is not None for item in one.evidence)
    )
    if len(instants) < MIN_POSTS:
        return False
    gaps = [later - former for former, later in itertools.pairwise(instants)]
    return median(gaps) > MAX_GAP or instants[-1] - instants[0] > MAX_SPAN


def _are_teasers(members: Sequence[Member], about: About) -> bool:
    """Say whether most blocks are a linked headline to another page with a line or two below it.

    A page that calls itself live may link each post to a page of its own; its posts are short, teasers shorter.
    """
    linked = sum(1 for one in members if _leads_elsewhere(one, about.url))
    enough = 120 if about.says_live else 300
    return linked * 5 >= len(members) * 3 and median(one.own_text for one in members) < enough


def _leads_elsewhere(member: Member, page_url: str | None) -> bool:
    """Say whether the block's headline, or its longest line, is a link to another page."""
    line = next((one for one in member.lines if one.heading), None)
    line = line or max(member.lines, key=lambda one: len(one.text), default=None)
    if line is None or line.linked * 10 < len(line.text) * 6:
        return False
    here = _path(page_url or "")
    links = (node.attributes.get("href") or "" for node in member.node.css("a[href]")[:10])
    if member.node.tag == "a":
        return True
    return any(
        not href.startswith(("#", "javascript:")) and not _is_below(urljoin(page_url or "", href), here)
        for href in links
    )


def _is_below(url: str, here: str) -> bool:
    return bool(here) and _path(url).startswith(here)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def _are_comments(members: Sequence[Member]) -> bool:
    replies = sum(1 for one in members if any(_REPLY.fullmatch(line.text) for line in one.lines))
    if replies * 2 > len(members):
        return True
    authors = [name for one in members if (name := _named(one.node, _USERS))]
    return len(members) >= 5 and len(authors) * 5 >= len(members) * 4 and len(set(authors)) * 5 > len(members) * 3


def author_of(node: LexborNode) -> str | None:
    """Return the name that a block gives as its author's, where it marks one."""
    return _named(node, _AUTHORS)


def _named(node: LexborNode, css: str) -> str | None:
    found = node.css_first(css)
    name = " ".join(found.text().split()) if found is not None else ""
    return name if 0 < len(name) <= 80 else None

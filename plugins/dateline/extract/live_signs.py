"""What tells the posts of a live blog from other blocks that repeat and carry times.

What is not a live blog, and how it shows:

- lists of teasers, search results, section fronts: the headline is a link to another page, and little text follows;
- comment threads and forums: blocks so named, a "reply" in most of them, or nearly as many user names as blocks;
- blogs, reviews, release notes: days apart from each other, or no time of day at all;
- timetables, scores and menus: hardly any words beside the clock, and those on short lines.

A page that calls itself live, in its title or in a segment of its address, gets the benefit of the doubt where its
posts link to pages of their own.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from dateline.extract.page_blocks import MIN_POSTS, Member

MIN_WORDS = 35
"""Characters of a post that are no link, in the median: a timetable's or a score's line has fewer."""

MIN_LINE = 25
"""Characters of a post's longest line, in the median."""

MAX_GAP = 12 * 3600.0
"""Seconds between two posts, in the median, beyond which nobody follows anything live."""

MAX_SPAN = 60 * 86400.0

NO_POST = re.compile(
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


def could_be_posts(members: Sequence[Member]) -> bool:
    """Say whether blocks are enough, state times of day, close to each other, and are not named as something else."""
    if len(members) < MIN_POSTS or members[0].node.tag in {"table", "tbody", "td", "th", "option", "a", "nav"}:
        return False
    if members[0].node.tag == "tr" and median(one.own_text for one in members) < 120:  # scores, departures, prices
        return False
    fine = sum(1 for one in members if any(item.is_fine for item in one.evidence))
    return fine * 2 >= len(members) and not _is_named_otherwise(members) and not _is_far_apart(members)


def words_of(node: LexborNode) -> str:
    """Return the id and classes of an element, as the words that name it."""
    return f"{node.id or ''} {node.attributes.get('class') or ''}"


def _is_named_otherwise(members: Sequence[Member]) -> bool:
    """Say whether the blocks, or an element closely around them, are named as something else than posts."""
    if sum(1 for one in members if NO_POST.search(words_of(one.node))) * 2 > len(members):
        return True
    node = members[0].node.parent
    for _ in range(4):
        if node is None or node.tag in {"body", "html", "main", "article"}:
            return False
        if node.tag in {"aside", "nav", "footer", "header"} or NO_POST.search(words_of(node)):
            return True
        node = node.parent
    return False


def has_words(members: Sequence[Member]) -> bool:
    """Say whether the blocks hold sentences or pictures: a menu has many words, too, but on short lines."""
    if median(one.own_text + 60 * bool(one.quotes) for one in members) < MIN_WORDS:
        return False
    return median(60 * bool(one.quotes) + one.longest_line for one in members) >= MIN_LINE


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


def are_teasers(members: Sequence[Member], about: About) -> bool:
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


def are_comments(members: Sequence[Member]) -> bool:
    """Say whether most blocks can be replied to, or nearly each has another user's name."""
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

"""Live pages of publishers that nobody has described.

The posts are repeated blocks that carry a clock, or an id that carries time; :mod:`dateline.extract.live_signs` says
how they are told from teasers, comments, blogs and timetables. Nothing is known of the page but HTML itself and the
words in which the trade names things. In each block:

- headline, author and text are told apart by :mod:`dateline.extract.block_words`;
- the times are the values of attributes and ``time`` elements; a time that is shown beside them is what readers
  were shown; where only text shows a time, that is the time of publication;
- its own id is its anchor; the words pinned, key event and summary in its classes say so.

A page without such blocks may still be a flow of paragraphs, each post begun by a time of its own element.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor, without_positions
from dateline.extract.block_words import Common, author_in, common_to, headline_of, is_furniture
from dateline.extract.clock_text import bare_time, closing_clock, opening_clock, shows_time
from dateline.extract.embeds import embeds_from
from dateline.extract.facts import facts_of
from dateline.extract.flow import Cut, flow_of
from dateline.extract.lines import Sheet, sheet_of
from dateline.extract.live_signs import about_page, author_of, words_of
from dateline.extract.page import Page
from dateline.extract.page_blocks import MIN_POSTS, Member
from dateline.extract.repeated import Group, posts_of
from dateline.extract.time_evidence import MAX_META_LINE, carries_time, evidence_of, role_of
from dateline.model import Basis, Block, Clock, Document, Role, Window
from dateline.source import Source

RANK = Rank.GENERIC
SYNTAX = HTML
MARKS = ()

_ID_NAME = re.compile(r"data-(?:[\w-]*-)?(?:id|key|uuid|urn)")
_PINNED = re.compile(r"(?:^|[\s_-])(?:pinned|sticky)(?:$|[\s_-])", re.IGNORECASE)
_KEY = re.compile(r"(?:^|[\s_-])(?:key-?(?:event|moment|point)|highlight(?:ed)?|important)(?:$|[\s_-])", re.IGNORECASE)
_SUMMARY = re.compile(r"(?:^|[\s_-])summary(?:$|[\s_-])", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:ago|now|vor|il y a|hace|há|fa|sedan|siden|geleden|atrás|eben|ahora|instant)\b|^\d+\s?[smhd]$", re.IGNORECASE
)


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a live page by its repeated blocks, or return None where it has none that can be posts."""
    if page.looks_like != "html" or page.html.body is None:
        return None
    sheet = sheet_of(page.html.body)
    evidence = evidence_of(page, sheet)
    if len(evidence) < 3:
        return None
    facts = facts_of(page)
    group = posts_of(evidence, sheet, about_page(facts.url or facts.canonical_url, facts.title))
    if group is None:
        return None
    if group.is_flow:
        return _flowing(page, sheet, group)
    common = common_to(group.members)
    blocks = [_block(one, common) for one in group.members]
    kept = [one for one in blocks if one.text or one.headline or one.embeds or one.is_deleted]
    if len(kept) < MIN_POSTS or sum(1 for one in kept if one.clocks or carries_time(one.anchor)) * 3 < len(kept):
        return None  # columns of a front page: a clock stands somewhere in them, but it is not the block's
    return facts.live_blog(
        "generic", without_positions(kept), window=_window(page), lead=_lead(sheet, group.members[0])
    )


def _flowing(page: Page, sheet: Sheet, group: Group) -> Document:
    """Read posts that are begun by the group's members and run on in the siblings behind each."""
    numbers = {id(line): number for number, line in enumerate(sheet.lines)}
    begun = {numbers[id(one.lines[0])]: one for one in group.members}
    flow = flow_of(sheet, sorted(begun))
    blocks = [_block_of_cut(cut, begun[cut.start]) for cut in flow.posts]
    document = facts_of(page).live_blog("generic", without_positions(blocks), window=_window(page))
    return replace(document, headings=flow.headings)


def _block_of_cut(cut: Cut, begun: Member) -> Block:
    headline, lines = headline_of(
        [*(one for one in begun.lines if not shows_time(one.text)), *cut.body[len(begun.lines) - 1 :]]
    )
    return Block(
        where=f"line {cut.start}",
        anchor=anchor(cut.anchor),
        headline=headline,
        text="\n".join(lines),
        clocks=tuple(dict.fromkeys(_clocks(begun))),
        embeds=embeds_from(cut.quotes),
    )


def _block(member: Member, common: Common) -> Block:
    node = member.node
    words = words_of(node)
    author = author_of(node) or author_in(member.lines, common)
    headline, lines = headline_of([one for one in member.lines if not is_furniture(one, author, common)], common)
    return Block(
        where=f"{node.tag}#{node.id}" if node.id else f"{node.tag}.{words.strip()[:60]}",
        anchor=_anchor(node),
        headline=headline,
        text="\n".join(lines),
        author=author,
        clocks=tuple(dict.fromkeys(_clocks(member))),
        embeds=embeds_from(one.node for one in member.quotes),
        is_pinned=_PINNED.search(words) is not None,
        is_key_event=_KEY.search(words) is not None,
        is_summary=_SUMMARY.search(words) is not None,
        is_deleted="data-tombstone" in node.attributes,
    )


def _clocks(member: Member) -> Iterator[Clock]:
    stated = [one.clock for one in member.evidence if one.clock is not None]
    yield from stated
    shown = _shown(member)
    is_dated = any(one.role in {Role.PUBLISHED, Role.CREATED} for one in stated)
    if shown is None and stated and not is_dated:  # a change is the only time that readers are shown
        yield replace(stated[0], role=Role.SHOWN)
    elif shown is not None and not any(one.stated == shown.stated for one in stated):
        role = Role.SHOWN if is_dated and shown.role is Role.PUBLISHED else shown.role
        yield Clock(role=role, stated=shown.stated, basis=shown.basis)


def _shown(member: Member) -> Clock | None:
    """Return the first time that the block's text shows."""
    for line in (*member.lines[:12], *member.lines[-3:]):
        if shows_time(line.text):
            basis = Basis.RELATIVE if _RELATIVE.search(line.text) else Basis.TEXT_CLOCK
            return Clock(role=role_of(line.text), stated=bare_time(line.text), basis=basis)
        opening = opening_clock(line.text) or (closing_clock(line.text) if len(line.text) <= MAX_META_LINE else None)
        if opening is not None:
            return Clock(role=role_of(line.text[: -len(opening.stated)]), stated=opening.stated, basis=Basis.TEXT_CLOCK)
    return None


def _anchor(node: LexborNode) -> str | None:
    """Return the block's id, one of its data attributes, or the first id in it that has a number."""
    if node.id:
        return anchor(node.id)
    for name, value in node.attributes.items():
        if value and _ID_NAME.fullmatch(name):
            return anchor(value)
    inner = (one.id for one in node.css("[id]")[:3])
    return anchor(next((one for one in inner if one and any(letter.isdigit() for letter in one)), None))


def _window(page: Page) -> Window:
    following = page.html.css("a[rel=next][href], link[rel=next][href]")
    return Window(next_urls=tuple(dict.fromkeys(href for one in following if (href := one.attributes.get("href")))))


def _lead(sheet: Sheet, first: Member) -> str:
    """Return the paragraphs between the page's main heading and the first post."""
    if not first.lines:
        return ""
    stop = sheet.lines.index(first.lines[0])
    start = max((n + 1 for n, one in enumerate(sheet.lines[:stop]) if one.heading == 1), default=stop)
    return "\n".join(
        one.text for one in sheet.lines[start:stop] if len(one.text) >= 80 and one.linked * 2 < len(one.text)
    )

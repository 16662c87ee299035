"""Live blogs whose posts are paragraphs that open with a clock: ``12.31 Uhr: headline``, ``+++ 12:41 Title +++``.

One flowing text, no element for a post, no date, no zone. Which clock dates a post: one that *opens* a paragraph
and is set apart there, by a heading, by bold type or by ``+++``. A clock inside quoted speech, in the middle of a
sentence or at the end of a list's line ("resigned (11.39 Uhr)") dates nothing. Where nothing is set apart, four
plain paragraphs that open with an unmistakable clock are taken too.

Three clocks at least, and they must run one way through the day, else they are prices, scores or the hours of a
programme. A page whose lines with clocks are links is a list of teasers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from dateline.extract import HTML, Rank
from dateline.extract.anchors import anchor
from dateline.extract.clock_text import Opening, opening_clock, run_one_way
from dateline.extract.embeds import embeds_from
from dateline.extract.facts import facts_of
from dateline.extract.flow import Cut, Flow, flow_of
from dateline.extract.lines import Line, sheet_of
from dateline.extract.page import Page
from dateline.model import Basis, Block, Clock, Document, Role
from dateline.source import Source

RANK = Rank.TEXT_CLOCK
SYNTAX = HTML
MARKS = ()

_COULD_OPEN = re.compile(r">[^<>]{0,32}?\d{1,2}(?:\s?[:.h：]\s?[0-5]\d|\s?[ap]\.?m)", re.IGNORECASE)
"""A clock soon after a tag: without three of them, the page need not be walked."""

_NO_FLOW = frozenset({"td", "th", "li", "dt", "dd", "figcaption"})


def extract(page: Page, source: Source) -> Document | None:  # noqa: ARG001 - every reader takes the source
    """Read a page of text clocks, or return None where clocks do not carry it."""
    if page.looks_like != "html" or len(_COULD_OPEN.findall(page.text)) < 3 or page.html.body is None:
        return None
    sheet = sheet_of(page.html.body)
    openings = _set_apart(sheet.lines) or _plain(sheet.lines)
    if not openings:
        return None
    flow = flow_of(sheet, sorted(openings))
    kept = {cut.start: openings[cut.start] for cut in flow.posts}
    if not _is_live(flow, kept):
        return None
    return _document(page, flow, kept)


def _set_apart(lines: Sequence[Line]) -> dict[int, Opening]:
    """Return the lines whose opening clock is bold, a heading's, or between pluses, by their number."""
    found: dict[int, Opening] = {}
    for number, line in enumerate(lines):
        if not line.bold and line.text[0] != "+":
            continue
        opening = opening_clock(line.text)
        if opening and (line.bold >= len(opening.stated) or line.text.startswith("++")) and line.node.tag != "td":
            found[number] = opening
    return found if len(found) >= 3 else {}


def _plain(lines: Sequence[Line]) -> dict[int, Opening]:
    """Return plain paragraphs that open with a clock which can be nothing else."""
    found: dict[int, Opening] = {}
    for number, line in enumerate(lines):
        if line.text[0].isdigit() and line.node.tag not in _NO_FLOW and line.time is None:
            opening = opening_clock(line.text)
            if opening and opening.is_certain and len(opening.rest) >= 20:
                found[number] = opening
    return found if len(found) >= 4 else {}


def _is_live(flow: Flow, openings: dict[int, Opening]) -> bool:
    posts = flow.posts
    if len(posts) < 3 or not run_one_way([one.minute for one in openings.values()]):
        return False
    timed = sum(1 for one in posts if one.opening.time)
    linked = sum(1 for one in posts if one.opening.linked * 10 >= len(openings[one.start].rest) * 7 > 0)
    lengths = [len(openings[one.start].rest) + sum(len(line.text) for line in one.body) for one in posts]
    return timed * 2 < len(posts) and linked * 2 < len(posts) and median(lengths) >= 40


def _document(page: Page, flow: Flow, openings: dict[int, Opening]) -> Document:
    blocks = [_block(cut, openings[cut.start]) for cut in flow.posts]
    lead = "\n".join(line.text for line in flow.lead if line.heading != 1)
    return replace(facts_of(page).live_blog("text_clocks", blocks, lead=lead), headings=flow.headings)


def _block(cut: Cut, opening: Opening) -> Block:
    headline, lines = _headline(cut, opening)
    return Block(
        where=f"line {cut.start}",
        anchor=anchor(cut.anchor),
        headline=headline,
        text="\n".join(lines),
        clocks=(Clock(role=Role.PUBLISHED, stated=opening.stated, basis=Basis.TEXT_CLOCK),),
        embeds=embeds_from(cut.quotes),
    )


def _headline(cut: Cut, opening: Opening) -> tuple[str | None, list[str]]:
    """Tell the headline from the body: what shares a bold line with the clock, or a bold line right below it."""
    below = [line.text for line in cut.body]
    if opening.rest and cut.opening.is_bold:
        return opening.rest, below
    if not opening.rest and below and cut.body[0].is_bold and len(below[0]) <= 200:
        return below[0], below[1:]
    return None, [opening.rest, *below] if opening.rest else below

"""Split one document: furniture out, a flattened copy into lead and blocks, everything else as it was."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.dating.grammar import parse
from dateline.errors import DatingError
from dateline.model import Basis, Block, Clock, DateHeading, Document, Embed, Kind, Role
from dateline.split.clocked import Section, clocked_sections
from dateline.split.clockless import Cut, cut
from dateline.split.furniture import Span, blanked, credits_of, find_furniture, without

_OUTSIDE = frozenset({"advert", "newsletter", "notice", "banner"})  # never evidence of a boundary: out before the cut


def split(document: Document, *, is_forced: bool = False) -> Document:
    """Take the furniture out of a text, and turn a flattened live blog into one with lead and blocks.

    A document without text, or with blocks or items, comes back unchanged. A text that reads like an article is left
    one, unless a person who knows better forces the cut; then ``cut`` says so, and what the verdict would have been.
    """
    if not document.text.strip() or document.blocks or document.items:
        return document
    spans = find_furniture(document.text)
    outside = [one for one in spans if one.kind in _OUTSIDE]
    text = blanked(document.text, outside)
    credited = replace(document, credits=credits_of(spans, document.credits))
    sections = clocked_sections(text)
    if sections:
        return _clocked(credited, text, sections)
    found = cut(text, document.language, document.title, is_forced=is_forced)
    if found is None:
        return replace(credited, text=without(document.text, spans))
    forced = "" if found.verdict.is_coverage else ", forced: it reads like an article"
    return _clockless(replace(credited, cut=f"by {found.scored_by}{forced}; {found.verdict.reason}"), text, found)


def _clocked(document: Document, text: str, sections: Sequence[Section]) -> Document:
    lead, headings = _dated_lines(text[: sections[0].start], 0)
    blocks = []
    for number, section in enumerate(sections):
        body, dated = _dated_lines(section.body, number + 1)
        headings += dated
        blocks.append(_block(section, body))
    return replace(
        document,
        kind=Kind.LIVE_BLOG,
        cut=f"at its {len(sections)} clocks",
        lead=_clean(lead),
        text="",
        blocks=tuple(blocks),
        headings=(*document.headings, *headings),
    )


def _clockless(document: Document, text: str, found: Cut) -> Document:
    return replace(
        document,
        kind=Kind.LIVE_BLOG,
        lead=_clean(text[: found.sections[0].start]),
        text="",
        blocks=tuple(_block(section, section.body) for section in found.sections),
        order=found.order or document.order,
    )


def _block(section: Section, body: str) -> Block:
    clock = section.marker
    spans = find_furniture(body)
    pictures = tuple(
        Embed(
            kind="image",
            text=None if one.kind == "photo" else one.value,
            author=one.value if one.kind == "photo" else None,
        )
        for one in spans
        if one.kind in {"photo", "caption"} and one.value
    )
    return Block(
        where=f"offset {section.start}",
        headline=section.headline,
        text=_lines(without(body, spans)),
        author=clock.author if clock else None,
        clocks=(Clock(role=Role.PUBLISHED, stated=clock.stated, basis=Basis.TEXT_CLOCK),) if clock else (),
        embeds=pictures,
        boundary_probability=section.probability,
        joined_probability=section.joined_probability,
    )


def _clean(text: str) -> str:
    spans: list[Span] = find_furniture(text)
    return _lines(without(text, spans))


def _lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _dated_lines(text: str, position: int) -> tuple[str, list[DateHeading]]:
    """Take lines that are nothing but a day out of a text; they date entries."""
    kept, found = [], []
    for line in text.split("\n"):
        if _is_day(line.strip()):
            found.append(DateHeading(position=position, stated=line.strip()))
        else:
            kept.append(line)
    return "\n".join(kept), found


def _is_day(line: str) -> bool:
    if not 6 <= len(line) <= 40 or not any(one.isdigit() for one in line):
        return False
    try:
        stated = parse(line)
    except DatingError:
        return False
    return stated.clock is None and stated.ago is None and (stated.day is not None or stated.month_day is not None)

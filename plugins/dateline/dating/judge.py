"""All clocks of one document, held against each other: its own datings, its entries', their order, and what was refused."""

from collections.abc import Sequence

from dateline.dating.choice import believed
from dateline.dating.frame import Frame
from dateline.dating.marks import Mark, read_clocks
from dateline.dating.order import order_of
from dateline.model import (
    UNKNOWN_TIME,
    Block,
    Dating,
    Document,
    Entry,
    Kind,
    Order,
    Reading,
    Reject,
    Role,
)


def judged(document: Document, frame: Frame) -> Reading:
    """Judge one document by itself; its items are judged apart."""
    own, rejects = read_clocks(
        document.clocks, frame, block=-1, where=document.url or document.title or document.format
    )
    published, modified = believed(own, Role.PUBLISHED), believed(own, Role.MODIFIED)
    if document.kind is Kind.ARTICLE or (document.kind is Kind.LIVE_BLOG and not document.blocks):
        entries: tuple[Entry, ...] = (_article_entry(document, own),)
        order = document.order
    else:
        entries, order, refused = _judged_blocks(document, frame)
        rejects += refused
    return Reading(
        document=document,
        published=published,
        modified=modified,
        order=order,
        origin=None,
        entries=entries,
        rejects=(*document.rejects, *rejects),
        conflicts=document.conflicts,
    )


def _judged_blocks(document: Document, frame: Frame) -> tuple[tuple[Entry, ...], Order, list[Reject]]:
    marks: list[list[Mark]] = []
    rejects: list[Reject] = []
    for number, block in enumerate(document.blocks):
        read, refused = read_clocks(block.clocks, frame, block=number, where=block.where)
        marks.append(read)
        rejects += refused
    published = [_published(row) for row in marks]
    order = document.order if document.order is not Order.UNKNOWN else order_of(document.blocks, published)
    entries = tuple(
        _entry(number, block, row, time)
        for number, (block, row, time) in enumerate(zip(document.blocks, marks, published, strict=True))
    )
    return entries, order, rejects


def _published(marks: Sequence[Mark]) -> Dating:
    return believed(marks, Role.PUBLISHED)


def _entry(position: int, block: Block, marks: Sequence[Mark], published: Dating) -> Entry:
    return Entry(
        position=position,
        anchor=block.anchor,
        headline=block.headline,
        text=block.text,
        author=block.author,
        created=believed(marks, Role.CREATED),
        published=published,
        modified=believed(marks, Role.MODIFIED),
        shown=believed(marks, Role.SHOWN),
        embeds=block.embeds,
        is_pinned=block.is_pinned,
        is_key_event=block.is_key_event,
        is_summary=block.is_summary,
        is_deleted=block.is_deleted,
        boundary_probability=block.boundary_probability,
    )


def _article_entry(document: Document, own: Sequence[Mark]) -> Entry:
    return Entry(
        position=0,
        anchor=None,
        headline=document.title,
        text=document.text or document.lead,
        author=document.credits.get("author"),
        created=believed(own, Role.CREATED) if own else UNKNOWN_TIME,
        published=believed(own, Role.PUBLISHED),
        modified=believed(own, Role.MODIFIED),
        shown=believed(own, Role.SHOWN),
    )

"""All clocks of one document, held against each other: its own times, its entries', their order.

The stages, each in its own module: read every clock by itself (``marks``); refuse those that repeat (``collapse``);
mend false zones (``gaps``); date what states no day (``undated``); believe the best clock of each moment
(``choice``); bound what is left by ids and capture (``evidence``) and by neighbours (``neighbours``); name the
order (``order``) and the contradictions (``conflicts``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dateline.dating.choice import believed
from dateline.dating.collapse import refuse_repeated
from dateline.dating.columns import Undated
from dateline.dating.conflicts import conflicts_of_entry, conflicts_of_page
from dateline.dating.direction import order_shown
from dateline.dating.evidence import after_creation, before_capture, before_change, by_id, ids_are_publications
from dateline.dating.frame import Frame
from dateline.dating.gaps import mend_false_zones
from dateline.dating.ids import created_by_ids
from dateline.dating.lent import Known
from dateline.dating.marks import Mark, read_clocks
from dateline.dating.neighbours import bounded_by_neighbours
from dateline.dating.order import order_of
from dateline.dating.rollover import Limits
from dateline.dating.spans import plain
from dateline.dating.surroundings import headings_of, limits_of
from dateline.dating.undated import clocks_without_day, date_clocks
from dateline.model import (
    UNKNOWN_TIME,
    Block,
    Conflict,
    Dating,
    Document,
    Entry,
    Kind,
    Order,
    Reading,
    Reject,
    Role,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """What the blocks of a page came to."""

    entries: tuple[Entry, ...]
    order: Order
    rejects: Sequence[Reject]
    conflicts: Sequence[Conflict]


def judged(document: Document, frame: Frame) -> Reading:
    """Judge one document by itself; its items are judged apart."""
    where = document.url or document.title or document.format
    own, rejects = read_clocks(document.clocks, frame, block=-1, where=where)
    modified = believed(own, Role.MODIFIED)
    published = before_change(believed(own, Role.PUBLISHED), modified)
    if document.blocks:
        found = _judged_blocks(document, frame, limits_of(document, published, modified, frame))
    else:
        found = _judged_text(document, own, published)
    conflicts = [*found.conflicts, *conflicts_of_page(where, modified, found.entries)]
    return Reading(
        document=document,
        published=published,
        modified=modified,
        order=found.order,
        origin=None,
        entries=found.entries,
        rejects=(*document.rejects, *rejects, *found.rejects),
        conflicts=(*document.conflicts, *conflicts),
    )


def _judged_text(document: Document, own: Sequence[Mark], published: Dating) -> _Judgement:
    """An article, or a copy that nothing could split, is one entry; a feed or topic page has none of its own.

    Nor has a live blog whose page shows no post (yet): a title alone is no post.
    """
    has_text = document.kind is Kind.ARTICLE or (document.kind is Kind.LIVE_BLOG and bool(document.text))
    entries = (_article_entry(document, own, published),) if has_text else ()
    return _Judgement(entries=entries, order=document.order, rejects=(), conflicts=())


def _judged_blocks(document: Document, frame: Frame, limits: Limits) -> _Judgement:
    blocks = document.blocks
    marks, rejects = _read(blocks, frame)
    marks, conflicts = refuse_repeated(marks, frame)
    born = created_by_ids([block.anchor for block in blocks], frame.captured_at)
    marks, mended = mend_false_zones(marks, born)
    headings, unread = headings_of(document, frame)
    known = _known(blocks, marks, born)
    marks, refuted = date_clocks(
        Undated(
            blocks=blocks,
            marks=marks,
            known=known,
            headings=headings,
            order=document.order,
            limits=limits,
            frame=frame,
        )
    )
    rows = _by_block(marks, len(blocks))
    ids_publish = ids_are_publications(marks, blocks, born)
    entries = [
        _entry(number, block, rows[number], born[number], frame, ids_publish=ids_publish)
        for number, block in enumerate(blocks)
    ]
    entries, order = _in_order(entries, document, marks)
    conflicts = [*conflicts, *mended, *refuted]
    for block, entry, row in zip(blocks, entries, rows, strict=True):
        conflicts.extend(conflicts_of_entry(block.where, entry, row, frame))
    return _Judgement(entries=tuple(entries), order=order, rejects=(*rejects, *unread), conflicts=conflicts)


def _read(blocks: Sequence[Block], frame: Frame) -> tuple[list[Mark], list[Reject]]:
    marks: list[Mark] = []
    rejects: list[Reject] = []
    for number, block in enumerate(blocks):
        read, refused = read_clocks(block.clocks, frame, block=number, where=block.where)
        marks += read
        rejects += refused
    return marks, rejects


def _known(blocks: Sequence[Block], marks: Sequence[Mark], born: Sequence[datetime | None]) -> list[Known]:
    """Gather what is known of each entry beside its clocks without a day."""
    if not any(mark.is_wall for mark in marks):
        return [Known()] * len(blocks)  # nobody will ask
    rows = _by_block(marks, len(blocks))
    known: list[Known] = []
    for row, created in zip(rows, born, strict=True):
        exact = [one for one in row if one.is_exact]
        near = _first(one for one in exact if one.role is Role.PUBLISHED)
        at = _first(one for one in exact if one.role is Role.PUBLISHED and not one.is_wall)
        stated = _first(one for one in exact if one.role is Role.CREATED)
        known.append(Known(at=at, near=at or near, created=stated or created))
    return known


def _first(marks: Iterable[Mark]) -> datetime | None:
    return next((plain(one.dating.at) for one in marks if one.dating.at is not None), None)


def _by_block(marks: Sequence[Mark], count: int) -> list[list[Mark]]:
    rows: list[list[Mark]] = [[] for _ in range(count)]
    for mark in marks:
        rows[mark.block].append(mark)
    return rows


def _entry(
    position: int, block: Block, marks: Sequence[Mark], born: datetime | None, frame: Frame, *, ids_publish: bool
) -> Entry:
    created = believed(marks, Role.CREATED)
    if created.at is None and born is not None:
        created = by_id(born, block.anchor)
    modified = believed(marks, Role.MODIFIED)
    published = _published(block, marks)
    if published.at is None and ids_publish and born is not None:
        published = by_id(born, block.anchor)
    published = before_capture(after_creation(published, created, modified, frame.captured_at), frame.captured_at)
    return Entry(
        position=position,
        anchor=block.anchor,
        headline=block.headline,
        text=block.text,
        author=block.author,
        created=created,
        published=published,
        modified=modified,
        shown=believed(marks, Role.SHOWN),
        embeds=block.embeds,
        is_pinned=block.is_pinned,
        is_key_event=block.is_key_event,
        is_summary=block.is_summary,
        is_deleted=block.is_deleted,
        boundary_probability=block.boundary_probability,
        joined_probability=block.joined_probability,
    )


def _published(block: Block, marks: Sequence[Mark]) -> Dating:
    """Believe the clock of publication; the one that readers are shown stands in for it, but not on a pinned entry."""
    stated = believed(marks, Role.PUBLISHED)
    if stated.at is not None or stated.earliest or stated.latest or block.is_pinned:
        return stated
    shown = believed(marks, Role.SHOWN)
    return shown if shown.at is not None or shown.earliest or shown.latest else stated


def _in_order(entries: list[Entry], document: Document, marks: Sequence[Mark]) -> tuple[list[Entry], Order]:
    """Name the order, and let neighbours bound what has no time; entries out of line neither give nor take bounds."""
    published = [entry.published for entry in entries]
    order = document.order if document.order is not Order.UNKNOWN else order_of(document.blocks, published)
    if order is Order.UNKNOWN:
        order = order_shown(clocks_without_day(marks, document.blocks))
    in_line = [UNKNOWN_TIME if one.is_pinned or one.is_summary else one.published for one in entries]
    bounded = bounded_by_neighbours(in_line, order)
    return [
        entry if time is old or entry.is_pinned or entry.is_summary else replace(entry, published=time)
        for entry, old, time in zip(entries, in_line, bounded, strict=True)
    ], order


def _article_entry(document: Document, own: Sequence[Mark], published: Dating) -> Entry:
    return Entry(
        position=0,
        anchor=None,
        headline=document.title,
        text=document.text or document.lead,
        author=document.credits.get("author"),
        created=believed(own, Role.CREATED),
        published=published,
        modified=believed(own, Role.MODIFIED),
        shown=believed(own, Role.SHOWN),
    )

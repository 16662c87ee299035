"""Bringing ``fct_alignments`` to what the two documents of each link say now: copies against their originals.

A pair waits when its link was judged, which is done whenever a document of it has changed: it stands in a queue then,
so the cost of asking does not grow with the warehouse. Pairs that another procedure aligned are queued at the start.
Aligning takes time and needs no lock, so it is done first; the write looks whether both sides still are what was
read, and leaves the pair to the next run where they are not. The rows of a pair are a
function of its two sides and of what people said of it, so neither the order of arrival nor the number of runs
matters.

Whose times a copy inherits, where several documents could lend some, is judged from these facts and kept in
``fct_inheritances``; a time that was inherited is never lent on.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, delete, select

from dateline.matching.bulk import one_of_names
from dateline.matching.lend import lend_again
from dateline.matching.pages import Page, PagePost, pages_of
from dateline.matching.settle import hold_settling
from dateline.model import Kind
from dateline.split.align import ALIGN_VERSION, Match, align, glued_headline
from dateline.warehouse.alignment_tables import fct_align_queue, fct_aligned_pairs, fct_alignments
from dateline.warehouse.change import Changes, write_difference
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.engine import is_postgresql, reading_from, write_in
from dateline.warehouse.match_queue import ask_to_align_other_versions, other_versions
from dateline.warehouse.print_tables import Level, fct_syndications
from dateline.warehouse.rows import fetch, upsert

PAIRS_AT_ONCE = 50
FEWEST_POSTS = 3
"""An article that holds this many posts of a live blog is a copy of it; with fewer it quotes."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A link whose two documents are to be aligned."""

    link_id: str
    copy_document_id: str
    origin_document_id: str
    is_refuted: bool

    @property
    def sides(self) -> tuple[str, str]:
        """The two documents."""
        return (self.copy_document_id, self.origin_document_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """Pairs with the sides and verdicts that were read, and the rows that follow from them, by link."""

    waiting: Sequence[Waiting]
    pages: Mapping[str, Page]
    refuted: frozenset[frozenset[str]]
    rows: Mapping[str, list[Row]]


def inherit(engine: Engine) -> int:
    """Align every pair that waits; return how many stretches of copies are posts of originals in these pairs."""
    found, after = 0, ""
    with reading_from(engine) as connection:
        is_outdated = connection.scalar(select(other_versions(ALIGN_VERSION).exists()))
    if is_outdated:
        write_in(engine, lambda connection: ask_to_align_other_versions(connection, ALIGN_VERSION))
    while True:
        with reading_from(engine) as connection:
            aligned = _align(connection, _waiting(connection, after))
        if not aligned.waiting:
            return found
        after = aligned.waiting[-1].link_id
        found += write_in(engine, partial(_write_fresh, aligned=aligned))


def inherit_in(connection: Connection, documents: Collection[str]) -> None:
    """Align what waits among some documents, inside a transaction that holds the lock of settling."""
    waiting = [one for one in _waiting(connection, "", most=None) if set(documents).issuperset(one.sides)]
    _write(connection, waiting, _align(connection, waiting))


def _align(connection: Connection, waiting: Sequence[Waiting]) -> Aligned:
    pages = pages_of(connection, {name for one in waiting for name in one.sides})
    refuted = _refuted(connection, pages)
    rows = {one.link_id: _rows(one, pages, refuted) for one in waiting}
    return Aligned(waiting=waiting, pages=pages, refuted=refuted, rows=rows)


def _waiting(connection: Connection, after: str, most: int | None = PAIRS_AT_ONCE) -> list[Waiting]:
    links, queue = fct_syndications.c, fct_align_queue.c
    statement = (
        select(links.link_id, links.copy_document_id, links.origin_document_id, links.is_refuted)
        .join(fct_align_queue, queue.link_id == links.link_id)
        .where(queue.link_id > after)
        .order_by(queue.link_id)
        .limit(most)
    )
    return [Waiting(**row) for row in connection.execute(statement).mappings()]


def _refuted(connection: Connection, documents: Iterable[str]) -> frozenset[frozenset[str]]:
    """Return the pairs of entries of which a person said that neither was taken from the other."""
    columns = fct_syndications.c
    statement = select(columns.copy_entry_id, columns.origin_entry_id).where(
        one_of_names(connection, columns.copy_document_id, documents),
        columns.level == Level.ENTRY,
        columns.is_refuted,
    )
    return frozenset(frozenset(pair) for pair in connection.execute(statement))


def _rows(waiting: Waiting, pages: Mapping[str, Page], refuted: Collection[frozenset[str]]) -> list[Row]:
    one, other = (pages.get(name) for name in waiting.sides)
    if one is None or other is None or waiting.is_refuted:
        return []
    return [
        row
        for copy, original in ((one, other), (other, one))
        if original.can_lend and copy.can_inherit(original)
        for row in _aligned(waiting.link_id, copy, original)
        if frozenset((row["copy_entry_id"], row["original_entry_id"])) not in refuted
    ]


def _aligned(link_id: str, copy: Page, original: Page) -> list[Row]:
    posts = [one for one in copy.posts if not one.is_deleted]
    matches = align([one.texts[0] for one in posts], [one.texts for one in original.posts])
    if copy.kind is not Kind.LIVE_BLOG and len(matches) < FEWEST_POSTS:
        return []
    facts = {"link_id": link_id, "copy_document_id": copy.document_id, "original_document_id": original.document_id}
    return [
        facts
        | _stretch(posts[span.entry], span.start, span.end, original.posts[match.original].headline)
        | _evidence(match, place, original)
        for place, match in enumerate(matches)
        for span in match.spans
    ]


def _stretch(post: PagePost, start: int, end: int, headline: str | None) -> Row:
    own = len(post.headline) + 1 if post.headline and start == 0 else 0
    text = post.texts[0][start:end]
    behind = own if 0 < own < len(text) else glued_headline(text, headline)
    return {
        "copy_entry_id": post.entry_id,
        "copy_wording_id": post.wording_id,
        "starts_at": start,
        "ends_at": end,
        "body_starts_at": start + behind,
    }


def _evidence(match: Match, place: int, original: Page) -> Row:
    return {
        "original_entry_id": original.posts[match.original].entry_id,
        "place": place,
        "shared_words": match.shared_words,
        "share_of_copy": match.of_copy,
        "share_of_original": match.of_original,
    }


def _write_fresh(connection: Connection, aligned: Aligned) -> int:
    """Write the pairs of which everything is still as it was read; the others wait for the next run."""
    hold_settling(connection)
    states = _states(connection, aligned.pages)
    if _refuted(connection, aligned.pages) != aligned.refuted:
        return 0
    columns = fct_syndications.c
    links = one_of_names(connection, columns.link_id, [one.link_id for one in aligned.waiting])
    verdicts = dict(connection.execute(select(columns.link_id, columns.is_refuted).where(links)).all())
    fresh = [
        one
        for one in aligned.waiting
        if verdicts.get(one.link_id) == one.is_refuted
        and all(name in aligned.pages and states.get(name) == aligned.pages[name].content_id for name in one.sides)
    ]
    return _write(connection, fresh, aligned)


def _states(connection: Connection, documents: Iterable[str]) -> dict[str, str]:
    """Return the state of each document, and on PostgreSQL keep it from changing until the transaction ends."""
    columns = dim_documents.c
    wanted = one_of_names(connection, columns.document_id, documents)
    statement = select(columns.document_id, columns.content_id).where(wanted).order_by(columns.document_id)
    locked = statement.with_for_update(read=True) if is_postgresql(connection) else statement
    return dict(connection.execute(locked).all())


def _write(connection: Connection, waiting: Sequence[Waiting], aligned: Aligned) -> int:
    links = [one.link_id for one in waiting]
    before = fetch(connection, fct_alignments, one_of_names(connection, fct_alignments.c.link_id, links))
    after = [row for link_id in links for row in aligned.rows[link_id]]
    write_difference(connection, fct_alignments, before, after, Changes())
    upsert(connection, fct_aligned_pairs, [_aligned_pair(one, aligned.pages) for one in waiting])
    connection.execute(delete(fct_align_queue).where(one_of_names(connection, fct_align_queue.c.link_id, links)))
    lend_again(connection, {name for one in waiting for name in one.sides})
    return len(after)


def _aligned_pair(one: Waiting, pages: Mapping[str, Page]) -> Row:
    return {
        "link_id": one.link_id,
        "copy_content_id": pages[one.copy_document_id].content_id,
        "origin_content_id": pages[one.origin_document_id].content_id,
        "align_version": ALIGN_VERSION,
    }

"""Which documents wait to be compared with all others, and which links to be aligned: who changes something asks.

A ticket is one change of one document. It is settled only once the texts that stood there when it was read have
been compared, and only that one: a change that comes in between has a ticket of its own.
"""

from collections.abc import Iterable, Sequence
from uuid import uuid4

from sqlalchemy import Connection, Select, delete, literal, or_, select

from dateline.model import Kind
from dateline.warehouse.alignment_tables import fct_align_queue, fct_aligned_pairs, fct_inheritances
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.print_tables import Level, fct_match_queue, fct_syndications
from dateline.warehouse.rows import in_portions, insert_missing


def ask_to_match(connection: Connection, document_ids: Iterable[str]) -> None:
    """Note that documents have texts that may never have been compared."""
    rows = [{"ticket": uuid4().hex, "document_id": document_id} for document_id in document_ids]
    insert_missing(connection, fct_match_queue, rows)


def ask_to_match_all(connection: Connection) -> None:
    """Note that every document waits."""
    ticket = literal(uuid4().hex) + dim_documents.c.document_id
    everything = select(ticket, dim_documents.c.document_id)
    connection.execute(fct_match_queue.insert().from_select(["ticket", "document_id"], everything))


def waiting_tickets(connection: Connection, limit: int) -> dict[str, str]:
    """Return the document of each of some tickets, the tickets of one document together."""
    columns = fct_match_queue.c
    statement = select(columns.ticket, columns.document_id).order_by(columns.document_id).limit(limit)
    return {row.ticket: row.document_id for row in connection.execute(statement)}


def settle_tickets(connection: Connection, tickets: Sequence[str]) -> None:
    """Take tickets out of the queue."""
    for portion in in_portions(tickets):
        connection.execute(delete(fct_match_queue).where(fct_match_queue.c.ticket.in_(portion)))


def ask_to_align(connection: Connection, link_ids: Iterable[str]) -> None:
    """Note that the pairs of these links are to be aligned anew; only those with a live blog can be."""
    for portion in in_portions(set(link_ids)):
        _ask_to_align(connection, select(fct_syndications.c.link_id).where(fct_syndications.c.link_id.in_(portion)))


def other_versions(version: int) -> Select[tuple[str]]:
    """Select the links of all pairs that another procedure aligned than the one of this version."""
    pairs = fct_aligned_pairs.c
    # Two ranges of an index, not "other than": that would look at every pair.
    return select(pairs.link_id).where(or_(pairs.align_version < version, pairs.align_version > version))


def ask_to_align_other_versions(connection: Connection, version: int) -> None:
    """Note that these pairs are to be aligned anew."""
    _ask_to_align(connection, other_versions(version))


def ask_heirs_to_align(connection: Connection, link_ids: Iterable[str]) -> None:
    """The same for copies that inherit by some links, which are about to go: another original may lend instead."""
    links, heirs = fct_syndications.c, fct_inheritances.c
    for portion in in_portions(set(link_ids)):
        theirs = select(heirs.document_id).where(heirs.link_id.in_(portion))
        touching = or_(links.copy_document_id.in_(theirs), links.origin_document_id.in_(theirs))
        _ask_to_align(connection, select(links.link_id).where(touching))


def ask_heirs_of(connection: Connection, document_id: str) -> None:
    """The same for every link of a document that is about to go."""
    links = fct_syndications.c
    touching = or_(links.copy_document_id == document_id, links.origin_document_id == document_id)
    ask_heirs_to_align(connection, connection.scalars(select(links.link_id).where(touching)))


def _ask_to_align(connection: Connection, wanted: Select[tuple[str]]) -> None:
    links, copies, origins = fct_syndications.c, dim_documents.alias("copies"), dim_documents.alias("origins")
    found = (
        select(links.link_id)
        .join(copies, copies.c.document_id == links.copy_document_id)
        .join(origins, origins.c.document_id == links.origin_document_id)
        .where(
            links.link_id.in_(wanted),
            links.level == Level.DOCUMENT,
            or_(copies.c.kind == Kind.LIVE_BLOG, origins.c.kind == Kind.LIVE_BLOG),
        )
    )
    insert_missing(connection, fct_align_queue, [{"link_id": one} for one in connection.scalars(found)])

"""Which documents wait to be compared with all others: loading asks, matching settles.

A ticket is one change of one document. It is settled only once the texts that stood there when it was read have
been compared, and only that one: a change that comes in between has a ticket of its own.
"""

from collections.abc import Iterable, Sequence
from uuid import uuid4

from sqlalchemy import Connection, delete, literal, select

from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.print_tables import fct_match_queue
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

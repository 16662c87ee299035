"""What the entries of copies take over, kept as rows: a time that many questions ask for is not worked out at each.

The rows of a copy are a function of its alignments, their links and the entries of both sides
(``sql/derived/inheritances.sql``); they are written anew where an alignment is.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, text

from dateline.warehouse.alignment_tables import fct_inheritances
from dateline.warehouse.library import derivation


def lend_again(connection: Connection, documents: Iterable[str]) -> None:
    """Write anew what the entries of some copies take over, inside a transaction that holds the lock of settling."""
    asked = derivation("inheritances", connection.dialect.name)
    names = ", ".join(column.name for column in fct_inheritances.columns)
    lent = text(f"insert into {fct_inheritances.name} ({names}) select {names} from ({asked.sql}) as lent")  # noqa: S608 - our own file
    for document_id in sorted(documents):
        connection.execute(delete(fct_inheritances).where(fct_inheritances.c.document_id == document_id))
        connection.execute(lent, {"document_id": document_id})

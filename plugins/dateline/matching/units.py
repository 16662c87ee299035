"""Texts that wait to be printed or compared, and how their prints get into the warehouse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, and_, bindparam, func, select, update

from dateline.matching.bulk import Numbers, insert_prints, one_of_names
from dateline.model import digest_of
from dateline.syndication.fingerprint import PRINT_VERSION, prints_of_each
from dateline.syndication.verify import Text, texts_of
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.entry_tables import fct_entries, fct_entry_versions
from dateline.warehouse.match_queue import settle_tickets, waiting_tickets
from dateline.warehouse.print_tables import dim_boilerplate_prints, fct_print_units
from dateline.warehouse.reading_tables import dim_wordings
from dateline.warehouse.rows import insert_missing

SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One text of one document. ``day`` counts from 1970."""

    document_id: str
    text_id: str
    text: str
    day: int | None
    is_lead: bool = False

    @property
    def text_key(self) -> int:
        """The text in 63 bits. Two texts in one key only nominate each other; comparison tells them apart."""
        return int(self.text_id[:16], 16) >> 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Units with their texts made ready and the prints of these: ``owners`` index ``units``."""

    units: tuple[Unit, ...]
    texts: tuple[Text, ...]
    owners: Numbers
    prints: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Texts to compare, and the tickets of the queue that are settled once they have been.

    A document may have a ticket and no new text: who wrote it, or when we first saw it, may be known better.
    """

    units: tuple[Unit, ...]
    tickets: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Say whether there is anything to do."""
        return bool(self.units or self.tickets)


def pending(connection: Connection, limit: int) -> Waiting:
    """Return up to ``limit`` texts that were never compared, and as many leads; whole documents where it can."""
    unfinished = _unfinished(connection, limit)
    if len(unfinished) >= limit:
        return Waiting(units=tuple(unfinished))
    tickets = waiting_tickets(connection, limit)
    documents = list(dict.fromkeys(tickets.values()))
    fresh = _new_wordings(connection, documents, limit + 1)
    if len(fresh) > limit:
        documents = _before_the_cut(documents, fresh)
        if not documents:
            return Waiting(units=(*unfinished, *fresh[:limit]))
    whole = frozenset(documents)
    units = (*unfinished, *(one for one in fresh if one.document_id in whole), *_new_leads(connection, whole))
    settled = tuple(ticket for ticket, document_id in tickets.items() if document_id in whole)
    return Waiting(units=units, tickets=settled, documents=whole)


def printed(units: Sequence[Unit]) -> Printed:
    """Print the texts of all units at once."""
    texts = texts_of([unit.text for unit in units])
    owners, prints = prints_of_each([one.shingles for one in texts], [one.distinct for one in texts])
    return Printed(units=tuple(units), texts=tuple(texts), owners=owners.astype(np.int64), prints=prints.view(np.int64))


def store(connection: Connection, batch: Printed) -> None:
    """Insert units and prints; known boilerplate is left out. Rows that are there already stay."""
    counts = np.bincount(batch.owners, minlength=len(batch.units)).tolist()
    insert_missing(connection, fct_print_units, map(_row, batch.units, counts))
    known = boilerplate(connection)
    keys = np.fromiter((unit.text_key for unit in batch.units), np.int64, len(batch.units))[batch.owners]
    keep = ~np.isin(batch.prints, known)
    insert_prints(connection, batch.prints[keep], keys[keep])


def boilerplate(connection: Connection) -> Numbers:
    """Return every print that is known to say nothing."""
    return np.array(connection.scalars(select(dim_boilerplate_prints.c.print)).all(), np.int64)


def mark_matched(connection: Connection, waiting: Waiting) -> None:
    """Note that these texts have been compared with all that was there, and settle their tickets."""
    columns = fct_print_units.c
    keys = sorted({(unit.document_id, unit.text_id) for unit in waiting.units})
    is_it = and_(columns.document_id == bindparam("document"), columns.text_id == bindparam("text"))
    if keys:
        connection.execute(
            update(fct_print_units).where(is_it).values(is_matched=True),
            [{"document": document_id, "text": text_id} for document_id, text_id in keys],
        )
    settle_tickets(connection, waiting.tickets)


def text_of(headline: str | None, body: str) -> str:
    """Join what an entry says: its own headline, then its text."""
    return f"{headline}\n{body}" if headline else body


def day_of(*moments: datetime | None) -> int | None:
    """Return the day of the first moment that is known, counted from 1970."""
    return next((int(moment.timestamp() // SECONDS_A_DAY) for moment in moments if moment), None)


_MOMENTS = (
    fct_entries.c.published_at,
    fct_entries.c.published_latest,
    dim_documents.c.published_at,
    dim_documents.c.published_latest,
    fct_entries.c.first_seen_at,
)


def _before_the_cut(documents: Sequence[str], fresh: Sequence[Unit]) -> list[str]:
    """Keep the documents before the last one that has texts among these: of that one there may be more."""
    cut = {unit.document_id for unit in fresh}
    last = max(place for place, document_id in enumerate(documents) if document_id in cut)
    return list(documents[:last])


def _new_wordings(connection: Connection, documents: Iterable[str], limit: int) -> list[Unit]:
    """Return texts that were never printed, by document in the order of the queue, up to a limit."""
    waiting = (
        select(fct_entry_versions.c.document_id, fct_entry_versions.c.wording_id)
        .distinct()
        .outerjoin(
            fct_print_units,
            and_(
                fct_print_units.c.document_id == fct_entry_versions.c.document_id,
                fct_print_units.c.text_id == fct_entry_versions.c.wording_id,
            ),
        )
        .where(
            one_of_names(connection, fct_entry_versions.c.document_id, documents),
            fct_print_units.c.document_id.is_(None),
        )
        .order_by(fct_entry_versions.c.document_id)
        .limit(limit)
        .subquery()
    )
    return _wordings(connection, waiting)


def _unfinished(connection: Connection, limit: int) -> list[Unit]:
    """Take up what a run printed and did not live to compare."""
    columns = fct_print_units.c
    waiting = (
        select(columns.document_id, columns.text_id.label("wording_id"))
        .where(~columns.is_matched, ~columns.is_lead)
        .limit(limit)
        .subquery()
    )
    leads = (
        select(columns.document_id, dim_documents.c.lead_text, columns.text_id)
        .join(dim_documents, dim_documents.c.document_id == columns.document_id)
        .where(~columns.is_matched, columns.is_lead)
        .limit(limit)
    )
    return [*_wordings(connection, waiting), *_leads(connection, leads)]


def _wordings(connection: Connection, waiting: Any) -> list[Unit]:
    statement = (
        select(waiting, dim_wordings.c.headline, dim_wordings.c.body, func.coalesce(*_MOMENTS))
        .join(dim_wordings, dim_wordings.c.wording_id == waiting.c.wording_id)
        .join(dim_documents, dim_documents.c.document_id == waiting.c.document_id)
        .outerjoin(
            fct_entries,
            and_(
                fct_entries.c.document_id == waiting.c.document_id,
                fct_entries.c.wording_id == waiting.c.wording_id,
            ),
        )
    )
    found: dict[tuple[str, str], Unit] = {}
    for document_id, wording_id, headline, body, moment in connection.execute(statement).all():
        unit = Unit(document_id=document_id, text_id=wording_id, text=text_of(headline, body), day=day_of(moment))
        found.setdefault((document_id, wording_id), unit)
    return [found[key] for key in sorted(found)]


def _new_leads(connection: Connection, documents: Iterable[str]) -> list[Unit]:
    columns = fct_print_units.c
    is_asked = one_of_names(connection, columns.document_id, documents)
    known = set(connection.execute(select(columns.document_id, columns.text_id).where(is_asked, columns.is_lead)))
    leads = _leads(
        connection,
        select(dim_documents.c.document_id, dim_documents.c.lead_text).where(
            one_of_names(connection, dim_documents.c.document_id, documents), dim_documents.c.lead_text != ""
        ),
    )
    return [unit for unit in leads if (unit.document_id, unit.text_id) not in known]


def _leads(connection: Connection, statement: Any) -> list[Unit]:
    """Make units of leads. One that was printed keeps its id, though the lead may have changed since."""
    rows = [(document_id, lead or "", *stored) for document_id, lead, *stored in connection.execute(statement).all()]
    days = _days(connection, {row[0] for row in rows})
    return [
        Unit(
            document_id=document_id,
            text_id=stored[0] if stored else digest_of("lead", lead),
            text=lead,
            day=days.get(document_id),
            is_lead=True,
        )
        for document_id, lead, *stored in sorted(rows)
    ]


def _days(connection: Connection, documents: set[str]) -> dict[str, int | None]:
    columns = dim_documents.c
    statement = select(
        columns.document_id, columns.published_at, columns.published_latest, columns.first_seen_at
    ).where(one_of_names(connection, columns.document_id, documents))
    return {document_id: day_of(*moments) for document_id, *moments in connection.execute(statement)}


def _row(unit: Unit, prints: int) -> dict[str, Any]:
    return {
        "document_id": unit.document_id,
        "text_id": unit.text_id,
        "text_key": unit.text_key,
        "is_lead": unit.is_lead,
        "prints": prints,
        "day": unit.day,
        "print_version": PRINT_VERSION,
        "is_matched": False,
    }

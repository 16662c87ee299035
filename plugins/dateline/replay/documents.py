"""Find the document that a person means: by its id, its address, or words of its title."""

from dataclasses import dataclass

from sqlalchemy import Engine, case, or_, select, text

from dateline.errors import ReplayError
from dateline.model import Kind
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.engine import reading_from

AT_MOST = 6
LIST = 'They are listed by: dateline query "select document_id, kind, title, url from documents"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A document's id, and its title for a person."""

    document_id: str
    title: str | None
    is_live: bool


def find_document(engine: Engine, named: str) -> Named:
    """Return the one document that an id, an address or words of a title name.

    Live blogs win over other documents of the same words. Raises :class:`ReplayError` where there is none, or several.
    """
    table = dim_documents.c
    words = f"%{_escaped(named)}%"
    exact = or_(table.document_id == named, table.url == named, table.canonical_url == named)
    columns = (table.document_id, table.title, table.kind)
    with reading_from(engine) as connection:
        found = connection.execute(select(*columns).where(exact)).all()
        if not found:
            is_other = case(
                (table.kind == Kind.LIVE_BLOG, 0), else_=1
            )  # first, so that the limit leaves none of them out
            by_title = (
                select(*columns).where(table.title.ilike(words, escape="\\")).order_by(is_other, table.document_id)
            )
            found = connection.execute(by_title.limit(AT_MOST)).all()
    found = [one for one in found if one.kind == Kind.LIVE_BLOG] or list(found)
    if not found:
        raise ReplayError(f"no document is named {named!r}. {LIST}")
    if len(found) > 1:
        names = "; ".join(f"{one.document_id} {one.title}" for one in found)
        raise ReplayError(f"{named!r} names several documents: {names}. Say which by its id.")
    one = found[0]
    return Named(document_id=one.document_id, title=one.title, is_live=one.kind == Kind.LIVE_BLOG)


def text_of(engine: Engine, document_id: str) -> str:
    """Return the words of a document as it stands now: its lead, then its entries in page order, a paragraph a line."""
    lead = select(dim_documents.c.lead_text).where(dim_documents.c.document_id == document_id)
    entries = text("select headline, body from current_entries where document_id = :document_id order by position")
    with reading_from(engine) as connection:
        words = [connection.execute(lead).scalar()]
        for one in connection.execute(entries, {"document_id": document_id}):
            words += [one.headline, one.body]
    return "\n".join(filter(None, words))


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

"""Find the document that a person means: by its id, its address, or words of its title."""

from dataclasses import dataclass

from sqlalchemy import Engine, or_, select

from dateline.errors import ReplayError
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.engine import reading_from

AT_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A document's id, and its title for a person."""

    document_id: str
    title: str | None


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
            by_title = select(*columns).where(table.title.ilike(words, escape="\\")).order_by(table.document_id)
            found = connection.execute(by_title.limit(AT_MOST)).all()
    found = [one for one in found if one.kind == "live_blog"] or list(found)
    if not found:
        raise ReplayError(f"no document is named {named!r}. `dateline query documents` lists them.")
    if len(found) > 1:
        names = "; ".join(f"{one.document_id} {one.title}" for one in found)
        raise ReplayError(f"{named!r} names several documents: {names}. Say which by its id.")
    return Named(document_id=found[0].document_id, title=found[0].title)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

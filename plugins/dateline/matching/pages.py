"""The two sides of an alignment: a document's posts in page order, each in its wordings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from dateline.matching.bulk import one_of_names
from dateline.matching.evidence import LATEST_WORDINGS
from dateline.matching.units import text_of
from dateline.model import Kind, Precision
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.entry_tables import fct_entries, fct_entry_versions
from dateline.warehouse.reading_tables import dim_wordings, fct_sightings

EXACT = frozenset({Precision.SECOND, Precision.MINUTE})
LONGEST = 2_000_000
"""Characters of a document: what is longer is no coverage, and costs too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePost:
    """One post: its current headline and wording, and its texts, the current one first."""

    entry_id: str
    wording_id: str
    headline: str | None
    texts: tuple[str, ...]
    has_anchor: bool
    has_time: bool
    is_deleted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document as alignment sees it. ``content_id`` changes whenever any of this may have."""

    document_id: str
    kind: Kind
    content_id: str
    posts: tuple[PagePost, ...]

    @property
    def can_lend(self) -> bool:
        """Say whether this is coverage that has clocks of its own."""
        return self.kind is Kind.LIVE_BLOG and any(one.has_time for one in self.posts) and not self._is_too_long

    def can_inherit(self, original: "Page") -> bool:
        """Say whether this is a copy that lacks what an original has: it has no ids, and some clock or id is missing.

        A publisher's own page has ids, so it never inherits.
        """
        if any(one.has_anchor for one in self.posts) or self._is_too_long:
            return False
        return any(not one.has_time for one in self.posts) or any(one.has_anchor for one in original.posts)

    @property
    def _is_too_long(self) -> bool:
        return sum(len(text) for one in self.posts for text in one.texts) > LONGEST


def pages_of(connection: Connection, documents: Iterable[str]) -> dict[str, Page]:
    """Load documents as pages; one that is gone is left out."""
    wanted = set(documents)
    columns = dim_documents.c
    known = connection.execute(
        select(columns.document_id, columns.kind, columns.content_id, columns.last_edition_id).where(
            one_of_names(connection, columns.document_id, wanted)
        )
    ).all()
    places = _places(connection, {edition_id for *_, edition_id in known})
    posts = _posts(connection, wanted, places)
    return {
        document_id: Page(
            document_id=document_id, kind=Kind(kind), content_id=content_id, posts=tuple(posts.get(document_id, ()))
        )
        for document_id, kind, content_id, _ in known
    }


def _places(connection: Connection, editions: set[str]) -> dict[str, int]:
    """Return where entries stand on the newest pages of their documents."""
    columns = fct_sightings.c
    statement = (
        select(columns.entry_id, func.min(columns.position))
        .where(one_of_names(connection, columns.edition_id, editions), columns.entry_id.is_not(None))
        .group_by(columns.entry_id)
    )
    return dict(connection.execute(statement).all())


def _posts(connection: Connection, wanted: set[str], places: Mapping[str, int]) -> dict[str, list[PagePost]]:
    """Return the posts of each document in page order; those that stand on no newest page behind it, by time."""
    entries, versions, wordings = fct_entries.c, fct_entry_versions.c, dim_wordings.c
    statement = (
        select(fct_entries, versions.number, versions.wording_id.label("said"), wordings.headline, wordings.body)
        .join(fct_entry_versions, versions.entry_id == entries.entry_id)
        .join(dim_wordings, wordings.wording_id == versions.wording_id)
        .where(one_of_names(connection, entries.document_id, wanted))
    )
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(statement).mappings():
        told[row["entry_id"]].append(dict(row))
    found: dict[str, list[PagePost]] = defaultdict(list)
    for spells in sorted(told.values(), key=lambda spells: _order(spells[0], places)):
        found[spells[0]["document_id"]].append(_post(spells))
    return found


def _order(row: Mapping[str, Any], places: Mapping[str, int]) -> tuple[Any, ...]:
    place = places.get(row["entry_id"])
    return (place is None, place or 0, str(row["published_earliest"] or ""), row["entry_id"])


def _post(spells: list[dict[str, Any]]) -> PagePost:
    newest = sorted(spells, key=lambda row: (row["said"] != row["wording_id"], -row["number"]))
    texts = dict.fromkeys(text_of(row["headline"], row["body"]) for row in newest)
    current = newest[0]
    return PagePost(
        entry_id=current["entry_id"],
        wording_id=current["wording_id"],
        headline=current["headline"],
        texts=tuple(texts)[:LATEST_WORDINGS],
        has_anchor=current["anchor"] is not None,
        has_time=Precision(current["published_precision"]) in EXACT and not current["is_time_collapsed"],
        is_deleted=bool(current["is_deleted"]),
    )

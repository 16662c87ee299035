"""What the warehouse knows of the documents of a pair: their texts, their claims, and how fresh that is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, RowMapping, func, select

from dateline.matching.bulk import one_of_names
from dateline.matching.units import day_of, text_of
from dateline.model import Kind, Origin
from dateline.publishers import house_name
from dateline.syndication.direction import Claim
from dateline.syndication.verify import Text, texts_of
from dateline.warehouse.document_tables import dim_documents, dim_publishers
from dateline.warehouse.entry_tables import fct_entries, fct_entry_versions
from dateline.warehouse.print_tables import dim_boilerplate_prints
from dateline.warehouse.reading_tables import dim_wordings

LATEST_WORDINGS = 4
"""An article is compared in this many of its wordings: an edit must not break a link that stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One entry in one of its wordings."""

    entry_id: str
    text_id: str
    text: Text
    is_current: bool
    earliest: DateTime | None
    latest: DateTime | None
    first_seen: DateTime | None


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """All that a pair is judged by, of one of its documents. ``stamp`` changes whenever any of it may have."""

    document_id: str
    title: str | None
    kind: Kind
    claim: Claim
    lead: str
    posts: tuple[Post, ...]
    stamp: tuple[Any, ...]

    @cached_property
    def is_one_text(self) -> bool:
        """Say whether the document is one entry and no lead: an article."""
        return not self.lead and len({post.entry_id for post in self.posts}) <= 1

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The whole document as it stands now; an article in its former wordings too, the newest first."""
        if self.is_one_text:
            newest = sorted(self.posts, key=lambda post: (not post.is_current, post.text_id))
            return tuple(post.text for post in newest[:LATEST_WORDINGS])
        current = [post.text.text for post in self.posts if post.is_current]
        return (Text("\n".join([self.lead, *current])),)

    @property
    def day(self) -> int | None:
        """The day of the document, from 1970."""
        return day_of(self.claim.earliest, self.claim.latest, self.claim.first_seen)


def dossiers(connection: Connection, documents: Iterable[str], ready: Mapping[str, Text]) -> dict[str, Dossier]:
    """Load the dossiers of documents; one that is gone is left out.

    Stamps are read before the posts: of a document that changes in between, the stamp is the older of the two.
    """
    wanted = set(documents)
    rows = connection.execute(_documents(connection, wanted)).mappings().all()
    posts = _posts(connection, wanted, ready)
    return {row["document_id"]: _dossier(row, posts.get(row["document_id"], [])) for row in rows}


def stamps(connection: Connection, documents: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """Return what tells whether dossiers are still what they were, and the state of boilerplate under ``""``."""
    columns = dim_documents.c
    wanted = one_of_names(connection, columns.document_id, documents)
    rows = connection.execute(select(columns.document_id, *_STAMP).where(wanted)).all()
    known = connection.scalar(select(func.count()).select_from(dim_boilerplate_prints))
    return {"": (known,)} | {document_id: tuple(stamp) for document_id, *stamp in rows}


_STAMP = (
    dim_documents.c.last_snapshot_id,
    dim_documents.c.last_place,
    dim_documents.c.last_edition_id,
    dim_documents.c.first_seen_at,
    dim_documents.c.origin_id,
    dim_documents.c.carrier_id,
)


_WANTED = (
    "document_id",
    "title",
    "kind",
    "lead_text",
    "origin_reason",
    "origin_confidence",
    "published_earliest",
    "published_latest",
    "first_seen_at",
)


def _documents(connection: Connection, wanted: set[str]) -> Any:
    carriers, origins = dim_publishers.alias("carriers"), dim_publishers.alias("origins")
    columns = dim_documents.c
    return (
        select(
            *(columns[name] for name in _WANTED),
            *(column for column in _STAMP if column.name not in _WANTED),
            carriers.c.name.label("carrier_name"),
            origins.c.name.label("origin_name"),
        )
        .outerjoin(carriers, carriers.c.publisher_id == columns.carrier_id)
        .outerjoin(origins, origins.c.publisher_id == columns.origin_id)
        .where(one_of_names(connection, columns.document_id, wanted))
    )


def _posts(connection: Connection, wanted: set[str], ready: Mapping[str, Text]) -> Mapping[str, list[Post]]:
    versions, entries, wordings = fct_entry_versions.c, fct_entries.c, dim_wordings.c
    statement = (
        select(
            versions.entry_id,
            versions.wording_id,
            versions.document_id,
            wordings.headline,
            wordings.body,
            entries.wording_id == versions.wording_id,
            entries.published_earliest,
            entries.published_latest,
            entries.first_seen_at,
        )
        .join(fct_entries, entries.entry_id == versions.entry_id)
        .join(dim_wordings, wordings.wording_id == versions.wording_id)
        .where(one_of_names(connection, versions.document_id, wanted))
    )
    # A wording that came back is one text in two versions.
    rows = {(row[0], row[1]): row for row in connection.execute(statement).all()}
    bodies = {row[1]: text_of(row[3], row[4]) for row in rows.values() if row[1] not in ready}
    texts = {**ready, **dict(zip(bodies, texts_of([*bodies.values()]), strict=True))}
    found: dict[str, list[Post]] = defaultdict(list)
    for entry_id, text_id, document_id, _, _, is_current, earliest, latest, first_seen in rows.values():
        found[document_id].append(
            Post(
                entry_id=entry_id,
                text_id=text_id,
                text=texts[text_id],
                is_current=bool(is_current),
                earliest=earliest,
                latest=latest,
                first_seen=first_seen,
            )
        )
    return found


def _dossier(row: RowMapping, posts: list[Post]) -> Dossier:
    ordered = posts
    if len(posts) > 1:
        ordered = sorted(posts, key=lambda post: (str(post.earliest or ""), post.entry_id, post.text_id))
    return Dossier(
        document_id=row["document_id"],
        title=row["title"],
        kind=Kind(row["kind"]),
        claim=_claim(row, ordered),
        lead=row["lead_text"] or "",
        posts=tuple(ordered),
        stamp=tuple(row[column.name] for column in _STAMP),
    )


def _claim(row: RowMapping, posts: list[Post]) -> Claim:
    """Claim the span from the first word to the last: a live blog takes hours to be published."""
    latest = [post.latest for post in posts if post.latest]
    is_live = row["kind"] == Kind.LIVE_BLOG
    origin = None
    if row["origin_name"]:
        origin = Origin(
            name=house_name(row["origin_name"]) or "",
            reason=row["origin_reason"] or "",
            confidence=row["origin_confidence"] or 0.0,
        )
    return Claim(
        document_id=row["document_id"],
        carrier=house_name(row["carrier_name"]),
        origin=origin,
        earliest=row["published_earliest"],
        latest=max(latest) if is_live and latest else row["published_latest"],
        first_seen=row["first_seen_at"],
    )

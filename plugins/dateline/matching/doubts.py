"""Links whose origin the rules could not settle, each with what a person needs to judge it."""

from dataclasses import dataclass

from pendulum import DateTime
from sqlalchemy import Engine, RowMapping, bindparam, text

from dateline.warehouse.engine import reading_from
from dateline.warehouse.metadata import UtcTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two documents: what it says of itself, and when we first saw it."""

    document_id: str
    title: str | None
    carrier: str | None
    url: str | None
    claims: DateTime | None
    first_seen: DateTime | None
    origin: str | None
    origin_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A link that waits for a person. ``origin`` is the side that stands in as the origin until then."""

    link_id: str
    copy: Side
    origin: Side
    relation: str
    share_of_copy: float
    share_of_origin: float
    sample: str
    reason: str
    confidence: float


def doubts(engine: Engine, limit: int) -> list[Doubt]:
    """Return the links that no person has judged and the rules are least sure of, those first."""
    with reading_from(engine) as connection:
        rows = connection.execute(_WAITING, {"limit": limit}).mappings().all()
    return [
        Doubt(
            copy=_side(row, "copy"),
            origin=_side(row, "origin"),
            **{name: row[name] for name in _OF_THE_LINK},
        )
        for row in rows
    ]


def _side(row: RowMapping, side: str) -> Side:
    return Side(**{name: row[f"{side}_{name}"] for name in _OF_A_SIDE})


_OF_THE_LINK = ("link_id", "relation", "share_of_copy", "share_of_origin", "sample", "reason", "confidence")
_OF_A_SIDE = ("document_id", "title", "carrier", "url", "claims", "first_seen", "origin", "origin_reason")
_SIDES = ", ".join(
    f"{side}_documents.document_id as {side}_document_id, {side}_documents.title as {side}_title, "
    f"{side}_carriers.name as {side}_carrier, {side}_documents.url as {side}_url, "
    f"{side}_documents.published_earliest as {side}_claims, {side}_documents.first_seen_at as {side}_first_seen, "
    f"{side}_origins.name as {side}_origin, {side}_documents.origin_reason as {side}_origin_reason"
    for side in ("copy", "origin")
)
_JOINS = " ".join(
    f"join dim_documents as {side}_documents on {side}_documents.document_id = waiting.{side}_document_id "
    f"left join dim_publishers as {side}_carriers on {side}_carriers.publisher_id = {side}_documents.carrier_id "
    f"left join dim_publishers as {side}_origins on {side}_origins.publisher_id = {side}_documents.origin_id"
    for side in ("copy", "origin")
)
_MOMENTS = {f"{side}_{name}": UtcTime for side in ("copy", "origin") for name in ("claims", "first_seen")}
_WAITING = (
    text(
        "select waiting.link_id, waiting.relation, waiting.share_of_copy, waiting.share_of_origin, waiting.sample, "  # noqa: S608 - its own names
        f"waiting.reason, waiting.confidence, {_SIDES} from origins_to_review as waiting {_JOINS} "
        "order by waiting.confidence, waiting.link_id limit :limit"
    )
    .bindparams(bindparam("limit"))
    .columns(**_MOMENTS)
)

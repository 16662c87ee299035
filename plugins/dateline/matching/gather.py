"""Keeping ``fct_story_copies`` in step with the links: only the stories that a change can reach are redone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, delete, or_, select

from dateline.matching.bulk import one_of_names
from dateline.matching.settle import hold_settling
from dateline.publishers import house_name
from dateline.syndication.cluster import Member, stories
from dateline.syndication.direction import OWN_WORK
from dateline.syndication.relate import Pair, Relation, is_template, relation
from dateline.warehouse.document_tables import dim_documents, dim_publishers
from dateline.warehouse.engine import write_in
from dateline.warehouse.print_tables import Level, fct_story_copies, fct_syndications
from dateline.warehouse.rows import insert_missing

REACH = 20_000
"""Documents that one change may reach: of links that reach further only so many are followed, nearest first."""

Row = Mapping[str, Any]


def gather(engine: Engine, documents: Collection[str]) -> int:
    """Redo the stories that these documents are in; return how many documents carry a story among them."""
    return write_in(engine, lambda connection: gather_in(connection, documents)) if documents else 0


def gather_in(connection: Connection, documents: Collection[str]) -> int:
    """Redo the stories of some documents inside a transaction."""
    hold_settling(connection)
    reached, links = _reached(connection, set(documents))
    found = stories(_members(connection, reached), _carried(links))
    connection.execute(
        delete(fct_story_copies).where(one_of_names(connection, fct_story_copies.c.document_id, reached))
    )
    insert_missing(
        connection,
        fct_story_copies,
        [{"document_id": one, "story_id": headline} for one, headline in found.items()],
    )
    return len(found)


def _reached(connection: Connection, start: set[str]) -> tuple[set[str], dict[str, Row]]:
    """Follow links in both directions until nothing new is reached."""
    columns = fct_syndications.c
    reached, edge = set(start), set(start)
    links: dict[str, Row] = {}
    while edge and len(reached) < REACH:
        statement = select(fct_syndications).where(
            columns.level == Level.DOCUMENT,
            or_(
                one_of_names(connection, columns.copy_document_id, edge),
                one_of_names(connection, columns.origin_document_id, edge),
            ),
        )
        found = {row["link_id"]: row for row in connection.execute(statement).mappings()}
        links.update(found)
        sides = {row[side] for row in found.values() for side in ("copy_document_id", "origin_document_id")}
        edge = sides - reached
        reached |= edge
    return reached, links


def _carried(links: Mapping[str, Row]) -> list[tuple[str, str]]:
    """Keep the links that make two documents one story: no quotation, no template, none refuted."""
    recurs = _recurrence(links.values())
    return [
        (row["copy_document_id"], row["origin_document_id"])
        for row in links.values()
        if not row["is_refuted"]
        and relation(row["share_of_copy"], row["share_of_origin"]) not in {Relation.QUOTES, Relation.QUOTES_WHOLE}
        and not is_template(_pair(row, recurs))
    ]


def _pair(row: Row, recurs: Mapping[str, int]) -> Pair:
    return Pair(
        share_of_copy=row["share_of_copy"],
        share_of_origin=row["share_of_origin"],
        longest_run=row["longest_run"],
        words=row["words"],
        figures_agree=row["figures_agree"],
        titles_agree=row["titles_agree"],
        days_apart=row["days_apart"],
        recurs_on_days=max(recurs.get(row["copy_document_id"], 0), recurs.get(row["origin_document_id"], 0)),
    )


def _recurrence(links: Iterable[Row]) -> dict[str, int]:
    """Count, for each document, the distinct days, two or more away, on which its text stands elsewhere."""
    days: dict[str, set[int]] = defaultdict(set)
    for row in links:
        copy, origin = row["copy_day"], row["origin_day"]
        if copy is not None and origin is not None and abs(copy - origin) >= 2:
            days[row["copy_document_id"]].add(origin)
            days[row["origin_document_id"]].add(copy)
    return {document_id: len(some) for document_id, some in days.items()}


def _members(connection: Connection, documents: set[str]) -> list[Member]:
    columns = dim_documents.c
    carriers, origins = dim_publishers.alias("carriers"), dim_publishers.alias("origins")
    statement = (
        select(
            columns.document_id,
            carriers.c.name,
            origins.c.name,
            columns.origin_confidence,
            columns.first_seen_at,
            columns.published_earliest,
        )
        .outerjoin(carriers, carriers.c.publisher_id == columns.carrier_id)
        .outerjoin(origins, origins.c.publisher_id == columns.origin_id)
        .where(one_of_names(connection, columns.document_id, documents))
    )
    return [
        Member(
            document_id=document_id,
            is_own_work=(
                carrier is not None and house_name(carrier) == house_name(origin) and (confidence or 0.0) >= OWN_WORK
            ),
            first_seen=first_seen,
            earliest=earliest,
        )
        for document_id, carrier, origin, confidence, first_seen, earliest in connection.execute(statement).all()
    ]

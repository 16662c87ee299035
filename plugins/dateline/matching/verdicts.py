"""A person's verdict on a link: kept for good, and stronger than every rule."""

from datetime import datetime

from sqlalchemy import Connection, Engine, select

from dateline.errors import SyndicationError
from dateline.matching.gather import gather_in
from dateline.matching.inherit import inherit_in
from dateline.matching.judge import pair_of
from dateline.matching.settle import hold_settling, settle_in
from dateline.warehouse.engine import write_in
from dateline.warehouse.print_tables import fct_syndications, fct_verdicts
from dateline.warehouse.rows import upsert


def judge_link(
    engine: Engine,
    link_id: str,
    *,
    person: str,
    said_at: datetime,
    is_copy: bool = True,
    origin_document_id: str | None = None,
    why: str | None = None,
) -> None:
    """Keep what a person says of a link, and bring the link, its story and what was inherited in line with it.

    ``is_copy=False`` refutes the link; ``origin_document_id`` names the side that wrote it. Raises
    :class:`SyndicationError` for an unknown link, or an origin that is neither of its sides.
    """

    def work(connection: Connection) -> None:
        hold_settling(connection)
        columns = fct_syndications.c
        sides = connection.execute(
            select(columns.copy_document_id, columns.origin_document_id).where(columns.link_id == link_id)
        ).first()
        if sides is None:
            raise SyndicationError(f"link {link_id!r}: there is none. See the view syndications for the ids.")
        if origin_document_id is not None and origin_document_id not in set(sides):
            raise SyndicationError(f"{origin_document_id!r} is no side of link {link_id!r}: {' and '.join(sides)} are.")
        verdict = {
            "link_id": link_id,
            "is_copy": is_copy,
            "origin_document_id": origin_document_id,
            "person": person,
            "why": why,
            "said_at": said_at,
        }
        upsert(connection, fct_verdicts, [verdict])
        settle_in(connection, {pair_of(*sides)})
        gather_in(connection, set(sides))
        inherit_in(connection, set(sides))

    write_in(engine, work)

"""Bringing ``fct_syndications`` to what the two documents of each pair say now.

Comparing takes time and needs no lock, so it is done first, from one read. The write then looks
whether anything that the pair was judged by has changed since; such a pair is judged again inside the
write, which is the only one at that moment. So the last to write has always read last.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, delete, func, select

from dateline.matching.bulk import in_slices, one_of_names
from dateline.matching.evidence import Dossier, dossiers, stamps
from dateline.matching.judge import Row, Verdict, pair_of, rows_of
from dateline.matching.nominate import DocumentPair
from dateline.matching.units import boilerplate
from dateline.syndication.verify import Text
from dateline.warehouse.engine import is_postgresql, reading_from, write_in
from dateline.warehouse.match_queue import ask_heirs_to_align, ask_to_align
from dateline.warehouse.print_tables import fct_syndications, fct_verdicts
from dateline.warehouse.rows import upsert

PAIRS_AT_ONCE = 2_000
SETTLE_LOCK = 0x0DA7E5E7


@dataclass(slots=True)
class Settled:
    """How many links the pairs have now, and the documents whose links were written or taken away."""

    links: int = 0
    documents: set[str] = field(default_factory=set)


def settle(engine: Engine, pairs: Collection[DocumentPair], ready: Mapping[str, Text]) -> Settled:
    """Judge pairs of documents and write their links; ``ready`` holds texts that were hashed before, by their ids."""
    settled = Settled()
    for portion in in_slices(sorted(pairs), PAIRS_AT_ONCE):
        one = _settled(engine, portion, ready)
        settled.links += one.links
        settled.documents |= one.documents
    return settled


def hold_settling(connection: Connection) -> None:
    """Be the only one who settles until the transaction ends; a SQLite write is alone anyway."""
    if is_postgresql(connection):
        connection.execute(select(func.pg_advisory_xact_lock(SETTLE_LOCK)))


def settle_in(connection: Connection, pairs: Collection[DocumentPair]) -> Settled:
    """Judge and write inside a transaction that holds the lock."""
    _, judged = _judge(connection, pairs, {})
    return _write(connection, pairs, [row for rows in judged.values() for row in rows])


def _settled(engine: Engine, pairs: Collection[DocumentPair], ready: Mapping[str, Text]) -> Settled:
    with reading_from(engine) as connection:
        seen, judged = _judge(connection, pairs, ready)

    def work(connection: Connection) -> Settled:
        hold_settling(connection)
        now = stamps(connection, {document_id for pair in pairs for document_id in pair})
        is_stale = now.get("") != seen.get("")
        stale = [pair for pair in pairs if is_stale or any(now.get(one) != seen.get(one) for one in pair)]
        fresh = _judge(connection, stale, ready)[1] if stale else {}
        rows = [row for pair in pairs for row in fresh.get(pair, [] if pair in stale else judged.get(pair, []))]
        return _write(connection, pairs, rows)

    return write_in(engine, work)


def _judge(
    connection: Connection, pairs: Collection[DocumentPair], ready: Mapping[str, Text]
) -> tuple[Mapping[str, tuple[Any, ...]], dict[DocumentPair, list[Row]]]:
    silent = np.sort(boilerplate(connection).view(np.uint64))
    known: dict[str, Dossier] = dossiers(connection, {document_id for pair in pairs for document_id in pair}, ready)
    seen = {"": (len(silent),)} | {document_id: one.stamp for document_id, one in known.items()}
    verdicts = _verdicts(connection)
    return seen, {
        pair: rows_of(known[pair[0]], known[pair[1]], silent, verdicts) for pair in pairs if known.keys() >= set(pair)
    }


def _verdicts(connection: Connection) -> dict[str, Verdict]:
    columns = fct_verdicts.c
    rows = connection.execute(select(columns.link_id, columns.is_copy, columns.origin_document_id))
    return {name: Verdict(is_copy=is_copy, origin_document_id=origin) for name, is_copy, origin in rows}


def _write(connection: Connection, pairs: Collection[DocumentPair], rows: list[Row]) -> Settled:
    columns = fct_syndications.c
    documents = {document_id for pair in pairs for document_id in pair}
    standing = connection.execute(
        select(columns.link_id, columns.copy_document_id, columns.origin_document_id).where(
            one_of_names(connection, columns.copy_document_id, documents),
            one_of_names(connection, columns.origin_document_id, documents),
        )
    )
    wanted, kept = set(pairs), {row["link_id"] for row in rows}
    gone = {name: pair for name, *pair in standing if name not in kept and pair_of(*pair) in wanted}
    if gone:
        ask_heirs_to_align(connection, gone)
        connection.execute(delete(fct_syndications).where(one_of_names(connection, columns.link_id, gone)))
    upsert(connection, fct_syndications, rows)
    # Judged anew, so aligned anew: a verdict or a former wording may have changed what is inherited.
    ask_to_align(connection, kept)
    sides = [*gone.values(), *((row["copy_document_id"], row["origin_document_id"]) for row in rows)]
    return Settled(links=len(rows), documents={document_id for pair in sides for document_id in pair})

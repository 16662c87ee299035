"""Matching everything that waits: print, commit, look up, compare, link, and align copies with their originals.

The order is the guarantee. A text's prints are committed *before* its look-up, so of two processes
that load the two sides of a pair at the same moment, at least one sees the other's prints; no lock is
needed for that, on either engine. A text counts as matched only when its links are committed, so a
process that dies in between leaves it to the next. What is new stands in a queue that loading fills, so the
cost of asking does not grow with the warehouse.

Links are a function of what the two documents say (see :mod:`dateline.matching.settle`), so a pair that
two processes find is one row, the same from both.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, select

from dateline.errors import SyndicationError
from dateline.matching.gather import gather
from dateline.matching.inherit import inherit
from dateline.matching.nominate import DocumentPair, Hot, learn, linked_to, nominate
from dateline.matching.settle import settle
from dateline.matching.units import Unit, Waiting, mark_matched, pending, printed, store
from dateline.syndication.fingerprint import PRINT_VERSION
from dateline.warehouse.engine import reading_from, write_in
from dateline.warehouse.match_queue import ask_to_match_all
from dateline.warehouse.print_tables import (
    dim_boilerplate_prints,
    fct_print_units,
    fct_prints,
    fct_story_copies,
    fct_syndications,
)

TEXTS_AT_ONCE = 5_000
"""Texts in one batch. The more there are, the more prints fall on one page of the index, which is written once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReport:
    """What one run of matching did.

    ``links`` counts the links of the pairs that it looked at, ``aligned`` the stretches of copies that are posts of
    an original in the pairs that it aligned.
    """

    texts: int = 0
    pairs: int = 0
    links: int = 0
    aligned: int = 0
    boilerplate: int = 0
    seconds: float = 0.0


def match(engine: Engine, *, texts_at_once: int = TEXTS_AT_ONCE) -> MatchReport:
    """Compare every text that was never compared with all that is stored, and link what shares text.

    Any number of processes may do this at once. Raises :class:`SyndicationError` where prints of
    another version are stored: :func:`rematch` them.
    """
    _require_one_version(engine)
    started = time.perf_counter()
    texts = pairs = links = learnt = 0
    while True:
        with reading_from(engine) as connection:
            waiting = pending(connection, texts_at_once)
        if not waiting:
            break
        found, count, hot = _matched(engine, waiting)
        texts += len(waiting.units)
        pairs += len(found)
        links += count
        learnt += hot
    aligned = inherit(engine)
    seconds = time.perf_counter() - started
    return MatchReport(texts=texts, pairs=pairs, links=links, aligned=aligned, boilerplate=learnt, seconds=seconds)


def rematch(engine: Engine, *, texts_at_once: int = TEXTS_AT_ONCE) -> MatchReport:
    """Forget all prints and links, and match everything again: after a change of the print procedure.

    People's verdicts stay, and win again.
    """

    def forget(connection: Connection) -> None:
        for table in (fct_story_copies, fct_syndications, fct_print_units, fct_prints, dim_boilerplate_prints):
            connection.execute(delete(table))
        ask_to_match_all(connection)

    write_in(engine, forget)
    return match(engine, texts_at_once=texts_at_once)


def _matched(engine: Engine, waiting: Waiting) -> tuple[set[DocumentPair], int, int]:
    """Take one batch of texts through every step; return its pairs, their links, and boilerplate learnt."""
    batch = printed(waiting.units)
    write_in(engine, lambda connection: store(connection, batch))
    with reading_from(engine) as connection:
        found = nominate(connection, batch)
        changed = waiting.documents | {unit.document_id for unit in waiting.units}
        pairs = set(found.pairs) | _repeating(batch.units) | linked_to(connection, changed)
    if found.hot:
        pairs |= write_in(engine, lambda connection: _learnt(connection, found.hot))
    ready = {unit.text_id: text for unit, text in zip(batch.units, batch.texts, strict=True)}
    settled = settle(engine, pairs, ready)
    gather(engine, settled.documents)
    write_in(engine, lambda connection: mark_matched(connection, waiting))
    return pairs, settled.links, len(found.hot)


def _learnt(connection: Connection, hot: Collection[Hot]) -> set[DocumentPair]:
    return learn(connection, hot)


def _repeating(units: Collection[Unit]) -> set[DocumentPair]:
    """Compare a document of several texts with itself: entries repeat each other."""
    seen: set[str] = set()
    several: set[str] = set()
    for unit in units:
        (several if unit.document_id in seen else seen).add(unit.document_id)
    return {(document_id, document_id) for document_id in several}


def _require_one_version(engine: Engine) -> None:
    columns = fct_print_units.c
    with reading_from(engine) as connection:
        stored = connection.scalar(select(func.min(columns.print_version)))
        newest = connection.scalar(select(func.max(columns.print_version)))
    if stored is not None and (stored, newest) != (PRINT_VERSION, PRINT_VERSION):
        raise SyndicationError(
            f"prints of version {stored} to {newest} are stored, this code makes version {PRINT_VERSION}. "
            "Match everything again: dateline match --again"
        )

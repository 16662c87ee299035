"""Which documents may share text: those that share prints which say something.

Two texts nominate each other's documents when they share ``ENOUGH`` prints. A print that stands in
more than ``MANY_TEXTS`` texts on more than ``MANY_DAYS`` days is boilerplate, and so is one that stands
in more than ``ANY_TEXTS`` on however few: it is learnt, leaves the index, and nominates nobody. Days as
well as texts, because a wire story that everybody carries stands in many texts on two or three days.

Two texts more than ``FAR_DAYS`` apart must share ``MANY_PRINTS``, or half the prints of the smaller one: so far
apart nothing but a long run or most of a text is syndication (:mod:`dateline.syndication.relate`), and the forms
of the trade are shared with a store that only ever grows.

Work is bounded: a print brings at most ``ANY_TEXTS`` texts and a run's worth more, a text brings at most
``MANY_CARRIERS`` documents.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, delete, select

from dateline.matching.bulk import Numbers, one_of_names, one_of_numbers
from dateline.matching.units import Printed
from dateline.warehouse.print_tables import dim_boilerplate_prints, fct_print_units, fct_prints, fct_syndications
from dateline.warehouse.rows import insert_missing

ENOUGH = 2
FAR_DAYS = 14
MANY_PRINTS = 8
MANY_TEXTS = 30
MANY_DAYS = 7
ANY_TEXTS = 1_000
MANY_CARRIERS = 200
NO_DAY = -(1 << 40)

DocumentPair = tuple[str, str]
"""Two document ids, the smaller first; twice the same where a document repeats itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hot:
    """A print that turned out to be boilerplate, and how often it stood where."""

    print: int
    texts: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominated:
    """What a look-up found: pairs of documents to compare, and prints to learn as boilerplate."""

    pairs: frozenset[DocumentPair]
    hot: tuple[Hot, ...]


class Carried(NamedTuple):
    """One document that carries a text, on which day, and how many prints the text has."""

    day: int | None
    document_id: str
    prints: int


def nominate(connection: Connection, batch: Printed) -> Nominated:
    """Look up the prints of a batch, its own rows among them, and name the documents to compare."""
    wanted = np.unique(batch.prints)
    stored, keys = _look_up(connection, wanted)
    hot = _hot(connection, stored, keys)
    silent = np.array([one.print for one in hot], np.int64)
    keep = ~np.isin(stored, silent)
    owners, others, shared = _sharing(batch, stored[keep], keys[keep])
    carried = _carried(connection, np.unique(others))
    sizes = np.bincount(batch.owners, minlength=len(batch.units)).tolist()
    pairs = {
        (min(unit.document_id, theirs.document_id), max(unit.document_id, theirs.document_id))
        for owner, other, count in zip(owners.tolist(), others.tolist(), shared.tolist(), strict=True)
        for unit in (batch.units[owner],)
        for theirs in carried.get(other, ())
        if unit.document_id != theirs.document_id or other != unit.text_key
        if not _is_far(unit.day, theirs.day) or count >= MANY_PRINTS or count * 2 >= min(sizes[owner], theirs.prints)
    }
    return Nominated(pairs=frozenset(pairs), hot=tuple(hot))


def _is_far(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and abs(one - other) > FAR_DAYS


def learn(connection: Connection, hot: Iterable[Hot]) -> set[DocumentPair]:
    """Take prints out of the index for good; return the linked pairs that may have rested on them."""
    found = list(hot)
    prints = np.array([one.print for one in found], np.int64)
    is_hot = one_of_numbers(connection, fct_prints.c.print, prints)
    keys = np.array(connection.scalars(select(fct_prints.c.text_key).where(is_hot).distinct()).all(), np.int64)
    rows = [{"print": one.print, "texts": one.texts, "days": one.days} for one in found]
    insert_missing(connection, dim_boilerplate_prints, rows)
    connection.execute(delete(fct_prints).where(is_hot))
    return _linked(connection, keys)


def linked_to(connection: Connection, documents: Iterable[str]) -> set[DocumentPair]:
    """Return the pairs that are linked now and have one of these documents on either side."""
    columns = fct_syndications.c
    wanted = set(documents)
    found: set[DocumentPair] = set()
    for side in (columns.copy_document_id, columns.origin_document_id):
        statement = select(columns.copy_document_id, columns.origin_document_id).where(
            one_of_names(connection, side, wanted)
        )
        found.update((min(pair), max(pair)) for pair in map(tuple, connection.execute(statement)))
    return found


def _linked(connection: Connection, keys: Numbers) -> set[DocumentPair]:
    columns = fct_print_units.c
    documents = set(
        connection.scalars(select(columns.document_id).where(one_of_numbers(connection, columns.text_key, keys)))
    )
    return {pair for pair in linked_to(connection, documents) if documents.issuperset(pair)}


def _look_up(connection: Connection, wanted: Numbers) -> tuple[Numbers, Numbers]:
    """Return ``(print, text_key)`` of every stored row that has one of the prints, by print."""
    columns = fct_prints.c
    statement = select(columns.print, columns.text_key).where(one_of_numbers(connection, columns.print, wanted))
    # The driver's own rows: there may be a hundred thousand, all whole numbers, with nothing to convert.
    cursor = connection.execute(statement).cursor
    found = cursor.fetchall() if cursor is not None else []
    rows = np.fromiter(chain.from_iterable(found), np.int64, 2 * len(found)).reshape(-1, 2)
    order = np.lexsort((rows[:, 1], rows[:, 0]))
    return rows[order, 0], rows[order, 1]


def _sharing(batch: Printed, stored: Numbers, keys: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return which unit shares enough prints with which stored text, itself among them, and how many."""
    starts = np.searchsorted(stored, batch.prints, side="left")
    counts = np.searchsorted(stored, batch.prints, side="right") - starts
    owners = np.repeat(batch.owners, counts)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    others = keys[np.repeat(starts, counts) + within]
    order = np.lexsort((others, owners))
    owners, others = owners[order], others[order]
    is_new = np.ones(len(owners), bool)
    is_new[1:] = (np.diff(owners) != 0) | (np.diff(others) != 0)
    first = np.flatnonzero(is_new)
    counts = np.diff(np.append(first, len(owners)))
    is_enough = counts >= ENOUGH
    return owners[first[is_enough]], others[first[is_enough]], counts[is_enough]


def _hot(connection: Connection, stored: Numbers, keys: Numbers) -> list[Hot]:
    """Find the prints of a look-up that stand everywhere."""
    prints, first, counts = np.unique(stored, return_index=True, return_counts=True)
    many = np.flatnonzero(counts > MANY_TEXTS)
    if len(many) == 0:
        return []
    texts_of = {int(prints[n]): keys[first[n] : first[n] + counts[n]].tolist() for n in many}
    days_of = _days(connection, np.unique(np.concatenate([keys[first[n] : first[n] + counts[n]] for n in many])))
    found = []
    for one, texts in texts_of.items():
        days = {day for key in texts for day in days_of.get(key, ())}
        if len(days) > MANY_DAYS or len(texts) > ANY_TEXTS:
            found.append(Hot(print=one, texts=len(texts), days=len(days)))
    return found


def _days(connection: Connection, keys: Numbers) -> dict[int, set[int]]:
    columns = fct_print_units.c
    statement = select(columns.text_key, columns.day).where(
        one_of_numbers(connection, columns.text_key, keys), columns.day.is_not(None)
    )
    days: dict[int, set[int]] = defaultdict(set)
    for key, day in connection.execute(statement).all():
        days[key].add(day)
    return days


def _carried(connection: Connection, keys: Numbers) -> dict[int, list[Carried]]:
    """Return who carries each text, the earliest first, no more than ``MANY_CARRIERS``.

    A text that stands in more documents than that, on more than ``MANY_DAYS`` days, is boilerplate whole.
    """
    columns = fct_print_units.c
    statement = select(columns.text_key, columns.day, columns.document_id, columns.prints).where(
        one_of_numbers(connection, columns.text_key, keys)
    )
    found: dict[int, list[Carried]] = defaultdict(list)
    for key, day, document_id, prints in connection.execute(statement).all():
        found[key].append(Carried(day, document_id, prints))
    return {key: _earliest(some) for key, some in found.items()}


def _earliest(found: list[Carried]) -> list[Carried]:
    days = {one.day for one in found} - {None}
    if len(found) > MANY_TEXTS and len(days) > MANY_DAYS:
        return []
    ordered = sorted(found, key=lambda one: (NO_DAY if one.day is None else one.day, one.document_id))
    return ordered[:MANY_CARRIERS]

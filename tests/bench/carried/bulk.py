"""Filling a store with strangers fast: the very rows that loading and printing would leave, by a shorter way.

One document is put in the ordinary way. The others differ from it in a few columns: these go into a table of
their own, and each table of the warehouse is filled by one ``insert … select`` that takes them from there and all
else from the first document. Printing is Dateline's own; nothing is compared. Boilerplate is learnt at the end by
counting, and the tables are analysed, for a store that had grown would have learnt it, and been analysed, as it grew.
"""

from collections.abc import Callable

from carried.store import document_rows, put
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from dateline.matching.nominate import ANY_TEXTS, MANY_DAYS, MANY_TEXTS, Hot, learn
from dateline.matching.units import Unit, day_of, printed, store
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.engine import is_postgresql, write_in
from dateline.warehouse.entry_tables import fct_entries, fct_entry_versions
from dateline.warehouse.print_tables import fct_match_queue, fct_print_units, fct_prints
from dateline.warehouse.reading_tables import dim_wordings

AT_ONCE = 10_000
HOUSES = 500
MOMENTS = ("published_at", "published_earliest", "published_latest")
VARYING = {
    dim_wordings: ("wording_id", "body", "word_count"),
    dim_documents: ("document_id", "carrier_id", "last_edition_id", "content_id", *MOMENTS),
    fct_entries: ("entry_id", "document_id", "wording_id", *MOMENTS),
    fct_entry_versions: ("version_id", "entry_id", "document_id", "wording_id"),
}
NAMES = sorted({name for names in VARYING.values() for name in names})


def fill(engine: Engine, story: Callable[[int], str], first: int, count: int, a_day: int) -> None:
    """Store and print the documents of ``count`` numbers from ``first`` on, each a stranger to the rest."""

    def rows_of(number: int) -> dict:
        return document_rows(f"d{number:08}", story(number), carrier=f"House {number % HOUSES}", day=number // a_day)

    put(engine, map(rows_of, range(first, first + HOUSES)))  # so every house is there, and a model
    write_in(engine, lambda connection: connection.execute(delete(fct_match_queue)))
    for start in range(first, first + count, AT_ONCE):
        rows = [rows_of(number) for number in range(start, min(start + AT_ONCE, first + count))]
        write_in(engine, lambda connection, rows=rows: _copied(connection, f"d{first:08}", rows))
        batch = printed([_unit(one) for one in rows])
        write_in(engine, lambda connection, batch=batch: store(connection, batch))
    write_in(engine, lambda connection: connection.execute(update(fct_print_units).values(is_matched=True)))
    write_in(engine, _learn_boilerplate)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze" if is_postgresql(connection) else "analyze"))


def _learn_boilerplate(connection: Connection) -> None:
    """Learn every print that a look-up would have found to stand everywhere."""
    prints, units = fct_prints.c, fct_print_units.c
    many = select(prints.print).group_by(prints.print).having(func.count() > MANY_TEXTS).subquery()
    counted = (
        select(prints.print, func.count(), func.count(units.day.distinct()))
        .join(many, many.c.print == prints.print)
        .join(fct_print_units, units.text_key == prints.text_key)
        .group_by(prints.print)
    )
    found = [Hot(print=one, texts=texts, days=days) for one, texts, days in connection.execute(counted)]
    learn(connection, [one for one in found if one.days > MANY_DAYS or one.texts > ANY_TEXTS])


def _copied(connection: Connection, model: str, rows: list[dict]) -> None:
    """Insert the rows of documents, those that are there apart."""
    types = {name: column.type for table in VARYING for name, column in table.c.items()}
    filling = Table("filling", MetaData(), *(Column(name, types[name]) for name in NAMES), prefixes=["temporary"])
    filling.create(connection)
    varying = [
        {name: row[name] for table, names in VARYING.items() for row in one[table.name] for name in names}
        for one in rows
    ]
    connection.execute(insert(filling), varying)
    engine_insert = postgresql.insert if is_postgresql(connection) else sqlite.insert
    for table, names in VARYING.items():
        one = connection.execute(select(table).where(_is_of(table, model))).mappings().first()
        columns = [
            filling.c[column.name] if column.name in names else _constant(connection, column, one[column.name])
            for column in table.c
        ]
        wanted = select(*columns).where(filling.c.document_id != "")
        connection.execute(
            engine_insert(table).from_select([column.name for column in table.c], wanted).on_conflict_do_nothing()
        )
    filling.drop(connection)


def _constant(connection: Connection, column: Column, value: object):
    """Write a value as one column of a select; PostgreSQL wants to be told its type."""
    stated = literal(value, column.type)
    return cast(stated, column.type) if is_postgresql(connection) else stated


def _is_of(table: Table, model: str):
    """Find the one row of a table that belongs to the model document."""
    if table is dim_wordings:
        return table.c.wording_id.in_(select(fct_entries.c.wording_id).where(fct_entries.c.document_id == model))
    return table.c.document_id == model


def _unit(rows: dict) -> Unit:
    (document,), (wording,) = rows["dim_documents"], rows["dim_wordings"]
    return Unit(
        document_id=document["document_id"],
        text_id=wording["wording_id"],
        text=wording["body"],
        day=day_of(document["published_at"]),
    )

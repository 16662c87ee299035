"""Removing what a new reading has replaced: editions that no snapshot shows any more, and what only they held."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from dateline.warehouse.change import Changes
from dateline.warehouse.entry_tables import fct_entries, fct_entry_versions
from dateline.warehouse.reading_tables import (
    dim_statements,
    dim_wordings,
    fct_conflicts,
    fct_editions,
    fct_readings,
    fct_rejects,
    fct_sightings,
)
from dateline.warehouse.rows import in_portions, remove


def sweep_editions(connection: Connection, edition_ids: Iterable[str], changes: Changes) -> None:
    """Remove those of these editions that nothing shows, then statements and wordings that nothing uses."""
    for portion in in_portions(edition_ids):
        shown = select(fct_readings.c.edition_id).where(fct_readings.c.edition_id.in_(portion))
        gone = set(portion) - set(connection.execute(shown).scalars())
        statements = _used_by(connection, gone)
        for table in (fct_rejects, fct_conflicts, fct_sightings):
            connection.execute(table.delete().where(table.c.edition_id.in_(gone)))
        remove(connection, fct_editions, [(one,) for one in gone])
        changes.note(fct_editions, removed=len(gone))
        _sweep_statements(connection, statements)


def _used_by(connection: Connection, edition_ids: set[str]) -> set[str]:
    used = select(fct_sightings.c.statement_id).where(fct_sightings.c.edition_id.in_(edition_ids))
    return set(connection.execute(used).scalars())


def _sweep_statements(connection: Connection, statement_ids: set[str]) -> None:
    for portion in in_portions(statement_ids):
        used = _still(select(fct_sightings.c.statement_id), fct_sightings.c.statement_id, portion)
        gone = set(portion) - set(connection.execute(used).scalars())
        held = select(dim_statements.c.wording_id).where(dim_statements.c.statement_id.in_(gone))
        wordings = set(connection.execute(held).scalars())
        remove(connection, dim_statements, [(one,) for one in gone])
        _sweep_wordings(connection, wordings)


def _sweep_wordings(connection: Connection, wording_ids: set[str]) -> None:
    for portion in in_portions(wording_ids):
        used: set[str] = set()
        for column in (dim_statements.c.wording_id, fct_entries.c.wording_id, fct_entry_versions.c.wording_id):
            used |= set(connection.execute(_still(select(column), column, portion)).scalars())
        remove(connection, dim_wordings, [(one,) for one in set(portion) - used])


def _still(wanted: Select[Any], column: ColumnElement[str], portion: list[str]) -> Select[Any]:
    return wanted.where(column.in_(portion)).distinct()

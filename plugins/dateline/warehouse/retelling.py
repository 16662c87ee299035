"""Histories on their way into the tables: the rows of many documents, gathered so that each table is written once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select, update

from dateline.warehouse.change import Changes, added_only, write_difference
from dateline.warehouse.derived import document_row, entry_row, event_row, publisher_rows, version_row
from dateline.warehouse.document_tables import dim_documents, dim_publishers
from dateline.warehouse.editions import EditionRows
from dateline.warehouse.entry_tables import fct_entries, fct_entry_events, fct_entry_versions
from dateline.warehouse.history import EntryIds, History
from dateline.warehouse.past import DocumentState
from dateline.warehouse.reading_tables import fct_editions, fct_sightings
from dateline.warehouse.rows import fetch_named, insert_missing, one_of_names

Row = dict[str, Any]
TABLES = (dim_documents, fct_entries, fct_entry_versions, fct_entry_events)  # each after those that it refers to


@dataclass(slots=True, kw_only=True)
class Retelling:
    """Rows of some documents as they stood and as they are to be.

    ``documents`` are their rows of ``dim_documents``, ``fresh`` the editions whose sightings are to be kept,
    ``entry_ids`` the entry at each place of the editions that were looked at.
    """

    documents: Mapping[str, Row]
    fresh: dict[str, EditionRows] = field(default_factory=dict)
    entry_ids: dict[str, EntryIds] = field(default_factory=dict)
    _before: dict[Table, list[Row]] = field(default_factory=lambda: defaultdict(list))
    _after: dict[Table, list[Row]] = field(default_factory=lambda: defaultdict(list))
    _publishers: list[Row] = field(default_factory=list)
    _corrections: list[Row] = field(default_factory=list)

    def see_again(self, document: Row, after: Row) -> None:
        """Bring the row of a document, of which nothing else has changed, to a later showing."""
        self._before[dim_documents].append(document)
        self._after[dim_documents].append(after)

    def go_on(self, before: DocumentState, steps: History) -> None:
        """Take in what steps changed; a step takes no entry away, and its events cannot be there yet."""
        state = steps.state
        changed = [one for one in state.entries.values() if before.entries.get(one.entry_id) is not one]
        known = [before.entries[one.entry_id] for one in changed if one.entry_id in before.entries]
        self._before[dim_documents].append(self.documents[state.document_id])
        self._before[fct_entries] += [entry_row(one, state.document_id) for one in known]
        self._after[fct_entries] += [entry_row(one, state.document_id) for one in changed]
        self._say(steps)

    def take_up_versions(self, connection: Connection, version_ids: Collection[str]) -> None:
        """Read the versions that steps touched as they stand."""
        self._before[fct_entry_versions] += fetch_named(connection, fct_entry_versions.c.version_id, version_ids)

    def tell(self, history: History) -> None:
        """Take in the whole history of a document."""
        state = history.state
        self._after[fct_entries] += [entry_row(one, state.document_id) for one in state.entries.values()]
        self._say(history)

    def take_up(self, connection: Connection, document_ids: Collection[str]) -> None:
        """Read all that stands of documents whose history is told anew: what is not told again will go."""
        self._before[dim_documents] += [self.documents[one] for one in document_ids if one in self.documents]
        for table in (fct_entries, fct_entry_versions, fct_entry_events):
            self._before[table] += fetch_named(connection, table.c.document_id, document_ids)

    def correct(self, edition_id: str, stood: EntryIds) -> None:
        """Find where, in an edition kept before, another entry stands than did: a tombstone's post is known by now."""
        places = enumerate(zip(stood, self.entry_ids[edition_id], strict=True))
        self._corrections += [{"of": edition_id, "at": at, "now": now} for at, (was, now) in places if was != now]

    def correct_sightings(self, connection: Connection, document_ids: Iterable[str]) -> None:
        """Find where, in editions kept before, another entry stands by the history told anew."""
        sightings, editions = fct_sightings.c, fct_editions.c
        theirs = select(editions.edition_id).where(one_of_names(connection, editions.document_id, document_ids))
        standing = select(sightings.edition_id, sightings.position, sightings.entry_id)
        for edition_id, position, entry_id in connection.execute(standing.where(sightings.edition_id.in_(theirs))):
            told = self.entry_ids.get(edition_id)
            if told is not None and told[position] != entry_id:
                self._corrections.append({"of": edition_id, "at": position, "now": told[position]})

    def write(self, connection: Connection, changes: Changes) -> set[str]:
        """Write it all; return the documents of which any entry is not what it was, in its wording or its time."""
        known = {row["version_id"] for row in self._before[fct_entry_versions]}
        insert_missing(connection, dim_publishers, self._publishers)
        for table in TABLES:
            write_difference(connection, table, self._before[table], self._after[table], changes)
        added_only(connection, fct_sightings, self._fresh_sightings(), changes)
        self._write_corrections(connection, changes)
        with_texts = {row["document_id"] for row in self._after[fct_entry_versions] if row["version_id"] not in known}
        return with_texts | {row["document_id"] for row in self._after[dim_documents] if self._has_moved(row)}

    def _has_moved(self, after: Row) -> bool:
        before = self.documents.get(after["document_id"])
        return before is None or before["content_id"] != after["content_id"]

    def _say(self, told: History) -> None:
        document_id = told.state.document_id
        self._publishers += publisher_rows(told.state)
        self._after[dim_documents].append(document_row(told.state))
        self._after[fct_entry_versions] += [version_row(one, document_id) for one in told.versions.values()]
        self._after[fct_entry_events] += [event_row(one, document_id) for one in told.events.values()]
        self.entry_ids |= told.entry_ids

    def _fresh_sightings(self) -> list[Row]:
        rows: list[Row] = []
        for edition_id, one in self.fresh.items():
            statements = one.edition.statements
            ids = self.entry_ids.get(edition_id) or (None,) * len(statements)
            rows += [
                {
                    "edition_id": edition_id,
                    "position": place,
                    "statement_id": statement.statement_id,
                    "entry_id": entry_id,
                    "is_pinned": statement.is_pinned,
                }
                for place, (statement, entry_id) in enumerate(zip(statements, ids, strict=True))
            ]
        return rows

    def _write_corrections(self, connection: Connection, changes: Changes) -> None:
        if self._corrections:
            sightings = fct_sightings.c
            is_there = (sightings.edition_id == bindparam("of")) & (sightings.position == bindparam("at"))
            ordered = sorted(self._corrections, key=lambda one: (one["of"], one["at"]))
            connection.execute(update(fct_sightings).where(is_there).values(entry_id=bindparam("now")), ordered)
        changes.note(fct_sightings, changed=len(self._corrections))

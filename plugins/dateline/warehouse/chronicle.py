"""Taking news into histories: one step where the new showing is the newest, a fold anew where it came late.

Documents are taken in many at a time: what is stored of them is read together, and what becomes of them is written
together, so a batch of a hundred documents asks the database as often as one of a single one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from dateline.model import Kind
from dateline.warehouse.change import Changes
from dateline.warehouse.document_tables import dim_documents
from dateline.warehouse.editions import EditionRows
from dateline.warehouse.entry_tables import fct_entries
from dateline.warehouse.history import History, fold, step
from dateline.warehouse.match_queue import ask_heirs_of
from dateline.warehouse.past import DocumentState, Earlier, Edition, Event, Showing, Version, order_key, rank_of
from dateline.warehouse.retelling import Retelling
from dateline.warehouse.rows import fetch_named, one_of_names
from dateline.warehouse.stored import earlier_showings, editions_by_id, showings, stored_states

Row = dict[str, Any]
DOCUMENTS_AT_ONCE = 200  # their states stand in memory together


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What has come in of one document: showings, editions not yet kept, and whether older ones changed.

    A showing of an edition that is kept may come without its statements: they are read when needed.
    """

    document_id: str
    showings: tuple[Showing, ...]
    fresh: Mapping[str, EditionRows]
    has_rewritten: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Onward:
    """News of a document that goes on from where it stands: the showings that are newer."""

    news: News
    document: Row
    counting: Sequence[Showing]

    @property
    def repeats(self) -> bool:
        """Say whether it tells nothing new."""
        return all(_repeats(one, self.document) for one in self.counting)


def chronicle(connection: Connection, incoming: Sequence[News], changes: Changes) -> list[str]:
    """Take what has come in of documents into their histories; the same set of showings ends in the same rows.

    Returns the documents that may have a text that was never compared.
    """
    changed: list[str] = []
    for start in range(0, len(incoming), DOCUMENTS_AT_ONCE):
        portion = incoming[start : start + DOCUMENTS_AT_ONCE]
        with_texts = _taken_in(connection, portion).write(connection, changes)
        changed += [one.document_id for one in portion if one.fresh or one.document_id in with_texts]
    return changed


def _taken_in(connection: Connection, incoming: Sequence[News]) -> Retelling:
    rows = fetch_named(connection, dim_documents.c.document_id, [one.document_id for one in incoming])
    retelling = Retelling(documents={row["document_id"]: row for row in rows})
    late, onward = [], []
    for news in incoming:
        retelling.fresh |= news.fresh
        document = retelling.documents.get(news.document_id)
        if document is None or news.has_rewritten or any(_is_late(one, document) for one in news.showings):
            late.append(news)
        else:
            newer = [one for one in news.showings if one.order_key > _stands_at(document)]
            counting = sorted(newer, key=lambda one: one.order_key)
            onward.append(_Onward(news=news, document=document, counting=counting))
    late += _go_on(connection, onward, retelling)
    _fold_anew(connection, late, retelling)
    return retelling


def _stands_at(document: Row) -> tuple[str, str, int]:
    return order_key(document["last_captured_at"], document["last_snapshot_id"], document["last_place"])


def _is_late(showing: Showing, document: Row) -> bool:
    """Say whether a showing changes the past: one of lower rank does so only before the first."""
    if showing.order_key > _stands_at(document):
        return False
    if showing.edition.rank >= _rank(document):
        return True
    first, at = document["first_seen_at"], showing.captured_at
    return first is not None if at is None else first is None or at < first


def _rank(document: Row) -> int:
    return rank_of(Kind(document["kind"]), is_item=document["is_item"])


def _repeats(showing: Showing, document: Row) -> bool:
    """Say whether a showing tells nothing new: the same face again, or one that is outranked."""
    if showing.edition.rank < _rank(document):
        return True
    return showing.edition.edition_id == document["last_edition_id"] and document["last_captured_at"] is not None


def _go_on(connection: Connection, onward: Sequence[_Onward], retelling: Retelling) -> list[News]:
    """Take in newer showings; return the news of documents that must be folded anew."""
    awaiting = _awaiting_proof(connection, [one.news.document_id for one in onward if one.counting and one.repeats])
    stepping = []
    for one in onward:
        if one.counting and (not one.repeats or one.news.document_id in awaiting):
            stepping.append(one)
        else:
            _seen_again(one, retelling)
    return _step_on(connection, stepping, retelling) if stepping else []


def _awaiting_proof(connection: Connection, document_ids: Sequence[str]) -> set[str]:
    """Return the documents of which an entry is missing: then even the same face again is news, a second proof."""
    entries = fct_entries.c
    is_missing = entries.missing_snapshot_id.is_not(None) & entries.deleted_proof.is_(None)
    wanted = select(entries.document_id).where(one_of_names(connection, entries.document_id, document_ids), is_missing)
    return set(connection.scalars(wanted)) if document_ids else set()


def _seen_again(onward: _Onward, retelling: Retelling) -> None:
    same = [one for one in onward.counting if one.edition.rank >= _rank(onward.document)]
    if same:
        newest = same[-1]
        after = {
            **onward.document,
            "last_captured_at": newest.captured_at,
            "last_snapshot_id": newest.snapshot_id,
            "last_place": newest.place,
            "last_seen_at": newest.captured_at,
        }
        retelling.see_again(onward.document, after)


def _step_on(connection: Connection, stepping: Sequence[_Onward], retelling: Retelling) -> list[News]:
    states = stored_states(connection, [one.document for one in stepping])
    fresh = {edition_id for one in stepping for edition_id in one.news.fresh}
    kept = {showing.edition.edition_id for one in stepping for showing in one.counting} - fresh
    whole, earlier = editions_by_id(connection, kept), earlier_showings(connection, kept)
    outranked: list[News] = []
    touched: set[str] = set()
    for one in stepping:
        coming = [replace(each, edition=whole.get(each.edition.edition_id, each.edition)) for each in one.counting]
        before = states[one.news.document_id]
        steps = _steps(before, coming, earlier)
        if steps is None:
            outranked.append(one.news)
            continue
        touched |= steps.versions.keys()
        retelling.go_on(before, steps)
        for edition_id in steps.entry_ids.keys() & earlier.keys():
            retelling.correct(edition_id, earlier[edition_id].entry_ids)
    retelling.take_up_versions(connection, touched)
    return outranked


def _steps(state: DocumentState, coming: Iterable[Showing], stored: Mapping[str, Earlier]) -> History | None:
    """Take showings into a state, one after the other; return what they made, and None where one outranks all before.

    Then the entries begin anew.
    """
    versions: dict[str, Version] = {}
    events: dict[str, Event] = {}
    earlier: dict[str, Earlier] = {}
    for showing in coming:
        if showing.edition.rank > state.rank:
            return None
        edition_id = showing.edition.edition_id
        known = earlier.get(edition_id) or stored.get(edition_id)
        taken = step(state, showing, known)
        shown_at = known.shown_at if known else showing.captured_at
        earlier[edition_id] = Earlier(entry_ids=taken.entry_ids, shown_at=shown_at)
        state = taken.state
        versions |= {one.version_id: one for one in taken.versions}
        events |= {one.event_id: one for one in taken.events}
    entry_ids = {edition_id: one.entry_ids for edition_id, one in earlier.items()}
    return History(state=state, versions=versions, events=events, entry_ids=entry_ids)


def _fold_anew(connection: Connection, late: Iterable[News], retelling: Retelling) -> None:
    fresh: dict[str, Edition] = {}
    past = []
    for news in late:
        editions = {edition_id: one.edition for edition_id, one in news.fresh.items()}
        is_known = news.document_id in retelling.documents
        if is_known or any(one.edition.edition_id not in editions for one in news.showings):
            past.append(news.document_id)
            fresh |= editions
        else:
            retelling.tell(fold(news.document_id, news.showings))
    if past:
        retelling.take_up(connection, past)
    for group in showings(connection, past, fresh) if past else ():
        for document_id, known in group.items():
            if known:
                retelling.tell(fold(document_id, known))
            else:
                ask_heirs_of(connection, document_id)
        retelling.correct_sightings(connection, group)

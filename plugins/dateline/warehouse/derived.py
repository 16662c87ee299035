"""Derived values as rows: a document's state, its entries, versions and events."""

from collections.abc import Iterable
from typing import Any

from dateline.model import Dating, digest_of
from dateline.warehouse.dating_rows import dating_row
from dateline.warehouse.history import shown_time
from dateline.warehouse.metadata import sortable
from dateline.warehouse.past import DocumentState, EntryState, Event, Facts, LastPage, Version

Row = dict[str, Any]


def document_row(state: DocumentState) -> Row:
    """Write a document's state as its row of ``dim_documents``."""
    facts, last = _known(state)
    return {
        "document_id": state.document_id,
        "kind": str(state.kind),
        "url": facts.url,
        "canonical_url": facts.canonical_url,
        "title": facts.title,
        "language": facts.language,
        "categories": list(facts.categories),
        "credits": dict(facts.credits),
        "lead_text": facts.lead or None,
        "carrier_id": publisher_id(facts.carrier),
        "origin_id": publisher_id(facts.origin),
        "origin_reason": facts.origin_reason,
        "origin_confidence": facts.origin_confidence,
        **dating_row("published", state.published),
        **dating_row("modified", facts.modified),
        "entry_order": str(state.order),
        "coverage_start_stated": facts.coverage_start,
        "coverage_end_stated": facts.coverage_end,
        "format": facts.format,
        "is_item": state.is_item,
        "has_positional_anchors": state.has_positional_anchors,
        "is_rolling": state.is_rolling,
        "least_refused": state.least_refused,
        "newest_modified_at": state.newest_modified,
        "first_seen_at": state.first_seen_at,
        "last_seen_at": state.last_seen_at,
        "last_captured_at": last.captured_at,
        "last_snapshot_id": last.snapshot_id,
        "last_place": last.place,
        "last_edition_id": last.edition_id,
        "content_id": content_id(state),
    }


def content_id(state: DocumentState) -> str:
    """Name what a document's entries say, when, and in which order: another name, and copies are aligned anew."""
    order = state.last.entry_ids if state.last else ()
    return digest_of(
        "content", state.kind, *sorted(map(_content, state.entries.values())), *(one or "" for one in order)
    )


def _content(entry: EntryState) -> str:
    """Write what counts of an entry. A statement holds its times, but better ones may be known from before."""
    statement = entry.statement
    flags = f"{entry.version.number} {entry.is_time_collapsed} {entry.is_deleted}"
    first = sortable(entry.first_seen_at) if entry.first_seen_at else ""
    better = _otherwise(entry.published, statement.published), _otherwise(entry.shown, shown_time(statement))
    return f"{entry.entry_id} {statement.statement_id} {flags} {first} {better[0]} {better[1]}"


def _otherwise(known: Dating, stated: Dating) -> str:
    if known is stated or known == stated:
        return ""
    return " ".join(sortable(one) if one else "-" for one in (known.at, known.earliest, known.latest))


def publisher_rows(state: DocumentState) -> Iterable[Row]:
    """Write the publishers that a document names."""
    facts, _ = _known(state)
    names = {one for one in (facts.carrier, facts.origin) if one}
    return [{"publisher_id": publisher_id(one), "name": one} for one in names]


def publisher_id(name: str | None) -> str | None:
    """Derive a publisher's id from the name."""
    return digest_of("publisher", name) if name else None


def entry_row(entry: EntryState, document_id: str) -> Row:
    """Write an entry's state as its row of ``fct_entries``."""
    statement = entry.statement
    return {
        "entry_id": entry.entry_id,
        "document_id": document_id,
        "identity": entry.identity,
        "anchor": statement.anchor,
        "statement_id": statement.statement_id,
        "wording_id": statement.wording_id,
        "version_id": entry.version.version_id,
        "versions": entry.version.number,
        **dating_row("created", entry.created),
        **dating_row("published", entry.published),
        **dating_row("modified", entry.modified),
        **dating_row("shown", entry.shown),
        "is_time_collapsed": entry.is_time_collapsed,
        "is_pinned": entry.is_pinned,
        "is_key_event": statement.is_key_event,
        "is_summary": statement.is_summary,
        "first_seen_at": entry.first_seen_at,
        "first_snapshot_id": entry.first_snapshot_id,
        "last_seen_at": entry.last_seen_at,
        "last_snapshot_id": entry.last_snapshot_id,
        "missing_since_at": entry.missing_since_at,
        "missing_snapshot_id": entry.missing_snapshot_id,
        "is_deleted": entry.is_deleted,
        "deleted_proof": str(entry.deleted_proof) if entry.deleted_proof else None,
    }


def version_row(version: Version, document_id: str) -> Row:
    """Write a version as its row of ``fct_entry_versions``."""
    return {
        "version_id": version.version_id,
        "entry_id": version.entry_id,
        "document_id": document_id,
        "number": version.number,
        "wording_id": version.wording_id,
        "claimed_at": version.claimed_at,
        "unseen_at": version.unseen_at,
        "first_seen_at": version.first_seen_at,
        "first_snapshot_id": version.first_snapshot_id,
        "last_seen_at": version.last_seen_at,
        "last_snapshot_id": version.last_snapshot_id,
    }


def event_row(event: Event, document_id: str) -> Row:
    """Write an event as its row of ``fct_entry_events``."""
    return {
        "event_id": event.event_id,
        "entry_id": event.entry_id,
        "document_id": document_id,
        "kind": str(event.kind),
        "earliest_at": event.earliest_at,
        "latest_at": event.latest_at,
        "before_snapshot_id": event.before_snapshot_id,
        "after_snapshot_id": event.after_snapshot_id,
        "proof_snapshot_id": event.proof_snapshot_id,
        "before_version_id": event.before_version_id,
        "after_version_id": event.after_version_id,
        "before_stated": event.before_stated,
        "after_stated": event.after_stated,
        "claimed_at": event.claimed_at,
    }


def _known(state: DocumentState) -> tuple[Facts, LastPage]:
    if state.facts is None or state.last is None:
        raise ValueError(f"document {state.document_id}: nothing has shown it, so there is no row to write")
    return state.facts, state.last

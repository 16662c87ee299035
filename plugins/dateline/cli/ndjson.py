"""Readings as lines of JSON: one object a line, times in UTC ISO 8601, null where unknown."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import orjson
from pendulum import DateTime

from dateline.model import Dating, Document, Entry, Reading, Reject, Window


def lines(readings: list[Reading]) -> Iterator[bytes]:
    """Yield the documents, each with its entries and rejects behind it."""
    for reading in readings:
        document_id = reading.document.document_id
        yield _line(document_object(reading))
        for entry in reading.entries:
            yield _line(entry_object(document_id, entry))
        for reject in reading.rejects:
            yield _line(reject_object(document_id, reject))


def reject_line(reject: Reject) -> bytes:
    """Write the reject of a capture that no document could be read from."""
    return _line(reject_object(None, reject))


def document_object(reading: Reading) -> dict[str, Any]:
    """Lay out a document: what it states, and our verdicts on its times, its order and its origin."""
    document = reading.document
    origin = reading.origin
    return {
        "type": "document",
        "document_id": document.document_id,
        "kind": document.kind,
        "format": document.format,
        **_stated(document),
        "origin": origin.name if origin else None,
        "origin_reason": origin.reason if origin else None,
        "origin_confidence": origin.confidence if origin else None,
        "published": dating_object(reading.published),
        "modified": dating_object(reading.modified),
        "order": reading.order,
        "window": window_object(document.window),
        "conflicts": [asdict(one) for one in reading.conflicts],
    }


def _stated(document: Document) -> dict[str, Any]:
    return {
        "url": document.url,
        "canonical_url": document.canonical_url,
        "title": document.title,
        "carrier": document.carrier,
        "language": document.language,
        "categories": list(document.categories),
        "credits": dict(document.credits),
        "coverage": dict(document.coverage),
        "lead": document.lead or None,
        "cut": document.cut,
    }


def entry_object(document_id: str, entry: Entry) -> dict[str, Any]:
    """Lay out an entry, with its four moments."""
    return {
        "type": "entry",
        "document_id": document_id,
        "anchor": entry.anchor,
        "position": entry.position,
        "headline": entry.headline,
        "text": entry.text,
        "author": entry.author,
        "published": dating_object(entry.published),
        "modified": dating_object(entry.modified),
        "shown": dating_object(entry.shown),
        "created": dating_object(entry.created),
        "is_pinned": entry.is_pinned,
        "is_key_event": entry.is_key_event,
        "is_summary": entry.is_summary,
        "is_deleted": entry.is_deleted,
        "boundary_probability": entry.boundary_probability,
        "joined_probability": entry.joined_probability,
        "embeds": [asdict(one) for one in entry.embeds],
    }


def reject_object(document_id: str | None, reject: Reject) -> dict[str, Any]:
    """Lay out a reject."""
    return {"type": "reject", "document_id": document_id, "where": reject.where, "why": reject.why}


def dating_object(dating: Dating) -> dict[str, Any]:
    """Lay out a dating."""
    return {
        "at": iso(dating.at),
        "earliest": iso(dating.earliest),
        "latest": iso(dating.latest),
        "precision": dating.precision,
        "basis": dating.basis,
        "stated": dating.stated,
    }


def window_object(window: Window) -> dict[str, Any]:
    """Lay out a window."""
    return {**asdict(window), "next_urls": list(window.next_urls)}


def iso(instant: DateTime | None) -> str | None:
    """Write an instant in UTC, with a fraction only where there is one.

    >>> import pendulum
    >>> iso(pendulum.datetime(2024, 3, 2, 21, 43, 18, tz="Europe/Paris"))
    '2024-03-02T20:43:18Z'
    """
    if instant is None:
        return None
    return instant.in_timezone("UTC").isoformat().replace("+00:00", "Z")


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)

"""One stored record changed where it must be, and nowhere else: its id, dates and HTTP head stay as they are."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders

from dateline.archive.record import REFERS_TO, Reference, reference_in
from dateline.errors import ArchiveError


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a record says of itself: kind, id, the record that it goes with, and for a revisit where its body is."""

    kind: str
    record_id: str
    goes_with: str | None
    reference: Reference | None


def head_of(content: bytes) -> Head:
    """Read the WARC header of one record. Raises :class:`ArchiveError` where it is none."""
    record = _opened(content)
    fields = record.rec_headers
    return Head(
        kind=record.rec_type,
        record_id=fields.get_header("WARC-Record-ID") or "",
        goes_with=fields.get_header("WARC-Concurrent-To"),
        reference=reference_in(fields) if record.rec_type == "revisit" else None,
    )


def in_full(content: bytes, body: bytes) -> bytes:
    """Turn a revisit record into a response that holds the body itself."""
    record = _opened(content)
    dropped = ("WARC-Profile", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date", REFERS_TO)
    changes = {"WARC-Type": "response", "WARC-Payload-Digest": f"sha256:{hashlib.sha256(body).hexdigest()}"}
    return _written(record, {**dict.fromkeys(dropped), **changes}, record.raw_stream.read() + body)


def referring(content: bytes, reference: Reference) -> bytes:
    """Let a revisit record point to where its body stands now."""
    record = _opened(content)
    return _written(record, {REFERS_TO: reference.stated}, record.raw_stream.read())


def _opened(content: bytes) -> Any:
    try:
        return next(iter(ArchiveIterator(io.BytesIO(content), no_record_parse=True)))
    except (StopIteration, ArchiveLoadFailed, ValueError, EOFError) as error:
        raise ArchiveError(f"not a readable WARC record: {error or type(error).__name__}") from error


def _written(record: Any, changes: Mapping[str, str | None], block: bytes) -> bytes:
    """Write a record again with some fields set (None: left out) and another block."""
    stated = {
        **changes,
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        "Content-Length": str(len(block)),
    }
    kept = [(name, stated.pop(name, value)) for name, value in record.rec_headers.headers]
    fields = [(name, value) for name, value in [*kept, *stated.items()] if value is not None]
    head: bytes = StatusAndHeaders("", fields, "WARC/1.1").to_bytes()
    return head + block + b"\r\n\r\n"

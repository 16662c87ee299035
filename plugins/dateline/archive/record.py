"""One capture as WARC 1.1 records, and one record as a snapshot again, equal to what went in.

What a record must hold and a snapshot may lack is written, and marked as ours in ``Dateline-Unstated``:
a capture time that nobody recorded becomes the time of archiving, a missing address becomes a name
made of the body's digest. A capture without any header was never an HTTP answer that we saw; it
becomes a ``resource`` record, so nobody downstream takes it for one.
"""

import hashlib
import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote, unquote

import pendulum
from pendulum import DateTime
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from dateline.archive.http_head import URL_SAFE, Headers, HttpHead, answer_head, headers_of, request_head
from dateline.archive.location import Location
from dateline.errors import ArchiveError
from dateline.model import Snapshot

CAPTURES = frozenset({"response", "resource", "revisit"})
"""The kinds of record that hold a snapshot; a file holds others beside them."""

_UNSTATED = "Dateline-Unstated"
_ADDRESS = "Dateline-Address"
REFERS_TO = "Dateline-Refers-To"
_REVISITS = "http://netpreserve.org/warc/1.1/revisit/"
_HTTP = StatusAndHeadersParser(["HTTP/1.1", "HTTP/1.0"])  # warcio itself reads it for http addresses only
_SPACE = uuid.UUID("6f1b1f0e-7a52-5d0c-9a39-0d6e4a7d1d11")  # fixed: the same capture gets the same record id


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A snapshot on its way into the archive, with what is known around it.

    ``asked`` holds the request headers as sent. ``original`` is the record that already holds this
    body: a *revisit* record is written then, and reading it gives the original's body. A 304 has no body
    of its own, so it needs one.
    """

    snapshot: Snapshot
    asked: Headers | None = None
    original: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a revisit record says of the record that holds its body.

    ``path`` is ``.`` for the same file; ``offset`` is then relative to the revisit itself, so that it
    holds wherever the file is joined to others.
    """

    path: str
    offset: int
    length: int
    sha256: str
    url: str
    date: str

    @property
    def stated(self) -> str:
        """Write where the original stands, as the record's own field has it."""
        return f"{self.path} {self.offset} {self.length} {self.sha256}"

    def location_from(self, here: Location) -> Location:
        """Say where the original stands, seen from the revisit at ``here``."""
        same_file = self.path == "."
        return Location(
            path=here.path if same_file else self.path,
            offset=here.offset + self.offset if same_file else self.offset,
            length=self.length,
            sha256=self.sha256,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One stored record as read: its kind, the snapshot in it, and for a revisit where the body is."""

    kind: str
    target: str
    date: str
    payload_digest: str | None
    snapshot: Snapshot
    reference: Reference | None = None


def compose(capture: Capture, now: DateTime, ordinal: int, reference: Reference | None) -> list[bytes]:
    """Write a capture as the bytes of its records, unpacked: the one to be indexed first, its request after it."""
    snapshot = capture.snapshot
    fields = _fields(snapshot, now, ordinal)
    if reference:
        first = _revisit(snapshot, fields, reference)
    elif not snapshot.headers and snapshot.status == HTTPStatus.OK:
        first = _written("resource", fields, snapshot.body, content_type="application/octet-stream")
    else:
        first = _written("response", fields, snapshot.body, head=answer_head(snapshot))
    return [first] if capture.asked is None else [first, _request(snapshot, fields, capture.asked)]


def compose_info(now: DateTime) -> bytes:
    """Write the record that opens a file: what made it, and by which rules."""
    fields = {"WARC-Record-ID": _record_id("warcinfo", str(now)), "WARC-Date": warc_date(now)}
    lines = (
        "software: Dateline",
        "format: WARC File Format 1.1",
        "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    )
    return _written("warcinfo", fields, "".join(f"{line}\r\n" for line in lines).encode())


def parse(content: bytes) -> Record:
    """Read the bytes of one record. Raises :class:`ArchiveError` where they are no WARC record."""
    try:
        return _record(next(iter(ArchiveIterator(io.BytesIO(content), no_record_parse=True))))
    except (StopIteration, ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, EOFError) as error:
        raise ArchiveError(f"not a readable WARC record: {error or type(error).__name__}") from error


def warc_date(moment: DateTime) -> str:
    """Write an instant as WARC 1.1 does, to the microsecond, in UTC."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def target_of(snapshot: Snapshot) -> str:
    """Return the address that stands in the record: the snapshot's own, or a name made of its body."""
    if snapshot.url is None:
        return f"urn:sha256:{snapshot.digest}"
    return quote(snapshot.url, safe=URL_SAFE, errors="surrogatepass")


def _fields(snapshot: Snapshot, now: DateTime, ordinal: int) -> dict[str, str]:
    url, target = snapshot.url, target_of(snapshot)
    known = (target, str(snapshot.captured_at), str(snapshot.status), snapshot.digest, str(ordinal))
    fields = {
        "WARC-Record-ID": _record_id(*known),
        "WARC-Target-URI": target,
        "WARC-Date": warc_date(snapshot.captured_at or now),
    }
    unstated = [word for word, value in (("url", url), ("captured_at", snapshot.captured_at)) if value is None]
    if unstated:
        fields[_UNSTATED] = " ".join(unstated)
    if url is not None and (url != target or target[:1] == "<"):
        fields[_ADDRESS] = quote(url, safe="", errors="surrogatepass")
    return fields


def _record_id(*parts: str) -> str:
    return f"<{uuid.uuid5(_SPACE, chr(0).join(parts)).urn}>"


def _revisit(snapshot: Snapshot, fields: Mapping[str, str], reference: Reference) -> bytes:
    told_by_server = snapshot.status == HTTPStatus.NOT_MODIFIED
    stated = {
        "WARC-Profile": _REVISITS + ("server-not-modified" if told_by_server else "identical-payload-digest"),
        "WARC-Refers-To-Target-URI": reference.url,
        "WARC-Refers-To-Date": reference.date,
        REFERS_TO: reference.stated,
    }
    if not told_by_server:
        stated["WARC-Payload-Digest"] = f"sha256:{snapshot.digest}"
    return _written("revisit", {**fields, **stated}, b"", head=answer_head(snapshot))


def _request(snapshot: Snapshot, fields: Mapping[str, str], asked: Headers) -> bytes:
    answer = fields["WARC-Record-ID"]
    stated = {key: fields[key] for key in ("WARC-Target-URI", "WARC-Date")}
    stated |= {"WARC-Record-ID": _record_id("request", answer), "WARC-Concurrent-To": answer}
    return _written("request", stated, b"", head=request_head(snapshot.url or "", asked))


def _written(
    kind: str, fields: Mapping[str, str], payload: bytes, *, head: HttpHead | None = None, content_type: str = ""
) -> bytes:
    stated = dict(fields)
    if kind in {"response", "resource"}:
        stated["WARC-Payload-Digest"] = f"sha256:{hashlib.sha256(payload).hexdigest()}"
    block = (head.to_ascii_bytes() if head else b"") + payload
    stated["WARC-Block-Digest"] = f"sha256:{hashlib.sha256(block).hexdigest()}"
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        None,
        kind,
        payload=io.BytesIO(payload) if payload or not head else None,
        length=len(payload),
        warc_content_type=content_type,
        warc_headers_dict=stated,
        http_headers=head,
    )
    writer.write_record(record)
    return out.getvalue()


def _record(record: Any) -> Record:
    fields, kind = record.rec_headers, record.rec_type
    unstated = (fields.get_header(_UNSTATED) or "").split()
    date, target = _stated(fields, "WARC-Date"), fields.get_header("WARC-Target-URI") or ""
    head = _HTTP.parse(record.raw_stream) if kind in {"response", "revisit"} else None
    snapshot = Snapshot(
        body=record.raw_stream.read(),
        url=None if "url" in unstated else _address(fields, target),
        captured_at=None if "captured_at" in unstated else pendulum.instance(datetime.fromisoformat(date)),
        status=int(head.get_statuscode()) if head else HTTPStatus.OK.value,
        headers=headers_of(head) if head else (),
    )
    return Record(
        kind=kind,
        target=target,
        date=date,
        payload_digest=fields.get_header("WARC-Payload-Digest"),
        snapshot=snapshot,
        reference=reference_in(fields) if kind == "revisit" else None,
    )


def _address(fields: StatusAndHeaders, target: str) -> str:
    quoted = fields.get_header(_ADDRESS)
    return unquote(quoted, errors="surrogatepass") if quoted is not None else target


def reference_in(fields: StatusAndHeaders) -> Reference:
    """Read where the body of a revisit record stands. Raises :class:`ArchiveError` where it does not say."""
    path, offset, length, sha256 = _stated(fields, REFERS_TO).split(" ")
    return Reference(
        path=path,
        offset=int(offset),
        length=int(length),
        sha256=sha256,
        url=fields.get_header("WARC-Refers-To-Target-URI") or "",
        date=fields.get_header("WARC-Refers-To-Date") or "",
    )


def _stated(fields: StatusAndHeaders, name: str) -> str:
    value = fields.get_header(name)
    if not value:
        raise ArchiveError(f"the record does not state its {name}")
    return cast("str", value)

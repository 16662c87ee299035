"""Captures that somebody dropped: files, folders and globs, on a disk or at any address that fsspec knows.

Packed ones are unpacked, WARC files opened.

A plain file says neither its address nor when it was captured, so its snapshot states neither: the time of
a file is the time of a copy. A WARC file states both for each of its records.
"""

import glob
import gzip
import lzma
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pendulum
from pendulum import DateTime
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from dateline.archive.store import store_errors
from dateline.errors import ArchiveError
from dateline.ingest.remote_files import RemoteFile, is_remote, remote_files
from dateline.model import Snapshot

MAX_BYTES = 64 * 1024 * 1024
_OPENERS: dict[str, Any] = {".gz": gzip.open, ".xz": lzma.open}
_UNREADABLE = (EOFError, lzma.LZMAError, zlib.error)


File = Path | RemoteFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """One capture that was found: ``name`` for a person, and the snapshot, or why there is none."""

    name: str
    snapshot: Snapshot | None = None
    why: str | None = None


def files_at(named: Iterable[str | Path]) -> list[File]:
    """Return the files that paths, addresses of stores, folders and globs name, each once.

    A name at which nothing is stays as it is. Raises :class:`ArchiveError` where a store cannot be reached.
    """
    found: dict[str, File] = {}
    for one in named:
        for file in (is_remote(one) and remote_files(str(one))) or paths_at([one]):
            found[str(file)] = file
    return list(found.values())


def paths_at(named: Iterable[str | Path]) -> list[Path]:
    """Return the same of a disk."""
    found: dict[Path, None] = {}
    for one in named:
        path = Path(one).expanduser()
        globbed = [] if path.exists() else [Path(name) for name in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207 - may be absolute
        for name in globbed or [path]:
            inside = sorted(part for part in name.rglob("*") if part.is_file()) if name.is_dir() else [name]
            found |= dict.fromkeys(part for part in inside if not part.name.startswith("."))
    return list(found)


def captures_in(path: File, *, url: str | None = None, captured_at: DateTime | None = None) -> Iterator[Dropped]:
    """Yield the captures of one file; ``url`` and ``captured_at`` say what a plain file cannot."""
    if path.name.endswith((".warc", ".warc.gz")):
        yield from _records(path)
        return
    try:
        body = unpacked(path)
    except ArchiveError as error:
        yield Dropped(name=str(path), why=str(error))
        return
    yield Dropped(name=str(path), snapshot=Snapshot(body=body, url=url, captured_at=captured_at))


def unpacked(path: File) -> bytes:
    """Return what a file holds, unpacked where its name ends in ``.gz`` or ``.xz``.

    Raises :class:`ArchiveError` where it cannot be read or unpacked, or unpacks beyond 64 MiB.
    """
    opener = _OPENERS.get(path.suffix)
    try:
        with path.open("rb") as packed:
            stream = opener(packed) if opener else packed
            body: bytes = stream.read(MAX_BYTES + 1)
    except store_errors(*_UNREADABLE) as error:
        raise ArchiveError(f"{path}: cannot be read: {error}. Check the path and the file.") from error
    if len(body) > MAX_BYTES:
        raise ArchiveError(f"{path}: more than {MAX_BYTES:,} bytes; no page is that large.")
    return body


def _records(path: File) -> Iterator[Dropped]:
    number = 0
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                number += 1
                if record.rec_type in {"response", "resource"}:
                    yield _record(f"{path}, record {number}", record)
    except store_errors(*_UNREADABLE, ArchiveLoadFailed) as error:
        yield Dropped(name=f"{path}, record {number + 1}", why=f"torn: {error}. The records before it were taken.")


def _record(name: str, record: Any) -> Dropped:
    stated = record.rec_headers.get_header("WARC-Date") or ""
    try:
        captured_at = pendulum.instance(datetime.fromisoformat(stated)).in_timezone("UTC")
    except ValueError:
        return Dropped(name=name, why=f"its WARC-Date {stated!r} is no time")
    body = record.content_stream().read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        return Dropped(name=name, why=f"more than {MAX_BYTES:,} bytes; no page is that large.")
    head = record.http_headers
    snapshot = Snapshot(
        body=body,
        url=record.rec_headers.get_header("WARC-Target-URI"),
        captured_at=captured_at,
        status=int(head.get_statuscode()) if head else 200,
        headers=tuple((key, value) for key, value in head.headers) if head else (),
    )
    return Dropped(name=name, snapshot=snapshot)

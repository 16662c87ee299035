"""Turn what a person names on the command line, a file or an address, into a snapshot."""

import gzip
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pendulum
from pendulum import DateTime

from dateline.errors import ExtractError, SettingsError
from dateline.model import Snapshot

MAX_UNPACKED_BYTES = 64 * 1024 * 1024


def is_address(name: str) -> bool:
    """Say whether a name is meant as an address rather than as a path."""
    return urlsplit(name).scheme.lower() in {"http", "https"}


def capture_of_file(path: Path, url: str | None = None, captured_at: DateTime | None = None) -> Snapshot:
    """Read a file as a capture; ``.gz`` and ``.xz`` are unpacked.

    Raises :class:`ExtractError` where the file cannot be read or unpacked, or unpacks beyond 64 MiB.
    """
    return Snapshot(body=_bytes(path), url=url, captured_at=captured_at)


def _bytes(path: Path) -> bytes:
    openers: dict[str, Callable[[Path], gzip.GzipFile | lzma.LZMAFile]] = {".gz": gzip.open, ".xz": lzma.open}
    opener = openers.get(path.suffix)
    try:
        with opener(path) if opener else path.open("rb") as stream:
            body: bytes = stream.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise ExtractError(f"{path}: cannot be read: {error}. Check the path and the file.") from error
    if len(body) > MAX_UNPACKED_BYTES:
        raise ExtractError(f"{path}: more than {MAX_UNPACKED_BYTES:,} bytes; no page is that large.")
    return body


def moment(stated: str | None) -> DateTime | None:
    """Read a moment that a person typed, ISO 8601 with its zone. Raises :class:`SettingsError` without one.

    >>> moment("2024-03-02T21:43:00Z").to_iso8601_string()
    '2024-03-02T21:43:00Z'
    """
    if stated is None:
        return None
    try:
        instant = pendulum.DateTime.fromisoformat(stated)
    except ValueError as error:
        raise SettingsError(f"{stated!r} is no time. Write it like 2024-03-02T21:43:00Z.") from error
    if instant.tzinfo is None:
        raise SettingsError(f"{stated!r} has no zone. Add Z for UTC, or an offset such as +01:00.")
    return pendulum.instance(instant).in_timezone("UTC")

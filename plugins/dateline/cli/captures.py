"""Turn what a person names on the command line, a file or an address, into a snapshot."""

from pathlib import Path
from urllib.parse import urlsplit

import pendulum
from pendulum import DateTime

from dateline.errors import SettingsError
from dateline.ingest.drops import unpacked
from dateline.model import Snapshot


def is_address(name: str) -> bool:
    """Say whether a name is meant as an address rather than as a path."""
    return urlsplit(name).scheme.lower() in {"http", "https"}


def capture_of_file(path: Path, url: str | None = None, captured_at: DateTime | None = None) -> Snapshot:
    """Read a file as a capture; ``.gz`` and ``.xz`` are unpacked.

    Raises :class:`ArchiveError` where the file cannot be read or unpacked, or unpacks beyond 64 MiB.
    """
    return Snapshot(body=unpacked(path), url=url, captured_at=captured_at)


def moment(stated: str | None) -> DateTime | None:
    """Read a moment that a person typed, ISO 8601 with its zone. Raises :class:`SettingsError` without one.

    >>> moment("2024-03-02T21:43:00Z").to_iso8601_string()
    '2024-03-02T21:43:00Z'
    """
    if stated is None:
        return None
    try:
        instant = pendulum.DateTime.fromisoformat(stated)
        utc = pendulum.instance(instant).in_timezone("UTC")
    except (ValueError, OverflowError) as error:  # in UTC the first hours of the year 1 are in none
        raise SettingsError(f"{stated!r} is no time. Write it like 2024-03-02T21:43:00Z.") from error
    if instant.tzinfo is None:
        raise SettingsError(f"{stated!r} has no zone. Add Z for UTC, or an offset such as +01:00.")
    return utc

"""The web as it was at an instant, as far as it was captured: what an address would have answered then.

The newest capture by then answers, with its status and its headers; what tells of the transfer itself (length,
encoding, connection) belongs to today's. A request that brings the validators of that capture gets 304. What had not
been captured by then answers 404, robots.txt too, which every crawler takes for leave to ask.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from pendulum import DateTime
from sqlalchemy import Engine

from dateline.archive import Archive
from dateline.errors import ArchiveError
from dateline.model import Snapshot, normal_url
from dateline.warehouse.captures import captures_by_address
from dateline.warehouse.ledger import find_stored

OF_THE_TRANSFER = frozenset({
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade", "content-encoding", "content-length",
})  # fmt: skip
"""Headers that spoke of one connection, or of bytes on the wire that the archive keeps decoded (RFC 9110, 7.6.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAnswer:
    """What an address answers; no body with a 304."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def original_url(target: str, host: str | None, own: str) -> str | None:
    """Return the address that a request means: in proxy form, behind the first slash, or by its Host header.

    ``own`` is the server's own host and port; a request to itself means no page of the past.

    >>> original_url("http://courier.example/live", None, "127.0.0.1:8780")
    'http://courier.example/live'
    >>> original_url("/https://courier.example/live", "127.0.0.1:8780", "127.0.0.1:8780")
    'https://courier.example/live'
    >>> original_url("/live", "courier.example", "127.0.0.1:8780")
    'http://courier.example/live'
    """
    for stated in (target, target.removeprefix("/")):
        if stated.lower().startswith(("http://", "https://")):
            return stated
    port = own.rpartition(":")[2]
    if not host or host.lower() in {own, f"localhost:{port}", f"127.0.0.1:{port}"}:
        return None
    return f"http://{host}{target}"


class PastWeb:
    """The captures of an archive, by address and time, as they are when it is opened."""

    def __init__(self, engine: Engine, archive: Archive) -> None:
        """Read the calendar of captures."""
        self._engine, self._archive = engine, archive
        self._captures = captures_by_address(engine)

    @property
    def addresses(self) -> dict[str, tuple[DateTime, DateTime, int]]:
        """Return for each address its first and last capture, and how many there are."""
        return {url: (found[0].at, found[-1].at, len(found)) for url, found in sorted(self._captures.items())}

    @property
    def opens_at(self) -> DateTime | None:
        """Return when the first capture was made."""
        return min((found[0].at for found in self._captures.values()), default=None)

    def answer(self, url: str, at: DateTime, conditions: Mapping[str, str]) -> PastAnswer:
        """Return what an address answered at an instant; ``conditions`` are request headers, in lower case.

        Raises :class:`ArchiveError` where a record is lost or torn.
        """
        snapshot = self._newest(url, at)
        if snapshot is None:
            return _plain(HTTPStatus.NOT_FOUND, f"{url} had not been captured by {at.to_iso8601_string()}.")
        headers = tuple((name, value) for name, value in snapshot.headers if name.lower() not in OF_THE_TRANSFER)
        if snapshot.captured_at is not None:
            headers = (*headers, ("Memento-Datetime", http_date(snapshot.captured_at)))  # RFC 7089
        is_known = snapshot.status == HTTPStatus.OK and _knows(snapshot, conditions)
        return PastAnswer(
            status=HTTPStatus.NOT_MODIFIED if is_known else snapshot.status,
            headers=headers,
            body=b"" if is_known else snapshot.body,
        )

    def _newest(self, url: str, at: DateTime) -> Snapshot | None:
        found = self._captures.get(normal_url(url), ())
        place = bisect_right(found, at, key=lambda one: one.at) - 1
        if place < 0:
            return None
        stored = find_stored(self._engine, [found[place].snapshot_id])
        if not stored:
            raise ArchiveError(f"{url}: its capture has left the ledger since this server started. Start it anew.")
        return self._archive.read(stored[0].location)


def http_date(at: DateTime) -> str:
    """Write an instant as HTTP does."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


def _plain(status: int, words: str) -> PastAnswer:
    return PastAnswer(
        status=status, headers=(("Content-Type", "text/plain; charset=utf-8"),), body=f"{words}\n".encode()
    )


def _knows(snapshot: Snapshot, conditions: Mapping[str, str]) -> bool:
    """Say whether a request's validators are those of a capture; an ETag wins over a date (RFC 9110, 13.2.2)."""
    tags, etag = conditions.get("if-none-match"), snapshot.header("etag")
    if tags is not None:
        known = {one.strip().removeprefix("W/") for one in tags.split(",")}
        return bool(etag) and ("*" in known or str(etag).removeprefix("W/") in known)
    since, modified = conditions.get("if-modified-since"), snapshot.header("last-modified")
    if not since or not modified:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return since == modified  # no date that we can read, but the very words that the server gave

"""robots.txt by RFC 9309.

- A missing file (4xx) allows everything; one that cannot be had (5xx, no answer) allows nothing, unless an
  older copy of at most 30 days is known: then that one still holds.
- The first 512 kB count. A copy is asked for again after a day, an unreachable one after five minutes.
- Crawl-delay counts up to 120 s; above that the host would never be read again.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import urlsplit

from pendulum import DateTime
from protego import Protego

from dateline.errors import FetchError
from dateline.fetch.answer import FINAL, Reason, Request, Web
from dateline.fetch.instants import later, seconds_between
from dateline.model import Snapshot

AGENT = "Dateline"
"""Our name in robots.txt."""

MAX_BYTES = 512_000
MAX_DELAY_SECONDS = 120.0
_FRESH_SECONDS = 86_400
_UNREACHABLE_SECONDS = 300
_STALE_SECONDS = 30 * 86_400
_NEVER_REACHED = FINAL | {Reason.HOST_BUSY, Reason.NAME_NOT_FOUND, Reason.CONNECT_FAILED, Reason.TLS_FAILED}
"""After these nothing is known of the rules; the page itself ends the same way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """What an origin's robots.txt said. ``text`` is None where it could not be had: nothing is allowed then."""

    origin: str
    text: str | None
    read_at: DateTime
    expires_at: DateTime


class RobotsStore(Protocol):
    """Keeps robots files between runs and across processes."""

    async def find(self, origin: str) -> RobotsFile | None:
        """Return the last file kept for an origin, however old."""
        ...

    async def keep(self, file: RobotsFile) -> None:
        """Keep a file in place of the last one."""
        ...


class MemoryRobots:
    """A store for one process."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._files: dict[str, RobotsFile] = {}

    async def find(self, origin: str) -> RobotsFile | None:
        """Return the last file kept."""
        return self._files.get(origin)

    async def keep(self, file: RobotsFile) -> None:
        """Keep a file."""
        self._files[file.origin] = file


async def robots_for(request: Request, web: Web, store: RobotsStore, now: DateTime) -> RobotsFile:
    """Return the robots file that governs an address, asking for it only where no fresh one is known."""
    origin = origin_of(request.url)
    known = await store.find(origin)
    if known and now < known.expires_at:
        return known
    question = Request(url=f"{origin}/robots.txt", allow_private=request.allow_private, keep_first=MAX_BYTES)
    try:
        text = text_of((await web.ask(question)).snapshot)
    except FetchError as error:
        if error.reason in _NEVER_REACHED:
            raise
        text = None
    file = _file(origin, text, known, now)
    await store.keep(file)
    return file


def text_of(snapshot: Snapshot) -> str | None:
    """Return what a robots.txt answer says: nothing forbidden for 4xx, None (everything forbidden) for 5xx."""
    if 200 <= snapshot.status < 300:
        return snapshot.body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    if 400 <= snapshot.status < 500 and snapshot.status != 429:
        return ""
    return None


def allows(file: RobotsFile, url: str) -> bool:
    """Say whether we may ask an address."""
    return file.text is not None and bool(rules_in(file.text).can_fetch(url, AGENT))


def crawl_delay(file: RobotsFile) -> float:
    """Return the seconds that the host wants between two requests, at most 120; 0 where it does not say."""
    return delay_in(file.text)


def delay_in(text: str | None) -> float:
    """Return the Crawl-delay of a robots.txt, held to 120 s."""
    delay = rules_in(text).crawl_delay(AGENT) if text else None
    return min(max(float(delay or 0), 0.0), MAX_DELAY_SECONDS)


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address, the unit that a robots.txt governs."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


def _file(origin: str, text: str | None, known: RobotsFile | None, now: DateTime) -> RobotsFile:
    if text is not None:
        return RobotsFile(origin=origin, text=text, read_at=now, expires_at=later(now, _FRESH_SECONDS))
    still_holds = known is not None and known.text is not None and seconds_between(known.read_at, now) < _STALE_SECONDS
    return RobotsFile(
        origin=origin,
        text=known.text if known and still_holds else None,
        read_at=known.read_at if known and still_holds else now,
        expires_at=later(now, _UNREACHABLE_SECONDS),
    )


@lru_cache(maxsize=512)
def rules_in(text: str) -> Any:
    """Parse a robots.txt."""
    return Protego.parse(text)

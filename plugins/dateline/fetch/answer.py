"""What is asked of an address and what comes back, as values; and the closed list of what can go wrong."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from dateline.errors import FetchError
from dateline.model import Snapshot

Headers = tuple[tuple[str, str], ...]
BeforeHop = Callable[[str], Awaitable[None]]


class Reason(StrEnum):
    """Why no usable answer came, in one word: the closed list of :attr:`FetchError.reason`."""

    TIMEOUT = "timeout"
    NAME_NOT_FOUND = "name_not_found"
    CONNECT_FAILED = "connect_failed"
    TLS_FAILED = "tls_failed"
    RESET = "reset"
    PROTOCOL_ERROR = "protocol_error"
    TOO_BIG = "too_big"
    REFUSED_ENCODING = "refused_encoding"
    BAD_ENCODING = "bad_encoding"
    BAD_ADDRESS = "bad_address"
    REFUSED_SCHEME = "refused_scheme"
    REFUSED_ADDRESS = "refused_address"
    REFUSED_PORT = "refused_port"
    BAD_REDIRECT = "bad_redirect"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    OPTED_OUT = "opted_out"
    HOST_BUSY = "host_busy"
    EMPTY = "empty"
    CACHE_MISS = "cache_miss"
    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"
    GONE = "gone"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    CLIENT_ERROR = "client_error"
    SERVER_ERROR = "server_error"
    FAULT = "fault"


FINAL = frozenset({
    Reason.BAD_ADDRESS, Reason.REFUSED_SCHEME, Reason.REFUSED_ADDRESS, Reason.REFUSED_PORT, Reason.ROBOTS,
    Reason.OPTED_OUT, Reason.GONE,
})  # fmt: skip
"""Reasons that asking again soon will not mend."""


def failure(reason: Reason, message: str) -> FetchError:
    """Make the error for a reason."""
    return FetchError(reason, message, is_final=reason in FINAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how much one request may take. Seconds and bytes; ``whole`` covers redirects and body.

    ``ratio`` is decoded to wire bytes, judged once a body is over a megabyte. Headers end at about
    100 kB, where h11 gives up.
    """

    connect: float = 10.0
    read: float = 10.0
    whole: float = 30.0
    wire_bytes: int = 10_000_000
    decoded_bytes: int = 15_000_000
    ratio: int = 200
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One address to ask. ``conditions`` are If-None-Match and If-Modified-Since.

    ``authorization`` goes to the address's own origin only, never along a redirect to another.
    ``keep_first`` takes that many bytes and leaves the rest unread, where a standard says so (robots.txt).
    ``form`` is posted to the address instead (a hub's); it follows no redirect that would turn it into a GET.
    """

    url: str
    conditions: Headers = ()
    authorization: str | None = field(default=None, repr=False)
    allow_private: bool = False
    keep_first: int | None = None
    form: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """One hop: the status says whether it is for good (301, 308) or for now."""

    status: int
    url: str
    to: str

    @property
    def is_permanent(self) -> bool:
        """Say whether the server asks for the new address to be used from now on."""
        return self.status in {301, 308}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered, whatever its status. A 304 has no body.

    ``snapshot.url`` is the address that answered in the end, ``asked`` the headers of the last request
    as sent, ``wire_bytes`` what the body took on the wire.
    """

    snapshot: Snapshot
    asked: Headers
    redirects: tuple[Redirect, ...] = ()
    wire_bytes: int = 0
    milliseconds: int = 0


class TornAnswerError(FetchError):
    """An answer whose body cannot be decoded; ``answer`` keeps the bytes as they came over the wire."""

    def __init__(self, reason: Reason, message: str, answer: Answer) -> None:
        """Keep the answer beside the message: it is archived, and the run quarantined."""
        super().__init__(reason, message)
        self.answer = answer


class Web(Protocol):
    """Whatever can be asked for an address: the client, or a simulated web."""

    async def ask(self, request: Request, before_hop: BeforeHop | None = None) -> Answer:
        """Ask, or raise :class:`FetchError`."""
        ...

"""HTTP headers on their way into a WARC record and back, the same to the letter.

The body is stored as decoded from its transfer. Headers that would make another reader decode it once
more (Content-Encoding, Transfer-Encoding, Content-Length), and those that a WARC parser would trim or
re-encode, are carried quoted in a header of ours, ``Dateline-Kept: name=value``; a plain Content-Length
of the body as stored is added last.
"""

from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote, unquote

from warcio.statusandheaders import StatusAndHeaders

from dateline.model import Snapshot

Headers = tuple[tuple[str, str], ...]

URL_SAFE = "".join(chr(code) for code in range(33, 127))  # what stands in an address stays as it stands
_FRAMING = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_KEPT = "Dateline-Kept"


class HttpHead(StatusAndHeaders):  # type: ignore[misc]
    """A status line and headers written as UTF-8: warcio would percent-encode what is not ASCII, for good."""

    def to_ascii_bytes(self, filter_func: Any = None) -> bytes:
        """Write the block as UTF-8; the name is the base class's."""
        return cast("bytes", self.to_bytes(filter_func))


def answer_head(snapshot: Snapshot) -> HttpHead:
    """Build the status line and headers of an answer."""
    headers = [_carried(name, value) for name, value in snapshot.headers]
    headers.append(("Content-Length", str(len(snapshot.body))))
    return HttpHead(_status_line(snapshot.status), headers, protocol="HTTP/1.1")


def request_head(url: str, asked: Headers) -> HttpHead:
    """Build the request line and headers of what was asked."""
    path = "/" + url.partition("://")[2].partition("#")[0].partition("/")[2]
    line = f"{quote(path, safe=URL_SAFE, errors='replace')} HTTP/1.1"
    return HttpHead(line, [_carried(name, value) for name, value in asked], protocol="GET")


def headers_of(head: StatusAndHeaders) -> Headers:
    """Return the headers of an answer as the server sent them."""
    given: list[tuple[str, str]] = []
    for name, value in head.headers[:-1]:  # the last one is our Content-Length
        if name == _KEPT:
            left, _, right = value.partition("=")
            given.append((unquote(left, errors="surrogatepass"), unquote(right, errors="surrogatepass")))
        else:
            given.append((name, value))
    return tuple(given)


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:  # servers invent numbers: 520, 999
        return f"{status} Unknown"


def _carried(name: str, value: str) -> tuple[str, str]:
    if _is_plain_name(name) and _survives(value):
        return name, value
    return _KEPT, f"{quote(name, safe='', errors='surrogatepass')}={quote(value, safe='', errors='surrogatepass')}"


def _is_plain_name(name: str) -> bool:
    lowered = name.lower()
    return (
        bool(name)
        and ":" not in name
        and " " not in name
        and _survives(name)
        and not (lowered in _FRAMING or lowered.startswith("dateline-"))
    )


def _survives(part: str) -> bool:
    return part == part.strip() and all(char.isprintable() for char in part)

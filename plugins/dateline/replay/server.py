"""The replay server: history over HTTP, at a virtual instant that stands still or runs. Any crawler can be led to it.

A crawler reaches it as a proxy, by the original host in its Host header (with the name resolved to this server), or
with the original address behind the first slash. It speaks plain HTTP: an https address answers under http or behind
the slash. It listens on loopback unless told otherwise, and asks nobody anything.
"""

import contextlib
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pendulum import DateTime

from dateline.errors import ArchiveError, StoreError
from dateline.replay.past_web import PastAnswer, PastWeb, http_date, original_url

Now = Callable[[], DateTime]


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualClock:
    """A clock that starts at an instant and runs at a speed; at speed 0 it stands still."""

    start: DateTime
    speed: float = 1.0
    monotonic: Callable[[], float] = time.monotonic
    started: float = field(default_factory=time.monotonic)

    def __call__(self) -> DateTime:
        """Return the virtual instant."""
        return self.start.add(seconds=self.speed * (self.monotonic() - self.started))


class ReplayServer(ThreadingHTTPServer):
    """Answers from the past. Port 0 takes a free one. The caller serves and closes it."""

    daemon_threads = True

    def __init__(self, web: PastWeb, now: Now, *, host: str = "127.0.0.1", port: int = 8780) -> None:
        """Listen; answer nothing yet. Raises :class:`OSError` where the port is taken."""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Request)
        self.web, self.now = web, now

    @property
    def own(self) -> str:
        """Return this server's own host and port."""
        return _authority(str(self.server_address[0]), self.server_port)

    def calendar(self) -> str:
        """Write what can be asked for, an address a line."""
        lines = [
            f"{url}  {count} captures, {first} to {last}" for url, (first, last, count) in self.web.addresses.items()
        ]
        return "\n".join([f"It is {self.now()} here.", "", *lines, ""])


class _Request(BaseHTTPRequestHandler):
    """GET and HEAD; nothing else could be asked of the past."""

    protocol_version = "HTTP/1.1"
    server: ReplayServer

    def handle(self) -> None:
        """Serve a connection; a crawler that hangs up ends it."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Answer as the address did then."""
        now = self.server.now()
        own = _authority(self.connection.getsockname()[0], self.server.server_port)  # it may listen at every address
        url = original_url(self.path, self.headers.get("Host"), own)
        if url is None:
            self._send(now, PastAnswer(status=200, headers=_TEXT, body=self.server.calendar().encode()))
            return
        try:
            conditions = {name.lower(): value for name, value in self.headers.items()}
            self._send(now, self.server.web.answer(url, now, conditions))
        except (ArchiveError, StoreError) as error:
            self._send(now, PastAnswer(status=HTTPStatus.BAD_GATEWAY, headers=_TEXT, body=f"{error}\n".encode()))

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def _send(self, now: DateTime, answer: PastAnswer) -> None:
        self.send_response_only(answer.status)
        stated = {name.lower() for name, _ in answer.headers}
        if "date" not in stated:
            self.send_header("Date", http_date(now))
        for name, value in answer.headers:
            self.send_header(name, _on_one_line(value))
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is given
        """Keep quiet: a crawler has a log of its own."""


def _authority(host: str, port: int) -> str:
    """Write host and port as an address does; an IPv4 guest of an IPv6 socket as it knows itself."""
    host = host.removeprefix("::ffff:")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _on_one_line(value: str) -> str:
    """Keep a header of the past to what a header can hold: no line break, nothing beyond Latin-1."""
    return "".join(one if one.isprintable() else " " for one in value).encode("latin-1", "replace").decode("latin-1")


_TEXT = (("Content-Type", "text/plain; charset=utf-8"),)

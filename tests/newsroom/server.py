"""Serve the newsroom on loopback, with validators, as its pages stand at the moment of each request."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from newsroom import pages
from newsroom.script import Coverage, Timeline

Clock = Callable[[], datetime]


def routes(
    coverage: Coverage, timeline: Timeline, instant: datetime, base: str
) -> dict[str, tuple[str, Callable[[], str]]]:
    """Map each address that exists at an instant to its content type and its renderer."""
    text = "text/plain; charset=utf-8"
    found: dict[str, tuple[str, Callable[[], str]]] = {"/robots.txt": (text, lambda: "User-agent: *\nAllow: /\n")}
    for page in (*coverage.originals, *coverage.copies):
        if timeline.instant(page.opens) <= instant:
            found[page.address] = (
                "text/html; charset=utf-8",
                partial(pages.render, page, coverage, timeline, instant, base),
            )
    for path in {one.path for one in coverage.originals}:
        found[f"/{path}/feed.xml"] = (
            "application/rss+xml; charset=utf-8",
            partial(pages.feed, coverage, path, timeline, instant, base),
        )
    for tag in {one.tag for one in coverage.articles if timeline.instant(one.opens) <= instant}:
        found[f"/meridian/tag/{tag}.txt"] = (text, partial(pages.topic_page, coverage, tag, timeline, instant))
    return found


class Newsroom(ThreadingHTTPServer):
    """The newsroom on a loopback port; port 0 takes a free one. The caller serves and closes it."""

    def __init__(self, coverage: Coverage, timeline: Timeline, clock: Clock, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Answer)
        self.coverage, self.timeline, self.clock = coverage, timeline, clock

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, address: str) -> tuple[str, bytes] | None:
        """Return content type and body of an address as it stands now, or None where nothing stands."""
        found = routes(self.coverage, self.timeline, self.clock(), self.base).get(address.partition("?")[0])
        return found and (found[0], found[1]().encode())


class Answer(BaseHTTPRequestHandler):
    """Answers GET and HEAD; a matching ETag gets 304."""

    protocol_version = "HTTP/1.1"
    server: Newsroom

    def do_GET(self) -> None:
        found = self.server.answer(self.path)
        if found is None:
            self._send(404, "text/plain; charset=utf-8", b"Nothing stands here.\n", {})
            return
        content_type, body = found
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        is_known = self.headers.get("If-None-Match") == etag
        self._send(304 if is_known else 200, content_type, b"" if is_known else body, {"ETag": etag})

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def _send(self, status: int, content_type: str, body: bytes, validators: dict[str, str]) -> None:
        self.send_response(status)
        headers = {"Content-Type": content_type, "Content-Length": str(len(body)), "Cache-Control": "max-age=1"}
        for name, value in {**headers, **validators}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Date answers by the newsroom's own clock."""
        return format_datetime(self.server.clock().astimezone(UTC), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is given
        """Keep quiet: what is asked for is seen in the warehouse."""

"""Made-up live blogs for the scheduler's benchmark: pages on a loopback web that grow, and batches of WARC files."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from random import Random
from threading import Thread
from typing import ClassVar

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DAY = datetime(2026, 3, 14, 6, tzinfo=UTC)
WORDS = [
    "harbour",
    "tide",
    "quay",
    "ferry",
    "tug",
    "anchor",
    "lantern",
    "captain",
    "pilot",
    "cargo",
    "crane",
    "bridge",
    "tram",
    "signal",
    "platform",
    "river",
    "flood",
    "gate",
    "council",
    "mayor",
    "vote",
    "budget",
    "school",
    "teacher",
    "strike",
    "union",
    "hospital",
    "nurse",
    "market",
    "baker",
    "storm",
    "wind",
    "roof",
    "tree",
    "road",
    "police",
    "court",
    "judge",
    "witness",
    "verdict",
    "garden",
    "museum",
    "painter",
    "concert",
    "choir",
    "match",
    "goal",
    "keeper",
    "referee",
    "summit",
    "treaty",
    "envoy",
]
"""Each post says twenty of them in an order of its own: pages that copy one another would set matching to work."""

SHOWN = 40
"""Posts on a page at most: older ones are on its next page, as live pages do."""


def page(name: str, posts: list[tuple[int, datetime]], address: str) -> bytes:
    """Write a live page in schema.org's words, newest post first."""
    updates = [
        {
            "@type": "BlogPosting",
            "@id": f"{address}#post-{1000 + number}",
            "headline": f"{name}: report {number}",
            "datePublished": at.isoformat(),
            "articleBody": " ".join(Random(f"{name} {number}").choices(WORDS, k=20)),  # noqa: S311 - words are no secret
        }
        for number, at in reversed(posts)
    ]
    stated = {
        "@context": "https://schema.org", "@type": "LiveBlogPosting", "@id": address, "url": address,
        "headline": f"The tide at {name}", "coverageStartTime": DAY.isoformat(), "liveBlogUpdate": updates,
    }  # fmt: skip
    items = "".join(
        f'<article id="post-{1000 + number}"><h2>{one["headline"]}</h2><p>{one["articleBody"]}</p></article>'
        for (number, _), one in zip(reversed(posts), updates, strict=True)
    )
    return (
        f'<!doctype html><html lang="en"><head><title>The tide at {name}</title>'
        f'<script type="application/ld+json">{json.dumps(stated)}</script></head>'
        f"<body><main>{items}</main></body></html>"
    ).encode()


def write_batch(folder: Path, sources: Path, batch: str, count: int, captures: int) -> None:
    """Declare ``count`` drop folders, each with ``captures`` captures of one growing live blog."""
    for number in range(count):
        name = f"{batch}-{number}"
        address = f"https://{name}.example/live/tide"
        drop = folder / "drops" / name
        drop.mkdir(parents=True)
        with (drop / "captures.warc.gz").open("wb") as stream:
            writer = WARCWriter(stream, gzip=True, warc_version="1.1")
            for minute in range(captures):
                at = DAY + timedelta(minutes=minute)
                shown = [(one, DAY + timedelta(minutes=one)) for one in range(max(0, minute - SHOWN), minute + 1)]
                _write(writer, address, at, page(name, shown, address))
        half = sources / f"{name}.half"
        half.write_text(f'kind = "drop"\nurl = "{drop}"\n', encoding="utf-8")
        half.rename(sources / f"{name}.toml")


def _write(writer: WARCWriter, address: str, at: datetime, body: bytes) -> None:
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    stated = {"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%S.000000Z")}
    record = writer.create_warc_record(
        address, "response", payload=BytesIO(body), http_headers=head, warc_headers_dict=stated
    )
    writer.write_record(record)


class Web:
    """Live pages on loopback, each on an address of its own; each shows a new post every ``period`` seconds."""

    def __init__(self, count: int, period: float) -> None:
        """Begin now."""
        self.count, self.period, self.began = count, period, time.time()

    def published(self, number: int, until: float) -> list[tuple[int, datetime]]:
        """Return the posts of a page by an instant; pages are out of step with each other."""
        offset = self.period * number / self.count
        shown = int((until - self.began - offset) // self.period) + 1
        at = (self.began + offset + self.period * one for one in range(max(shown, 0)))
        return [(one, datetime.fromtimestamp(int(moment), UTC)) for one, moment in enumerate(at)]

    def total(self, until: float) -> int:
        """Count the posts of all pages by an instant."""
        return sum(len(self.published(number, until)) for number in range(self.count))

    def declare(self, sources: Path, port: int) -> None:
        """Write a source file for each page."""
        for number in range(self.count):
            address = f"http://127.1.{number // 250}.{number % 250 + 1}:{port}/live/{number}"
            text = f'url = "{address}"\nallow_private = true\ninterval = 60\n'
            (sources / f"live-{number}.toml").write_text(text, encoding="utf-8")


@contextmanager
def open_web(web: Web) -> Iterator[int]:
    """Serve the pages for as long as the block lasts; yield the port."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        asked: ClassVar[int] = 0

        def do_GET(self) -> None:
            is_page = self.path.startswith("/live/")
            body = b""
            if is_page:
                address = f"http://{self.headers['Host']}{self.path}"
                number = int(self.path.rpartition("/")[2])
                body = page(f"quay {number}", web.published(number, time.time())[-SHOWN:], address)
            self.send_response(200 if is_page else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("0.0.0.0", 0), Answer) as server:  # noqa: S104 - all of 127.0.0.0/8, for minutes
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            sys.stdout.flush()

"""Record the newsroom as a patient crawler would have: one WARC file of captures at chosen instants."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsroom.script import Coverage, Timeline
from newsroom.server import routes


def instants(coverage: Coverage, timeline: Timeline, every: timedelta) -> Iterator[datetime]:
    """Yield the instants of patient polling, from the first post to an hour after the last page appears."""
    now = timeline.instant(min(one.opens for one in coverage.originals))
    last = (*(one.closes for one in coverage.stories), *(one.opens for one in coverage.articles + coverage.copies))
    end = timeline.instant(max(last)) + timedelta(hours=1)
    while now <= end:
        yield now
        now += every


def captures(
    coverage: Coverage, timeline: Timeline, base: str, every: timedelta
) -> Iterator[tuple[datetime, str, str, bytes]]:
    """Yield (instant, url, content type, body) for every page at every instant, unchanged answers left out."""
    last: dict[str, bytes] = {}
    for instant in instants(coverage, timeline, every):
        for address, (content_type, render) in sorted(routes(coverage, timeline, instant, base).items()):
            body = render().encode()
            if address != "/robots.txt" and last.get(address) != body:
                last[address] = body
                yield instant, base + address, content_type, body


def record(coverage: Coverage, timeline: Timeline, base: str, path: Path, every: timedelta) -> int:
    """Write the captures of a day to one WARC file; return how many there are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        for instant, url, content_type, body in captures(coverage, timeline, base, every):
            headers = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=BytesIO(body),
                    http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                    warc_headers_dict={"WARC-Date": instant.strftime("%Y-%m-%dT%H:%M:%S.%fZ")},
                )
            )
            count += 1
    return count

"""Some captures of the newsroom's pages: small enough to be taken in many times over."""

import re
from datetime import UTC, datetime, timedelta

import pendulum

from dateline.ingest.keeping import Found
from dateline.model import Snapshot
from dateline.source import Source
from newsroom.record import captures
from newsroom.script import Timeline, load_coverage

BASE = "https://newsroom.example"
NOW = pendulum.datetime(2026, 3, 20)
_PAGES = {"/courier/live/storm-ottilie": 5, "/courier/feed.xml": 3, "/herald/live/tram-vote": 2}


def few_captures() -> list[Found]:
    """Return the first captures of a live blog, a feed and another live blog, in the order of time."""
    found: list[Found] = []
    left = dict(_PAGES)
    script = captures(
        load_coverage(), Timeline(anchor=datetime(2026, 3, 14, 6, tzinfo=UTC)), BASE, timedelta(minutes=90)
    )
    for instant, url, media_type, body in script:
        address = url.removeprefix(BASE)
        if left.get(address):
            left[address] -= 1
            snapshot = Snapshot(
                body=body, url=url, captured_at=pendulum.instance(instant), headers=(("Content-Type", media_type),)
            )
            found.append(Found(source_id=re.sub(r"[^a-z]+", "-", address).strip("-"), snapshot=snapshot))
    return found


def sources_of(found: list[Found]) -> dict[str, Source]:
    """Declare a source for each page."""
    return {one.source_id: Source(source_id=one.source_id, url=one.snapshot.url) for one in found}

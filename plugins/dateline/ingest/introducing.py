"""Getting to know an address: asked politely, read, and proposed as a source file.

What the page holds decides what it is, as in every reading. The ranges of ``expect`` are wide on purpose, around
what was seen: they are to catch a page that has fallen apart, not a quiet day.
"""

import asyncio
import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pendulum import DateTime
from sqlalchemy import Engine

from dateline.errors import SourceError
from dateline.fetch import Client, Job, Manners, Outcome, fetch_shard, user_agent
from dateline.fetch.answer import Reason, Web, failure
from dateline.fetch.hub import hub_in
from dateline.ingest.followed import calls_itself_live
from dateline.ingest.manners import WarehouseRobots, WarehouseTurns
from dateline.model import Kind, Reading, normal_url
from dateline.reading import read
from dateline.source import Source, SourceKind, load_source

_INTERVALS = {SourceKind.LIVE_PAGE: 60, SourceKind.API: 60, SourceKind.ARTICLE: 3600}
_LISTING_INTERVAL = 300
_LISTINGS = frozenset({SourceKind.FEED, SourceKind.TOPIC_PAGE, SourceKind.SITEMAP})
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A source file that was not written yet: its name, its text, and what was seen, in words."""

    source_id: str
    text: str
    seen: str
    opt_outs: tuple[str, ...]
    hub: str | None = None  # where its news can be asked for (WebSub)


def introduce(
    engine: Engine,
    url: str,
    *,
    contact: str,
    taken: Iterable[Source],
    now: DateTime,
    allow_private: bool = False,
    manners: Manners | None = None,
    web: Web | None = None,
) -> Proposal:
    """Look at an address and propose a source for it.

    Raises :class:`FetchError` where robots.txt forbids it or no page came, :class:`ExtractError` where no reader
    knows what it is, :class:`SourceError` where it is watched already.
    """
    listed = list(taken)
    for one in listed:
        if one.url and normal_url(one.url) == normal_url(url):
            raise SourceError(f"{url} is watched already, by {one.source_id}.toml. Nothing was written.")
    stranger = Source(source_id="new", url=url, allow_private=allow_private)
    outcome = asyncio.run(_asked(stranger, engine, contact, manners, web))
    if outcome.snapshot is None:
        raise failure(outcome.reason or Reason.CACHE_MISS, f"{outcome.message} Nothing was written.")
    readings = read(outcome.snapshot, stranger)
    return _proposed(url, readings, outcome, {one.source_id for one in listed}, now)


def write_source(proposal: Proposal, folder: Path) -> Path:
    """Write the file of a proposal, and read it back as the DAGs will; a file that is there is never touched."""
    path = folder / f"{proposal.source_id}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(proposal.text)
    except OSError as error:
        raise SourceError(f"{path}: cannot be written: {error}. Make the folder writable, or name another.") from error
    load_source(path)
    return path


async def _asked(source: Source, engine: Engine, contact: str, manners: Manners | None, web: Web | None) -> Outcome:
    turns, robots, jobs = WarehouseTurns(engine), WarehouseRobots(engine), [Job(source=source)]
    if web is not None:
        return (await fetch_shard(jobs, web=web, hosts=turns, robots=robots, manners=manners))[0]
    async with Client(user_agent(contact)) as client:
        return (await fetch_shard(jobs, web=client, hosts=turns, robots=robots, manners=manners))[0]


def _proposed(url: str, readings: Sequence[Reading], outcome: Outcome, taken: set[str], now: DateTime) -> Proposal:
    page, items = readings[0], readings[1:]
    is_json = outcome.snapshot is not None and outcome.snapshot.body.lstrip()[:1] in {b"{", b"["}
    kind = _kind_of(page, is_json=is_json)
    count = len(items) if kind in _LISTINGS else len(page.entries)
    keys: dict[str, Any] = {
        "kind": str(kind),
        "url": url,
        "title": page.document.title,
        "publisher": page.document.carrier,
        "language": page.document.language,
        "zone": _zone(page.document.zone),
        "interval": _INTERVALS.get(kind, _LISTING_INTERVAL),
        "allow_private": outcome.job.source.allow_private or None,
        "follow": (kind in _LISTINGS and any(map(calls_itself_live, items))) or None,
    }
    expect = _expected(kind, count, _newest(readings), now)
    text = "".join(_line(key, value) for key, value in keys.items() if value is not None)
    text += "\n[expect]\n" + "".join(_line(key, value) for key, value in expect.items()) if expect else ""
    tomllib.loads(text)
    hub = hub_in(outcome.snapshot) if outcome.snapshot is not None and kind is SourceKind.FEED else None
    refused = tuple(f"{one.place}: {one.evidence}" for one in outcome.opt_outs)
    return Proposal(
        source_id=_name(url, taken),
        text=text,
        seen=_seen(page, kind, count),
        opt_outs=refused,
        hub=hub.url if hub else None,
    )


def _kind_of(page: Reading, *, is_json: bool) -> SourceKind:
    if page.document.format == "sitemap":
        return SourceKind.SITEMAP
    if page.document.kind is Kind.FEED:
        return SourceKind.FEED
    if page.document.kind is Kind.TOPIC_PAGE:
        return SourceKind.TOPIC_PAGE
    if is_json:
        return SourceKind.API
    return SourceKind.LIVE_PAGE if page.document.kind is Kind.LIVE_BLOG else SourceKind.ARTICLE


def _expected(kind: SourceKind, count: int, newest: DateTime | None, now: DateTime) -> dict[str, int]:
    """Propose ranges that hold what was seen, with room: half of it, twenty times it, four times its age."""
    if kind is SourceKind.ARTICLE or not count:
        return {}
    found = {"min_entries": max(1, count // 2), "max_entries": max(200, 20 * count)}
    if kind in _LISTINGS and newest is not None and newest <= now:
        found["max_age_hours"] = max(48, 4 * int((now - newest).total_seconds() // 3600))
    return found


def _newest(readings: Sequence[Reading]) -> DateTime | None:
    return max((at for one in readings for at in (one.published.at, one.modified.at) if at), default=None)


def _seen(page: Reading, kind: SourceKind, count: int) -> str:
    title = f" “{page.document.title}”" if page.document.title else ""
    what = "items" if kind in _LISTINGS else "posts"
    return f"{str(kind).replace('_', ' ')}{title}, read by {page.document.format}: {count:,} {what}"


def _zone(stated: str | None) -> str | None:
    try:
        return ZoneInfo(stated).key if stated and "/" in stated else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _name(url: str, taken: set[str]) -> str:
    parts = urlsplit(url)
    words = re.findall(r"[a-z0-9]+", f"{(parts.hostname or '').removeprefix('www.')} {parts.path}".lower())
    name = "-".join(words)[:_LONGEST_NAME].strip("-") or "source"
    return next(one for n in range(1, len(taken) + 2) if (one := name if n == 1 else f"{name}-{n}") not in taken)


def _line(key: str, value: str | int | bool) -> str:
    """Write one key; a JSON string of printable characters is a TOML string too."""
    plain = "".join(one if one.isprintable() else " " for one in value) if isinstance(value, str) else value
    return f"{key} = {json.dumps(plain, ensure_ascii=False)}\n"

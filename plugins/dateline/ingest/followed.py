"""Live blogs that a feed or topic page led to: each is followed like a declared source, until its coverage ends.

A source that says ``follow = true`` leads to what its page lists and calls live, in its address or its title, and
not older than two days; twenty at a time. The page itself decides: one that turns out to be no live blog is left
again. What a feed names is a stranger's word, so it opens no private address beyond the feed's own host.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from pendulum import DateTime
from sqlalchemy import Connection, Engine, func, select, update

from dateline.model import Kind, Reading, digest_of, normal_url
from dateline.source import Source, SourceKind
from dateline.warehouse.engine import reading_from
from dateline.warehouse.ledger import declare_in
from dateline.warehouse.rows import insert_missing
from dateline.warehouse.schedule_tables import followed_pages

MOST_FOLLOWED = 20
OLDEST_DAYS = 2
_LIVE = re.compile(
    r"(?<![^\W_])(?:live|live-?blog|live-?ticker|live-updates|as it happened|en direct|en vivo|ao vivo)(?![^\W_])",
    re.IGNORECASE,
)


def with_followed(engine: Engine, declared: Iterable[Source]) -> list[Source]:
    """Return the declared sources, and after them the live blogs that they led to and that are still followed."""
    listed = {one.source_id: one for one in declared}
    if not any(one.follow for one in listed.values()):
        return list(listed.values())
    with reading_from(engine) as connection:
        rows = connection.execute(select(followed_pages).where(followed_pages.c.ended_at.is_(None))).mappings().all()
    found = [
        _as_source(row["source_id"], row["url"], parent)
        for row in rows
        if (parent := listed.get(row["found_by"])) is not None and parent.follow and parent.is_enabled
    ]
    return [*listed.values(), *(one for one in found if one.source_id not in listed)]


def begin_following(
    connection: Connection, parent: Source, readings: Sequence[Reading], captured_at: DateTime, known: set[str]
) -> list[Source]:
    """Start to follow the live blogs that a capture of ``parent`` lists; return those that are new.

    ``known`` are the addresses, in normal form, that are watched already.
    """
    if not parent.follow:
        return []
    columns = followed_pages.c
    open_now = select(func.count()).where(columns.found_by == parent.source_id, columns.ended_at.is_(None))
    room = MOST_FOLLOWED - (connection.scalar(open_now) or 0)
    urls = [url for url in _live_pages(readings, captured_at) if normal_url(url) not in known][: max(room, 0)]
    new = [_as_source(_name(parent, url), url, parent) for url in urls]
    if new:
        declare_in(connection, new)
        insert_missing(connection, followed_pages, [_row(one, parent, captured_at) for one in new])
    return new


def end_following(connection: Connection, source_id: str, at: DateTime, why: str) -> None:
    """Leave a live blog; its captures stay."""
    still = (followed_pages.c.source_id == source_id) & followed_pages.c.ended_at.is_(None)
    connection.execute(update(followed_pages).where(still).values(ended_at=at, why=why))


def turned_out(readings: Sequence[Reading]) -> str | None:
    """Say why a followed page is to be left: it is no live blog."""
    kind = readings[0].document.kind
    return None if kind is Kind.LIVE_BLOG else f"its page is no live blog but reads as {kind}"


def found_by(engine: Engine, source_id: str) -> list[Mapping[str, object]]:
    """Return what a source led to, the newest first."""
    wanted = select(followed_pages).where(followed_pages.c.found_by == source_id)
    with reading_from(engine) as connection:
        rows = connection.execute(wanted.order_by(followed_pages.c.found_at.desc(), followed_pages.c.url))
        return [dict(row) for row in rows.mappings()]


def _live_pages(readings: Sequence[Reading], captured_at: DateTime) -> list[str]:
    urls = []
    for item in readings[1:]:
        url = item.document.canonical_url or item.document.url
        if url and urlsplit(url).scheme in {"http", "https"} and calls_itself_live(item):
            moment = item.modified.at or item.published.at
            if moment is None or moment > captured_at.subtract(days=OLDEST_DAYS):
                urls.append(url)
    return list(dict.fromkeys(urls))


def calls_itself_live(item: Reading) -> bool:
    """Say whether an item of a feed or topic page is called live, by its title or its address."""
    document = item.document
    path = urlsplit(document.canonical_url or document.url or "").path
    return document.kind is Kind.LIVE_BLOG or any(_LIVE.search(words) for words in (path, document.title or ""))


def _name(parent: Source, url: str) -> str:
    return f"{parent.source_id[:50].rstrip('-')}-{digest_of('followed', normal_url(url))[:10]}"


def _as_source(source_id: str, url: str, parent: Source) -> Source:
    is_at_home = urlsplit(url).netloc.lower() == urlsplit(parent.url or "").netloc.lower()
    return replace(
        parent,
        source_id=source_id,
        url=url,
        kind=SourceKind.LIVE_PAGE,
        title=None,
        format=None,
        layouts=(),
        interval=min(parent.interval, Source(source_id=source_id).interval),
        allow_private=parent.allow_private and is_at_home,
        publisher=parent.publisher if is_at_home else None,
        follow=False,
    )


def _row(one: Source, parent: Source, captured_at: DateTime) -> dict[str, object]:
    return {
        "source_id": one.source_id,
        "found_by": parent.source_id,
        "url": one.url,
        "found_at": captured_at,
        "ended_at": None,
        "why": f"{parent.source_id} lists it and calls it live",
    }

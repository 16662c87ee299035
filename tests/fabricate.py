"""Pages of fictional live blogs, made up in a line or two: what a test feeds to history and warehouse."""

from dataclasses import replace

import pendulum

from dateline.archive.location import Location
from dateline.model import (
    UNKNOWN_TIME,
    Basis,
    Conflict,
    Dating,
    Document,
    Entry,
    Kind,
    Order,
    Precision,
    Reading,
    Reject,
    Window,
    digest_of,
)
from dateline.warehouse.editions import edition_of
from dateline.warehouse.ledger import StoredSnapshot
from dateline.warehouse.past import Showing

DAY = pendulum.datetime(2026, 3, 2, 9)
BLOG = "https://harbour-courier.example/live/ferry"


def minute(number, *, basis=Basis.DOM):
    """A time known to the minute, that many minutes after the coverage began."""
    at = DAY.add(minutes=number)
    return Dating(
        at=at,
        earliest=at,
        latest=at.add(seconds=59),
        precision=Precision.MINUTE,
        basis=basis,
        stated=at.format("HH:mm"),
    )


def post(text, *, at=None, anchor=None, **changes):
    """One entry; `at` in minutes after the coverage began."""
    published = UNKNOWN_TIME if at is None else minute(at)
    plain = Entry(
        position=0,
        anchor=anchor,
        headline=None,
        text=text,
        author=None,
        created=UNKNOWN_TIME,
        published=published,
        modified=UNKNOWN_TIME,
        shown=UNKNOWN_TIME,
    )
    return replace(plain, **changes)


def reading(*posts, url=BLOG, window=None, order=Order.NEWEST_FIRST, rejects=0, conflicts=0, **changes):
    """A live blog as one page showed it, whole unless a window says otherwise."""
    document = Document(
        format="made_up",
        kind=Kind.LIVE_BLOG,
        url=url,
        title="Ferry adrift",
        carrier="Harbour Courier",
        window=window or Window(is_complete=True, shows="all"),
    )
    return Reading(
        document=replace(document, **changes),
        published=minute(0),
        modified=UNKNOWN_TIME,
        order=order,
        origin=None,
        entries=tuple(replace(one, position=place) for place, one in enumerate(posts)),
        rejects=tuple(Reject(where=f"post {n}", why="no clock") for n in range(rejects)),
        conflicts=tuple(
            Conflict(where=f"post {n}", about="published", kept="1", other="2", why="two clocks")
            for n in range(conflicts)
        ),
    )


def article(text, *, url, title="A report", **changes):
    """An article: a document with one entry."""
    return reading(post(text), url=url, kind=Kind.ARTICLE, title=title, **changes)


def stored(at, *, body="", source_id="ferry", url=BLOG, is_cut=False):
    """A snapshot in the ledger, captured `at` minutes after the coverage began (None: nobody knows)."""
    name = body or f"body at {at}"
    return StoredSnapshot(
        source_id=source_id,
        url=url,
        captured_at=None if at is None else DAY.add(minutes=at),
        status=200,
        media_type="text/html",
        body_digest=digest_of("body", name),
        body_bytes=len(name),
        is_cut=is_cut,
        location=Location(path="made-up.warc.gz", offset=0, length=1, sha256="0" * 64),
    )


def showing(at, page, *, is_item=False, is_cut=False, place=0):
    """A page as history takes it in."""
    edition = edition_of(page, is_item=is_item, is_cut=is_cut).edition
    captured_at = None if at is None else DAY.add(minutes=at)
    return Showing(
        snapshot_id=stored(at, body=edition.edition_id).snapshot_id,
        place=place,
        captured_at=captured_at,
        edition=edition,
    )


__all__ = ["BLOG", "DAY", "article", "minute", "post", "reading", "showing", "stored"]

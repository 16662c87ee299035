"""Live blogs by the thousand: made-up scripts in the newsroom's words, and polls of their pages, broken ones too.

Three shapes: an AMP live list with tombstones, a page that shows the whole blog, a blog in pages of ten of which the
first is polled. About one poll in eight meets a page cut off in the midst, one without posts, an error page that says
200, a 503, a stale copy out of a cache, or a page that has loaded less than half of its posts.
"""

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from html import escape

import pendulum

from dateline.archive.location import Location
from dateline.errors import DatelineError
from dateline.model import Snapshot
from dateline.reading import read
from dateline.warehouse.ledger import StoredSnapshot, stored_snapshot
from dateline.warehouse.showing import ReadSnapshot
from newsroom import pages
from newsroom.script import Post, Story, Timeline, everything, offset_of

DAYS = [
    datetime(2026, 3, 14, 6, tzinfo=UTC),
    datetime(2026, 3, 28, 22, tzinfo=UTC),
    datetime(2026, 10, 24, 22, tzinfo=UTC),
    datetime(2026, 7, 1, 12, tzinfo=UTC),
]
"""Two of them reach over a night that changes the clocks."""

SHAPES = ("amp", "whole", "paged")
FAULTS = ("cut", "empty", "error", "refused", "stale", "half")
FAULTY = 0.12
PER_PAGE = 10
WHO = ("The harbour master", "A nurse", "The ferry company", "The mayor", "A reader", "The coast guard", "Our reporter")
DOES = ("says", "denies", "confirms", "has written", "believes", "tells us", "no longer says")
WHAT = (
    "that the bridge is shut",
    "that nobody was hurt",
    "that the water is falling",
    "that trains run again",
    "that the school opens on Monday",
    "that the lights are back",
    "that the gates will hold",
)
WHERE = ("in Saltmarsh", "at the mill", "on Sail Street", "by the old pier", "in the upper town", "at Hollin Cross")
NOWHERE = Location(path="simulated.warc.gz", offset=0, length=1, sha256="0" * 64)


@dataclass(frozen=True)
class Poll:
    """One poll: when, what came, and the posts that stood on the page if it was whole and true (else None)."""

    at: datetime
    body: bytes
    status: int
    served: Sequence[Post] | None


@dataclass(frozen=True)
class Blog:
    """One simulated blog: its script, and how it is polled."""

    number: int
    shape: str
    story: Story
    timeline: Timeline
    polls_every: timedelta
    polls_count: int

    @property
    def url(self) -> str:
        return f"https://simulated-{self.shape}.example{self.story.address}"

    @property
    def source_id(self) -> str:
        return f"simulated-{self.number}"

    @cached_property
    def turns(self) -> list[datetime]:
        """When anything changes."""
        offsets = {offset_of(one["at"]) for one in (*self.story.posts, *self.story.changes)}
        return sorted(self.timeline.instant(one) for one in offsets)

    def on_page(self, at: datetime) -> list[Post]:
        """The posts that the polled page shows at an instant."""
        posts = [one for one in everything(self.story, self.timeline, at) if not one.is_deleted]
        return posts[:PER_PAGE] if self.shape == "paged" else posts

    def polls(self) -> Iterator[Poll]:
        chance = random.Random(f"polls {self.number}")  # noqa: S311 - a script, no secret
        rendered: dict[datetime, bytes] = {}
        for number in range(self.polls_count):
            at = self.timeline.anchor + self.polls_every * (number + 1)
            fault = chance.choice(FAULTS) if chance.random() < FAULTY else None
            yield self._poll(at, fault, chance, rendered)

    def _poll(self, at: datetime, fault: str | None, chance: random.Random, rendered: dict[datetime, bytes]) -> Poll:
        shown_at = at - timedelta(minutes=chance.randint(30, 120)) if fault == "stale" else at
        turn = max((one for one in self.turns if one <= shown_at), default=None)
        if turn is None:
            return Poll(at, b"<html><body>Not found</body></html>", 404, None)
        if turn not in rendered:
            rendered[turn] = self.render(everything(self.story, self.timeline, turn))
        body, status, served = rendered[turn], 200, self.on_page(turn)
        if fault == "cut":
            body = body[: chance.randint(200, len(body) - 10)]
        elif fault == "empty":
            body = self.render(())
        elif fault == "error":
            body = b"<html><body><h1>Sorry</h1><p>Something went wrong. Try again later.</p></body></html>"
        elif fault == "refused":
            body, status = b"<html><body>Busy</body></html>", 503
        elif fault == "half" and len(served) >= 9:
            body = self.render(everything(self.story, self.timeline, turn)[: len(served) // 3])
        return Poll(at, body, status, None if fault else served)

    def render(self, posts: Sequence[Post]) -> bytes:
        if self.shape == "paged":
            return paged(self, posts).encode()
        shape = pages.amp_live_list if self.shape == "amp" else pages.whole_page
        base, story = self.url.removesuffix(self.story.address), self.story
        stated = (
            pages._ld(story, posts, base)
            if posts
            else {"@type": "LiveBlogPosting", "url": self.url, "headline": story.title}
        )
        return pages._document(story.title, story.publisher, self.url, shape(story, posts, base), stated).encode()


def paged(blog: Blog, posts: Sequence[Post]) -> str:
    """The first page of a blog that shows ten posts a page and says so below them."""
    newest = max((one.modified for one in posts), default=blog.timeline.anchor)
    posts = [one for one in posts if not one.is_deleted]
    count = max(1, -(-len(posts) // PER_PAGE))
    blocks = "".join(
        f'<article class="block" id="block-{one.anchor}">'
        f'<header><time datetime="{pages.iso(one.published)}"></time></header>'
        + (f"<h2>{escape(one.headline)}</h2>" if one.headline else "")
        + "".join(f"<p>{escape(line)}</p>" for line in one.text.split("\n"))
        + f'<footer><time datetime="{pages.iso(one.modified)}"></time></footer></article>'
        for one in posts[:PER_PAGE]
    )
    stated = json.dumps({"@type": "LiveBlogPosting", "url": blog.url, "dateModified": pages.iso(newest)})
    older = f'<a href="{blog.url}?page=2">Older</a>' if count > 1 else ""
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(blog.story.title)}</title>'
        f'<link rel="canonical" href="{blog.url}">'
        f'<script type="application/ld+json">{stated}</script></head>'
        f"<body><main><h1>{escape(blog.story.title)}</h1>{blocks}"
        f'<div id="liveblog-navigation">1 of {count} {older}</div></main></body></html>'
    )


def blog(number: int, *, polls: int = 100, every: int = 300) -> Blog:
    """Make up blog ``number``: the same number gives the same blog. ``every`` is seconds between two polls."""
    chance = random.Random(number)  # noqa: S311 - a script, no secret
    shape = SHAPES[number % len(SHAPES)]
    length = polls * every // 60
    posts = sorted((_post(chance, n, shape, length) for n in range(chance.randint(12, 24))), key=_offset)
    changes = sorted((one for one in _changes(chance, posts, shape, length)), key=_offset)
    story = Story(
        slug=f"simulated-{number}",
        title=f"The storm of day {number}, live",
        publisher={"amp": "The Harbour Courier", "whole": "The Herald", "paged": "The Sentinel"}[shape],
        path={"amp": "courier", "whole": "herald", "paged": "sentinel"}[shape],
        author="Imke Rasmund",
        category="Weather",
        tag="storm",
        standfirst="All that happens along the coast, as it happens.",
        posts=tuple(posts),
        changes=tuple(changes),
    )
    return Blog(
        number=number,
        shape=shape,
        story=story,
        timeline=Timeline(anchor=DAYS[number % len(DAYS)]),
        polls_every=timedelta(seconds=every),
        polls_count=polls,
    )


def captures(one: Blog) -> Iterator[tuple[Poll, Snapshot, StoredSnapshot]]:
    """Poll a blog: what came, and its row in the ledger."""
    for poll in one.polls():
        snapshot = Snapshot(
            body=poll.body,
            url=one.url,
            captured_at=pendulum.instance(poll.at),
            status=poll.status,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
        )
        stored = stored_snapshot(snapshot, one.source_id, NOWHERE)
        yield poll, snapshot, replace(stored, location=replace(NOWHERE, sha256=snapshot.digest))


def readable(one: Blog) -> list[ReadSnapshot]:
    """Read a blog's captures as they are read live: a body once, an unreadable one not at all."""
    found, known = [], {}
    for _, snapshot, stored in captures(one):
        if snapshot.status != 200:
            continue
        if snapshot.digest not in known:
            try:
                known[snapshot.digest] = tuple(read(snapshot))
            except DatelineError:
                known[snapshot.digest] = None
            if known[snapshot.digest] is not None:
                found.append(ReadSnapshot(stored=stored, readings=known[snapshot.digest]))
        elif known[snapshot.digest] is not None:
            found.append(ReadSnapshot(stored=stored, readings=None))
    return found


def _post(chance: random.Random, number: int, shape: str, length: int) -> dict[str, object]:
    anchor = (
        hashlib.sha256(f"{chance.random()}".encode()).hexdigest()[:24] if shape == "paged" else f"{50_000 + number}"
    )
    text = "\n".join(_sentence(chance) for _ in range(chance.randint(1, 3)))
    found = {"id": anchor, "at": _clock(chance.randint(1, int(length * 0.8))), "text": text}
    return found | ({"headline": _sentence(chance)[:60].strip()} if chance.random() < 0.5 else {})


def _changes(chance: random.Random, posts: Sequence[dict], shape: str, length: int) -> Iterator[dict[str, object]]:
    """Edits, withdrawals, pins and new dates: of one post in two, and always after it was published."""
    for one in posts:
        if chance.random() < 0.5:
            continue
        at = int(offset_of(one["at"]).total_seconds() // 60)
        action = chance.choice(("edit", "edit", "delete", "redate" if shape == "whole" else "edit", "pin"))
        first = chance.randint(at + 1, max(at + 2, int(length * 0.9)))
        if action == "edit":
            for again in range(chance.randint(1, 3)):
                at_last = _clock(min(length, first + again * chance.randint(1, 20)))
                yield {"post": one["id"], "at": at_last, "action": "edit", "text": f"{one['text']} {_sentence(chance)}"}
        elif action == "delete":
            yield {"post": one["id"], "at": _clock(first), "action": "delete"}
        elif action == "redate":
            yield {
                "post": one["id"],
                "at": _clock(first),
                "action": "redate",
                "to": _clock(max(1, at - chance.randint(5, 90))),
            }
        elif shape == "whole":
            yield {"post": one["id"], "at": _clock(first), "action": "pin"}
            yield {"post": one["id"], "at": _clock(min(length, first + chance.randint(5, 60))), "action": "unpin"}


def _sentence(chance: random.Random) -> str:
    words = f"{chance.choice(WHO)} {chance.choice(DOES)} {chance.choice(WHAT)} {chance.choice(WHERE)}"
    return f"{words}, and {chance.choice(WHO).lower()} counts {chance.randint(2, 999)} of them."


def _offset(stated: dict[str, object]) -> timedelta:
    return offset_of(str(stated["at"]))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"

"""A made-up web with a day of news on it: hosts with rules, sources that change, servers that lie and fail.

Everything is drawn from one seed. A source's truth is the list of moments at which it changed; a page at
an instant shows the newest ``window`` of its changes. The server writes down who asked what and when.
"""

import asyncio
import random
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from email.utils import formatdate

from dateline.fetch import Answer
from dateline.fetch.answer import BeforeHop, Reason, Request, failure
from dateline.fetch.instants import later
from dateline.fetch.polite import host_of
from dateline.model import Snapshot
from dateline.source import Source, SourceKind
from fetch.virtual_time import START

DAY = 86_400.0
HEAD_BYTES = 350  # what a 304 costs on the wire: status line and headers
LIES, ERRORS = 0.05, 0.013


@dataclass(slots=True, kw_only=True)
class Stream:
    """One source and its truth: when it changed (seconds of the day), and until when it is open."""

    source: Source
    changes: list[float]
    opens: float
    closes: float | None
    window: int
    wire_bytes: int
    validator: str  # etag, modified, none, or stuck: an ETag that never changes
    max_age: int | None
    is_cached: bool  # a cache stands before it and shows each copy for max_age seconds

    def age(self, moment: float) -> float:
        """Return how old the copy is that is shown at a moment."""
        return moment % self.max_age if self.is_cached and self.max_age else 0.0

    def shown_at(self, change: float) -> float:
        """Return when readers are shown a change: at once, or with the cache's next copy."""
        age = self.age(change)
        return change + self.max_age - age if age and self.max_age else change

    def version(self, moment: float) -> int:
        return bisect_right(self.changes, moment)


@dataclass(slots=True, kw_only=True)
class Host:
    """One host: what its robots.txt says, and when it answers 429 or its robots.txt is down."""

    name: str
    robots: str
    delay: float = 0.0
    storm: tuple[float, float] = (-1.0, -1.0)
    robots_down: tuple[float, float] = (-1.0, -1.0)


@dataclass(slots=True)
class Visit:
    """One request as the server saw it."""

    begins: float
    ends: float
    path: str


@dataclass(slots=True, kw_only=True)
class World:
    """The whole web, and the log of every visit to it."""

    hosts: dict[str, Host]
    streams: dict[str, Stream]
    dice: random.Random
    visits: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    bytes_sent: int = 0
    lies_told: int = 0

    async def ask(self, request: Request, before_hop: BeforeHop | None = None) -> Answer:
        """Answer as a server on a slow line would."""
        loop = asyncio.get_running_loop()
        begins = loop.time()
        host = self.hosts[host_of(request.url)]
        await asyncio.sleep(min(self.dice.lognormvariate(-1.6, 0.8), 5.0))
        try:
            answer = await self._answer(host, request, begins)
            self.bytes_sent += answer.wire_bytes + HEAD_BYTES if begins < DAY else 0
            return answer
        finally:
            path = request.url.partition(host.name)[2]
            self.visits[host.name].append(Visit(begins=begins, ends=loop.time(), path=path))

    async def _answer(self, host: Host, request: Request, begins: float) -> Answer:
        if request.url.endswith("/robots.txt"):
            is_down = host.robots_down[0] <= begins < host.robots_down[1]
            return _said(503 if is_down else 200, host.robots.encode(), begins)
        if host.storm[0] <= begins < host.storm[1]:
            return _said(429, b"slow down", begins, ("Retry-After", "120"))
        luck = self.dice.random()
        if luck < ERRORS / 4:
            await asyncio.sleep(30)
            raise failure(Reason.TIMEOUT, "no answer")
        if luck < ERRORS:
            return _said(503, b"try later", begins)
        return self._page(self.streams[request.url], request, begins)

    def _page(self, stream: Stream, request: Request, moment: float) -> Answer:
        copied = moment - stream.age(moment)
        version = stream.version(copied)
        is_closed = stream.closes is not None and copied >= stream.closes
        body = f"{version} {'closed' if is_closed else 'open'} ".encode().ljust(64, b".")
        told = {"etag": f'"{version}{is_closed}"', "modified": _date(stream, version), "stuck": '"always"', "none": ""}
        validator, lie = told[stream.validator], self._lie(stream)
        sent_back = dict(request.conditions)
        is_same = validator in {sent_back.get("If-None-Match"), sent_back.get("If-Modified-Since")}
        if sent_back and (is_same or lie == "same") and lie != "changed":
            return _said(304, b"", moment)
        if lie == "changed":
            validator = f'"{self.dice.random()}"'
        if lie == "old" and sent_back:
            validator = next(iter(sent_back.values()))
        name = "Last-Modified" if stream.validator == "modified" else "ETag"
        headers = [(name, validator)] if validator else []
        if stream.max_age is not None:
            headers.append(("Cache-Control", f"max-age={stream.max_age}"))
        if stream.is_cached:
            headers.append(("Age", f"{stream.age(moment):.0f}"))
        return _said(200, body, moment, *headers, wire_bytes=stream.wire_bytes)

    def _lie(self, stream: Stream) -> str:
        if stream.validator == "none" or self.dice.random() >= LIES:
            return ""
        self.lies_told += 1
        return self.dice.choice(["same", "old", "changed"])


def _said(status: int, body: bytes, moment: float, *headers: tuple[str, str], wire_bytes: int | None = None) -> Answer:
    snapshot = Snapshot(body=body, status=status, headers=headers, captured_at=later(START, moment))
    return Answer(snapshot=snapshot, asked=(), wire_bytes=len(body) if wire_bytes is None else wire_bytes)


def _date(stream: Stream, version: int) -> str:
    moment = stream.changes[version - 1] if version else 0.0
    return formatdate(START.timestamp() + moment, usegmt=True)


def make_world(seed: int, sources: int, hosts: int) -> World:
    """Draw a day: three sources in ten are live blogs, half are feeds, the rest topic pages."""
    dice = random.Random(seed)  # noqa: S311 - a made-up day has to be the same each time
    known = {f"host-{n}.example": _host(f"host-{n}.example", dice) for n in range(hosts)}
    names = sorted(known)
    streams = [_stream(n, known[names[n % hosts]], dice) for n in range(sources)]
    return World(hosts=known, streams={str(one.source.url): one for one in streams}, dice=dice)


def _host(name: str, dice: random.Random) -> Host:
    delay = dice.choice([5.0, 10.0, 30.0]) if dice.random() < 0.05 else 0.0
    lines = ["User-agent: *", "Disallow: /private/"] + ([f"Crawl-delay: {delay:g}"] if delay else [])
    storm_at, down_at = dice.uniform(0, DAY), dice.uniform(0, DAY)
    storm = (storm_at, storm_at + 1200) if dice.random() < 0.03 else (-1.0, -1.0)
    down = (down_at, down_at + 3600) if dice.random() < 0.03 else (-1.0, -1.0)
    return Host(name=name, robots="\n".join(lines), delay=delay, storm=storm, robots_down=down)


def _stream(number: int, host: Host, dice: random.Random) -> Stream:
    kind = [SourceKind.LIVE_PAGE] * 3 + [SourceKind.FEED] * 5 + [SourceKind.TOPIC_PAGE] * 2
    drawn = kind[(number * 7 + number // len(kind)) % len(kind)]
    opens, closes, changes = _blog(dice) if drawn is SourceKind.LIVE_PAGE else _river(drawn, dice)
    folder = "private" if dice.random() < 0.02 else "news"
    url = f"https://{host.name}/{folder}/{number}"
    return Stream(
        source=Source(source_id=f"source-{number}", url=url, kind=drawn, interval=60),
        changes=changes,
        opens=opens,
        closes=closes,
        window=10_000 if drawn is SourceKind.LIVE_PAGE else 30,
        wire_bytes=int(dice.lognormvariate(10.2, 0.5)),
        validator=dice.choices(["etag", "modified", "none", "stuck"], [70, 15, 14, 1])[0],
        max_age=(max_age := dice.choice([30, 60, 120, 300]) if dice.random() < 0.3 else None),
        is_cached=max_age is not None and dice.random() < 0.5,
    )


def _blog(dice: random.Random) -> tuple[float, float, list[float]]:
    """Draw a live blog of one to eight hours: a post every two to eight minutes, in bursts, seldom a long pause."""
    opens = dice.uniform(0, DAY - 3600)
    closes = min(opens + dice.uniform(3600, 8 * 3600), DAY - 600)
    pace, moment, changes = dice.uniform(120, 480), opens, []
    while moment < closes:
        changes.append(moment)
        pause = dice.uniform(1200, 5400) if dice.random() < 0.01 else 0.0
        moment += 1 + dice.lognormvariate(0, 0.9) * pace / 1.5 + pause
    return opens, closes, changes


def _river(kind: SourceKind, dice: random.Random) -> tuple[float, None, list[float]]:
    """Draw a feed or topic page that flows all day, slower at night."""
    pace = dice.uniform(600, 7200) * (3 if kind is SourceKind.TOPIC_PAGE else 1)
    moment, changes = dice.uniform(0, pace), []
    while moment < DAY:
        changes.append(moment)
        is_night = moment % DAY < 6 * 3600
        moment += 1 + dice.expovariate(1 / pace) * (4 if is_night else 1)
    return 0.0, None, changes

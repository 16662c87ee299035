"""robots.txt by RFC 9309: what is missing allows, what cannot be had forbids, and an older copy still holds."""

import asyncio

import pendulum
import pytest

from dateline.errors import FetchError
from dateline.fetch import Answer, MemoryRobots, Reason, Request
from dateline.fetch.answer import failure
from dateline.fetch.robots import RobotsFile, allows, crawl_delay, origin_of, robots_for, text_of
from dateline.model import Snapshot

NOW = pendulum.datetime(2026, 3, 2, 12, 0)
PAGE = Request(url="https://meridian.example/live/harbour")


class Web:
    """Answers robots.txt as told, and counts how often it was asked."""

    def __init__(self, status: int = 200, body: bytes = b"", error: Reason | None = None) -> None:
        self.status, self.body, self.error, self.asked = status, body, error, []

    async def ask(self, request, before_hop=None):
        self.asked.append(request)
        if self.error:
            raise failure(self.error, "told to fail")
        return Answer(snapshot=Snapshot(body=self.body, status=self.status), asked=())


def rules(text: str | None) -> RobotsFile:
    return RobotsFile(origin="https://meridian.example", text=text, read_at=NOW, expires_at=NOW)


def read(web: Web, store: MemoryRobots, now=NOW) -> RobotsFile:
    return asyncio.run(robots_for(PAGE, web, store, now))


@pytest.mark.parametrize(
    ("web", "is_allowed"),
    [
        (Web(200, b"User-agent: *\nDisallow: /live/\n"), False),
        (Web(200, b"User-agent: *\nDisallow: /live/\nAllow: /live/harbour\n"), True),
        (Web(200, b"User-agent: dateline\nDisallow: /\n"), False),
        (Web(200, b"User-agent: Other\nDisallow: /\n"), True),
        (Web(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"), False),
        (Web(200, b"<html>not a robots file</html>"), True),
        (Web(200, b"\xff\xfe\x00 binary"), True),
        (Web(404), True),
        (Web(403), True),
        (Web(410), True),
        (Web(429), False),
        (Web(500), False),
        (Web(503), False),
        (Web(error=Reason.TIMEOUT), False),
        (Web(error=Reason.TOO_MANY_REDIRECTS), False),
    ],
)
def test_what_is_missing_allows_and_what_cannot_be_had_forbids(web, is_allowed):
    assert allows(read(web, MemoryRobots()), PAGE.url) is is_allowed


def test_a_copy_holds_for_a_day():
    web, store = Web(200, b"User-agent: *\nDisallow: /\n"), MemoryRobots()
    for hours in (0, 1, 23):
        read(web, store, NOW.add(hours=hours))
    assert len(web.asked) == 1
    read(web, store, NOW.add(hours=25))
    assert len(web.asked) == 2


def test_an_older_copy_holds_while_the_host_is_down_and_no_longer_than_a_month():
    store = MemoryRobots()
    read(Web(200, b"User-agent: *\nAllow: /\n"), store)
    down = Web(503)
    assert allows(read(down, store, NOW.add(days=2)), PAGE.url)
    assert allows(read(down, store, NOW.add(days=29)), PAGE.url)
    assert not allows(read(down, store, NOW.add(days=31)), PAGE.url)


def test_an_unreachable_file_is_asked_for_again_soon():
    web, store = Web(503), MemoryRobots()
    read(web, store)
    read(web, store, NOW.add(minutes=4))
    assert len(web.asked) == 1
    web.status, web.body = 200, b"User-agent: *\nAllow: /\n"
    assert allows(read(web, store, NOW.add(minutes=6)), PAGE.url)


def test_a_host_without_a_turn_says_nothing_about_its_rules():
    store = MemoryRobots()
    with pytest.raises(FetchError) as error:
        read(Web(error=Reason.HOST_BUSY), store)
    assert error.value.reason == Reason.HOST_BUSY
    assert asyncio.run(store.find("https://meridian.example")) is None


def test_only_the_first_512_kilobytes_count():
    web = Web(200, b"User-agent: *\nDisallow: /a\n" + b"#" * 512_000 + b"\nDisallow: /live\n")
    assert allows(read(web, MemoryRobots()), PAGE.url)
    assert web.asked[0].keep_first == 512_000


def test_a_long_robots_file_is_read_to_the_limit_and_no_further(ask, hostile):
    hostile.script["/robots.txt"] = [(200, b"User-agent: *\nDisallow: /x\n" + b"#" * 9_000_000, ())]
    snapshot = ask("/robots.txt", keep_first=512_000).snapshot
    assert len(snapshot.body) == 512_000
    assert text_of(snapshot).startswith("User-agent: *\nDisallow: /x\n")


def test_an_endless_robots_file_is_read_to_the_limit_too(ask):
    assert len(ask("/endless", keep_first=512_000).snapshot.body) == 512_000


@pytest.mark.parametrize(("stated", "seconds"), [("10", 10), ("0.5", 0.5), ("86400", 120), ("-3", 0), ("soon", 0)])
def test_a_crawl_delay_counts_up_to_two_minutes(stated, seconds):
    assert crawl_delay(rules(f"User-agent: *\nCrawl-delay: {stated}\n")) == seconds
    assert crawl_delay(rules(None)) == 0


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Meridian.Example/a?b", "https://meridian.example"),
        ("http://meridian.example:8080/a", "http://meridian.example:8080"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url, origin):
    assert origin_of(url) == origin

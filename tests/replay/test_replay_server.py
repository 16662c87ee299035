"""History over HTTP: what an address answered at an instant, to any crawler, ours too."""

import asyncio
import http.client
import socket
import struct
import time
from contextlib import contextmanager
from threading import Thread

import httpcore2
import pytest

from dateline.archive import Archive
from dateline.fetch import NEW, Client, Job, MemoryLedger, MemoryRobots, after_poll, fetch_shard
from dateline.ingest import load_pending
from dateline.ingest.keeping import Found, keep
from dateline.model import Snapshot
from dateline.replay.past_web import PastWeb
from dateline.replay.server import ReplayServer, VirtualClock
from dateline.source import Source
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.canonical import row_digests
from fabricate import DAY
from replay.test_reread import snapshot

URL = "https://harbour-courier.example/live/ferry"
PLAIN = URL.replace("https", "http")
HEADERS = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))
MODIFIED = "Mon, 02 Mar 2026 09:10:00 GMT"


def captured(at, posts, *more, status=200):
    page = snapshot(at, posts)
    return Snapshot(
        body=page.body,
        url=PLAIN,
        captured_at=page.captured_at,
        status=status,
        headers=(*HEADERS, ("ETag", f'"{posts}"'), *more),
    )


CAPTURES = [
    captured(5, 3),
    captured(10, 4, ("Last-Modified", MODIFIED)),
    captured(20, 5),
    captured(30, 0, status=503),
    captured(40, 6),
]


def warehouse_at(folder):
    engine = open_warehouse(f"sqlite:///{folder}/warehouse.db")
    migrate(engine)
    return engine, Archive(str(folder / "archive"), clock=lambda: DAY)


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """A warehouse that holds five captures of a live page."""
    engine, archive = warehouse_at(tmp_path_factory.mktemp("history"))
    keep(
        engine, archive, [Found(source_id="ferry", snapshot=one) for one in CAPTURES], name="polls/a", clock=lambda: DAY
    )
    load_pending(engine, archive)
    yield engine, archive
    engine.dispose()


class Server(ReplayServer):
    """The replay server, its clock set by the test."""

    def __init__(self, history, host="127.0.0.1"):
        super().__init__(PastWeb(*history), lambda: self.at, host=host, port=0)
        self.at = DAY


@contextmanager
def serving(server):
    """Serve until the block ends."""
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def server(history):
    with serving(Server(history)) as server:
        yield server


def ask(server, target, at=None, method="GET", **headers):
    server.at = DAY if at is None else DAY.add(minutes=at)
    connection = http.client.HTTPConnection(server.server_address[0], server.server_port, timeout=10)
    connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("/live/ferry", "harbour-courier.example"),
        (f"/{URL}", "localhost"),
        (URL, "localhost"),
        (f"/{URL}/", "localhost"),
    ],
)
def test_an_address_is_reached_by_host_by_prefix_and_as_a_proxy(server, target, host):
    assert ask(server, target, 12, Host=host)[2] == CAPTURES[1].body


def test_it_listens_at_an_ipv6_address_too(history):
    with serving(Server(history, host="::1")) as server:
        assert server.own == f"[::1]:{server.server_port}"
        assert b"5 captures" in ask(server, "/", 12)[2]
        assert ask(server, f"/{URL}", 12)[2] == CAPTURES[1].body


def test_an_address_answers_as_it_did_then(server):
    for at, number in ((5, 0), (9, 0), (10, 1), (19, 1), (25, 2), (30, 3), (99, 4)):
        status, headers, body = ask(server, f"/{URL}", at)
        assert (status, body) == (CAPTURES[number].status, CAPTURES[number].body)
        assert headers["ETag"] == CAPTURES[number].header("etag")
        assert headers["Content-Length"] == str(len(body))
        assert not {"Transfer-Encoding", "Content-Encoding"} & headers.keys()
    assert headers["Memento-Datetime"] == "Mon, 02 Mar 2026 09:40:00 GMT"


def test_what_was_not_captured_by_then_is_not_found(server):
    assert ask(server, f"/{URL}", 4)[0] == 404
    assert ask(server, "/https://harbour-courier.example/robots.txt", 50)[0] == 404


def test_validators_of_then_are_answered_with_304(server):
    known = ask(server, f"/{URL}", 12, If_None_Match='W/"4", "other"')
    assert (known[0], known[2]) == (304, b"")
    assert ask(server, f"/{URL}", 12, If_Modified_Since=MODIFIED)[0] == 304
    assert ask(server, f"/{URL}", 12, If_None_Match='"3"', If_Modified_Since=MODIFIED)[0] == 200
    assert ask(server, f"/{URL}", 25, If_None_Match='"4"')[0] == 200
    assert ask(server, f"/{URL}", 12, If_Modified_Since="never")[0] == 200
    assert ask(server, f"/{URL}", 30, If_None_Match='"0"')[0] == 503


def test_a_head_request_gets_no_body(server):
    status, headers, body = ask(server, f"/{URL}", 12, method="HEAD")
    assert (status, body, headers["Content-Length"]) == (200, b"", str(len(CAPTURES[1].body)))


def test_a_crawler_that_hangs_up_is_no_fault_of_ours(server, capfd):
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing resets
        line.sendall(f"GET /{URL} HTTP/1.1\r\n".encode())
        time.sleep(0.1)
    assert ask(server, f"/{URL}", 12)[0] == 200
    assert capfd.readouterr().err == ""


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"])  # loopback, both
def test_at_whichever_address_it_is_reached_it_knows_itself(history):
    server = ReplayServer(PastWeb(*history), lambda: DAY, host="", port=0)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    connection = http.client.HTTPConnection("127.0.0.2", server.server_port, timeout=10)
    connection.request("GET", "/")
    assert b"5 captures" in connection.getresponse().read()
    connection.close()
    server.shutdown()
    server.server_close()


def test_without_an_address_the_server_says_what_there_is(server):
    assert b"harbour-courier.example/live/ferry  5 captures" in ask(server, "/", 12)[2]


def test_a_lost_record_is_said(server, history, tmp_path):
    server.web = PastWeb(history[0], Archive(str(tmp_path / "empty")))
    status, _, body = ask(server, f"/{URL}", 12)
    assert status == 502
    assert b"no such file" in body


def test_a_virtual_clock_runs_at_its_speed_or_stands():
    ticks = iter([110.0, 110.0])
    running = VirtualClock(start=DAY, speed=60, monotonic=lambda: next(ticks), started=100.0)
    assert running() == DAY.add(minutes=10)
    assert VirtualClock(start=DAY, speed=0, monotonic=lambda: next(ticks), started=100.0)() == DAY


class ToServer(httpcore2.AnyIOBackend):
    """Dials the server whatever address is asked for."""

    def __init__(self, port):
        super().__init__()
        self.port = port

    async def connect_tcp(self, host, port, *options):
        return await super().connect_tcp("127.0.0.1", self.port, *options)


class QuickClock:
    """A clock for the fetcher's manners that starts at the server's instant; waiting takes no time."""

    def __init__(self, at):
        self.at = at

    def now(self):
        return self.at

    async def sleep(self, seconds):
        self.at = self.at.add(seconds=seconds)


async def crawl(server, state):
    """Poll the live page once, through the whole polite fetcher."""
    source = Source(source_id="ferry", url=PLAIN, allow_private=True)
    dial, agent = ToServer(server.server_port), "Dateline/0.1 (+https://example.org)"
    async with Client(agent, resolve=resolve_to_loopback, dial=dial, clock=lambda: server.at) as web:
        (outcome,) = await fetch_shard(
            [Job(source=source, state=state)],
            web=web,
            hosts=MemoryLedger(),
            robots=MemoryRobots(),
            clock=QuickClock(server.at),
        )
    return outcome


def test_our_own_crawler_run_against_history_gives_the_same_rows(server, history, tmp_path):
    engine, archive = warehouse_at(tmp_path)
    state, statuses = NEW, []
    for at in (5, 7, 10, 20, 30, 40, 45):
        server.at = DAY.add(minutes=at)
        outcome = asyncio.run(crawl(server, state))
        state = after_poll(state, outcome, server.at)
        answered = outcome.answer.snapshot
        statuses.append(answered.status)
        if answered.status != 304:
            keep(engine, archive, [Found(source_id="ferry", snapshot=answered)], name="polls/b", clock=lambda: DAY)
    load_pending(engine, archive)
    assert statuses == [200, 304, 200, 200, 503, 200, 304]
    assert row_digests(engine) == row_digests(history[0])
    engine.dispose()


async def resolve_to_loopback(host, port):
    return ["127.0.0.1"]

"""No address inside is ever dialled, however it is spelled; a spy stands where the dialling would be."""

import asyncio
import socket
from ipaddress import ip_address

import httpcore2
import pytest

from dateline.errors import FetchError
from dateline.fetch import Client, Request
from dateline.fetch.address_guard import GuardedDialler, is_own_network, is_public

PUBLIC = "93.184.215.14"
HOSTILE = """
127.0.0.1 127.1 127.0.1 127.255.255.254 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1 017700000001 0177.1
00000127.0.0.1 127.0.0.1. 0 0.0.0.0 0x0 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1.1
3232235777 0xc0a80101 169.254.169.254 169.254.170.2 2852039166 0xa9fea9fe 0251.0376.0251.0376 0xA9.0xFE.0xA9.0xFE
100.64.0.1 100.100.100.200 168.63.129.16 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1
224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 [::] [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1]
[::ffff:10.0.0.1] [::ffff:93.184.215.14] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1] [64:ff9b:1::1]
[2002:7f00:1::] [2002:a00:1::1] [2001::1] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [2001:db8::1] [3fff::1] [fc00::1]
[fd00:ec2::254] [fe80::1] [fec0::1] [ff02::1] [100::1] [5f00::1] localhost loopback.example metadata.google.internal
rebound.example mixed.example mapped.example
""".split()  # noqa: SIM905 - a table is read more easily than a list
OWN_NETWORK = ["127.0.0.1", "10.0.0.1", "192.168.0.1", "172.20.0.1", "100.64.0.1", "[::1]", "[fd12::1]", "localhost"]
CREDENTIALS = """
169.254.169.254 [fe80::1] [fd00:ec2::254] 0.0.0.0 224.0.0.1 168.63.129.16 [64:ff9b::7f00:1] metadata.google.internal
""".split()  # noqa: SIM905 - the same
NAMES = {
    "localhost": ["127.0.0.1", "::1"],
    "loopback.example": ["127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "rebound.example": ["10.1.2.3"],
    "mixed.example": [PUBLIC, "192.168.0.7"],
    "mapped.example": ["::ffff:169.254.169.254"],
    "open.example": [PUBLIC],
    "two.example": [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
}
UNDECODABLE = """
１２７.0.0.1 127。0。0。1 ⓛocalhost ①②⑦.⓪.⓪.① 0x７f.1 [::1%25lo] [::ffff:127.0.0.1 a%20b a%00b %31%32%37.0.0.1 .
""".split()  # noqa: SIM905 - the same


class Spy(httpcore2.AsyncNetworkBackend):
    """Writes down what would be dialled, and dials nothing."""

    def __init__(self) -> None:
        self.dialled: list[str] = []

    async def connect_tcp(self, host, port, *_, **__):
        self.dialled.append(host)
        raise httpcore2.ConnectError("the spy dials nothing")


async def resolve(host: str, port: int) -> list[str]:
    """Resolve as a system would: made-up names from a table, odd numbers by the C library, no network."""
    if host in NAMES:
        return NAMES[host]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except OSError:
        return [socket.inet_ntoa(socket.inet_aton(host))]
    return [str(one[4][0]) for one in found]


def ended(url: str, *, allow_private: bool = False, resolve=resolve) -> tuple[str, list[str]]:
    spy = Spy()

    async def once() -> str:
        async with Client("Dateline/0.1", resolve=resolve, dial=spy) as client:
            try:
                await client.ask(Request(url=url, allow_private=allow_private))
            except FetchError as error:
                return error.reason
        return "answered"

    return asyncio.run(once()), spy.dialled


def test_there_are_enough_hostile_spellings():
    assert len(set(HOSTILE)) >= 59


@pytest.mark.parametrize("host", HOSTILE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_address_inside_is_dialled(host, scheme):
    reason, dialled = ended(f"{scheme}://{host}/latest/meta-data/")
    assert dialled == []
    assert reason in {"refused_address", "bad_address"}  # padded numbers are no address to begin with


@pytest.mark.parametrize("host", UNDECODABLE)
def test_an_address_that_is_none_is_refused_unasked(host):
    reason, dialled = ended(f"http://{host}/")
    assert reason in {"bad_address", "refused_address", "name_not_found"}
    assert dialled == []


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "gopher://open.example/", "ftp://open.example/", "//open.example/", "open.example", "js:x"],
)
def test_no_other_scheme_is_opened(url):
    assert ended(url) == ("refused_scheme", [])


def test_a_password_in_an_address_is_refused():
    assert ended("http://user:secret@open.example/") == ("bad_address", [])


def test_a_public_address_is_dialled_itself_not_its_name():
    assert ended("https://open.example/") == ("connect_failed", [PUBLIC])


def test_every_vetted_address_is_tried():
    assert ended("https://two.example/")[1] == NAMES["two.example"]


def test_a_name_that_changes_its_mind_is_vetted_at_every_connection():
    answers = [[PUBLIC], ["127.0.0.1"], ["10.0.0.1"], [PUBLIC, "127.0.0.1"]]
    asked = []

    async def flipping(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    ends = [ended("http://flipping.example/", resolve=flipping) for _ in answers]
    assert ends == [("connect_failed", [PUBLIC])] + [("refused_address", [])] * 3
    assert len(asked) == 4  # once a connection: what was vetted is what is dialled


@pytest.mark.parametrize("host", OWN_NETWORK)
def test_a_source_may_open_its_own_network(host):
    reason, dialled = ended(f"http://{host}/", allow_private=True)
    assert reason == "connect_failed"
    assert dialled


@pytest.mark.parametrize("host", CREDENTIALS)
def test_but_never_the_place_where_clouds_keep_credentials(host):
    assert ended(f"http://{host}/", allow_private=True) == ("refused_address", [])


def test_a_private_connection_is_never_lent_to_a_public_source(hostile):
    async def both() -> tuple[int, str]:
        async with Client("Dateline/0.1") as client:
            answer = await client.ask(Request(url=f"{hostile.url}/ok", allow_private=True))
            try:
                await client.ask(Request(url=f"{hostile.url}/ok"))
            except FetchError as error:
                return answer.snapshot.status, error.reason
        return answer.snapshot.status, "answered"

    assert asyncio.run(both()) == (200, "refused_address")
    assert hostile.hits["/ok"] == 1


def test_a_redirect_inside_is_refused(ask):
    for path in ("/rmetadata", "/rzero"):
        with pytest.raises(FetchError) as error:
            ask(path)
        assert error.value.reason == "refused_address"


def test_a_unix_socket_is_no_address():
    with pytest.raises(FetchError):
        asyncio.run(GuardedDialler(allow_private=True).connect_unix_socket("/run/docker.sock"))


@pytest.mark.parametrize("address", ["8.8.8.8", PUBLIC, "1.1.1.1", "2606:4700::1111", "2a00:1450::1"])
def test_the_open_internet_is_open(address):
    assert is_public(ip_address(address))
    assert not is_own_network(ip_address(address))

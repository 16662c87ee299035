"""Each wrong thing a server can do ends as it should, within its bounds of time and memory."""

import asyncio
import subprocess
import sys
import time

import pytest

from dateline.errors import FetchError
from dateline.fetch import Limits, TornAnswerError
from fetch.hostile_server import FEED

ENDS = {
    "/slowbody": "timeout",
    "/slowhead": "timeout",
    "/silent": "timeout",
    "/1xx": "timeout",
    "/endless": "too_big",
    "/gzipbomb": "too_big",
    "/gzipratio": "too_big",
    "/br": "refused_encoding",
    "/zstd": "refused_encoding",
    "/deflate": "refused_encoding",
    "/gzgz": "refused_encoding",
    "/weird": "refused_encoding",
    "/gz50": "refused_encoding",
    "/gzlie": "bad_encoding",
    "/gzcut": "bad_encoding",
    "/cllong": "protocol_error",
    "/clnegative": "protocol_error",
    "/clword": "protocol_error",
    "/clhuge": "protocol_error",
    "/cltwo": "protocol_error",
    "/chunkbad": "protocol_error",
    "/chunkcut": "protocol_error",
    "/chunkhuge": "protocol_error",
    "/chunknegative": "protocol_error",
    "/headflood": "protocol_error",
    "/longline": "protocol_error",
    "/http09": "reset",  # h11 waits for the end of a head that never comes
    "/garbage": "protocol_error",
    "/nulhead": "protocol_error",
    "/badhead": "protocol_error",
    "/badstatus": "protocol_error",
    "/nothing": "reset",
    "/reset": "reset",
    "/rloop": "too_many_redirects",
    "/rquery": "too_many_redirects",
    "/rempty": "bad_redirect",
    "/rnone": "bad_redirect",
    "/rbadip": "bad_redirect",
    "/rfile": "refused_scheme",
    "/rgopher": "refused_scheme",
    "/rjs": "refused_scheme",
    "/rdata": "refused_scheme",
    "/ruser": "bad_address",
    "/rmetadata": "refused_address",
    "/rzero": "refused_address",
}


@pytest.mark.parametrize(("path", "reason"), ENDS.items(), ids=[path[1:] for path in ENDS])
def test_it_ends_as_it_should(ask, path, reason):
    limits = Limits(whole=1.5) if reason == "timeout" else Limits(whole=15.0)
    started = time.monotonic()
    with pytest.raises(FetchError) as ended:
        ask(path, limits=limits)
    assert ended.value.reason == reason
    assert time.monotonic() - started < limits.whole + 1.0


def test_a_length_that_is_too_short_takes_what_it_says(ask):
    assert ask("/clshort").snapshot.body == FEED[:-10]


@pytest.mark.parametrize("path", ["/gzlie", "/gzcut"])
def test_what_cannot_be_decoded_is_kept_as_it_came(ask, path):
    with pytest.raises(TornAnswerError) as ended:
        ask(path)
    snapshot = ended.value.answer.snapshot
    assert len(snapshot.body) == int(snapshot.header("content-length"))


def test_a_plain_answer_is_whole(ask):
    answer = ask("/ok")
    assert (answer.snapshot.status, answer.snapshot.body) == (200, FEED)
    assert answer.snapshot.header("etag") == '"one"'
    assert answer.wire_bytes == len(FEED)


def test_gzip_is_unpacked_and_its_size_on_the_wire_known(ask):
    answer = ask("/gzipped")
    assert answer.snapshot.body == FEED
    assert 0 < answer.wire_bytes < len(FEED) + 20


def test_only_gzip_is_asked_for_and_somebody_can_be_reached(ask, hostile):
    ask("/ok")
    ((_, headers),) = hostile.heard
    assert headers["accept-encoding"] == "gzip"
    assert headers["user-agent"] == "Dateline/0.1 (+https://example.org/contact)"
    assert headers["host"] == f"127.0.0.1:{hostile.port}"


@pytest.mark.parametrize(("hops", "reason"), [(4, None), (5, None), (6, "too_many_redirects")])
def test_five_redirects_are_followed_and_six_are_not(ask, hops, reason):
    if reason is None:
        answer = ask(f"/rhops?n={hops}")
        assert len(answer.redirects) == hops
        assert answer.snapshot.url.endswith("/rhops?n=0")
        return
    with pytest.raises(FetchError) as ended:
        ask(f"/rhops?n={hops}")
    assert ended.value.reason == reason


@pytest.mark.parametrize(("size", "is_kept"), [(9_999, True), (10_000, True), (10_001, False)])
def test_the_size_on_the_wire_is_held_to_the_byte(ask, hostile, size, is_kept):
    hostile.script["/sized"] = [(200, b"x" * size, ())]
    limits = Limits(wire_bytes=10_000)
    if is_kept:
        assert len(ask("/sized", limits=limits).snapshot.body) == size
        return
    with pytest.raises(FetchError) as ended:
        ask("/sized", limits=limits)
    assert ended.value.reason == "too_big"


@pytest.mark.parametrize(("size", "is_kept"), [(len(FEED) - 1, False), (len(FEED), True), (len(FEED) + 1, True)])
def test_the_unpacked_size_is_held_to_the_byte(ask, size, is_kept):
    limits = Limits(decoded_bytes=size)
    if is_kept:
        assert ask("/gzipped", limits=limits).snapshot.body == FEED
        return
    with pytest.raises(FetchError) as ended:
        ask("/gzipped", limits=limits)
    assert ended.value.reason == "too_big"


def test_a_secret_stays_at_its_own_origin(ask, hostile):
    hostile.script["/home"] = [(302, b"", (("Location", f"http://localhost:{hostile.port}/ok"),))]
    ask("/home", authorization="Bearer secret", conditions=(("If-None-Match", '"one"'),))
    (_, first), (_, second) = hostile.heard
    assert (first["authorization"], first["if-none-match"]) == ("Bearer secret", '"one"')
    assert "authorization" not in second
    assert "if-none-match" not in second


def test_a_secret_goes_along_within_its_origin(ask, hostile):
    ask("/rrelative", authorization="Bearer secret")
    assert [headers.get("authorization") for _, headers in hostile.heard] == ["Bearer secret"] * 2


def test_no_cookie_is_kept(hostile):
    from dateline.fetch import Client, Request

    async def twice() -> None:
        async with Client("Dateline/0.1") as client:
            for _ in range(2):
                await client.ask(Request(url=f"{hostile.url}/cookies", allow_private=True))

    asyncio.run(twice())
    assert all("cookie" not in headers for _, headers in hostile.heard)


def test_proxies_and_passwords_of_the_environment_are_ignored(ask, hostile, monkeypatch, tmp_path):
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"{hostile.url}/proxy")
    assert ask("/ok").snapshot.status == 200
    ((path, headers),) = hostile.heard
    assert path == "/ok"
    assert "authorization" not in headers


def test_a_servers_clock_never_becomes_ours(ask):
    snapshot = ask("/skewed").snapshot
    assert snapshot.captured_at.year < 2100
    assert snapshot.header("last-modified").endswith("2100 00:00:00 GMT")


def test_connections_are_kept_and_shared(hostile):
    from dateline.fetch import Client, Request

    async def often() -> None:
        async with Client("Dateline/0.1") as client:
            for _ in range(10):
                await client.ask(Request(url=f"{hostile.url}/ok", allow_private=True))

    before = hostile.connections
    asyncio.run(often())
    assert hostile.connections - before == 1


MEASURED = """
import asyncio, resource, sys
from dateline.errors import FetchError
from dateline.fetch import Client, Limits, Request
async def main():
    async with Client("Dateline/0.1", limits=Limits(whole=30)) as client:
        await client.ask(Request(url=sys.argv[1] + "/ok", allow_private=True))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            await client.ask(Request(url=sys.argv[1] + sys.argv[2], allow_private=True))
        except FetchError as error:
            print(error.reason, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
asyncio.run(main())
"""


@pytest.mark.parametrize("path", ["/gzipbomb", "/endless", "/br", "/headflood"])
def test_no_bomb_takes_more_than_forty_megabytes(hostile, path):
    command = [sys.executable, "-c", MEASURED, hostile.url, path]
    ended = subprocess.run(command, env={"PYTHONPATH": "plugins"}, capture_output=True, text=True, check=True)
    reason, megabytes = ended.stdout.split()
    assert reason in {"too_big", "refused_encoding", "protocol_error"}
    assert int(megabytes) <= 40

"""A server on loopback that does every wrong thing a server can do, one path for each.

Plain asyncio, because a web framework would refuse to misbehave. ``hits`` counts what was asked for,
``heard`` keeps the request headers, ``script`` lets a test say what a path answers, one answer a request.
"""

import asyncio
import contextlib
import gzip
import socket
import struct
import threading
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Self

Behaviour = Callable[["Talk"], Awaitable[None]]
BEHAVIOURS: dict[str, Behaviour] = {}

FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour desk</title></channel></rss>'


def packed_zeros(megabytes: int) -> bytes:
    """Pack zero bytes as one gzip stream without ever holding them: each flushed block is the same 1 kB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + block * megabytes


class Talk:
    """One request being answered: its path and headers, and the raw connection to answer on."""

    def __init__(
        self, server: "HostileServer", path: str, headers: dict[str, str], writer: asyncio.StreamWriter
    ) -> None:
        self.server, self.path, self.headers, self.writer = server, path, headers, writer
        self.keep_alive = False

    async def raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(
        self, status: int, body: bytes = b"", *headers: tuple[str, str], length: str | None = None
    ) -> None:
        stated = [("Content-Length", str(len(body)) if length is None else length), *headers]
        head = "".join(f"{name}: {value}\r\n" for name, value in stated)
        await self.raw(f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode("latin-1") + body)


class HostileServer:
    """Runs in a thread of its own; a context manager. ``url`` is where it listens."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.heard: list[tuple[str, dict[str, str]]] = []
        self.script: dict[str, list[tuple[int, bytes, tuple[tuple[str, str], ...]]]] = {}
        self.connections = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        started = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop)
        self._server = started.result()
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_: object) -> None:
        async def stop() -> None:
            self._server.close()
            for task in asyncio.all_tasks():
                if task is not asyncio.current_task():
                    task.cancel()
            await asyncio.sleep(0)

        asyncio.run_coroutine_threadsafe(stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._one(reader, writer):
                pass
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        plain = path.partition("?")[0]
        self.hits[plain] += 1
        self.heard.append((path, headers))
        talk = Talk(self, path, headers, writer)
        await (scripted if plain in self.script else BEHAVIOURS.get(plain, missing))(talk)
        return talk.keep_alive


def behaviour(path: str) -> Callable[[Behaviour], Behaviour]:
    def register(function: Behaviour) -> Behaviour:
        BEHAVIOURS[path] = function
        return function

    return register


async def scripted(talk: Talk) -> None:
    """Give the next answer of a test's script; the last one again and again."""
    answers = talk.server.script[talk.path.partition("?")[0]]
    status, body, headers = answers.pop(0) if len(answers) > 1 else answers[0]
    talk.keep_alive = True
    await talk.answer(status, body, *headers)


async def missing(talk: Talk) -> None:
    talk.keep_alive = True
    await talk.answer(404, b"nothing here")


@behaviour("/ok")
async def ok(talk: Talk) -> None:
    talk.keep_alive = True
    await talk.answer(200, FEED, ("Content-Type", "application/rss+xml"), ("ETag", '"one"'))


@behaviour("/gzipped")
async def gzipped(talk: Talk) -> None:
    talk.keep_alive = True
    await talk.answer(200, gzip.compress(FEED), ("Content-Encoding", "gzip"))


@behaviour("/slowbody")
async def slow_body(talk: Talk) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        await talk.raw(b"x")
        await asyncio.sleep(0.1)


@behaviour("/slowhead")
async def slow_head(talk: Talk) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while True:
        await talk.raw(f"X-{(number := number + 1)}: y\r\n".encode())
        await asyncio.sleep(0.1)


@behaviour("/silent")
async def silent(talk: Talk) -> None:
    await asyncio.sleep(3600)


@behaviour("/endless")
async def endless(talk: Talk) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    piece = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    while True:
        await talk.raw(piece)


@behaviour("/gzipbomb")
async def gzip_bomb(talk: Talk) -> None:
    await talk.answer(200, packed_zeros(1024), ("Content-Encoding", "gzip"))


@behaviour("/gzipratio")
async def gzip_ratio(talk: Talk) -> None:
    await talk.answer(200, packed_zeros(8), ("Content-Encoding", "gzip"))


for _name, _token in {
    "br": "br",
    "zstd": "zstd",
    "deflate": "deflate",
    "gzgz": "gzip, gzip",
    "weird": "GZIP,br",
}.items():

    @behaviour(f"/{_name}")
    async def encoded(talk: Talk, token: str = _token) -> None:
        await talk.answer(200, b"\x1b\x03\x00" * 500, ("Content-Encoding", token))


@behaviour("/gz50")
async def fifty_layers(talk: Talk) -> None:
    await talk.answer(200, b"x", *[("Content-Encoding", "gzip")] * 50)


@behaviour("/gzlie")
async def not_gzip(talk: Talk) -> None:
    await talk.answer(200, FEED, ("Content-Encoding", "gzip"))


@behaviour("/gzcut")
async def cut_gzip(talk: Talk) -> None:
    await talk.answer(200, gzip.compress(FEED * 50)[:-20], ("Content-Encoding", "gzip"))


_LENGTHS = {
    "short": str(len(FEED) - 10),
    "long": str(len(FEED) + 10),
    "negative": "-5",
    "huge": "9" * 30,
    "word": "many",
}
for _name, _length in _LENGTHS.items():

    @behaviour(f"/cl{_name}")
    async def lying_length(talk: Talk, length: str = _length) -> None:
        await talk.answer(200, FEED, length=length)


@behaviour("/cltwo")
async def two_lengths(talk: Talk) -> None:
    await talk.answer(200, FEED, ("Content-Length", "5"))


_CHUNKS = {
    "bad": b"zz\r\nhello\r\n0\r\n\r\n",
    "cut": b"5\r\nhel",
    "huge": b"1" + b"0" * 16 + b"\r\nhello",
    "negative": b"-5\r\nhello\r\n",
}
for _name, _chunks in _CHUNKS.items():

    @behaviour(f"/chunk{_name}")
    async def bad_chunk(talk: Talk, chunks: bytes = _chunks) -> None:
        await talk.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)


@behaviour("/headflood")
async def header_flood(talk: Talk) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\n")
    while True:
        await talk.raw(b"X-Flood: " + b"y" * 1000 + b"\r\n")


@behaviour("/longline")
async def long_line(talk: Talk) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        await talk.raw(b"y" * 10_000)


@behaviour("/1xx")
async def informational(talk: Talk) -> None:
    while True:
        await talk.raw(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        await asyncio.sleep(0.02)


_GARBAGE = {
    "http09": b"<html>\r\n<body>hello</body>\r\n</html>\r\n",
    "garbage": b"\x00\xff\xfe garbage \r\n\r\n" * 10,
    "nulhead": b"HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 2\r\n\r\nhi",
    "badhead": b"HTTP/1.1 200 OK\r\nX Y: a\r\nContent-Length: 2\r\n\r\nhi",
    "badstatus": b"HTTP/1.1 abc OK\r\n\r\n",
    "nothing": b"",
}
for _name, _data in _GARBAGE.items():

    @behaviour(f"/{_name}")
    async def no_http(talk: Talk, data: bytes = _data) -> None:
        await talk.raw(data)


@behaviour("/reset")
async def reset(talk: Talk) -> None:
    await talk.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhalf of")
    lingering = talk.writer.get_extra_info("socket")
    lingering.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close sends RST
    talk.writer.transport.abort()


_REDIRECTS = {
    "loop": "/loop", "empty": "", "file": "file:///etc/passwd", "gopher": "gopher://127.0.0.1/x",
    "js": "javascript:alert(1)", "badip": "http://[::1", "data": "data:text/plain,x", "user": "http://a:b@127.0.0.1/",
    "metadata": "http://169.254.169.254/latest/meta-data/", "inward": "http://10.0.0.1/", "zero": "http://0.0.0.0/",
    "relative": "ok", "port": "http://127.0.0.1:22/",
}  # fmt: skip
for _name, _target in _REDIRECTS.items():

    @behaviour(f"/r{_name}")
    async def redirect(talk: Talk, target: str = _target) -> None:
        talk.keep_alive = True
        await talk.answer(302, b"", ("Location", target if target != "/loop" else "/rloop"))


@behaviour("/rnone")
async def no_location(talk: Talk) -> None:
    await talk.answer(301)


@behaviour("/rquery")
async def ever_new_query(talk: Talk) -> None:
    number = int(talk.path.partition("?n=")[2] or 0)
    talk.keep_alive = True
    await talk.answer(302, b"", ("Location", f"/rquery?n={number + 1}"))


@behaviour("/rhops")
async def so_many_hops(talk: Talk) -> None:
    left = int(talk.path.partition("?n=")[2] or 0)
    talk.keep_alive = True
    await talk.answer(302 if left else 200, b"" if left else FEED, ("Location", f"/rhops?n={left - 1}"))


@behaviour("/flapping")
async def flapping(talk: Talk) -> None:
    talk.keep_alive = True
    status = (200, 500, 503, 404)[(talk.server.hits["/flapping"] - 1) % 4]
    await talk.answer(status, FEED if status == 200 else b"error page")


@behaviour("/storm")
async def storm(talk: Talk) -> None:
    talk.keep_alive = True
    await talk.answer(429, b"slow down", ("Retry-After", "3600"))


@behaviour("/cookies")
async def cookies(talk: Talk) -> None:
    talk.keep_alive = True
    await talk.answer(200, FEED, ("Set-Cookie", "track=1; Path=/"))


@behaviour("/skewed")
async def skewed(talk: Talk) -> None:
    future = "Fri, 01 Jan 2100 00:00:00 GMT"
    await talk.answer(200, FEED, ("Date", future), ("Last-Modified", future), ("Expires", future))

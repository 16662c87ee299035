"""A fast, honest server on many loopback addresses, in a process of its own: 304 to whoever knows its one ETag."""

import asyncio
import sys
from typing import ClassVar

BODY = b"<html>" + b"The tide turns at nine. " * 850 + b"</html>"
WHOLE = b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b' % (len(BODY), BODY)
SAME = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
RULES = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Answering(asyncio.Protocol):
    """One connection: answers each whole request head, and keeps when each host was asked."""

    arrivals: ClassVar[dict[str, list[float]]] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.waiting = transport, b""

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while b"\r\n\r\n" in self.waiting:
            head, _, self.waiting = self.waiting.partition(b"\r\n\r\n")
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        path = head.split(b" ", 2)[1]
        host = head.lower().partition(b"host: ")[2].partition(b"\r\n")[0].decode()
        if path == b"/log":
            log = repr(self.arrivals).encode()
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(log), log))
            return
        self.arrivals.setdefault(host.partition(":")[0], []).append(asyncio.get_running_loop().time())
        if path == b"/robots.txt":
            self.transport.write(RULES)
            return
        self.transport.write(SAME if b"if-none-match" in head.lower() else WHOLE)


async def serve(hosts: int) -> None:
    """Listen on 127.0.0.1 and up, all on one port; print the port; stop when standard input ends."""
    loop = asyncio.get_running_loop()
    first = await loop.create_server(Answering, "127.0.0.1", 0)
    port = first.sockets[0].getsockname()[1]
    others = [await loop.create_server(Answering, f"127.0.0.{n}", port) for n in range(2, hosts + 1)]
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    for server in (first, *others):
        server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))

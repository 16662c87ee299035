"""Which addresses may be dialled: every answer of the resolver is judged, and the judged one is dialled.

A name is resolved once, here. If any of its addresses is not plainly public the whole name is refused:
a resolver that answers with one public and one private address is an attack or a mistake. The connection
goes to a vetted address itself, so a second look-up cannot change it; TLS still checks the name.

The lists are our own. ``ipaddress.is_global`` changes between Python versions, and calls several of
these global: 64:ff9b::/96 and 2002::/16 (they carry an IPv4 address inside), 192.0.0.192, 168.63.129.16.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore2

from dateline.fetch.answer import Reason, failure

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]

_REFUSED_V4 = [IPv4Network(net) for net in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4",
    "168.63.129.16/32",  # a cloud's own services, at a public address
)]  # fmt: skip
_PUBLIC_V6 = IPv6Network("2000::/3")
_REFUSED_V6 = [IPv6Network(net) for net in (
    "2001::/23",  # Teredo, benchmarking, ORCHID: protocol assignments
    "2001:db8::/32", "2002::/16", "3fff::/20",
)]  # fmt: skip
_OWN_NETWORK = [IPv4Network(net) for net in (
    "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
)]  # fmt: skip
_OWN_NETWORK_V6 = [IPv6Network("::1/128"), IPv6Network("fc00::/7")]
_CLOUD_METADATA_V6 = IPv6Network("fd00:ec2::/32")
_NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)", re.IGNORECASE | re.ASCII)
_DIALS = 3


def is_public(address: Address) -> bool:
    """Say whether an address is one of the open internet."""
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _REFUSED_V4)
    return address in _PUBLIC_V6 and not any(address in net for net in _REFUSED_V6)


def is_own_network(address: Address) -> bool:
    """Say whether an address is loopback or of a private network: what ``allow_private`` opens.

    Link-local addresses are not among them: clouds keep their credentials there.
    """
    if isinstance(address, IPv4Address):
        return any(address in net for net in _OWN_NETWORK)
    return any(address in net for net in _OWN_NETWORK_V6) and address not in _CLOUD_METADATA_V6


def vet(host: str, answers: Iterable[str], *, allow_private: bool) -> list[str]:
    """Return the addresses that may be dialled for a host: all of them, or :class:`FetchError`."""
    vetted = []
    for answer in answers:
        address = _parsed(answer)
        if address is None or not (is_public(address) or (allow_private and is_own_network(address))):
            raise failure(
                Reason.REFUSED_ADDRESS,
                f"{host} leads to {answer}, which is no public address. "
                "A source that you trust may say so with allow_private = true.",
            )
        vetted.append(str(address))
    return vetted


def check_host(host: str) -> None:
    """Refuse an empty host, and a number that is not an address in its one usual spelling.

    ``127.1``, ``2130706433``, ``0x7f.0.0.1`` and ``0177.0.0.1`` are addresses to some resolvers and
    names to others; nobody publishes under them.
    """
    last = host.rstrip(".").rpartition(".")[2]
    if not host.strip(".") or "%" in host:
        raise failure(Reason.BAD_ADDRESS, f"{host!r} is no host name.")
    if ":" not in host and _NUMBER.fullmatch(last) and _parsed(host) is None:
        raise failure(Reason.REFUSED_ADDRESS, f"{host} is an address in an unusual spelling.")


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise failure(Reason.NAME_NOT_FOUND, f"{host} cannot be resolved: {error}.") from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class GuardedDialler(httpcore2.AsyncNetworkBackend):
    """The network back end of one connection pool: resolves, vets, and dials what it vetted.

    Pools are kept apart by ``allow_private``: a kept-alive connection of a source that may reach a private
    address is never lent to one that may not.
    """

    def __init__(
        self,
        *,
        allow_private: bool,
        resolve: Resolve = resolve,
        dial: httpcore2.AsyncNetworkBackend | None = None,
    ) -> None:
        """Take the resolver and the dialler as arguments: tests put spies there."""
        self._allow_private = allow_private
        self._resolve = resolve
        self._dial = dial or httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is the pool's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first vetted address that answers, three at most."""
        check_host(host)
        answers = [host] if _parsed(host) else await self._resolve(host, port)
        vetted = vet(host, answers, allow_private=self._allow_private)
        refused: Exception | None = None
        for address in vetted[:_DIALS]:
            try:
                return await self._dial.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                refused = error
        raise refused or failure(Reason.NAME_NOT_FOUND, f"{host} has no address.")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - the signature is the pool's
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - the same
    ) -> httpcore2.AsyncNetworkStream:
        """Refuse: no page lives in a file."""
        raise failure(Reason.REFUSED_ADDRESS, f"{path} is no public address.")

    async def sleep(self, seconds: float) -> None:
        """Wait, as the pool asks."""
        await asyncio.sleep(seconds)


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.scope_id:
        return None
    return address

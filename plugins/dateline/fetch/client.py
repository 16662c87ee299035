"""The one client that meets the open web: bounded in time and size, guarded on every hop, without memory.

It stands on httpcore2's connection pool directly. That leaves nothing to switch off: no cookie jar, no
redirects behind our back, no proxy or password from the environment. Each hop's headers are made anew.
"""

import asyncio
import ssl
import time
from collections.abc import Callable
from functools import lru_cache
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpcore2
import httpx2
import pendulum
from pendulum import DateTime

from dateline.errors import FetchError
from dateline.fetch.address_guard import GuardedDialler, Resolve, check_host, resolve
from dateline.fetch.answer import (
    Answer,
    BeforeHop,
    Headers,
    Limits,
    Reason,
    Redirect,
    Request,
    TornAnswerError,
    failure,
)
from dateline.fetch.body import Body, is_gzipped
from dateline.masking import masked
from dateline.model import Snapshot

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = frozenset({80, 443})
_KEEP_ALIVE_SECONDS = 15


def user_agent(contact: str, version: str = "0.1") -> str:
    """Say who asks, and where to complain."""
    return f"Dateline/{version} (+{contact})"


class Client:
    """Asks addresses, many at a time, over kept-alive connections. An asynchronous context manager.

    ``agent`` is the User-Agent (see :func:`user_agent`); ``resolve`` and ``dial`` are arguments for tests.
    """

    def __init__(
        self,
        agent: str,
        *,
        limits: Limits | None = None,
        resolve: Resolve = resolve,
        dial: httpcore2.AsyncNetworkBackend | None = None,
        clock: Callable[[], DateTime] = lambda: pendulum.now("UTC"),
        connections: int = 100,
    ) -> None:
        """Open nothing yet."""
        self._limits = limits or Limits()
        self._clock = clock
        self._headers: Headers = (("User-Agent", agent), ("Accept", "*/*"), ("Accept-Encoding", "gzip"))
        context = httpx2.create_ssl_context(trust_env=False)
        self._pools = {
            allow: _pool(context, GuardedDialler(allow_private=allow, resolve=resolve, dial=dial), connections)
            for allow in (False, True)
        }

    async def __aenter__(self) -> Self:
        """Use the client."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    async def ask(self, request: Request, before_hop: BeforeHop | None = None) -> Answer:
        """Ask an address and follow its redirects; return the answer, whatever its status.

        ``before_hop`` is awaited with each address that a redirect leads to, before it is asked; the
        time it takes does not count. Raises :class:`FetchError` with a :class:`Reason` when no whole answer
        came within the limits, and :class:`TornAnswerError` when one came whose body cannot be decoded.
        """
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self._limits.whole) as deadline:
                return await self._follow(request, started, _stopping(deadline, before_hop))
        except TimeoutError as error:
            raise failure(Reason.TIMEOUT, f"{request.url}: no whole answer in {self._limits.whole:g} s.") from error
        except FetchError as error:
            error.args = (masked(f"{request.url}: {error}"),)
            raise
        except _TRANSPORT as error:
            raise _named(request.url, error) from error

    async def _follow(self, request: Request, started: float, before_hop: BeforeHop) -> Answer:
        first = url = checked_url(request.url)
        stated = request.url
        redirects: list[Redirect] = []
        while True:
            _check_port(url, first, is_redirect=bool(redirects), allow_private=request.allow_private)
            answer = await self._hop(request, url, stated, is_home=_origin(url) == _origin(first))
            snapshot = answer.snapshot
            if snapshot.status not in _REDIRECTS:
                return _finished(answer, redirects, started)
            if len(redirects) >= self._limits.redirects:
                raise failure(Reason.TOO_MANY_REDIRECTS, f"more than {self._limits.redirects} redirects.")
            if request.form and snapshot.status not in {307, 308}:
                raise failure(Reason.BAD_REDIRECT, f"a form was answered with {snapshot.status}: it is sent once.")
            url = _target(url, snapshot.header("location"))
            redirects.append(Redirect(status=snapshot.status, url=stated, to=str(url)))
            stated = str(url)
            await before_hop(stated)

    async def _hop(self, request: Request, url: httpx2.URL, stated: str, *, is_home: bool) -> Answer:
        asked = self._asked(request, url, is_home=is_home)
        response = await self._pools[request.allow_private].handle_async_request(self._sent(url, asked, request.form))
        try:
            headers = tuple((_text(name), _text(value)) for name, value in response.headers)
            moment = self._clock()
            if response.status in _REDIRECTS or response.status in {204, 304}:
                body = Body(self._limits, gzipped=False)
            else:
                body = Body(self._limits, gzipped=is_gzipped(headers))
            await self._receive(response, body, request.keep_first)
        finally:
            await response.aclose()
        snapshot = Snapshot(
            body=body.close()[: request.keep_first],
            url=stated,
            captured_at=moment,
            status=response.status,
            headers=headers,
        )
        answer = Answer(snapshot=snapshot, asked=asked, wire_bytes=body.wire_bytes)
        if body.fault and request.keep_first is None:
            raise TornAnswerError(Reason.BAD_ENCODING, f"the body cannot be decoded: {body.fault}.", answer)
        return answer

    async def _receive(self, response: httpcore2.Response, body: Body, keep_first: int | None) -> None:
        async for chunk in response.aiter_stream():
            body.add(chunk)
            if keep_first is not None and body.decoded_bytes >= keep_first:
                return

    def _asked(self, request: Request, url: httpx2.URL, *, is_home: bool) -> Headers:
        host = _text(url.netloc)
        asked = (("Host", host), *self._headers)
        if request.form:
            asked = (*asked, ("Content-Type", "application/x-www-form-urlencoded"))
        if not is_home:
            return asked
        secret = (("Authorization", request.authorization),) if request.authorization else ()
        return (*asked, *request.conditions, *secret)

    def _sent(self, url: httpx2.URL, asked: Headers, form: Headers) -> httpcore2.Request:
        limits = self._limits
        content = urlencode(form).encode()
        stated = (*asked, ("Content-Length", str(len(content)))) if form else asked
        return httpcore2.Request(
            b"POST" if form else b"GET",
            httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=[(name.encode(), value.encode()) for name, value in stated],
            content=content or None,
            extensions={
                "timeout": {
                    "connect": limits.connect,
                    "read": limits.read,
                    "write": limits.read,
                    "pool": limits.whole,
                }
            },
        )


_TRANSPORT = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
)


@lru_cache(maxsize=4096)  # a poll asks three times: for the rules, for the turn, for the page
def checked_url(url: str) -> httpx2.URL:
    """Parse an address that may be fetched: http or https, a host, no password in it."""
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise failure(Reason.BAD_ADDRESS, f"not an address: {error}.") from error
    if parsed.scheme not in {"http", "https"}:
        raise failure(Reason.REFUSED_SCHEME, f"{parsed.scheme or 'no scheme'}: only http and https are fetched.")
    if parsed.userinfo:
        raise failure(Reason.BAD_ADDRESS, "an address may not hold a password.")
    check_host(_text(parsed.raw_host))
    return parsed


def _stopping(deadline: asyncio.Timeout, before_hop: BeforeHop | None) -> BeforeHop:
    """Stop the deadline's clock while ``before_hop`` waits for a host's turn."""

    async def hop(url: str) -> None:
        if before_hop is None:
            return
        loop = asyncio.get_running_loop()
        left = (deadline.when() or 0.0) - loop.time()
        deadline.reschedule(None)
        await before_hop(url)
        deadline.reschedule(loop.time() + left)

    return hop


def _pool(context: ssl.SSLContext, dialler: GuardedDialler, connections: int) -> httpcore2.AsyncConnectionPool:
    return httpcore2.AsyncConnectionPool(
        ssl_context=context,
        max_connections=connections,
        max_keepalive_connections=connections,
        keepalive_expiry=_KEEP_ALIVE_SECONDS,
        network_backend=dialler,
    )


def _check_port(url: httpx2.URL, first: httpx2.URL, *, is_redirect: bool, allow_private: bool) -> None:
    """Let a declared address have any port; a redirect leads to 80, 443 or the declared one."""
    if is_redirect and not allow_private and url.port not in {None, first.port, *_PORTS}:
        raise failure(Reason.REFUSED_PORT, f"redirected to port {url.port} of {url.host}.")


def _target(url: httpx2.URL, location: str | None) -> httpx2.URL:
    if not location:
        raise failure(Reason.BAD_REDIRECT, "redirected without saying where to.")
    try:
        joined = str(url.join(location))
    except (httpx2.InvalidURL, ValueError) as error:
        raise failure(Reason.BAD_REDIRECT, f"redirected to no address: {error}.") from error
    return checked_url(joined)


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _finished(answer: Answer, redirects: list[Redirect], started: float) -> Answer:
    return Answer(
        snapshot=answer.snapshot,
        asked=answer.asked,
        redirects=tuple(redirects),
        wire_bytes=answer.wire_bytes,
        milliseconds=round(1000 * (time.perf_counter() - started)),
    )


def _named(url: str, error: Exception) -> FetchError:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore2.TimeoutException):
        reason = Reason.TIMEOUT
    elif cause is not None:
        reason = Reason.TLS_FAILED
    elif isinstance(error, httpcore2.ConnectError):
        reason = Reason.CONNECT_FAILED
    elif isinstance(error, httpcore2.NetworkError) or "disconnected without" in str(error):
        reason = Reason.RESET
    else:
        reason = Reason.PROTOCOL_ERROR
    return failure(reason, f"{url}: {error or type(error).__name__}")


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")

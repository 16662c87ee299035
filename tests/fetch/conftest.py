"""One hostile server for all tests of fetching, and a client with short deadlines."""

import asyncio
from collections.abc import Callable

import pytest

from dateline.fetch import Client, Limits, Request
from dateline.fetch.answer import Answer
from fetch.hostile_server import HostileServer

AMPLE = Limits(whole=15.0)  # for what ends by another limit, on a busy machine too


@pytest.fixture(scope="session")
def hostile_process():
    with HostileServer() as server:
        yield server


@pytest.fixture
def hostile(hostile_process):
    hostile_process.hits.clear()
    hostile_process.heard.clear()
    hostile_process.script.clear()
    return hostile_process


@pytest.fixture
def ask(hostile) -> Callable[..., Answer]:
    """Ask the hostile server, as a source that may reach loopback would."""

    def asked(path: str, *, limits: Limits = AMPLE, **request: object) -> Answer:
        async def once() -> Answer:
            async with Client("Dateline/0.1 (+https://example.org/contact)", limits=limits) as client:
                url = path if "://" in path else hostile.url + path
                return await client.ask(Request(**{"url": url, "allow_private": True} | request))

        return asyncio.run(once())

    return asked

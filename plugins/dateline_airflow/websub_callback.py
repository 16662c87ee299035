"""Where hubs reach Dateline (WebSub): mounted in the API server only where the setting ``websub_callback`` is set.

It is open to strangers, because hubs do not log in. So it knows two questions, about names that cannot be guessed,
and believes only what is signed; everything else is answered alike.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pendulum
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool

from dateline.archive import Archive
from dateline.ingest.pushes import NO_MORE, Reply, answer_hub, is_awaited, take_notification
from dateline.settings import Settings
from dateline.source import Source, load_sources
from dateline.warehouse.engine import open_warehouse
from dateline_airflow.hooks import installation

PREFIX = "/dateline-websub"
MOST_BYTES = 10_000_000
_SAFE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}

app = FastAPI(title="Dateline WebSub", docs_url=None, redoc_url=None, openapi_url=None)


@app.get("/{subscription_id}")
def verify(subscription_id: str, request: Request) -> Response:
    """Tell a hub whether we asked for what it was asked for in our name."""
    settings = installation()
    question = dict(request.query_params)
    return _reply(
        answer_hub(_warehouse(settings.warehouse), subscription_id, question, _declared(settings), pendulum.now("UTC"))
    )


@app.post("/{subscription_id}")
async def notify(subscription_id: str, request: Request) -> Response:
    """Take what a hub tells; nothing is read of a message that nobody waits for."""
    settings = await run_in_threadpool(installation)
    if not await run_in_threadpool(is_awaited, _warehouse(settings.warehouse), subscription_id):
        return _reply(NO_MORE)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return _reply(Reply(status=413))
    headers = tuple((name.title(), value) for name, value in request.headers.items())
    return _reply(await run_in_threadpool(_taken, settings, subscription_id, bytes(body), headers))


def _taken(settings: Settings, subscription_id: str, body: bytes, headers: tuple[tuple[str, str], ...]) -> Reply:
    return take_notification(
        _warehouse(settings.warehouse),
        Archive(settings.archive),
        subscription_id,
        body,
        headers,
        sources=load_sources(Path(settings.sources)),
        clock=lambda: pendulum.now("UTC"),
    )


def _declared(settings: Settings) -> Iterator[Source]:
    """Read the source files when the first is asked for: no stranger who guesses a name makes us read them all."""
    yield from load_sources(Path(settings.sources))


def _reply(reply: Reply) -> Response:
    return PlainTextResponse(reply.text, reply.status, headers=_SAFE)


@cache
def _warehouse(url: str) -> Engine:
    return open_warehouse(url)

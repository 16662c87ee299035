"""Fetch one address now, for a person who asks for it: guarded and bounded, without schedule or robots.txt."""

import asyncio

from dateline.fetch.answer import Limits, Reason, Request, failure
from dateline.fetch.client import Client, user_agent
from dateline.fetch.outcome import reason_of
from dateline.model import Snapshot


def fetch_one(url: str, *, contact: str, allow_private: bool = False, limits: Limits | None = None) -> Snapshot:
    """Fetch one address and return its page.

    A person's own request is no crawl, so robots.txt is not asked; addresses of private networks are
    refused unless ``allow_private``. Raises :class:`FetchError` where no page came.
    """
    return asyncio.run(_fetch(Request(url=url, allow_private=allow_private), contact, limits))


async def _fetch(request: Request, contact: str, limits: Limits | None) -> Snapshot:
    async with Client(user_agent(contact), limits=limits) as client:
        answer = await client.ask(request)
    snapshot = answer.snapshot
    reason = Reason.CACHE_MISS if snapshot.status == 304 else reason_of(snapshot)
    if reason:
        raise failure(reason, f"{request.url}: answered {snapshot.status} with {len(snapshot.body):,} bytes.")
    return snapshot

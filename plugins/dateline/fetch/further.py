"""Further addresses of a source: the pages that would fill its window, and the interfaces that its posts come from.

They are asked in the wake of the source's own polls, some at a time: once when they are first named, then as
often as what they hold may still change. Which page names them may change from poll to poll, so each has
its own memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pendulum import DateTime

from dateline.fetch.instants import seconds_between

MOST_KEPT = 40
MOST_AT_ONCE = 5
AGAIN_SECONDS = 6 * 3600.0
"""An older page changes by corrections only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """One further address. ``every``: seconds until it is asked again; ``named_at``: the last capture that named it."""

    url: str
    named_at: DateTime
    every: float = AGAIN_SECONDS
    asked_at: DateTime | None = None


def with_named(
    known: tuple[Further, ...], urls: Iterable[str], named_at: DateTime, *, every: float
) -> tuple[Further, ...]:
    """Take in the addresses that a capture names; of too many, those named last are kept."""
    by_url = {one.url: one for one in known}
    for url in dict.fromkeys(urls):
        before = by_url.get(url)
        if before is None:
            by_url[url] = Further(url=url, named_at=named_at, every=every)
        elif named_at > before.named_at:
            by_url[url] = replace(before, named_at=named_at, every=every)
    newest = sorted(by_url.values(), key=lambda one: (one.named_at, one.url), reverse=True)[:MOST_KEPT]
    return tuple(sorted(newest, key=lambda one: one.url))


def due_among(known: tuple[Further, ...], now: DateTime) -> list[Further]:
    """Return those to be asked now: never asked ones first, five at most."""
    due = [one for one in known if one.asked_at is None or seconds_between(one.asked_at, now) >= one.every]
    return sorted(due, key=lambda one: (one.asked_at is not None, one.asked_at or one.named_at, one.url))[:MOST_AT_ONCE]


def with_asked(known: tuple[Further, ...], urls: Iterable[str], at: DateTime) -> tuple[Further, ...]:
    """Note which were asked, whatever they answered."""
    asked = set(urls)
    return tuple(replace(one, asked_at=at) if one.url in asked else one for one in known)

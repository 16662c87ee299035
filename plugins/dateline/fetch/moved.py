"""When a permanent redirect is believed: three fetches that agree, on two days at least, within one publisher.

A 301 may be a login wall, a wrong rule at a CDN or a stolen domain; so the first ones are followed and
recorded only. A move to another publisher's address waits for a person.
"""

from dataclasses import dataclass, replace

from pendulum import DateTime

from dateline.fetch.answer import Answer
from dateline.fetch.instants import seconds_between
from dateline.model import same_site

_AGREEING = 3
_SECONDS_APART = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """A permanent redirect as seen so far: where to, how often in a row, since when."""

    to: str
    times: int
    since: DateTime
    until: DateTime


def moved(seen: Moving | None, answer: Answer, now: DateTime) -> Moving | None:
    """Count an answer in: one that leads elsewhere starts anew, one that stays at home ends the counting."""
    redirects = answer.redirects
    if not redirects or not all(one.is_permanent for one in redirects):
        return None
    to = redirects[-1].to
    if seen is None or seen.to != to:
        return Moving(to=to, times=1, since=now, until=now)
    return replace(seen, times=seen.times + 1, until=now)


def is_settled(moving: Moving, url: str | None) -> bool:
    """Say whether the source may be switched to its new address without asking anybody."""
    if moving.times < _AGREEING:
        return False
    return seconds_between(moving.since, moving.until) >= _SECONDS_APART and same_site(moving.to, url)

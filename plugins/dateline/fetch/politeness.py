"""One request at a time and host, and not before its interval is over, whoever asks: the host's turn.

Every worker and process takes turns from one ledger. A turn is taken by one atomic step (nobody is on it,
and the interval since the last one is over) and given back after the answer; one that a dead worker holds
lapses by itself. Waiting is the caller's: the ledger only says how long.
"""

from dataclasses import dataclass
from typing import Protocol

from pendulum import DateTime

from dateline.fetch.instants import later, seconds_between

LEASE_SECONDS = 40.0
"""How long a turn may be held: the whole-request deadline and some more."""

_LOOK_AGAIN_SECONDS = 0.25


class HostLedger(Protocol):
    """The turns of all hosts, kept where every process sees them."""

    async def take(self, host: str, now: DateTime, interval: float, lease: float) -> float:
        """Take the host's turn and return 0, or return the seconds after which to try again.

        Must be atomic: of two callers at one instant exactly one gets 0.
        """
        ...

    async def give_back(self, host: str, now: DateTime, rest_until: DateTime | None = None) -> None:
        """End a turn; nobody gets the next one before ``rest_until`` (a Retry-After), if that is given."""
        ...


class Clock(Protocol):
    """Time as the fetcher sees it: what it is, and how to let it pass."""

    def now(self) -> DateTime:
        """Return the instant, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        ...


@dataclass(slots=True, kw_only=True)
class _Host:
    next_at: DateTime
    held_until: DateTime | None


class MemoryLedger:
    """A ledger for one process."""

    def __init__(self) -> None:
        """Start with every host free."""
        self._hosts: dict[str, _Host] = {}

    async def take(self, host: str, now: DateTime, interval: float, lease: float) -> float:
        """Take the host's turn, or say how long to wait."""
        known = self._hosts.setdefault(host, _Host(next_at=now, held_until=None))
        wait = wait_for(known.next_at, known.held_until, now)
        if wait:
            return wait
        known.next_at = later(now, interval)
        known.held_until = later(now, lease)
        return 0.0

    async def give_back(self, host: str, now: DateTime, rest_until: DateTime | None = None) -> None:
        """End a turn."""
        known = self._hosts.setdefault(host, _Host(next_at=now, held_until=None))
        known.held_until = None
        known.next_at = max(known.next_at, rest_until) if rest_until else known.next_at


def wait_for(next_at: DateTime, held_until: DateTime | None, now: DateTime) -> float:
    """Return how long a host's turn is away: 0 if it is free, a short time while somebody holds it."""
    rest = seconds_between(now, next_at)
    if held_until is not None and held_until > now:
        return max(rest, min(_LOOK_AGAIN_SECONDS, seconds_between(now, held_until)))
    return max(rest, 0.0)


async def wait_for_turn(host: str, ledger: HostLedger, clock: Clock, interval: float, patience: float) -> bool:
    """Wait until the host's turn is ours; False once it is clear that ``patience`` seconds will not do."""
    deadline = later(clock.now(), patience)
    while True:
        wait = await ledger.take(host, clock.now(), interval, LEASE_SECONDS)
        if not wait:
            return True
        if later(clock.now(), wait) > deadline:
            return False
        await clock.sleep(wait)

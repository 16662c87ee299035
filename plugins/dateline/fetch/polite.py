"""The web as a polite guest sees it: robots.txt asked first, the host's turn taken, Retry-After kept.

A wrapper round the client with the same one method. A redirect to another host is a request to that
host: its robots.txt and its turn count too.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pendulum import DateTime

from dateline.fetch.answer import Answer, BeforeHop, Reason, Request, Web, failure
from dateline.fetch.client import checked_url
from dateline.fetch.http_times import retry_after
from dateline.fetch.instants import later
from dateline.fetch.opt_outs import WELL_KNOWN, reservations_for
from dateline.fetch.politeness import Clock, HostLedger, wait_for_turn
from dateline.fetch.robots import RobotsFile, RobotsStore, allows, crawl_delay, delay_in, robots_for, text_of

_REST_WITHOUT_A_WORD = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How polite to be: seconds between two requests to a host, how long to wait for its turn, hosts at once.

    No poll of a shard begins after ``shard_seconds``; what is left then is ``host_busy`` and comes again.
    ``refuse_opted_out`` keeps away from sources whose publisher refuses AI training or data mining,
    ``records_opt_outs`` also asks each host once a day for its tdmrep.json.
    """

    host_interval: float = 1.0
    patience: float = 60.0
    at_once: int = 32
    shard_seconds: float = 90.0
    refuse_opted_out: bool = False
    records_opt_outs: bool = False


class PoliteWeb:
    """Asks addresses as the client does, in turn and by the rules of each host."""

    def __init__(
        self, web: Web, *, hosts: HostLedger, robots: RobotsStore, clock: Clock, manners: Manners | None = None
    ) -> None:
        """Wrap a web."""
        self._web = web
        self._hosts = hosts
        self._robots = robots
        self._clock = clock
        self._manners = manners or Manners()

    async def ask(self, request: Request, before_hop: BeforeHop | None = None) -> Answer:
        """Ask in turn. Raises :class:`FetchError` as the client does, or with ``robots`` or ``host_busy``."""
        return await self.visit(request, await self.rules(request), self.turn(), before_hop)

    def turn(self) -> "Turn":
        """Return a turn that nobody holds yet; it says when it was taken."""
        return Turn(self._hosts, self._clock, self._manners)

    async def rules(self, request: Request) -> RobotsFile:
        """Return the robots file of an address. Raises :class:`FetchError` where it forbids the address."""
        checked_url(request.url)
        rules = await robots_for(request, _RobotsWeb(self), self._robots, self._clock.now())
        if rules.text is None:
            why = f"{rules.origin}/robots.txt cannot be had, which forbids everything for now"
            raise failure(Reason.ROBOTS_UNREACHABLE, f"{request.url}: {why}.")
        if not allows(rules, request.url):
            raise failure(Reason.ROBOTS, f"{request.url}: {rules.origin}/robots.txt forbids it.")
        return rules

    async def reservations(self, request: Request, rules: RobotsFile) -> str | None:
        """Return what the host reserves of text and data mining; None where nothing, or robots.txt hides it."""
        if not allows(rules, rules.origin + WELL_KNOWN):
            return None
        return await reservations_for(request, self, self._robots, self._clock.now())

    async def visit(
        self, request: Request, rules: RobotsFile | None, turn: "Turn", before_hop: BeforeHop | None = None
    ) -> Answer:
        """Ask by rules already read (None: the question is robots.txt itself); redirects move the turn along."""
        await turn.take(request.url, rules)

        async def hop(url: str) -> None:
            await turn.give_back()
            there = Request(url=url, allow_private=request.allow_private)
            await turn.take(url, await self.rules(there) if rules else None)
            if before_hop:
                await before_hop(url)

        try:
            answer = await self._web.ask(request, hop)
            turn.keep_word_of(answer, is_robots=rules is None)
        finally:
            await turn.give_back()
        return answer


class _RobotsWeb:
    """The same turns, without asking robots.txt for leave to read robots.txt."""

    def __init__(self, polite: PoliteWeb) -> None:
        self._polite = polite

    async def ask(self, request: Request, before_hop: BeforeHop | None = None) -> Answer:
        return await self._polite.visit(request, None, self._polite.turn(), before_hop)


class Turn:
    """The turn that one request holds, at one host at a time; ``taken_at`` is when it could first go out."""

    def __init__(self, hosts: HostLedger, clock: Clock, manners: Manners) -> None:
        """Hold nothing yet."""
        self.taken_at: DateTime | None = None
        self._hosts = hosts
        self._clock = clock
        self._manners = manners
        self._host: str | None = None
        self._rest = 0.0

    async def take(self, url: str, rules: RobotsFile | None) -> None:
        """Wait for a host's turn. Raises :class:`FetchError` with ``host_busy`` where patience ends first."""
        host = host_of(url)
        interval = max(self._manners.host_interval, crawl_delay(rules) if rules else 0.0)
        if not await wait_for_turn(host, self._hosts, self._clock, interval, self._manners.patience):
            raise failure(Reason.HOST_BUSY, f"{url}: no turn at {host} within {self._manners.patience:g} s.")
        self._host = host
        self._rest = interval
        self.taken_at = self.taken_at or self._clock.now()

    def keep_word_of(self, answer: Answer, *, is_robots: bool) -> None:
        """Leave the host alone for as long as it asks, every source of it; a Crawl-delay holds once it is read."""
        if is_robots:
            self._rest = max(self._rest, delay_in(text_of(answer.snapshot)))
        if answer.snapshot.status in {429, 503}:
            least = self._manners.host_interval
            stated = retry_after(answer.snapshot.header("retry-after"), self._clock.now(), least=least)
            self._rest = max(self._rest, _REST_WITHOUT_A_WORD if stated is None else stated)

    async def give_back(self) -> None:
        """End the turn, if one is held; the interval counts from here.

        Counted from the start, two requests could arrive closer than it: the first one late, the second not.
        """
        if self._host is not None:
            now = self._clock.now()
            host, self._host = self._host, None
            await self._hosts.give_back(host, now, later(now, self._rest))


def host_of(url: str) -> str:
    """Return the host that an address is asked from, the unit of politeness."""
    return (urlsplit(url).hostname or "").rstrip(".")

"""Manners that every worker shares: the turns at each host and the robots files, kept in the warehouse.

A turn is taken and given back at each request, so neither waits for the disk: after a power cut nobody holds one.
"""

import asyncio

from pendulum import DateTime
from sqlalchemy import Connection, Engine, case, literal, update

from dateline.fetch.politeness import wait_for
from dateline.fetch.robots import RobotsFile
from dateline.warehouse.engine import is_postgresql, reading_from, write_in
from dateline.warehouse.rows import fetch, insert_missing, upsert
from dateline.warehouse.schedule_tables import host_turns, robots_files

_TURN = host_turns.c


class WarehouseTurns:
    """The turns of all hosts, for any number of processes: each step is one transaction."""

    def __init__(self, engine: Engine) -> None:
        """Keep the turns in this warehouse."""
        self._engine = engine

    async def take(self, host: str, now: DateTime, interval: float, lease: float) -> float:
        """Take the host's turn and return 0, or return the seconds after which to try again."""
        return await asyncio.to_thread(
            write_in, self._engine, lambda one: _taken(one, host, now, interval, lease), must_last=False
        )

    async def give_back(self, host: str, now: DateTime, rest_until: DateTime | None = None) -> None:
        """End a turn; nobody gets the next one before ``rest_until``, if that is given."""
        await asyncio.to_thread(
            write_in, self._engine, lambda one: _given_back(one, host, now, rest_until), must_last=False
        )


class WarehouseRobots:
    """The robots files that were read, for any number of processes."""

    def __init__(self, engine: Engine) -> None:
        """Keep the files in this warehouse; what one run has looked up it does not look up again."""
        self._engine = engine
        self._known: dict[str, RobotsFile] = {}

    async def find(self, origin: str) -> RobotsFile | None:
        """Return the last file kept for an origin, however old."""
        if origin not in self._known and (found := await asyncio.to_thread(self._find, origin)):
            self._known[origin] = found
        return self._known.get(origin)

    async def keep(self, file: RobotsFile) -> None:
        """Keep a file in place of the last one."""
        self._known[file.origin] = file
        row = {"origin": file.origin, "body": file.text, "read_at": file.read_at, "expires_at": file.expires_at}
        await asyncio.to_thread(write_in, self._engine, lambda one: upsert(one, robots_files, [row]))

    def _find(self, origin: str) -> RobotsFile | None:
        with reading_from(self._engine) as connection:
            rows = fetch(connection, robots_files, robots_files.c.origin == origin)
        if not rows:
            return None
        row = rows[0]
        return RobotsFile(origin=row["origin"], text=row["body"], read_at=row["read_at"], expires_at=row["expires_at"])


def _taken(connection: Connection, host: str, now: DateTime, interval: float, lease: float) -> float:
    """Take a turn that is free by one statement, which is atomic; only where it is not, look why."""
    turn = {"next_at": now.add(seconds=interval), "held_until": now.add(seconds=lease)}
    is_free = (_TURN.next_at <= now) & (_TURN.held_until.is_(None) | (_TURN.held_until <= now))
    if connection.execute(update(host_turns).where(_TURN.host == host, is_free).values(turn)).rowcount:
        return 0.0
    insert_missing(connection, host_turns, [{"host": host, "next_at": now, "held_until": None}])
    known = host_turns.select().where(_TURN.host == host)
    row = connection.execute(known.with_for_update() if is_postgresql(connection) else known).mappings().one()
    wait = wait_for(row["next_at"], row["held_until"], now)
    if not wait:
        upsert(connection, host_turns, [{"host": host, **turn}])
    return wait


def _given_back(connection: Connection, host: str, now: DateTime, rest_until: DateTime | None) -> None:
    rested = (
        _TURN.next_at
        if rest_until is None
        else case((_TURN.next_at < rest_until, literal(rest_until, _TURN.next_at.type)), else_=_TURN.next_at)
    )
    back = update(host_turns).where(_TURN.host == host).values(held_until=None, next_at=rested)
    if not connection.execute(back).rowcount:
        upsert(connection, host_turns, [{"host": host, "next_at": rest_until or now, "held_until": None}])

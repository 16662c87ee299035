"""Manners that every worker shares: the turns at each host and the robots files, kept in the warehouse."""

import asyncio

from pendulum import DateTime
from sqlalchemy import Connection, Engine

from dateline.fetch.politeness import wait_for
from dateline.fetch.robots import RobotsFile
from dateline.warehouse.engine import is_postgresql, reading_from, write_in
from dateline.warehouse.rows import fetch, insert_missing, upsert
from dateline.warehouse.schedule_tables import host_turns, robots_files


class WarehouseTurns:
    """The turns of all hosts, for any number of processes: each step is one transaction."""

    def __init__(self, engine: Engine) -> None:
        """Keep the turns in this warehouse."""
        self._engine = engine

    async def take(self, host: str, now: DateTime, interval: float, lease: float) -> float:
        """Take the host's turn and return 0, or return the seconds after which to try again."""
        return await asyncio.to_thread(write_in, self._engine, lambda one: _taken(one, host, now, interval, lease))

    async def give_back(self, host: str, now: DateTime, rest_until: DateTime | None = None) -> None:
        """End a turn; nobody gets the next one before ``rest_until``, if that is given."""
        await asyncio.to_thread(write_in, self._engine, lambda one: _given_back(one, host, now, rest_until))


class WarehouseRobots:
    """The robots files that were read, for any number of processes."""

    def __init__(self, engine: Engine) -> None:
        """Keep the files in this warehouse."""
        self._engine = engine

    async def find(self, origin: str) -> RobotsFile | None:
        """Return the last file kept for an origin, however old."""
        return await asyncio.to_thread(self._find, origin)

    async def keep(self, file: RobotsFile) -> None:
        """Keep a file in place of the last one."""
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
    insert_missing(connection, host_turns, [{"host": host, "next_at": now, "held_until": None}])
    known = host_turns.select().where(host_turns.c.host == host)
    row = connection.execute(known.with_for_update() if is_postgresql(connection) else known).mappings().one()
    wait = wait_for(row["next_at"], row["held_until"], now)
    if not wait:
        turn = {"host": host, "next_at": now.add(seconds=interval), "held_until": now.add(seconds=lease)}
        upsert(connection, host_turns, [turn])
    return wait


def _given_back(connection: Connection, host: str, now: DateTime, rest_until: DateTime | None) -> None:
    insert_missing(connection, host_turns, [{"host": host, "next_at": now, "held_until": None}])
    known = host_turns.select().where(host_turns.c.host == host)
    row = connection.execute(known.with_for_update() if is_postgresql(connection) else known).mappings().one()
    next_at = max(row["next_at"], rest_until) if rest_until else row["next_at"]
    upsert(connection, host_turns, [{"host": host, "next_at": next_at, "held_until": None}])

"""The asset watcher: it sees in the triggerer that a source is due, so that nobody waits for the minute.

A source whose ``interval`` is below 60 seconds asks for it. The watcher reads the warehouse and asks no site: the
DAG that it wakes does that, politely, as always. It costs one small query every few seconds however many sources,
DAGs and watchers there are: all of them share one loop (Airflow 3.3; on 3.2 each runs its own).

An event is a hint. A source that stays due, because its run failed or its event was lost, is announced again after
a minute, which is when the schedule behind the watcher takes it anyway.
"""

import asyncio
from collections.abc import AsyncIterator, Hashable
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

EVERY = 5.0
"""Seconds between two looks."""

MOST = 200
"""Ids in an event at most; the run takes all that is due anyway."""


class SourcesDue(BaseEventTrigger):
    """Fires when a watched source is due: any, or the one that ``source_id`` names; the payload lists which."""

    def __init__(self, source_id: str | None = None, every: float = EVERY) -> None:
        """Watch one source or all, and look every so many seconds."""
        super().__init__()  # type: ignore[no-untyped-call] # Airflow's
        self.source_id = source_id
        self.every = every

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Return the class and the arguments that make this trigger again."""
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        return name, {"source_id": self.source_id, "every": self.every}

    def shared_stream_key(self) -> Hashable:
        """Name the loop that all watchers of the same rhythm share."""
        return ("dateline.sources_due", self.every)

    @classmethod
    async def open_shared_stream(cls, kwargs: dict[str, Any]) -> AsyncIterator[list[str]]:
        """Yield the ids of the sources that have come due since the last look, for ever."""
        from dateline_airflow.watching import Announced, look  # noqa: PLC0415 - the triggerer needs a database, a parse does not

        announced = Announced()
        while True:
            due = announced.news(await asyncio.to_thread(look))
            if due:
                yield due
            await asyncio.sleep(kwargs["every"])

    async def filter_shared_stream(self, shared_stream: AsyncIterator[list[str]]) -> AsyncIterator[TriggerEvent]:
        """Turn what the loop saw into this watcher's events."""
        async for due in shared_stream:
            mine = [one for one in due if self.source_id in {None, one}]
            if mine:
                said = {"source_ids": mine[:MOST], "sources": len(mine)}
                yield TriggerEvent(said)  # type: ignore[no-untyped-call] # Airflow's

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Look by itself, where Airflow shares no loops."""
        async for event in self.filter_shared_stream(self.open_shared_stream({"every": self.every})):
            yield event

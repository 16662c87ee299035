"""Time that passes only when everybody waits: a day of polling runs in seconds, in the real code."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

import pendulum
from pendulum import DateTime

from dateline.fetch.instants import later

START = pendulum.datetime(2026, 3, 2)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next thing that is due."""

    def __init__(self) -> None:
        self.moment = 0.0
        super().__init__(_Selector(self))

    def time(self) -> float:
        return self.moment


class _Selector(selectors.SelectSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("everybody waits and nothing is due")
        self._loop.moment += max(timeout, 0.0)
        return []


class VirtualClock:
    """The loop's time as the fetcher's clock."""

    def now(self) -> DateTime:
        return later(START, asyncio.get_running_loop().time())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def run_virtually(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)

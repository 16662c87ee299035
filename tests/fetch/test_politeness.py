"""A host's turn: one at a time, never inside its interval, whoever asks; in virtual time."""

import asyncio
from itertools import pairwise

from dateline.fetch import MemoryLedger
from dateline.fetch.politeness import LEASE_SECONDS, wait_for_turn
from fetch.virtual_time import START, VirtualClock, run_virtually


def test_of_many_who_ask_at_once_each_gets_a_turn_after_the_interval():
    async def crowd() -> list[float]:
        ledger, clock, taken = MemoryLedger(), VirtualClock(), []

        async def one() -> None:
            assert await wait_for_turn("a.example", ledger, clock, interval=2.0, patience=1000.0)
            taken.append((clock.now() - START).total_seconds())
            await clock.sleep(0.5)
            await ledger.give_back("a.example", clock.now())

        await asyncio.gather(*[one() for _ in range(20)])
        return taken

    taken = run_virtually(crowd())
    gaps = [late - early for early, late in pairwise(taken)]
    assert len(taken) == 20
    assert min(gaps) >= 2.0
    assert max(gaps) < 2.5


def test_a_slow_answer_holds_the_turn():
    async def two() -> float:
        ledger, clock = MemoryLedger(), VirtualClock()

        async def slow() -> None:
            assert await wait_for_turn("a.example", ledger, clock, interval=1.0, patience=60.0)
            await clock.sleep(20)
            await ledger.give_back("a.example", clock.now())

        first = asyncio.create_task(slow())
        await clock.sleep(0.1)
        assert await wait_for_turn("a.example", ledger, clock, interval=1.0, patience=60.0)
        taken = (clock.now() - START).total_seconds()
        await first
        return taken

    assert 20.0 <= run_virtually(two()) < 20.5


def test_a_turn_that_a_dead_worker_holds_lapses():
    async def after_a_death() -> float:
        ledger, clock = MemoryLedger(), VirtualClock()
        assert await wait_for_turn("a.example", ledger, clock, interval=1.0, patience=1.0)
        assert not await wait_for_turn("a.example", ledger, clock, interval=1.0, patience=10.0)
        assert await wait_for_turn("a.example", ledger, clock, interval=1.0, patience=60.0)
        return (clock.now() - START).total_seconds()

    assert LEASE_SECONDS <= run_virtually(after_a_death()) < LEASE_SECONDS + 1


def test_a_retry_after_rests_the_whole_host():
    async def rested() -> tuple[bool, bool, bool]:
        ledger, clock = MemoryLedger(), VirtualClock()
        assert await wait_for_turn("a.example", ledger, clock, interval=1.0, patience=1.0)
        await ledger.give_back("a.example", clock.now(), clock.now().add(seconds=600))
        at_once = await wait_for_turn("a.example", ledger, clock, interval=1.0, patience=60.0)
        other = await wait_for_turn("b.example", ledger, clock, interval=1.0, patience=60.0)
        await clock.sleep(600)
        return at_once, other, await wait_for_turn("a.example", ledger, clock, interval=1.0, patience=1.0)

    assert run_virtually(rested()) == (False, True, True)


def test_impatience_is_known_at_once():
    async def impatient() -> float:
        ledger, clock = MemoryLedger(), VirtualClock()
        await wait_for_turn("a.example", ledger, clock, interval=100.0, patience=1.0)
        await ledger.give_back("a.example", clock.now())
        assert not await wait_for_turn("a.example", ledger, clock, interval=100.0, patience=60.0)
        return (clock.now() - START).total_seconds()

    assert run_virtually(impatient()) == 0.0

"""Turns in the warehouse are the turns of one process, for any number of them."""

import asyncio
import threading

import pendulum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.fetch import MemoryLedger, RobotsFile
from dateline.ingest.manners import WarehouseRobots, WarehouseTurns
from dateline.warehouse.engine import write_in
from dateline.warehouse.schedule_tables import host_turns

NOW = pendulum.datetime(2026, 3, 14, 9)
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["a.example", "b.example"]),
        st.sampled_from(["take", "give back", "give back and rest"]),
        st.floats(0, 30),
    ),
    max_size=12,
)


async def played(ledger, moves):
    """Take turns and give them back as the moves say; return what each taker was told."""
    now, told = NOW, []
    for host, move, seconds in moves:
        now = now.add(microseconds=round(1e6 * seconds))
        if move == "take":
            told.append(round(await ledger.take(host, now, interval=2.0, lease=40.0), 3))
        else:
            await ledger.give_back(host, now, now.add(seconds=5) if move.endswith("rest") else None)
    return told


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_whatever_is_taken_and_given_back_both_ledgers_say_the_same(sqlite_warehouse, moves):
    write_in(sqlite_warehouse, lambda connection: connection.execute(host_turns.delete()))
    assert asyncio.run(played(WarehouseTurns(sqlite_warehouse), moves)) == asyncio.run(played(MemoryLedger(), moves))


def test_on_postgresql_too(postgres_warehouse):
    moves = [("a.example", move, 1.5) for move in ("take", "take", "give back", "take", "give back and rest", "take")]
    moves += [("a.example", "take", 60.0), ("b.example", "give back", 0.0), ("b.example", "take", 0.0)]
    assert asyncio.run(played(WarehouseTurns(postgres_warehouse), moves)) == asyncio.run(played(MemoryLedger(), moves))


def test_of_many_who_ask_at_one_instant_exactly_one_gets_the_turn(warehouse):
    gate, told = threading.Barrier(8), []

    def one():
        turns = WarehouseTurns(warehouse)
        gate.wait()
        told.append(asyncio.run(turns.take("a.example", NOW, interval=2.0, lease=40.0)))

    for moment in range(3):
        threads = [threading.Thread(target=one) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert told.count(0.0) == 1, f"at the {moment}. time"
        assert min(one for one in told if one) > 0
        told.clear()
        write_in(warehouse, lambda connection: connection.execute(host_turns.delete()))


def test_a_robots_file_that_another_run_has_read_is_found_and_a_new_one_replaces_it(warehouse):
    def file(text):
        return RobotsFile(origin="https://a.example", text=text, read_at=NOW, expires_at=NOW.add(days=1))

    first, second = WarehouseRobots(warehouse), WarehouseRobots(warehouse)
    assert asyncio.run(second.find("https://a.example")) is None
    asyncio.run(first.keep(file("one")))
    assert asyncio.run(second.find("https://a.example")) == file("one")
    asyncio.run(second.keep(file(None)))
    assert asyncio.run(second.find("https://a.example")) == file(None)
    assert asyncio.run(WarehouseRobots(warehouse).find("https://a.example")) == file(None)

"""The asset watcher: it sees what is due between two minutes, once; and one loop serves all watchers."""

import asyncio
import json
from contextlib import suppress

import pendulum
import pytest
from airflow.serialization.encoders import encode_trigger

from dateline.fetch.state import NEW
from dateline.ingest.schedule import due_between_minutes, keep_states
from dateline.source import Source
from dateline.warehouse.engine import write_in
from dateline.warehouse.ledger import declare_sources
from dateline_airflow import watching
from dateline_airflow.triggers import SourcesDue
from dateline_airflow.watching import Announced

NOW = pendulum.datetime(2026, 3, 14, 6)


def known(warehouse, *sources):
    declare_sources(warehouse, sources)
    write_in(warehouse, lambda connection: keep_states(connection, [(one, NEW) for one in sources], NOW))


def test_a_source_that_asks_for_less_than_a_minute_is_due_between_minutes(warehouse):
    fast, slow = Source(source_id="fast", url="https://a.example/", interval=10), Source(source_id="slow")
    off = Source(source_id="off", url="https://b.example/", interval=10, is_enabled=False)
    known(warehouse, fast, slow, off)
    assert due_between_minutes(warehouse, NOW.add(seconds=1)) == ["fast"]
    assert due_between_minutes(warehouse, NOW.subtract(seconds=1)) == []


def test_a_source_is_announced_once_for_as_long_as_it_stays_due_and_again_after_a_minute():
    announced = Announced()
    assert announced.news(["a"], NOW) == ["a"]
    assert announced.news(["a", "b"], NOW.add(seconds=5)) == ["b"]
    assert announced.news(["a"], NOW.add(seconds=61)) == ["a"]


def test_a_source_that_was_asked_is_announced_when_it_is_due_again():
    announced = Announced()
    announced.news(["a"], NOW)
    announced.news([], NOW.add(seconds=5))
    assert announced.news(["a"], NOW.add(seconds=10)) == ["a"]


def test_a_warehouse_out_of_reach_ends_no_watcher(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"sqlite:///{tmp_path}/never-migrated.db")
    assert watching.look() == []


def test_the_watcher_looks_at_the_warehouse_that_the_connection_names(warehouse, monkeypatch):
    known(warehouse, Source(source_id="fast", url="https://a.example/", interval=10))
    monkeypatch.delenv("DATELINE_WAREHOUSE", raising=False)
    url = warehouse.url
    stated = {"conn_type": url.get_backend_name(), "host": url.host or url.database, "login": url.username}
    stated |= {"password": url.password, "port": url.port, "schema": url.database}
    monkeypatch.setenv("AIRFLOW_CONN_DATELINE_WAREHOUSE", json.dumps(stated))
    assert watching.look() == ["fast"]


def test_watchers_of_one_rhythm_share_a_loop_and_hear_of_their_own_sources():
    first, second = SourcesDue("a"), SourcesDue("b")
    assert first.shared_stream_key() == second.shared_stream_key() != SourcesDue("a", every=9.0).shared_stream_key()
    assert [events(one) for one in (first, second, SourcesDue())] == [[["a"]], [["b"]], [["a", "b"], ["c"]]]


def events(trigger):
    async def stream():
        yield ["a", "b"]
        yield ["c"]

    async def heard():
        return [event.payload["source_ids"] async for event in trigger.filter_shared_stream(stream())]

    return asyncio.run(heard())


def test_a_watcher_keeps_looking_by_itself(monkeypatch):
    looks = [["a"], ["a"], [], ["a"]]
    monkeypatch.setattr(watching, "look", lambda: looks.pop(0))

    async def heard():
        found = []
        with suppress(IndexError):  # there is nothing left to look at
            async for event in SourcesDue(every=0.001).run():
                found.append(event.payload)  # noqa: PERF401 - what was heard before the end counts
        return found

    assert asyncio.run(heard()) == [{"source_ids": ["a"], "sources": 1}] * 2


@pytest.mark.airflow
def test_a_watcher_survives_the_way_through_the_database():
    encoded = encode_trigger(SourcesDue("a", every=7.0))
    assert encoded["classpath"] == "dateline_airflow.triggers.SourcesDue"
    assert encoded["kwargs"] == {"source_id": "a", "every": 7.0}

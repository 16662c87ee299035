# ruff: noqa: S608 - every name here is of our own tables
"""Fill a warehouse to any size: the newsroom's two days, told again and again by SQL under other ids and times.

Each telling gives every id another beginning (a multiplicative hash, so keys fall all over an index as digests do),
moves every time, and spreads sources and carriers over hundreds. Indexes and triggers are made again afterwards.
"""

import re
import time

from sqlalchemy import text

from asked import copied
from dateline.warehouse.metadata import UtcTime, metadata

YEARS = 5
SOURCES, CARRIERS = 1_000, 200
LEFT_OUT = {
    "data_dictionary", "dim_sources", "dim_publishers", "fct_check_results", "fct_match_queue", "fct_prints",
    "fct_print_units", "dim_boilerplate_prints", "source_schedules", "host_turns", "robots_files", "followed_pages",
    "source_opt_outs", "websub_subscriptions", "fct_erasures", "fct_erased_snapshots", "fct_verdicts",
}  # fmt: skip
DIGESTS = ("_id", "_digest", "missing_snapshot")
SCATTERED = "{} * cast(2654435761 as bigint) & 4294967295"
SPREAD = {"source_id": SOURCES, "carrier_id": CARRIERS, "publisher_id": CARRIERS, "origin_id": CARRIERS}


def multiply(seed, engine, versions):
    """Fill an empty, migrated warehouse with ``versions`` entry versions at least, out of the seed's."""
    copied(seed, engine)
    began = time.monotonic()
    is_postgresql = engine.dialect.name == "postgresql"
    engine.dispose()
    with engine.begin() as connection:
        ask = connection.exec_driver_sql
        there = ask("select count(*) from fct_entry_versions").scalar_one()
        times = max(0, -(-versions // there) - 1)
        if is_postgresql:
            ask("set session_replication_role = replica")
            ask("set local statement_timeout = 0")
            ask("set local lock_timeout = 0")
        else:
            ask("rollback")
            ask("pragma journal_mode = off")  # else a second copy of all that is written grows beside it
            ask("begin immediate")
        again = list(_taken_off(ask, is_postgresql))
        whole = "bigint" if is_postgresql else "integer"
        ask(f"create temporary table tellings (scattered {whole} primary key, n {whole})")
        counted = f"with recursive c (n) as (select 1 union all select n + 1 from c where n < {times})"
        ask(f"insert into tellings {counted} select {SCATTERED.format('n')}, n from c where n <= {times}")
        _spread(ask, is_postgresql)
        for table in metadata.sorted_tables:
            if table.name not in LEFT_OUT:
                ask(_telling(table, times, is_postgresql))
        for statement in again:
            ask(statement)
        if not is_postgresql:
            ask("insert or ignore into search_keys (wording_id) select wording_id from dim_wordings")
            ask("insert into wording_search (wording_search) values ('rebuild')")
    engine.dispose()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze" if is_postgresql else "analyze"))
    return time.monotonic() - began


def _taken_off(ask, is_postgresql):
    """Drop what slows a bulk insert, and yield the statements that make it again."""
    if is_postgresql:
        found = ask(
            "select indexname, indexdef from pg_indexes where schemaname = current_schema() and indexname like 'ix_%%'"
        ).all()
        for name, made in found:
            ask(f"drop index {name}")
            yield made
        return
    found = ask(
        "select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null"
    ).all()
    for kind, name, made in found:
        ask(f"drop {kind} {name}")
        yield made


def _spread(ask, is_postgresql):
    """Make the sources and carriers that the tellings are spread over."""
    for name, key in (("dim_sources", "source_id"), ("dim_publishers", "publisher_id")):
        columns = [one.name for one in metadata.tables[name].columns]
        spread = [_hashed(f"t.{one}", "k.n", one, is_postgresql) if one == key else f"t.{one}" for one in columns]
        ask(
            f"insert into {name} ({', '.join(columns)}) select {', '.join(spread)} from {name} as t,"
            f" (select 0 as n union all select n from tellings where n < {SPREAD[key]}) as k"
            " where true on conflict do nothing"
        )


def _hashed(column, number, name, is_postgresql):
    if name == "source_id":
        return f"{column} || '-' || ({number})"
    scattered = SCATTERED.format(f"({number})")
    start = f"lpad(to_hex({scattered}), 8, '0')" if is_postgresql else f"printf('%08x', {scattered})"
    return f"{start} || substr({column}, 9)"


def _telling(table, times, is_postgresql):
    spread = max(1, YEARS * 365 * 24 * 60 // max(1, times))
    values = [_value(one, spread, is_postgresql) for one in table.columns]
    names = ", ".join(f'"{one.name}"' for one in table.columns)
    # One telling after the other, in the order of their keys: so every index is written from one end to the other.
    if is_postgresql:
        ordered = "(select * from tellings order by scattered) as k"
        told = f"{ordered} cross join lateral (select * from {table.name} offset 0) as t"
    else:
        told = f"tellings as k cross join (select * from {table.name}) as t order by k.scattered"
    return f"insert into {table.name} ({names}) select {', '.join(values)} from {told}"


def _value(column, spread, is_postgresql):
    name = f't."{column.name}"'
    if column.name in SPREAD:
        return _hashed(name, f"k.n - k.n / {SPREAD[column.name]} * {SPREAD[column.name]}", column.name, is_postgresql)
    if isinstance(column.type, UtcTime):
        if is_postgresql:
            return f"{name} + k.n * interval '{spread} minutes'"
        return f"strftime('%Y-%m-%dT%H:%M:%f', {name}, '+' || (k.n * {spread}) || ' minutes') || '000Z'"
    if (re.search(r"(_id|_digest)$", column.name) and column.name != "archive_digest") or column.name == "story_id":
        return _hashed(name, "k.n", column.name, is_postgresql)
    if column.name in {"url", "canonical_url"}:
        return f"{name} || '?' || k.n"
    return name

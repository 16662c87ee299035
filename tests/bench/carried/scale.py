"""Cost at scale: a thousand new documents against a million stored, and a race with datasketch.

The documents are wire stories in many variants: in each variant every word outside the 2,000 most common is
another word, the same one throughout. So strangers share what strangers share, the formulas of the trade, as
often as in the wire itself, and nothing more. One new document in five is a copy: a stored one cut to
two thirds, behind a new sentence.
"""

import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from carried.peers import shingle_set
from carried.planted import read
from carried.store import document_rows, empty_warehouse, print_only, put
from sqlalchemy import Engine, create_engine, make_url, text

from dateline.matching import match
from dateline.syndication.normalise import readable, words
from dateline.warehouse.engine import reading_from

COMMON_WORDS = 2_000
NEW = 1_000
SMALL = 10_000
DAYS = 600
SERVER = os.environ.get("DATELINE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")

_WORD = re.compile(r"[A-Za-z]+")


class Wire:
    """Stories without end, the same ones for the same numbers."""

    def __init__(self, folder: Path) -> None:
        self.stories = [one["text"] for one in read(folder / "reuters21578.jsonl.xz") if len(one["text"].split()) > 40]
        counts = Counter(word.lower() for one in self.stories for word in _WORD.findall(one))
        self.common = {word for word, _count in counts.most_common(COMMON_WORDS)}

    def story(self, number: int) -> str:
        """Return the story of a number."""
        variant, place = divmod(number, len(self.stories))
        if variant == 0:
            return self.stories[place]
        mark = _letters(variant)
        return _WORD.sub(
            lambda found: found[0] if found[0].lower() in self.common else found[0] + mark, self.stories[place]
        )

    def documents(self, first: int, count: int) -> Iterator[dict]:
        """Give stored documents, each of its own house, over years."""
        for number in range(first, first + count):
            yield document_rows(f"d{number:08}", self.story(number), carrier=f"House {number % 500}", day=number % DAYS)

    def newcomers(self, first: int, count: int, stored: int, chance: random.Random) -> Iterator[dict]:
        """Give new documents, one in five a copy of a stored one."""
        for number in range(first, first + count):
            if number % 5 == 0:
                yield self.copy(number, chance.randrange(stored))
            else:
                yield document_rows(f"d{number:08}", self.story(number), carrier="Newcomer", day=DAYS)

    def copies(self, first: int, count: int, stored: int, chance: random.Random) -> Iterator[dict]:
        """Give copies of stored documents."""
        for number in range(first, first + count):
            yield self.copy(number, chance.randrange(stored))

    def copy(self, number: int, source: int) -> dict:
        """Cut a story to two thirds, behind a sentence of the copy's own."""
        cut = self.story(source).split()
        body = f"Seen elsewhere under number {number}. " + " ".join(cut[: len(cut) * 2 // 3])
        return document_rows(f"d{number:08}", body, carrier="Newcomer", day=source % DAYS + 1)


def sqlite(folder: Path, scratch: Path, stored: int) -> dict:
    """Time the thousand on SQLite, against a small and the large store."""
    figures = _store_and_time(Wire(folder), empty_warehouse(f"sqlite:///{scratch}/large.db"), stored)
    return {f"{name}_sqlite": value for name, value in figures.items() if name != "growth"} | {
        "growth_10k_1m": figures["growth"],
        "bytes_sqlite": (scratch / "large.db").stat().st_size,
    }


def postgresql(folder: Path, stored: int) -> dict:
    """Time the thousand on PostgreSQL, in a database of its own."""
    name = f"dateline_bench_{os.getpid()}"
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine = empty_warehouse(make_url(SERVER).set(database=name).render_as_string(hide_password=False))
    try:
        figures = _store_and_time(Wire(folder), engine, stored)
    finally:
        engine.dispose()
        with server.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
    return {f"{key}_postgresql": value for key, value in figures.items()}


def race(folder: Path, scratch: Path, count: int) -> dict:
    """Match documents end to end, from text to committed links, and give datasketch LSH .5 in memory the same."""
    wire, chance = Wire(folder), random.Random(1)  # noqa: S311 - a benchmark's choice of copies
    base = count * 4 // 5
    engine = empty_warehouse(f"sqlite:///{scratch}/race.db")
    put(engine, wire.documents(0, base))
    put(engine, wire.copies(base, count - base, base, chance))
    started = time.perf_counter()
    report = match(engine)
    ours = count / (time.perf_counter() - started)
    with reading_from(engine) as connection:
        bodies = connection.scalars(text("select body from dim_wordings")).all()
    engine.dispose()
    theirs = _datasketch(bodies)
    return {
        "documents_a_second_100k": round(ours),
        "documents_a_second_100k_datasketch": theirs and round(theirs),
        "vs_datasketch_100k": theirs and round(ours / theirs, 2),
        "links_100k": report.links,
    }


def _store_and_time(wire: Wire, engine: Engine, stored: int) -> dict:
    """Fill the store to 10 k, time a thousand; fill it up, time another thousand."""
    chance = random.Random(1)  # noqa: S311 - a benchmark's choice of copies
    put(engine, wire.documents(0, SMALL))
    print_only(engine)
    small = _timed(wire, engine, SMALL, 10 * stored, chance)
    for first in range(SMALL, stored, 50_000):
        put(engine, wire.documents(first, min(50_000, stored - first)))
        print_only(engine)
    with reading_from(engine) as connection:
        rows = connection.scalar(text("select count(*) from fct_prints"))
    large = _timed(wire, engine, stored, 10 * stored + 2 * NEW, chance)
    return {
        "seconds_1000_vs_10k": small,
        "seconds_1000_vs_1m": large,
        "growth": round(large / small, 2),
        "prints": rows,
    }


def _timed(wire: Wire, engine: Engine, stored: int, first: int, chance: random.Random) -> float:
    """Warm up with one thousand, then time the next, from stored text to committed links."""
    for _turn in ("warm", "timed"):
        put(engine, wire.newcomers(first, NEW, stored, chance))
        first += NEW
        report = match(engine)
    return round(report.seconds, 3)


def _datasketch(bodies: list[str]) -> float | None:
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return None
    started = time.perf_counter()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    for number, body in enumerate(bodies):
        sketch = MinHash(num_perm=128)
        sketch.update_batch(shingle_set([one.casefold() for one in words(readable(body))]) or [b""])
        index.query(sketch)
        index.insert(number, sketch)
    return len(bodies) / (time.perf_counter() - started)


def _letters(number: int) -> str:
    found = ""
    while number:
        number, place = divmod(number, 20)
        found += "bcdfghjklmnpqrstvwxz"[place]
    return "q" + found

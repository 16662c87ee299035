"""Cost at scale: a thousand new documents against a million stored, and a race with datasketch.

The documents are wire stories in many variants: in each variant every word outside the 500 most common is
another word, the same one throughout, and every digit another digit. So strangers share what strangers share,
the formulas of the trade: of a thousand stories 37 % share two prints with some of 19,000 strangers, in the wire
itself 28 %, with the 2,000 most common words kept 82 %. One new document in five is a copy:
a stored one cut to two thirds, behind a new sentence. Each thousand that is timed is the same thousand stories in
variants of their own, so that a small and a large store are asked for the same work; the median of three counts. The
small store is a warehouse of its own: the thousands that it was asked for would else make more work for the large one.
"""

import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from carried.bulk import fill
from carried.peers import shingle_set
from carried.planted import read
from carried.store import document_rows, empty_warehouse, put
from sqlalchemy import Engine, create_engine, make_url, text

from dateline.matching import match
from dateline.syndication.normalise import readable, words
from dateline.warehouse.engine import reading_from

SMALL = 10_000
NEW = 1_000
TURNS = 3
COMMON_WORDS = 500
A_DAY = 667  # documents: a million are four years
IN_TURN = 10_000
SERVER = os.environ.get("DATELINE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")

_WORD = re.compile(r"[A-Za-z]+")


class Wire:
    """Stories without end, the same ones for the same numbers."""

    def __init__(self, folder: Path) -> None:
        self.stories = [one["text"] for one in read(folder / "reuters21578.jsonl.xz") if len(one["text"].split()) > 40]
        counts = Counter(word.lower() for one in self.stories for word in _WORD.findall(one))
        self.common = {word for word, _count in counts.most_common(COMMON_WORDS)}
        self.asked = random.Random(2).sample(range(len(self.stories)), NEW)  # noqa: S311 - a benchmark's choice

    def story(self, number: int) -> str:
        """Return the story of a number."""
        variant, place = divmod(number, len(self.stories))
        if variant == 0:
            return self.stories[place]
        mark = _letters(variant)
        digits = random.Random(variant).sample("0123456789", 10)  # noqa: S311 - a benchmark's choice
        renumbered = self.stories[place].translate(str.maketrans("0123456789", "".join(digits)))
        return _WORD.sub(lambda found: found[0] if found[0].lower() in self.common else found[0] + mark, renumbered)

    def documents(self, first: int, count: int) -> Iterator[dict]:
        """Give stored documents, each of its own house, over years."""
        for number in range(first, first + count):
            yield document_rows(
                f"d{number:08}", self.story(number), carrier=f"House {number % 500}", day=number // A_DAY
            )

    def newcomers(self, turn: int, stored: int, chance: random.Random) -> Iterator[dict]:
        """Give the thousand in variants that nothing stored has, one in five a copy of a stored one instead."""
        for place, asked in enumerate(self.asked):
            number = (10_000 + turn) * len(self.stories) + asked
            if place % 5 == 0:
                yield self.copy(number, chance.randrange(stored))
            else:
                yield document_rows(f"d{number:09}", self.story(number), carrier="Newcomer", day=stored // A_DAY)

    def copies(self, first: int, count: int, stored: int, chance: random.Random) -> Iterator[dict]:
        """Give copies of stored documents."""
        for number in range(first, first + count):
            yield self.copy(number, chance.randrange(stored))

    def copy(self, number: int, source: int) -> dict:
        """Cut a story to two thirds, behind a sentence of the copy's own."""
        cut = self.story(source).split()
        body = f"Seen elsewhere under number {number}. " + " ".join(cut[: len(cut) * 2 // 3])
        return document_rows(f"d{number:09}", body, carrier="Newcomer", day=source // A_DAY + 1)


def sqlite(folder: Path, scratch: Path, stored: int) -> dict:
    """Time the thousand on SQLite, against a small and the large store."""
    small, large = (f"sqlite:///{scratch}/{name}.db" for name in ("small", "large"))
    figures = _store_and_time(Wire(folder), small, large, stored, "sqlite")
    return figures | {"bytes_sqlite": (scratch / "large.db").stat().st_size}


def postgresql(folder: Path, stored: int) -> dict:
    """Time the thousand on PostgreSQL, in databases of its own."""
    with _database("small") as small, _database("large") as large:
        return _store_and_time(Wire(folder), small, large, stored, "postgresql")


@contextmanager
def _database(size: str) -> Iterator[str]:
    """Make a database for a while; give its address."""
    name = f"dateline_bench_{size}_{os.getpid()}"
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"create database {name}"))
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        server.dispose()


def race(folder: Path, scratch: Path, count: int) -> dict:
    """Match documents end to end, from text to committed links, and give datasketch LSH .5 in memory the same.

    Both take ten thousand in turn, so that whatever else the machine does falls on both.
    """
    wire, chance = Wire(folder), random.Random(1)  # noqa: S311 - a benchmark's choice of copies
    base = count * 4 // 5
    engine = empty_warehouse(f"sqlite:///{scratch}/race.db")
    theirs, links, seconds, cpu = Sketched(), 0, {"ours": 0.0, "theirs": 0.0}, {"ours": 0.0, "theirs": 0.0}
    for first in range(0, count, IN_TURN):
        some = [*wire.documents(first, max(0, min(IN_TURN, base - first)))]
        some += wire.copies(max(base, first), min(IN_TURN, count - first) - len(some), base, chance)
        put(engine, some)
        bodies = [row["body"] for one in some for row in one["dim_wordings"]]
        before = time.process_time()
        report = match(engine)
        between = time.process_time()
        seconds["theirs"] += theirs.take(bodies)
        cpu["theirs"] += time.process_time() - between
        cpu["ours"] += between - before
        links += report.links
        seconds["ours"] += report.seconds
    engine.dispose()
    size = _size(count)
    return {
        f"documents_a_second_{size}": round(count / seconds["ours"]),
        f"documents_a_second_{size}_datasketch": theirs.is_there and round(count / seconds["theirs"]),
        f"vs_datasketch_{size}": theirs.is_there and round(seconds["theirs"] / seconds["ours"], 2),
        f"vs_datasketch_{size}_by_cpu": theirs.is_there and round(cpu["theirs"] / cpu["ours"], 2),
        f"cpu_milliseconds_a_document_{size}": round(cpu["ours"] / count * 1000, 3),
        f"links_{size}": links,
        f"links_{size}_datasketch": theirs.found,
    }


class Sketched:
    """Datasketch as its documentation advises: one batch update a document, look up, insert."""

    def __init__(self) -> None:
        try:
            from datasketch import MinHash, MinHashLSH
        except ImportError:
            self.is_there = None
        else:
            self.is_there, self.kind, self.index = True, MinHash, MinHashLSH(threshold=0.5, num_perm=128)
        self.count = self.found = 0

    def take(self, bodies: Iterable[str]) -> float:
        """Look every text up and put it in; return the seconds."""
        started = time.perf_counter()
        for body in bodies if self.is_there else ():
            sketch = self.kind(num_perm=128)
            sketch.update_batch(shingle_set([one.casefold() for one in words(readable(body))]) or [b""])
            self.found += len(self.index.query(sketch))
            self.index.insert(self.count, sketch)
            self.count += 1
        return time.perf_counter() - started


def _store_and_time(wire: Wire, small: str, large: str, stored: int, name: str) -> dict:
    """Time thousands against a store of 10 k and against a large one; name the figures by size and engine."""
    (of_small, cpu_of_small, _), (of_large, cpu_of_large, rows) = (
        _measured(wire, address, count) for address, count in ((small, SMALL), (large, stored))
    )
    size = _size(stored)
    return {
        f"seconds_1000_vs_10k_{name}": of_small,
        f"seconds_1000_vs_{size}_{name}": of_large,
        f"growth_10k_{size}_{name}": round(of_large / of_small, 2),
        f"own_cpu_1000_vs_10k_{name}": cpu_of_small,
        f"own_cpu_1000_vs_{size}_{name}": cpu_of_large,
        f"prints_{size}_{name}": rows,
    }


def _measured(wire: Wire, address: str, stored: int) -> tuple[float, float, int]:
    """Fill a store and time thousands; return the medians of the seconds and of CPU, and how many prints it held."""
    chance = random.Random(1)  # noqa: S311 - a benchmark's choice of copies
    engine = empty_warehouse(address)
    try:
        fill(engine, wire.story, 0, stored, A_DAY)
        with reading_from(engine) as connection:
            rows = connection.scalar(text("select count(*) from fct_prints"))
        return *_timed(wire, engine, stored, chance), rows
    finally:
        engine.dispose()


def _timed(wire: Wire, engine: Engine, stored: int, chance: random.Random) -> tuple[float, float]:
    """Warm up with one thousand, then time three, from stored text to committed links; a server's CPU is not ours."""
    taken, cpu = [], []
    for turn in range(TURNS + 1):
        put(engine, wire.newcomers(turn, stored, chance))
        before = time.process_time()
        taken.append(match(engine).seconds)
        cpu.append(time.process_time() - before)
    return round(median(taken[1:]), 3), round(median(cpu[1:]), 3)


def _size(count: int) -> str:
    """Name a size as the keys do: 10k, 100k, 1m."""
    return f"{count // 1_000_000}m" if count % 1_000_000 == 0 else f"{count // 1000}k"


def _letters(number: int) -> str:
    found = ""
    while number:
        number, place = divmod(number, 20)
        found += "bcdfghjklmnpqrstvwxz"[place]
    return "q" + found

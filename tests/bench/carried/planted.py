"""Planted copies in seventeen classes and boilerplate-only queries: recall by class, precision, origin.

The base documents get known publishers as carriers and the queries an aggregator. Every third query states
its origin by a canonical link, every third by the publisher's advert behind the text, every third only by the
later time, so that a reader of the two could tell. Classes P10 hold single entries.

A pair that was not planted counts as right where a dozen words in a row stand in its base document and in the
query or the planted one, and in no N1 query: the simulated blogs of such a folder, and what its supersets add,
are made of pieces of its articles.
"""

import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from carried.store import document_rows, empty_warehouse, put
from sqlalchemy import text

from dateline.matching import match
from dateline.model import Document, Kind
from dateline.publishers import PublisherRole, publishers
from dateline.syndication import attribute
from dateline.syndication.normalise import readable, words
from dateline.warehouse.engine import reading_from

DISTRACTORS = 15_000
LEAST_RUN = 12
SPREAD_DAYS = 9
HOUSES = [one for one in publishers() if one.role is PublisherRole.PUBLISHER]


def read(path: Path) -> Iterator[dict]:
    """Read a compressed file of one JSON object a line."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def measure(folder: Path, scratch: Path, *, quick: bool) -> dict:
    """Match the queries against the base and the distractors; return the figures."""
    base = list(read(folder / "base.jsonl.xz"))
    queries = list(read(folder / "queries.jsonl.xz"))
    engine = empty_warehouse(f"sqlite:///{scratch}/planted.db")
    put(engine, (_base_rows(number, one) for number, one in enumerate(base)))
    distractors = folder / "reuters21578.jsonl.xz"
    if distractors.exists():
        count = 2_000 if quick else DISTRACTORS
        rows = (
            document_rows(one["id"], one["text"], carrier="Wire", day=100 + number % 90)
            for number, one in zip(range(count), read(distractors), strict=False)
            if one["text"]
        )
        put(engine, rows)
    match(engine)
    house = {one["id"]: HOUSES[number % len(HOUSES)] for number, one in enumerate(base)}
    days = {one["id"]: number % SPREAD_DAYS for number, one in enumerate(base)}
    put(engine, (_query_rows(one, house, days) for one in queries))
    report = match(engine)
    with reading_from(engine) as connection:
        found = _found(connection)
    engine.dispose()
    return _figures(base, queries, found, house) | {"texts_a_second": round(report.texts / report.seconds)}


def _base_rows(number: int, one: dict) -> dict:
    house = HOUSES[number % len(HOUSES)].name
    about = {"carrier": house, "origin": house, "day": number % SPREAD_DAYS}
    if one["id"].split(":")[0] in {"blog", "lrec"}:
        return document_rows(one["id"], *one["paras"], kind="live_blog", **about)
    return document_rows(one["id"], "\n".join(one["paras"]), **about)


def _query_rows(query: dict, house: dict, days: dict) -> dict:
    body = "\n".join(query["paras"])
    source = house.get(query["src"][0])
    kind = query["qid"] % 3
    canonical = f"https://{source.domains[0]}/{query['qid']}" if source and kind == 0 else None
    if source and kind == 1 and not query["cls"].startswith("P10"):
        body += f"\nTry {source.name} free for a month: subscribe for unlimited access."
    document = Document(
        format="article",
        kind=Kind.ARTICLE,
        url=f"https://news.yahoo.com/{query['qid']}",
        canonical_url=canonical,
        carrier="Yahoo",
        text=body,
    )
    origin = attribute(document)
    about = {"origin": origin.name, "reason": origin.reason, "confidence": origin.confidence} if origin else {}
    day = max((days[one] + 1 for one in query["src"] if one), default=query["qid"] % SPREAD_DAYS)
    return document_rows(f"q{query['qid']}", body, carrier="Yahoo", day=day, **about)


def _found(connection) -> dict:
    """Return the links of queries with base documents: ``{query: {document: (origin, name)}}``."""
    documents = connection.execute(
        text("select copy_document_id, origin_document_id, origin_name, is_template from syndications")
    )
    found: dict[str, dict] = defaultdict(dict)
    links = [(copy, origin, name) for copy, origin, name, is_template in documents if not is_template]
    links += connection.execute(
        text(
            "select copy_document_id, origin_document_id, origin_name from fct_syndications "
            "where level = 'entry' and copy_document_id <> origin_document_id"
        )
    ).all()
    for copy, origin, name in links:
        query, other = (copy, origin) if copy.startswith("q") else (origin, copy)
        if query.startswith("q") and not other.startswith("q"):
            found[query].setdefault(other, (origin, name))
    return found


def _figures(base: list[dict], queries: list[dict], found: dict, house: dict) -> dict:
    whole = {one["id"]: " ".join(_plain(line) for line in one["paras"]) for one in base}
    boilerplate = {
        dozen
        for one in queries
        if one["cls"].startswith("N1")
        for dozen in _dozens(" ".join(_plain(line) for line in one["paras"]))
    }
    right, planted, origin_right = Counter(), Counter(), 0
    wrong, judged, n1 = [], 0, 0
    for query in queries:
        links = found.get(f"q{query['qid']}", {})
        if query["cls"].startswith("N1"):
            n1 += bool(links)
            wrong += [(query["cls"], one) for one in links]
            continue
        for source in query["src"]:
            planted[query["cls"]] += 1
            right[query["cls"]] += source in links
        first = query["src"][0]
        if first in links and len(query["src"]) == 1:
            judged += 1
            origin_right += links[first] == (first, house[first].name)
        wrong += [
            (query["cls"], one)
            for one in links
            if one not in query["src"] and not _shares(query, one, whole, boilerplate)
        ]
    total = sum(len(links) for links in found.values())
    return {
        "recall": round(sum(right.values()) / sum(planted.values()), 4),
        "recall_by_class": {name: round(right[name] / planted[name], 4) for name in sorted(planted)},
        "precision": round(1 - len(wrong) / total, 4),
        "n1_matched": n1,
        "origin_right": round(origin_right / judged, 4),
        "wrong": wrong[:20],
        "links": total,
    }


def _shares(query: dict, other: str, whole: dict, boilerplate: set[tuple[str, ...]]) -> bool:
    """Say whether a dozen words in a row stand in both, apart from boilerplate."""
    found = _dozens(whole[other]) - boilerplate
    asked = " ".join(_plain(line) for line in query["paras"])
    return any(not found.isdisjoint(_dozens(one)) for one in (asked, *(whole[source] for source in query["src"])))


@cache
def _dozens(text_of_document: str) -> frozenset[tuple[str, ...]]:
    found = text_of_document.split()
    return frozenset(tuple(found[start : start + LEAST_RUN]) for start in range(len(found) - LEAST_RUN + 1))


def _plain(line: str) -> str:
    return " ".join(words(readable(line))).casefold()

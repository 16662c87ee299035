"""Natural copies among 19,043 wire stories of 1987: recall on duplicates, and templates told apart.

The stored pairs carry no label, so headline and date give one: a *duplicate* lies within three days and its
headlines open with one word, agree in three fifths of all their words and contradict each other in no figure,
unless that headline recurs on three days or more and the texts differ; a *template* lies more than five days
apart, stands under a recurring headline, or under two headlines that agree in half their words and contradict
each other in a figure. A contradiction: each has a figure that the other lacks. What is neither is left out.
The matcher sees no such label; it uses headlines only for notices under forty words.
"""

import re
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from carried.planted import read
from carried.store import document_rows, empty_warehouse, put
from sqlalchemy import text

from dateline.matching import match
from dateline.warehouse.engine import reading_from

START = datetime(1987, 1, 1)  # noqa: DTZ001 - only differences of days are used
_DATE = re.compile(r"(\d+)-([A-Za-z]{3})-(\d{4})(?:\s+(\d{2}):(\d{2}))?")
_NOISE = re.compile(r"<[^>]*>|&\S+|\(.*?\)|CORRECTED|CORRECTION|REPEAT")


def measure(folder: Path, scratch: Path) -> dict:
    """Match all stories; judge the links against the labels."""
    stories = {one["id"]: one for one in read(folder / "reuters21578.jsonl.xz") if one["text"]}
    days = {name: _day(one["date"]) for name, one in stories.items()}
    engine = empty_warehouse(f"sqlite:///{scratch}/wire.db")
    put(engine, (_rows(number, one, days) for number, one in enumerate(stories.values())))
    report = match(engine)
    with reading_from(engine) as connection:
        found = {
            tuple(sorted(pair[:2])): bool(pair[2])
            for pair in connection.execute(
                text("select copy_document_id, origin_document_id, is_syndication from syndications")
            )
        }
        learnt = connection.scalar(text("select count(*) from dim_boilerplate_prints"))
    engine.dispose()
    labels = _labels(stories, days, set(found) | _pairs(folder, stories))
    stored = _pairs(folder, stories)
    duplicates = {pair for pair in stored if labels.get(pair) == "duplicate"}
    called = {pair for pair, is_syndication in found.items() if is_syndication and pair in labels}
    right = {pair for pair in called if labels[pair] == "duplicate"}
    templates = {pair for pair, label in labels.items() if label == "template"}
    return {
        "reuters_recall": round(len(duplicates & called) / len(duplicates), 4),
        "reuters_precision": round(len(right) / len(called), 4),
        "reuters_duplicates": len(duplicates),
        "reuters_templates": len(templates),
        "reuters_templates_called_copies": len(templates & called),
        "reuters_missed": sorted(duplicates - called)[:20],
        "reuters_wrong": sorted(called - right)[:40],
        "reuters_boilerplate": learnt,
        "reuters_texts_a_second": round(report.texts / report.seconds),
    }


def _pairs(folder: Path, stories: dict) -> set[tuple[str, str]]:
    found = {tuple(sorted((one["a"], one["b"]))) for one in read(folder / "reuters-pairs.jsonl.xz")}
    return {pair for pair in found if pair[0] in stories and pair[1] in stories}


def _rows(number: int, one: dict, days: dict) -> dict:
    return document_rows(
        one["id"], one["text"], carrier=f"House {number % 997}", day=days[one["id"]], title=one["title"]
    )


def _day(stated: str) -> float:
    match_ = _DATE.search(stated)
    if not match_:
        return 0.0
    day, month, year, hour, minute = match_.groups()
    moment = datetime.strptime(f"{day} {month} {year}", "%d %b %Y")  # noqa: DTZ007 - the wire gives no zone
    return (moment - START).days + int(hour or 0) / 24 + int(minute or 0) / 1440


def _labels(stories: dict, days: dict, pairs: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    openings = {name: (_headline(one["title"]) or [""])[0] for name, one in stories.items()}
    headlines = {name: frozenset(_headline(one["title"])) for name, one in stories.items()}
    on_days: dict[frozenset, set[int]] = defaultdict(set)
    for name, words in headlines.items():
        on_days[words].add(int(days[name]))
    labels = {}
    for one, other in pairs:
        recurs = max(len(on_days[headlines[one]]), len(on_days[headlines[other]])) >= 3
        same_text = " ".join(stories[one]["text"].split()) == " ".join(stories[other]["text"].split())
        apart = abs(days[one] - days[other])
        union = len(headlines[one] | headlines[other]) or 1
        agree = len(headlines[one] & headlines[other]) / union
        left, right = _figures(stories[one]["title"]), _figures(stories[other]["title"])
        is_contradiction = bool(left - right) and bool(right - left)
        same_start = openings[one] == openings[other]
        if apart <= 3 and agree >= 0.6 and same_start and not is_contradiction and (same_text or not recurs):
            labels[one, other] = "duplicate"
        elif apart > 5 or recurs or (agree >= 0.5 and is_contradiction):
            labels[one, other] = "template"
    return labels


def _headline(title: str) -> list[str]:
    return [word for word in re.findall(r"[A-Z0-9]+", _NOISE.sub("", (title or "").upper())) if len(word) > 2]


def _figures(title: str) -> set[str]:
    return set(re.findall(r"\d+", title or ""))

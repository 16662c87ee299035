"""Measure the splitting of flattened copies: boundaries, headlines, times, alignment, bounds, speed, false alarms.

`--corpus DIR` names the corpus, `--json` adds one JSON object as the last line. Flattened pages are *real text, applied
flattening*. Cased blogs and pages are run together by us: one line without headlines, unless the row says otherwise.
The topic page's boundaries were marked by us, by reading, before any model had been run on it. No blog that thresholds
or networks were fitted to is in here.
"""

import argparse
import json
import lzma
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # speed is stated for one core; read when NumPy is first imported

import pendulum
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "plugins"))

from splitter import baselines, stored, texts
from splitter.measures import f1, pk, window_difference
from splitter.texts import Copy

from dateline.dating import date
from dateline.model import Basis, Clock, Dating, Document, Entry, Kind, Precision, Reading, Role
from dateline.split import split
from dateline.split.bounds import bound
from dateline.split.clocked import clocked_sections
from dateline.split.clockless import places_of

Scores = dict[str, float]


def clocks(corpus: Path) -> tuple[dict[str, Scores], Scores]:
    """Cut the copies with clocks; return the scores of each style and those over styles."""
    styles: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for copy in texts.flattened(corpus, texts.CLOCKED):
        sections = {one.start: one for one in clocked_sections(copy.text)}
        own = styles[copy.style]
        own["f1"].append(f1(list(sections), copy.starts))
        own["extra"].append(len(set(sections) - set(copy.starts)) / max(len(sections), 1))
        own["pk"].append(pk(list(sections), copy.starts, len(copy.text)))
        own["windowdiff"].append(window_difference(list(sections), copy.starts, len(copy.text)))
        own["by clock"].append(f1(baselines.by_clock(copy.text), copy.starts))
        own["by paragraph"].append(f1(baselines.by_paragraph(copy.text), copy.starts))
        if copy.style in texts.HEADLINES_KEPT:
            own["headlines"] += [
                float((row["headline"] or None) == getattr(sections.get(row["start"]), "headline", ""))
                for row in copy.truth
            ]
        own["times"] += _times_right(copy)
    table = {style: {name: fmean(values) for name, values in own.items()} for style, own in styles.items()}
    names = ("f1", "extra", "headlines", "times", "by clock", "by paragraph")
    return table, {name: fmean([own[name] for own in table.values() if name in own]) for name in names}


def _times_right(copy: Copy) -> list[float]:
    """Date a copy that was carried on the day of its newest entry; say of each true entry if its minute is exact."""
    found = {_offset(reading_block.where): entry for reading_block, entry in _dated(copy)}
    right = []
    for row in copy.truth:
        entry = found.get(row["start"])
        right.append(float(entry is not None and _is_exact(entry.published, row["time"])))
    return right


def _dated(copy: Copy) -> list[tuple]:
    reading = _read(copy)
    return list(zip(reading.document.blocks, reading.entries, strict=False))


def _read(copy: Copy) -> Reading:
    day = max(pendulum.parse(row["time"]) for row in copy.truth if row["time"]).in_timezone("Europe/London")
    carried = Clock(role=Role.PUBLISHED, stated=day.to_date_string(), basis=Basis.PAGE_DATE)
    document = Document(format="copy", kind=Kind.ARTICLE, text=copy.text, clocks=(carried,), language="en")
    return bound(date(split(document), captured_at=None, zone="Europe/London")[0])


def _offset(where: str) -> int:
    return int(where.removeprefix("offset "))


def _is_exact(dating: Dating, stated: str) -> bool:
    true = pendulum.parse(stated)
    is_fine = dating.precision in {Precision.SECOND, Precision.MINUTE}
    return is_fine and dating.at is not None and abs((dating.at - true).total_seconds()) < 60


def no_clocks(copies: Iterable[Copy], *, tiles: bool = False) -> dict[str, Scores]:
    """Cut copies without clocks at the network's threshold; return the scores of each, with the baselines' beside.

    TextTiling, by far the slowest, only where ``tiles`` asks for it.
    """
    scores: dict[str, Scores] = {}
    for copy in copies:
        places = places_of(copy.text, "en") if len(copy.starts) >= 5 else None
        if places is None:
            continue
        true = copy.starts[1:]
        found = [at for at, chance in zip(places.offsets, places.chances, strict=True) if chance >= places.threshold]
        scores[copy.name] = {
            "f1": f1(found, true),
            "announced": f1(found, [at for at in true if at in set(places.offsets)]),
            "pk": pk(found, true, len(copy.text)),
            "windowdiff": window_difference(found, true, len(copy.text)),
        } | _others(copy, true, tiles=tiles)
    return scores


def _others(copy: Copy, true: Sequence[int], *, tiles: bool) -> Scores:
    found = {
        "at random": f1(baselines.at_random(copy.text, len(true)), true),
        "evenly": f1(baselines.evenly(copy.text, len(true)), true),
    }
    if "\n" in copy.text:
        found["by paragraph"] = f1(baselines.by_paragraph(copy.text)[1:], true)
    cuts = baselines.by_text_tiling(copy.text) if tiles else None
    return found if cuts is None else found | {"TextTiling": f1(cuts, true)}


def of_the_seed(corpus: Path) -> Scores:
    """Cut the topic page's live blog as the program does, lead and all."""
    copy, either_way = texts.seed(corpus)
    document = split(Document(format="copy", kind=Kind.ARTICLE, text=copy.text))
    found = [_offset(block.where) for block in document.blocks]
    scores = {"f1": f1(found, copy.starts, either_way), "entries": len(found), "true": len(copy.starts)}
    return scores | _others(copy, copy.starts, tiles=True)


def times_of_clockless(corpus: Path) -> Scores:
    """Take copies without clocks through a warehouse, with their originals; and bound them without."""
    copies = list(texts.flattened(corpus, texts.CLOCKLESS))
    held = [found for copy in copies for block, entry in _dated(copy) for found in _held(copy, block.where, entry)]
    return stored.given_back(corpus, copies) | {"held": fmean(held), "bounded": len(held)}


def _held(copy: Copy, where: str, entry: Entry) -> list[float]:
    """Say whether the truth of an entry lies in its bounds; nothing where it has none or the entry is no true one."""
    row = next((one for one in copy.truth if one["start"] == _offset(where)), None)
    own = entry.published
    if row is None or (own.earliest is None and own.latest is None):
        return []
    true = pendulum.parse(row["time"])
    return [float((own.earliest is None or own.earliest <= true) and (own.latest is None or true <= own.latest))]


def false_alarms(corpus: Path) -> tuple[Scores, list[str]]:
    """Split ordinary articles, with and without their line breaks; return the shares that became live blogs."""
    with lzma.open(corpus / "syndication" / "base.jsonl.xz", "rt", encoding="utf-8") as lines:
        stored = [json.loads(line) for line in lines]
    articles = [one for one in stored if one["id"].startswith(("traf:", "aeb:"))]
    alarms = [
        f"{one['id']} ({form})"
        for one in articles
        for form, gap in (("paragraphs", "\n"), ("one line", " "))
        if _is_split(gap.join(one["paras"]))
    ]
    blogs = [one for one in stored if one["id"].startswith("lrec:")][:40]
    known = [_is_split(" ".join(one["paras"])) for one in blogs]
    return {"rate": len(alarms) / (2 * len(articles)), "texts": 2 * len(articles), "blogs known": fmean(known)}, alarms


def _is_split(text: str) -> bool:
    return split(Document(format="copy", kind=Kind.ARTICLE, text=text)).kind is Kind.LIVE_BLOG


def speed(copies: Sequence[Copy]) -> float:
    """Return milliseconds of one core per 1,000 words of copies without clocks: the best of three rounds."""
    words = sum(len(copy.text.split()) for copy in copies)
    rounds = []
    for _ in range(3):
        began = time.process_time()
        for copy in copies:
            places_of(copy.text, "en")
        rounds.append(time.process_time() - began)
    return min(rounds) * 1e6 / words


def mean(scores: dict[str, Scores], name: str = "f1", keep: Callable[[str], bool] = lambda name: True) -> float:
    """Average one score over copies."""
    values = [one[name] for copy, one in scores.items() if keep(copy) and name in one]
    return fmean(values) if values else float("nan")


def main() -> None:
    """Measure everything, print tables, and with --json one object."""
    options = _options()
    console = Console(width=120, no_color=options.json)
    by_style, over_styles = clocks(options.corpus)
    _print(console, "Copies with clocks (real text, applied flattening)", by_style)
    forms = {
        form: no_clocks(texts.cased(options.corpus, form), tiles=form == "line")
        for form in ("line", "line+headlines", "paragraphs", "paragraphs+headlines")
    }
    lower = no_clocks(texts.lower_cased(options.corpus))
    rows = {f"cased, {form}": _row(scores) for form, scores in forms.items()} | {"LREC, line": _row(lower)}
    is_page = frozenset(texts.PAGES).__contains__
    rows["cased pages only, line"] = _row({name: one for name, one in forms["line"].items() if is_page(name)})
    seed = of_the_seed(options.corpus)
    rows["the topic page's live blog"] = seed
    _print(console, "Copies without clocks (macro over blogs; all starts but the first counted)", rows)
    if options.each:
        _print(console, "Each cased blog, one line", forms["line"])
    originals = times_of_clockless(options.corpus)
    alarm, alarms = false_alarms(options.corpus)
    pace = speed(list(texts.pages(options.corpus, "line")))
    _print(console, "Times", {"all": originals | {"times exact (clocks)": over_styles["times"]}})
    _print(console, "False alarms and speed", {"all": alarm | {"ms per 1,000 words": pace}})
    console.print("\n".join(alarms) or "no article was split")
    if options.json:
        answer = {
            "clocks_f1": over_styles["f1"],
            "clocks_by_style": {style: own["f1"] for style, own in by_style.items()},
            "headlines_right": over_styles["headlines"],
            "false_splits": over_styles["extra"],
            "no_clocks_f1": mean(forms["line"]),
            "no_clocks_by_form": {form: mean(scores) for form, scores in forms.items()},
            "lrec_announced_f1": mean(lower, "announced"),
            "paragraphs_f1": mean(forms["paragraphs"]),
            "seed_f1": seed["f1"],
            "times_exact": over_styles["times"],
            "aligned_exact": originals["exact"],
            "wrong_claims": originals["wrong"],
            "bounds_hold": originals["held"],
            "ms_per_1000_words": pace,
            "false_alarms": alarm["rate"],
        }
        print(json.dumps(answer))


def _row(scores: dict[str, Scores]) -> Scores:
    names = sorted({name for one in scores.values() for name in one}, key=_NAMES.index)
    return {"blogs": float(len(scores))} | {name: mean(scores, name) for name in names}


_NAMES = ["f1", "announced", "pk", "windowdiff", "TextTiling", "by paragraph", "evenly", "at random"]


def _print(console: Console, title: str, rows: dict[str, Scores]) -> None:
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in columns:
        table.add_column(name, justify="right")
    for name, row in rows.items():
        table.add_row(name, *(_shown(row[one]) if one in row else "" for one in columns))
    console.print(table)


def _shown(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and value > 1 else f"{value:.3f}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--each", action="store_true", help="print a row per blog")
    return parser.parse_args()


if __name__ == "__main__":
    main()

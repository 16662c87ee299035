"""LiveBench: how much of real live pages is read, how well it is dated, and how fast.

    python tests/bench/reading.py [--corpus DIR] [--json]

``DIR`` is any folder that holds, at whatever depth, a ``manifest.jsonl`` (one page a line: ``file``, and if known
``url`` and ``captured_at``) beside ``truth/<name>.jsonl`` (one true entry a line: ``id, time, headline, text``).
``--json`` ends the output with one line: recall, precision, times_within_60s, wrong_claims, headlines,
generic_recall, generic_precision, vs_lxml, vs_trafilatura, pages.

Recall and precision are over entries, of all pages but those that are dated by clocks in their text; times over the
true entries whose instant is known; a wrong claim is a time given to the second or minute and off by more
than 60 s. The generic reader alone gets the same pages as HTML (a payload's own markup, wrapped in a page).
Milliseconds are CPU time, the least of several runs, of everything from bytes to judged entries; ``vs_lxml``
(lower is better) and ``vs_trafilatura`` (higher is better) are medians over the HTML pages.
All run as often, in one warm process, so what a reader keeps from call to call is kept. trafilatura gets the page
already decoded, and gives text and metadata (``bare_extraction``) with its fallbacks, as by default; lxml only parses.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from livebench.pages import CapturedPage, pages_in
from livebench.peers import peers, share_of_texts
from livebench.scores import Score, score, total
from livebench.timing import milliseconds
from lxml import html as lxml_html
from rich.console import Console
from rich.table import Table

from dateline.errors import DatelineError
from dateline.model import Entry, Snapshot
from dateline.reading import read

HEADINGS = (
    "page", "format", "entries", "recall", "prec.", "times", "wrong", "heads", "texts", "generic r/p", "ms", "× lxml",
)  # fmt: skip
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@dataclass(frozen=True, kw_only=True)
class Result:
    """One page, measured."""

    page: CapturedPage
    format: str
    score: Score
    generic: Score | None
    milliseconds: float
    lxml: float | None = None
    peers: dict[str, tuple[float, float]] = field(default_factory=dict)  # share of texts, milliseconds


def entries_of(snapshot: Snapshot, format_name: str | None = None) -> tuple[str, Sequence[Entry]]:
    """Read a page and return the format and the entries of the blog on it; none where it cannot be read."""
    try:
        readings = read(snapshot, format=format_name)
    except DatelineError as error:
        return f"unread: {error}"[:60], ()
    return readings[0].document.format, [entry for one in readings for entry in one.entries]


def measure(page: CapturedPage) -> Result:
    """Read one page by every means and compare."""
    format_name, entries = entries_of(page.snapshot)
    shown = page.as_html()
    generic = score(page, entries_of(shown, "generic")[1]) if shown.body and not page.has_clocks_only else None
    body = page.snapshot.body
    if not page.is_html:
        took = milliseconds(lambda: entries_of(page.snapshot), runs=2)
        return Result(page=page, format=format_name, score=score(page, entries), generic=generic, milliseconds=took)
    markup = body.decode("utf-8", "replace")
    return Result(
        page=page,
        format=format_name,
        score=score(page, entries),
        generic=generic,
        milliseconds=milliseconds(lambda: entries_of(page.snapshot), runs=15),
        lxml=milliseconds(lambda: lxml_html.document_fromstring(body), runs=15),
        peers={
            name: (share_of_texts(page, run(markup)), milliseconds(lambda run=run: run(markup), runs=15))
            for name, run in peers().items()
        },
    )


def figures(results: Sequence[Result]) -> dict[str, float | int]:
    """Sum the results up to the figures that are published."""
    structured = total(one.score for one in results if not one.page.has_clocks_only)
    generic = total(one.generic for one in results if one.generic is not None)
    live = [one for one in results if one.lxml]
    return {
        "recall": round(structured.recall, 4),
        "precision": round(structured.precision, 4),
        "times_within_60s": round(structured.times_within_60s, 4),
        "wrong_claims": round(structured.wrong_claims, 5),
        "headlines": round(structured.exact_headlines, 4),
        "generic_recall": round(generic.recall, 4),
        "generic_precision": round(generic.precision, 4),
        "vs_lxml": round(statistics.median(one.milliseconds / one.lxml for one in live), 2) if live else 0,
        "vs_trafilatura": round(
            statistics.median(one.peers["trafilatura"][1] / one.milliseconds for one in live if one.peers), 1
        )
        if live
        else 0,
        "pages": len(results),
    }


def table(results: Sequence[Result]) -> Table:
    """Lay the results out for people; payloads of one folder that hold many pages share a line."""
    shown = Table(title="LiveBench", show_footer=False)
    for heading in HEADINGS:
        shown.add_column(heading, justify="left" if heading in {"page", "format"} else "right")
    for one in results:
        if one.page.is_html or len(results) < 40:
            shown.add_row(*_row_of(one))
    payloads = [one for one in results if not one.page.is_html]
    if len(results) >= 40 and payloads:
        generic = total(one.generic for one in payloads if one.generic)
        took = statistics.median(one.milliseconds for one in payloads)
        scores = total(one.score for one in payloads)
        shown.add_row(*_row(f"{len(payloads)} payloads", "", Measured(scores, generic, took)))
    everything = total(one.score for one in results)
    middle = statistics.median(one.milliseconds for one in results)
    generic = total(one.generic for one in results if one.generic)
    shown.add_section()
    shown.add_row(*_row("all", "", Measured(everything, generic, middle)))
    return shown


def _row_of(one: Result) -> tuple[str, ...]:
    return _row(one.page.name[:36], one.format, Measured(one.score, one.generic, one.milliseconds, one.lxml))


class Measured(NamedTuple):
    """What one line of the table shows."""

    got: Score
    generic: Score | None
    took: float
    floor: float | None = None


def _row(name: str, format_name: str, measured: Measured) -> tuple[str, ...]:
    got, generic, took, floor = measured
    return (
        name,
        format_name,
        f"{got.found}/{got.true}",
        f"{got.recall:.3f}",
        f"{got.precision:.3f}",
        f"{got.times_within_60s:.3f}" if got.timed else "–",
        f"{got.wrong}/{got.claims}",
        f"{got.exact_headlines:.3f}",
        f"{got.texts / got.found:.2f}" if got.found else "–",
        f"{generic.recall:.2f}/{generic.precision:.2f}" if generic else "–",
        f"{took:.1f}",
        f"{took / floor:.1f}" if floor else "–",
    )


def peer_table(results: Sequence[Result]) -> Table:
    """Lay out what the peers give of the same HTML pages."""
    live = [one for one in results if one.peers]
    shown = Table(title="Beside it, on the HTML pages (medians)")
    for heading in ("reader", "entries", "entry times", "texts carried along", "ms", "× Dateline"):
        shown.add_column(heading, justify="left" if heading == "reader" else "right")
    for name in peers():
        texts = statistics.mean(one.peers[name][0] for one in live)
        took = statistics.median(one.peers[name][1] for one in live)
        slower = statistics.median(one.peers[name][1] / one.milliseconds for one in live)
        shown.add_row(name, "0", "0", f"{texts:.2f}", f"{took:.1f}", f"{slower:.1f}")
    return shown


def main() -> None:
    """Measure a corpus and print it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--corpus", type=Path, default=CORPUS, help="folder with manifests, pages and truth")
    asked.add_argument("--json", action="store_true", help="end with one line of JSON")
    options = asked.parse_args()
    results = [measure(page) for page in pages_in(options.corpus)]
    if not results:
        sys.exit(f"{options.corpus}: no manifest.jsonl beside a truth/ folder. Name a corpus with --corpus DIR.")
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table(results))
    if any(one.peers for one in results):
        console.print(peer_table(results))
    if options.json:
        print(json.dumps(figures(results)))
    else:
        console.print(figures(results))


if __name__ == "__main__":
    main()

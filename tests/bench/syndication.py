"""Measure matching: recall and precision on planted and natural copies, origin, cost at a million, and the peers.

    python tests/bench/syndication.py --corpus DIR [--json] [--quick]

``DIR`` is the corpus folder, or a folder shaped like its ``syndication``. ``--quick`` leaves out the stores of a
million and the race of a hundred thousand, which take an hour. ``--stored`` and ``--raced`` run them smaller: then the
figures carry that size in their names (``growth_10k_100k_sqlite``), and the keys of the large ones stay null, as
every figure that was not measured. The growth is the worse of the two engines'. The peers (datasketch, simhash) are
optional: ``pip install -r tests/bench/peers.txt``. PostgreSQL is asked at ``DATELINE_TEST_POSTGRES``.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from carried import peers, planted, scale, wire
from rich.console import Console
from rich.table import Table

KEYS = (
    "recall",
    "recall_by_class",
    "precision",
    "n1_matched",
    "reuters_recall",
    "origin_right",
    "seconds_1000_vs_1m_sqlite",
    "seconds_1000_vs_1m_postgresql",
    "growth_10k_1m",
    "vs_datasketch_100k",
)
GROWTH = ("growth_10k_1m_sqlite", "growth_10k_1m_postgresql")


def main() -> None:
    """Run what was asked for, print a table, and the figures as JSON on the last line."""
    asked = _arguments()
    folder = asked.corpus / "syndication" if (asked.corpus / "syndication").is_dir() else asked.corpus
    figures: dict = dict.fromkeys(KEYS)
    with tempfile.TemporaryDirectory(dir=asked.scratch) as scratch:
        parts = {
            "planted": lambda: planted.measure(folder, Path(scratch), quick=asked.quick),
            "wire": lambda: wire.measure(folder, Path(scratch)),
            "peers": lambda: peers.measure(folder, quick=asked.quick),
            "sqlite": lambda: scale.sqlite(folder, Path(scratch), asked.stored),
            "postgresql": lambda: scale.postgresql(folder, asked.stored),
            "race": lambda: scale.race(folder, Path(scratch), asked.raced),
        }
        large = {"sqlite", "postgresql", "race"}
        for name, measure in parts.items():
            if name in (asked.only or parts) and not (asked.quick and name in large):
                figures |= measure()
                print(f"{name} done", file=sys.stderr, flush=True)
    grown = [figures[one] for one in GROWTH if one in figures]
    figures["growth_10k_1m"] = max(grown, default=None)
    _show(figures)
    if asked.json:
        print(json.dumps(figures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", nargs="*", help="planted, wire, peers, sqlite, postgresql, race")
    parser.add_argument("--stored", type=int, default=1_000_000, help="documents in the large store")
    parser.add_argument("--raced", type=int, default=100_000, help="documents in the race with datasketch")
    parser.add_argument("--scratch", help="a folder on a disk with room")
    return parser.parse_args()


def _show(figures: dict) -> None:
    table = Table(title="Syndication")
    table.add_column("figure")
    table.add_column("value", justify="right")
    for name, value in figures.items():
        if isinstance(value, dict):
            for part, share in value.items():
                table.add_row(f"  {name}: {part}", str(share))
        else:
            table.add_row(name, "not measured" if value is None else str(value))
    Console().print(table)


if __name__ == "__main__":
    main()

"""Measure history: the newsroom as judge, same rows whatever the order, as-of among a million versions, re-reading.

    python tests/bench/history.py [--json] [--quick] [--only PART …]

``--quick`` judges sixty blogs, compares with four orders and twenty kills, and stops at fifty thousand versions. What
was left out stays null. PostgreSQL is asked at ``DATELINE_TEST_POSTGRES``. Nothing is fetched: pages are rendered,
read and loaded by the real code, without HTTP. Latencies hold for the machine as busy as it was.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "plugins"))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from simulated import judge, rereading, sameness, scale

KEYS = ("asof_points", "asof_equal", "false_deletions", "polls", "deletion_recall", "hashes_equal", "kills",
        "asof_p95_ms_sqlite", "asof_p95_ms_postgresql", "replay_entries_per_s", "replay_vs_parse")  # fmt: skip
POSTGRES = os.environ.get("DATELINE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1/postgres")


def main() -> None:
    asked = _arguments()
    figures: dict = dict.fromkeys(KEYS)
    with tempfile.TemporaryDirectory(dir=asked.scratch) as scratch:
        folder = Path(scratch)
        parts: dict[str, Callable[[], dict]] = {
            "judge": lambda: judge.measure(folder, asked.blogs or (60 if asked.quick else 1000), asked.polls),
            "sameness": lambda: _sameness(folder, quick=asked.quick),
            "sqlite": lambda: _scale(f"sqlite:///{folder}/scale.db", "sqlite", asked),
            "postgresql": lambda: _scale_postgresql(asked),
            "rereading": lambda: rereading.measure(folder, 20 if asked.quick else 100, 100),
        }
        for name, measure in parts.items():
            if name in (asked.only or parts):
                started = time.perf_counter()
                found = measure()
                print(f"\n{name}, {time.perf_counter() - started:.0f} s")
                for key, value in found.items():
                    print(f"  {key:36} {value:>12.4g}" if isinstance(value, float) else f"  {key:36} {value!s:>12}")
                figures |= found
    if asked.json:
        print(json.dumps(figures))


def _sameness(folder: Path, *, quick: bool) -> dict:
    with sameness.postgres_database(POSTGRES, "dateline_bench_sameness") as url:
        orders, kills = (4, 20) if quick else (20, 200)
        return sameness.measure(folder, url, blogs=4 if quick else 6, polls=40, orders=orders, kills=kills)


def _scale(url: str, name: str, asked: argparse.Namespace) -> dict:
    found = scale.measure(url, asked.versions or (50_000 if asked.quick else 1_000_000))
    return {
        f"asof_p95_ms_{name}": found["p95_ms"],
        f"asof_median_ms_{name}": found["median_ms"],
        f"asof_p95_cpu_ms_{name}": found["p95_cpu_ms"],
        f"asof_versions_{name}": found["versions"],
    }


def _scale_postgresql(asked: argparse.Namespace) -> dict:
    with sameness.postgres_database(POSTGRES, "dateline_bench_scale") as url:
        return _scale(url, "postgresql", asked)


def _arguments() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", help="not used: this benchmark makes its own web")
    options.add_argument("--json", action="store_true", help="one JSON object as the last line")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--only", nargs="+", choices=["judge", "sameness", "sqlite", "postgresql", "rereading"])
    options.add_argument("--blogs", type=int, help="how many blogs to judge")
    options.add_argument("--polls", type=int, default=100, help="how many polls of each")
    options.add_argument("--versions", type=int, help="how many versions as-of is timed among")
    options.add_argument("--scratch", type=Path, help="where to put warehouses meanwhile")
    return options.parse_args()


if __name__ == "__main__":
    main()

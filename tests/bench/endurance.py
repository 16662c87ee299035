"""Measure what wears a warehouse down: kills at random moments, a crowd of changing sources, one huge live blog.

    python tests/bench/endurance.py [--json] [--quick] [--only kills load huge] [--kills N] [--rounds N] [--polls N]

``kills``: loaders are killed at random moments of their work, on SQLite and on PostgreSQL, and every 25 kills one more
run must end in the rows of an undisturbed one. ``load``: 200 sources of 50 posts on loopback, a tenth of the posts
changed each round, polled, archived and loaded by one process; the latency is a batch's, from read to committed.
``huge``: a live blog of 20,000 posts (6 MB) that gains one each poll. PostgreSQL is asked at
``DATELINE_TEST_POSTGRES``. Seconds of CPU stand beside those of the clock, which other work on the machine lengthens.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "plugins"))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from endured import crowd, huge, kills

POSTGRES = os.environ.get("DATELINE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1/postgres")


def main() -> None:
    asked = _arguments()
    figures: dict = {}
    with tempfile.TemporaryDirectory(dir=asked.scratch) as scratch:
        parts = {
            "kills": lambda: kills.measure(Path(scratch), POSTGRES, asked.kills or (50 if asked.quick else 500)),
            "load": lambda: crowd.measure(Path(scratch), asked.rounds or (3 if asked.quick else 20)),
            "huge": lambda: huge.measure(Path(scratch), asked.polls or (5 if asked.quick else 100)),
        }
        for name in asked.only or parts:
            started = time.perf_counter()
            found = parts[name]()
            print(f"\n{name}, {time.perf_counter() - started:.0f} s")
            for key, value in found.items():
                print(f"  {key:28} {value!s:>12}")
            figures |= found
    figures["peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\npeak_rss_mb {figures['peak_rss_mb']}")
    if asked.json:
        print(json.dumps(figures))


def _arguments() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", help="not used: this benchmark makes its own pages")
    options.add_argument("--json", action="store_true", help="one JSON object as the last line")
    options.add_argument("--quick", action="store_true", help="50 kills, 3 rounds, 5 polls")
    options.add_argument("--only", nargs="*", choices=("kills", "load", "huge"))
    options.add_argument("--kills", type=int, help="how many on each engine")
    options.add_argument("--rounds", type=int)
    options.add_argument("--polls", type=int)
    options.add_argument("--scratch", help="where the databases are made")
    return options.parse_args()


if __name__ == "__main__":
    main()

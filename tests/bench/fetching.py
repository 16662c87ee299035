"""Measure fetching: manners and lag over a simulated day, throughput beside the bare client, turns across processes.

``--json`` prints one JSON object as the last line. What is simulated and what is real time stands beside each figure.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "plugins")]

from polling.day import simulate


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", help="not used: this benchmark makes its own web")
    options.add_argument("--json", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--sources", type=int, default=1000)
    options.add_argument("--hosts", type=int, default=200)
    options.add_argument("--workers", type=int, default=8)
    chosen = options.parse_args()
    started = time.perf_counter()
    day = simulate(chosen.seed, sources=chosen.sources, hosts=chosen.hosts, workers=chosen.workers)
    print(f"simulated day in {time.perf_counter() - started:.0f} s")
    for name, value in day.items():
        print(f"  {name:24} {value}")


if __name__ == "__main__":
    main()

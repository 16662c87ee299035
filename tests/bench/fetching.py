"""Measure fetching: manners and lag over a day, turns across processes, a poll beside the bare client, the archive.

``--json`` prints one JSON object as the last line. The day is simulated in virtual time on a made-up web, with the
real shard, ledger, conditions and plan; everything else runs in real time on loopback. Lag counts from a post's
publication (behind a cache: from when the cache shows it) to the end of the shard that saw it, with a run every
minute as the DAG has it; what starting the task and the load add is not in it.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "plugins"))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from polling import archived, day, kept, processes, rate

Figures = dict[str, float]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", help="not used: this benchmark makes its own web")
    options.add_argument("--json", action="store_true", help="one JSON object as the last line")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--sources", type=int, default=1000)
    options.add_argument("--hosts", type=int, default=200)
    options.add_argument("--workers", type=int, default=8)
    chosen = options.parse_args()
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        figures |= _shown("a poll beside the bare clients (real time)", rate.measure)
        figures |= _shown("an unchanged poll, warehouse and all (real time)", lambda: kept.measure(Path(folder)))
        warehouse = f"sqlite:///{folder}/turns.db"
        figures |= _shown("turns of 8 processes (real time)", lambda: processes.measure(warehouse))
        figures |= _shown("the archive read again (real requests, moved clock)", archived.measure)
        figures |= _shown("a day of polling (virtual time)", lambda: _day(chosen))
    figures["violations"] += figures["processes_violations"]
    if chosen.json:
        print(json.dumps(figures))


def _day(chosen: argparse.Namespace) -> Figures:
    return day.simulate(chosen.seed, sources=chosen.sources, hosts=chosen.hosts, workers=chosen.workers)


def _shown(title: str, measure: Callable[[], Figures]) -> Figures:
    started = time.perf_counter()
    found = measure()
    print(f"\n{title}, {time.perf_counter() - started:.0f} s")
    for name, value in found.items():
        print(f"  {name:32} {value:>12}")
    return found


if __name__ == "__main__":
    main()

"""How long a page takes: CPU time of this process, the least of several runs, so that neighbours count little."""

import time
from collections.abc import Callable
from typing import Any


def milliseconds(run: Callable[[], Any], runs: int = 7, budget: float = 1.0) -> float:
    """Return the least CPU milliseconds of up to ``runs`` runs; stop after ``budget`` seconds."""
    least, spent = float("inf"), 0.0
    for _ in range(runs):
        start = time.process_time()
        run()
        took = time.process_time() - start
        least, spent = min(least, took), spent + took
        if spent > budget:
            break
    return least * 1000

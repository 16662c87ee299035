"""A process that changes the state of one source many times: what the test of lost changes starts several of.

``python changer.py URL WHAT TIMES``: WHAT is polls or wakes.
"""

import sys
from dataclasses import replace

from dateline.fetch import woken
from dateline.ingest.schedule import change_states
from dateline.source import Source
from dateline.warehouse import open_warehouse
from dateline.warehouse.engine import write_in
from fabricate import DAY

FERRY = Source(source_id="ferry", url="https://harbour-courier.example/live/ferry")
CHANGES = {
    "polls": lambda _, state: replace(state, polls=state.polls + 1),
    "wakes": lambda _, state: woken(state, (state.woken_at or DAY).add(seconds=1)),
}


def main(url, what, times):
    engine = open_warehouse(url)
    for _ in range(times):
        write_in(engine, lambda connection: change_states(connection, {"ferry": FERRY}, CHANGES[what], DAY))
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

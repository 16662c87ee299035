"""Run the newsroom: ``python -m newsroom serve`` or ``python -m newsroom record FILE`` (with tests/ on the path)."""

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsroom.record import record
from newsroom.script import Timeline, load_coverage
from newsroom.server import Newsroom

PORT = 8790
ANCHOR = "2026-03-14T06:00:00+00:00"


def main() -> None:
    parser = argparse.ArgumentParser(prog="newsroom", description=__doc__)
    parser.add_argument("what", choices=["serve", "record"])
    parser.add_argument("file", nargs="?", type=Path, help="record: the WARC file to write")
    parser.add_argument("--port", type=int, default=PORT, help="part of every address, so of every document's identity")
    parser.add_argument("--anchor", default=ANCHOR, help="the instant the script starts at, or 'now'")
    parser.add_argument("--pace", type=float, default=1.0, help="how many times faster than written the script plays")
    parser.add_argument("--every", type=int, default=15, help="record: minutes between polls")
    options = parser.parse_args()
    anchor = datetime.now(UTC) if options.anchor == "now" else datetime.fromisoformat(options.anchor)
    coverage, timeline = load_coverage(), Timeline(anchor=anchor.replace(microsecond=0), pace=options.pace)
    if options.what == "record":
        base = f"http://127.0.0.1:{options.port}"
        count = record(coverage, timeline, base, options.file, timedelta(minutes=options.every))
        print(f"{count} captures written to {options.file}")
        return
    with Newsroom(coverage, timeline, lambda: datetime.now(UTC), options.port) as server:
        print(f"The newsroom is open at {server.base}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()

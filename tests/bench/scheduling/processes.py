"""What the machine's processes have used so far."""

import os
from collections.abc import Iterator
from pathlib import Path


def processes() -> Iterator[tuple[int, int, int, float]]:
    """Yield each process's number, its parent's, its session's, and the CPU seconds of it and its dead children."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        ticks = sum(map(int, fields[11:15]))
        yield int(path.parent.name), int(fields[1]), int(fields[3]), ticks / os.sysconf("SC_CLK_TCK")

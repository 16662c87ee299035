"""Child processes that end when their parent is done with them, whatever happens to either."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

GRACE = 15.0
"""Seconds between asking a process group to end and ending it."""


@contextmanager
def child(command: Sequence[str], *, environ: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command in a process group of its own, its output in ``log``; end the whole group afterwards."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own commands, never a user's words
            command, env=dict(environ), stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield process
    finally:
        end(process)


def ask_to_end(process: subprocess.Popen[bytes]) -> bool:
    """Ask the process group to end; say whether there was anyone to ask."""
    return _signal_group(process.pid, signal.SIGTERM)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process group to end, wait, and end what is left of it. Repeating it does no harm."""
    ask_to_end(process)
    deadline = time.monotonic() + GRACE
    while time.monotonic() < deadline:
        process.poll()  # reaps the leader, so that the group can be seen to be empty
        if not _signal_group(process.pid, 0):
            return
        time.sleep(0.1)
    _signal_group(process.pid, signal.SIGKILL)
    process.wait()


def _signal_group(group: int, number: int) -> bool:
    """Send a signal to a process group; say whether there was anyone to receive it."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True

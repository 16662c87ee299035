"""What a run ingests: the bundled newsroom, files, or an address; each is a folder of source files for the DAGs."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from urllib.error import URLError
from urllib.request import urlopen

from dateline.errors import SettingsError
from dateline.settings import PROJECT
from dateline_airflow.children import child
from dateline_airflow.state import LOGS

NEWSROOM = PROJECT / "tests" / "newsroom"
PORT = 8790
"""The newsroom's port is part of each address, so of each document's identity: it never changes."""

OPENING = 20.0
"""Seconds that the newsroom may take to open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """How the simulated newsroom plays: from which instant, and how many times faster than written."""

    anchor: str = "2026-03-14T06:00:00+00:00"
    pace: float = 1.0


@contextmanager
def open_newsroom(newsroom: Newsroom) -> Iterator[str]:
    """Serve the newsroom on loopback for as long as the block lasts; yield its address.

    Raises :class:`SettingsError` where it does not open.
    """
    address = f"http://127.0.0.1:{PORT}"
    log = LOGS / "newsroom.log"
    log.unlink(missing_ok=True)
    command = [sys.executable, "-m", "newsroom", "serve", "--port", str(PORT)]
    command += ["--anchor", newsroom.anchor, "--pace", str(newsroom.pace)]
    with child(command, environ=newsroom_environ(), log=log) as process:
        _await_open(process, address, log)
        yield address


def newsroom_environ() -> Mapping[str, str]:
    """Return the environment in which ``python -m newsroom`` finds itself: it lives among the tests."""
    return {**os.environ, "PYTHONPATH": str(NEWSROOM.parent), "PYTHONUNBUFFERED": "1"}


def _await_open(process: Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + OPENING
    while time.monotonic() < deadline:
        if process.poll() is not None:
            last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise SettingsError(
                f"The simulated newsroom could not open at {address}: {''.join(last)}. Port {PORT} must be free: "
                "end what holds it (another `make run` or `make ui`?) and try again."
            )
        if _answers(address):
            return
        time.sleep(0.1)
    raise SettingsError(f"The simulated newsroom did not open at {address} within {OPENING:.0f} s; see {log}.")


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/robots.txt", timeout=2):  # noqa: S310 - our own loopback address
            return True
    except (URLError, OSError):
        return False

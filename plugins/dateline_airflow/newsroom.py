"""The simulated newsroom as a process: recorded, or served on loopback for as long as it is wanted."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from urllib.error import URLError
from urllib.request import urlopen

from dateline.errors import SettingsError
from dateline.settings import PROJECT
from dateline.source import SourceKind, load_source
from dateline_airflow.children import child
from dateline_airflow.state import LOGS

TESTS = PROJECT / "tests"
SOURCES = TESTS / "newsroom" / "sources"
WRITTEN_PORT = "127.0.0.1:8790"
PORT = int(os.environ.get("DATELINE_NEWSROOM_PORT", "8790"))
"""The newsroom's port is part of each address, so of each document's identity: runs that shall agree share it."""

FIRST_DAY = "2026-03-14T06:00:00+00:00"
OPENING = 20.0
"""Seconds that the newsroom may take to open."""


def record_newsroom(path: Path) -> None:
    """Write the newsroom's two days, as a crawler would have captured them, into one WARC file; once."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    command = _command("record", str(half), "--port", str(PORT))
    subprocess.run(command, env=_environ(), check=True, capture_output=True)  # noqa: S603 - ours
    half.rename(path)


def declare_newsroom(folder: Path, recorded: Path | None) -> None:
    """Write the newsroom's source files into a folder: its addresses, and the recording where there is one.

    A newsroom that plays at another time than it was recorded at must leave the recording out: the same
    posts would seem to have been re-dated.
    """
    for path in sorted(SOURCES.glob("*.toml")):
        text = path.read_text(encoding="utf-8").replace(WRITTEN_PORT, f"127.0.0.1:{PORT}")
        if load_source(path).kind is SourceKind.DROP:
            if recorded is None:
                continue
            text = re.sub(r'(?m)^url = ".*"$', f"url = {json.dumps(str(recorded))}", text)
        (folder / path.name).write_text(text, encoding="utf-8")


@contextmanager
def open_newsroom(anchor: str = FIRST_DAY, pace: float = 1.0) -> Iterator[str]:
    """Serve the newsroom on loopback for as long as the block lasts; yield its address.

    Its script begins at ``anchor`` and plays ``pace`` times faster than written. Raises
    :class:`SettingsError` where it does not open.
    """
    address = f"http://127.0.0.1:{PORT}"
    log = LOGS / "newsroom.log"
    log.unlink(missing_ok=True)
    if _answers(address):
        raise SettingsError(_taken(address, "something answers there already"))
    command = _command("serve", "--port", str(PORT), "--anchor", anchor, "--pace", str(pace))
    with child(command, environ=_environ(), log=log) as process:
        _await_open(process, address, log)
        yield address


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "newsroom", *arguments]


def _environ() -> Mapping[str, str]:
    return {**os.environ, "PYTHONPATH": str(TESTS), "PYTHONUNBUFFERED": "1"}


def _await_open(process: Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + OPENING
    while time.monotonic() < deadline:
        if process.poll() is not None:
            last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise SettingsError(_taken(address, "".join(last)))
        if _answers(address):
            return
        time.sleep(0.1)
    raise SettingsError(f"The simulated newsroom did not open at {address} within {OPENING:.0f} s; see {log}.")


def _taken(address: str, found: str) -> str:
    return (
        f"The simulated newsroom could not open at {address}: {found}. Port {PORT} must be free: end what holds it "
        "(another `make run` or `make ui`?) and try again."
    )


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/robots.txt", timeout=2):  # noqa: S310 - our own loopback address
            return True
    except (URLError, OSError):
        return False

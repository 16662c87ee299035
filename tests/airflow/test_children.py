"""A child's whole process group ends with the block that it runs in."""

import os
import sys
import time
from pathlib import Path

import pytest

from dateline_airflow.children import child, end

PARENT = """
import subprocess, sys, time
inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(inner.pid, flush=True)
time.sleep(60)
"""


def is_alive(process_id: int) -> bool:
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def first_number(log: Path) -> int:
    deadline = time.monotonic() + 20
    while not (log.exists() and log.read_text().endswith("\n")):
        assert time.monotonic() < deadline, "the child never spoke"
        time.sleep(0.05)
    return int(log.read_text())


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see a process of a process")
def test_a_child_and_its_own_children_end_with_the_block(tmp_path):
    log = tmp_path / "logs" / "child.log"
    with child([sys.executable, "-c", PARENT], environ=os.environ, log=log) as process:
        inner = first_number(log)
        assert is_alive(process.pid)
        assert is_alive(inner)
    assert not is_alive(process.pid)
    assert not is_alive(inner)


def test_a_child_that_will_not_listen_is_ended_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline_airflow.children.GRACE", 0.3)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    log = tmp_path / "deaf.log"
    with child([sys.executable, "-c", deaf], environ=os.environ, log=log) as process:
        first_number(log)
    assert process.returncode == -9


def test_a_child_that_has_ended_by_itself_can_be_ended_again(tmp_path):
    with child([sys.executable, "-c", "raise SystemExit(3)"], environ=os.environ, log=tmp_path / "log") as process:
        assert process.wait() == 3
    end(process)


def test_a_child_ends_when_the_block_fails(tmp_path):
    with (
        pytest.raises(ZeroDivisionError),
        child([sys.executable, "-c", PARENT], environ=os.environ, log=tmp_path / "log") as process,
    ):
        raise ZeroDivisionError
    assert process.poll() is not None

"""`make ui`: under the real scheduler the DAGs run by themselves, and Ctrl-C ends everything."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.xdist_group("airflow")]

PATIENCE = 240


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(found, what):
    deadline = time.monotonic() + PATIENCE
    while not (value := found()):
        assert time.monotonic() < deadline, f"waited {PATIENCE} s for {what}"
        time.sleep(1)
    return value


def entries(folder):
    with sqlite3.connect(folder / "warehouse.db") as connection:
        return connection.execute("select count(*) from fct_entries").fetchone()[0]


def processes_of(home):
    """Find the processes whose state is in a folder: /proc shows their environment."""
    mark = f"AIRFLOW_HOME={home}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to see which processes are left")
def test_the_dags_run_by_themselves_until_ctrl_c_ends_everything(environ, tmp_path, project):
    (tmp_path / ".airflow").mkdir()
    port, said = free_port(), tmp_path / "said"
    own = {**environ, "AIRFLOW_HOME": str(tmp_path), "DATELINE_NEWSROOM_PORT": str(free_port())}
    command = [sys.executable, "-m", "dateline_airflow.serve", "--port", str(port)]
    with said.open("wb") as output:
        server = subprocess.Popen(command, env=own, cwd=project, stdout=output, stderr=output, start_new_session=True)
    try:
        wait_for(lambda: "password" in said.read_text(), "the login to be printed")
        (folder,) = (tmp_path / "var" / "ui").iterdir()
        first = wait_for(lambda: entries(folder), "the first entries")
        wait_for(lambda: entries(folder) > first, "entries of a later poll")
        with pytest.raises(HTTPError, match="401"):
            urlopen(f"http://127.0.0.1:{port}/api/v2/dags", timeout=30)
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=120)
    assert said.read_text().endswith("Ending ...\nEnded.\n")
    assert processes_of(tmp_path) == []

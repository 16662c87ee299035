"""PostgreSQL restarted in the middle of a load: the load ends or says so, and the next puts everything right."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url

from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.canonical import row_digests
from loading_processes import run, sound, start

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


class Server:
    """A PostgreSQL server of this test's own; it refuses to run as root, so root lends it to the user postgres."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.data = programs, folder / "data"
        self.user = "postgres" if os.geteuid() == 0 else None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if self.user:
            shutil.chown(folder, self.user)
        self.call("initdb", "--auth=trust", "--username=postgres", "--no-sync", self.data)

    def call(self, program, *arguments):
        command = [self.programs / program, *arguments]
        subprocess.run(command, check=True, user=self.user, cwd="/", stdout=subprocess.DEVNULL, timeout=120)

    def control(self, action, *arguments):
        """Start, stop or restart it, and wait until that is done."""
        place = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=16MB"
        self.call("pg_ctl", "-D", self.data, "-w", "-l", self.data / "said", "-o", place, *arguments, action)

    @property
    def url(self):
        return make_url(f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres")


@pytest.fixture
def server():
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "")]
    if not programs[-1].is_file():
        pytest.skip("no PostgreSQL is installed here to start a server of our own")
    with tempfile.TemporaryDirectory(prefix="dateline-server-") as folder:  # pytest's own are closed to other users
        own = Server(programs[-1].parent, Path(folder))
        own.control("start")
        yield own
        own.control("stop", "-m", "immediate")


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restart_in_the_middle_of_a_load_loses_and_doubles_nothing(server, mode):
    engine = open_warehouse(server.url)
    migrate(engine)
    began = time.monotonic()
    run(engine, seed=0)
    rows, seconds = row_digests(engine), time.monotonic() - began
    with engine.begin() as connection:
        connection.exec_driver_sql("drop schema public cascade")
        connection.exec_driver_sql("create schema public")
    migrate(engine)

    process = start(engine, seed=1, batch=2)
    time.sleep(0.7 * seconds)
    assert process.poll() is None, "the load was done before the restart came"
    server.control("restart", "-m", mode)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0 or "WarehouseError" in said.decode(), said.decode()

    engine.dispose()
    assert sound(engine)
    run(engine, seed=2)
    assert row_digests(engine) == rows
    engine.dispose()

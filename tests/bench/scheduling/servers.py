"""A PostgreSQL and a Redis of the benchmark's own, on free ports: only servers of one's own may be restarted."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from scheduling.processes import processes
from sqlalchemy import create_engine, text

from dateline_airflow.cluster import require_redis
from dateline_airflow.components import free_port


class Postgres:
    """A cluster made by initdb in ``folder``; durable as usual, since it is restarted while others write."""

    def __init__(self, folder: Path) -> None:
        """Make and start it. Raises FileNotFoundError where PostgreSQL's programs are not installed."""
        self.folder, self.port = folder, free_port(15_432)
        # PostgreSQL will not run as root.
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        found = shutil.which("initdb") or max(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")), default="")
        self._programs = Path(found).resolve().parent
        if not (self._programs / "pg_ctl").exists():
            self._programs = Path(max(map(str, Path("/usr/lib/postgresql").glob("*/bin"))))
        folder.mkdir(parents=True)
        if self._as:
            shutil.chown(folder, "postgres", "postgres")
        self._run("initdb", "-D", str(folder), "-A", "trust", "-U", "postgres", "--no-sync")
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=120)

    def start(self) -> None:
        """Start it."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c max_connections=300"
        self._run("pg_ctl", "-D", str(self.folder), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; ``immediate`` is a crash."""
        self._run("pg_ctl", "-D", str(self.folder), "-m", mode, "-w", "stop")

    def cpu_seconds(self) -> float:
        """Return what the server and all of its processes, ended ones too, have used."""
        server = int((self.folder / "postmaster.pid").read_text().split()[0])
        return sum(used for number, parent, _, used in processes() if server in {number, parent})

    def database(self, name: str) -> str:
        """Make a database; return its URL."""
        server = f"postgresql+psycopg://postgres@127.0.0.1:{self.port}"
        with create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f'create database "{name}"'))
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"


class Redis:
    """A server that keeps nothing: what it holds is lost with it, the worst case."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        self.folder, self.port = folder, free_port(16_379)
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start it, empty."""
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL, cwd=self.folder)
        time.sleep(1)
        require_redis(self.url)

    def stop(self) -> None:
        """End it without a warning."""
        self._process.kill()
        self._process.wait()

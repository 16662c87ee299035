"""A real Airflow on a folder of its own: components as processes that can be killed, paused and started again."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from scheduling.processes import processes
from sqlalchemy import create_engine, text

from dateline.warehouse import migrate, open_warehouse
from dateline_airflow.children import end
from dateline_airflow.cluster import celery_environ
from dateline_airflow.components import API_SERVER, OTHERS, await_healthy, free_port

PROJECT = Path(__file__).resolve().parents[3]
SETTLED = ("success", "failed")
Process = subprocess.Popen[bytes]


class Installation:
    """Airflow and a warehouse in ``folder``; on Celery where a metadata database and a broker are given."""

    def __init__(self, folder: Path, warehouse: str, metadata: str = "", broker: str = "") -> None:
        """Prepare the environment; nothing runs yet."""
        self.folder, self.warehouse = folder, warehouse
        self.sources = folder / "sources"
        self.sources.mkdir(parents=True)
        (folder / "home" / ".airflow").mkdir(parents=True)
        self.metadata = metadata or f"sqlite:///{folder}/home/.airflow/airflow.db"
        self.is_on_celery = bool(broker)
        self.running: dict[str, Process] = {}
        self.port = port = free_port(18_080)
        celery = celery_environ(metadata, broker) if broker else {}
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("AIRFLOW", "DATELINE"))}
        self.environ = {
            **kept,
            "AIRFLOW_HOME": str(folder / "home"),
            "AIRFLOW_CONFIG": str(PROJECT / "airflow.cfg"),
            "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_urlsafe(48),
            "AIRFLOW__API__SECRET_KEY": secrets.token_urlsafe(48),
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__API__BASE_URL": f"http://localhost:{port}",
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port(18_800)),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port(18_900)),
            # A dead worker's task is missed within seconds, a lost message within a minute: faults cost less time.
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "40",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
            "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "40",
            "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "10",
            "AIRFLOW__WORKERS__MAX_FAILED_HEARTBEATS": "4",
            "DATELINE_WAREHOUSE": warehouse,
            "DATELINE_ARCHIVE": str(folder / "archive"),
            "DATELINE_SOURCES": str(self.sources),
            **celery,
        }

    def prepare(self) -> None:
        """Make Airflow's tables, its pools, and the warehouse; leave only the DAGs that are wanted switched on."""
        self.command("-m", "dateline_airflow.metadata")
        migrate(open_warehouse(self.warehouse))

    def command(self, *arguments: str) -> str:
        """Run this Python to its end; return what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environ, capture_output=True, text=True, timeout=300, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def start(self, name: str, *command: str, more: Mapping[str, str] | None = None) -> None:
        """Start a component under a name; its output goes to a file of that name."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "airflow", *(command or (name,))],
                env={**self.environ, **(more or {})}, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def start_all(self) -> None:
        """Start the components, the API server first: a task that starts while nobody answers fails."""
        self.start(API_SERVER)
        await_healthy(self.port, self.running, ("metadatabase",))
        for name in OTHERS:
            self.start(name)

    def start_worker(self, name: str, tasks: int = 2) -> None:
        """Start a Celery worker."""
        port = {"AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port(18_820))}
        self.start(name, "celery", "worker", "--celery-hostname", f"{name}@%h", "--concurrency", str(tasks), more=port)

    def kill(self, name: str) -> None:
        """End a component and all of its processes without a warning."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running.pop(name).wait()

    def restart_the_dead(self) -> list[str]:
        """Start again what has ended, as systemd or Kubernetes does; return what that was."""
        dead = [name for name, process in self.running.items() if process.poll() is not None]
        for name in dead:
            self.running.pop(name)
            self.start_worker(name) if name.startswith("worker") else self.start(name)
        return dead

    def stop(self) -> None:
        """End everything that was started."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            end(process)
        self.running.clear()

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        """Look into Airflow's own tables, or change them as the UI would."""
        url = self.metadata.replace("postgresql:", "postgresql+psycopg:")
        engine = create_engine(url)
        try:
            with engine.begin() as connection:
                result = connection.execute(text(statement))
                return [tuple(row) for row in result] if result.returns_rows else []
        finally:
            engine.dispose()

    def count(self, what: str) -> int:
        """Count rows of Airflow's own tables; 0 while its database is away."""
        try:
            return int(str(self.sql(f"select count(*) from {what}")[0][0]))  # noqa: S608 - our own words
        except Exception:  # noqa: BLE001 - whatever a database in restart says
            return 0

    def await_true(self, holds: Callable[[], bool], what: str, seconds: float = 240) -> None:
        """Wait, starting again what dies. Raises :class:`TimeoutError` that says what did not come."""
        deadline = time.monotonic() + seconds
        while not holds():
            self.restart_the_dead()
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what} did not come within {seconds:.0f} s")
            time.sleep(1)

    def cpu_seconds(self) -> dict[str, float]:
        """Return by component the CPU of all processes that were started, and of theirs."""
        names = {process.pid: name for name, process in self.running.items()}
        seconds = dict.fromkeys(names.values(), 0.0)
        for _, _, session, used in processes():
            if session in names:  # each component leads one
                seconds[names[session]] += used
        return seconds

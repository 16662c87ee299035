"""Airflow's components as child processes that agree on their secrets and on where the API is."""

import json
import secrets
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from subprocess import Popen
from urllib.error import URLError
from urllib.request import urlopen

from dateline.errors import SettingsError
from dateline_airflow.children import child
from dateline_airflow.state import LOGS, STATE

API_SERVER = "api-server"
OTHERS = ("scheduler", "dag-processor", "triggerer")
STARTING = 180.0
"""Seconds that Airflow may take to start."""


def shared_environ(port: int) -> dict[str, str]:
    """Return what all components must agree on; the secrets are made once and kept beside the metadata."""
    kept = STATE / "secrets.json"
    if not kept.exists():
        STATE.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        made = {"jwt": secrets.token_urlsafe(48), "api": secrets.token_urlsafe(48), "fernet": _fernet_key()}
        kept.write_text(json.dumps(made), encoding="utf-8")
    shared = json.loads(kept.read_text(encoding="utf-8"))
    return {
        "AIRFLOW__API_AUTH__JWT_SECRET": shared["jwt"],
        "AIRFLOW__API__SECRET_KEY": shared["api"],
        "AIRFLOW__CORE__FERNET_KEY": shared["fernet"],
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://localhost:{port}",
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port(8793)),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port(8893)),
    }


def _fernet_key() -> str:
    from cryptography.fernet import Fernet  # noqa: PLC0415 - wanted once in the life of an installation

    return Fernet.generate_key().decode()


def free_port(first: int) -> int:
    """Return the first port from ``first`` on that nobody listens to on loopback."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise SettingsError(f"No free port from {first} to {first + 99}. End what holds them, or name another first port.")


def component(name: str, environ: Mapping[str, str]) -> AbstractContextManager[Popen[bytes]]:
    """Run ``airflow NAME`` for as long as the block lasts."""
    return child([sys.executable, "-m", "airflow", name], environ=environ, log=LOGS / f"{name}.log")


def start(stack: ExitStack, environ: Mapping[str, str], port: int) -> dict[str, Popen[bytes]]:
    """Start Airflow's components, which end with the stack; wait until the API server answers before the others start.

    A task that starts while nobody answers fails, and is tried again only after its delay.
    """
    running = {API_SERVER: stack.enter_context(component(API_SERVER, environ))}
    await_healthy(port, running, ("metadatabase",))
    return running | {name: stack.enter_context(component(name, environ)) for name in OTHERS}


def await_healthy(
    port: int,
    processes: Mapping[str, Popen[bytes]],
    parts: Sequence[str] = ("metadatabase", "scheduler", "triggerer", "dag_processor"),
) -> None:
    """Wait until Airflow reports that its parts are healthy. Raises :class:`SettingsError` where one is not."""
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        refuse_the_dead(processes)
        if _are_healthy(port, parts):
            return
        time.sleep(0.5)
    raise SettingsError(f"Airflow is not healthy after {STARTING:.0f} s; see {LOGS}.")


def refuse_the_dead(processes: Mapping[str, Popen[bytes]]) -> None:
    """Raise :class:`SettingsError` where a component has ended by itself."""
    for name, process in processes.items():
        if process.poll() is not None:
            raise SettingsError(f"Airflow's {name} ended with status {process.returncode}; see {LOGS / name}.log.")


def _are_healthy(port: int, parts: Sequence[str]) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/api/v2/monitor/health", timeout=5) as answer:
            stated = json.load(answer)
    except (URLError, OSError, ValueError):
        return False
    return all(stated[name]["status"] == "healthy" for name in parts)


def login() -> Mapping[str, str]:
    """Return the users of the local UI and their generated passwords."""
    stated: dict[str, str] = json.loads((STATE / "passwords.json").read_text(encoding="utf-8"))
    return stated


def migrate_metadata(environ: Mapping[str, str]) -> None:
    """Create or upgrade Airflow's own tables, pools included. Raises :class:`SettingsError` where that fails."""
    log = LOGS / "migrate.log"
    with child([sys.executable, "-m", "dateline_airflow.metadata"], environ=environ, log=log) as process:
        if process.wait() != 0:
            raise SettingsError(f"Airflow's own tables could not be migrated; see {log}. `rm -r {STATE}` starts anew.")

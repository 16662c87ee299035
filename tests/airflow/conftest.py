"""A real Airflow on a folder of its own: its metadata database, its logs and a warehouse, all thrown away."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def airflow_environ(home: Path, **more: str) -> Mapping[str, str]:
    """Return the environment of a run whose state is in ``home`` and whose code is this project's."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("AIRFLOW", "DATELINE", "PYTEST"))}
    (home / ".airflow").mkdir(exist_ok=True)
    return {
        **kept,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW_CONFIG": str(PROJECT / "airflow.cfg"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "DATELINE_WAREHOUSE": f"sqlite:///{home}/var/warehouse.db",
        "DATELINE_ARCHIVE": str(home / "var" / "archive"),
        **more,
    }


def python(script: Path | str, *arguments: str, environ: Mapping[str, str], timeout: float = 240) -> str:
    """Run a script of the tests, or ``-m`` a module, and return what it printed; a failure shows all of it."""
    command = [sys.executable, *(["-m", script] if isinstance(script, str) else [str(script)]), *arguments]
    done = subprocess.run(
        command, env=dict(environ), cwd=PROJECT, capture_output=True, text=True, timeout=timeout, check=False
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("airflow")


@pytest.fixture(scope="session")
def environ(airflow_home) -> Mapping[str, str]:
    return airflow_environ(airflow_home)

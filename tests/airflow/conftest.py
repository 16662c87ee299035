"""A real Airflow on a folder of its own: its metadata database, its logs and a warehouse, all thrown away."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(__file__).parent
os.environ.setdefault("AIRFLOW_HOME", str(PROJECT))  # before the first import of Airflow: else it writes to ~/airflow


def environ_of(home: Path) -> dict[str, str]:
    """Return the environment of an Airflow whose state is in ``home`` and whose code is this project's."""
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
    }


def run_python(*arguments: str, environ: Mapping[str, str], timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run this Python with arguments, from the project's folder, and return what it printed and how it ended."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=dict(environ),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def environ(tmp_path_factory) -> Mapping[str, str]:
    return environ_of(tmp_path_factory.mktemp("airflow"))


@pytest.fixture(scope="session")
def python(environ) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str, timeout: float = 300, **more: str) -> subprocess.CompletedProcess[str]:
        return run_python(*arguments, environ={**environ, **more}, timeout=timeout)

    return run


@pytest.fixture(scope="session")
def facts_of(python) -> Callable[..., Any]:
    """Run a script of this folder; return the JSON object that it printed last."""

    def run(script: str, **more: str) -> Any:
        done = python(str(SCRIPTS / script), **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run
